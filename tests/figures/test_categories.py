import pytest

from casemine.figures import NothingToDraw
from casemine.figures.categories import category_shares, codes_by_group
from casemine.figures.style import Style
from figures import samples
from figures.samples import words_of

CODES = samples.codebook(2, 2, 1, long=False)
CASES = dict.fromkeys(CODES["code"], 0) | {CODES["code"][0]: 39, CODES["code"][1]: 13}


def told(figure: object) -> list[str]:
    return [text.get_text() for text in words_of(figure)]  # type: ignore[arg-type]


def test_bars_tell_cases_and_their_share_of_all(style: Style) -> None:
    shown = told(category_shares(CODES, CASES, 117, style))
    assert {"39（33.3%）", "13（11.1%）"} <= set(shown)
    for code in CODES.loc[CODES["level"] != "open", "code"]:
        assert any(code in text for text in shown)
    assert not any(code in shown for code in CODES.loc[CODES["level"] == "open", "code"])


def by_group(groups: list[str], style: Style, **options: bool) -> list[str]:
    table = samples.by_group(CODES, groups)
    shown = codes_by_group(
        table, CODES, CASES, style, kind="地区", unnamed="未注明", ordered=options.get("ordered", False)
    )
    return ["".join(text.split("\n")) for text in told(shown)]


def test_groups_head_the_columns_with_their_cases(style: Style) -> None:
    shown = by_group(["云南", "四川", "未注明"], style)
    assert {"云南", "四川", "未注明"} <= set(shown)
    assert shown.count("117") == 3 and "案例数" in shown
    assert any("地区" in text for text in shown)


def test_years_keep_their_order(style: Style) -> None:
    shown = by_group(["2021", "2019", "2020"], style, ordered=True)
    years = [text for text in shown if text.startswith("20") and len(text) == 4]
    assert years == ["2019", "2020", "2021"]


def test_where_no_document_has_a_group_there_is_nothing_to_draw(style: Style) -> None:
    with pytest.raises(NothingToDraw, match="no document has a 地区"):
        by_group(["未注明"], style)
