from casemine.figures.framework import framework
from casemine.figures.style import Style
from figures import samples
from figures.samples import words_of


def told(*arguments: object) -> str:
    return "".join("".join(text.get_text().split()) for text in words_of(framework(*arguments)))  # type: ignore[arg-type]


def test_the_aim_and_every_category_are_in_the_framework(style: Style) -> None:
    codes = samples.codebook(3, 2, 1, long=False)
    shown = told(codes, "共同富裕", samples.cases(codes), 117, style)
    assert "共同富裕" in shown
    for code in codes.loc[codes["level"] != "open", "code"]:
        assert code in shown


def test_open_codes_are_not(style: Style) -> None:
    codes = samples.codebook(2, 1, 1, long=False)
    shown = told(codes, "", {}, 0, style)
    assert not any(code in shown for code in codes.loc[codes["level"] == "open", "code"])


def test_roles_name_the_selective_categories(style: Style) -> None:
    codes = samples.codebook(2, 1, 1, long=False, role="基础保障")
    assert "基础保障" in told(codes, "共同富裕", samples.cases(codes), 117, style)
