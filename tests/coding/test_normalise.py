"""From keywords to standard terms: the steps in their order, and what must never merge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine import coding
from casemine.coding.codebook import Code, Codebook, depth_first
from casemine.coding.normalise import MERGE, Terms, normalise


def book(**aliases: tuple[str, ...]) -> Codebook:
    """A codebook of our own: open codes with aliases, four categories."""
    owners = {
        "防贫预警": "监测", "动态帮扶": "监测", "易地搬迁": "基础", "小额信贷": "金融",
        "政策常态化": "长效", "农村专业合作社": "金融", "驻村帮扶": "长效",
    }  # fmt: skip
    tops = dict.fromkeys(owners.values())
    entries = [Code(f"{top}大类", "selective") for top in tops]
    entries += [Code(top, "axial", f"{top}大类") for top in tops]
    entries += [Code(name, "open", top, aliases=aliases.get(name, ())) for name, top in owners.items()]
    return Codebook("own", entries=depth_first(entries))


OWN = book(防贫预警=("返贫监测预警", "返贫预警"), 动态帮扶=("动态化帮扶",))


def found(word: str, *, aliases: bool = True) -> tuple[str, str]:
    match = normalise([word], Terms(OWN, aliases=aliases))[0]
    return (match.code, match.method) if match.sure else ("", "")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("防贫预警", ("防贫预警", "exact")),
        ("返贫预警", ("防贫预警", "alias")),
        ("“防贫预警”", ("防贫预警", "variant")),
        ("防贫 预警", ("防贫预警", "variant")),
        ("驻村帮扶机制", ("驻村帮扶", "variant")),
        ("返贫监测预警机制", ("防贫预警", "variant")),
        ("易地扶贫搬迁", ("易地搬迁", "similarity")),
        ("扶贫小额信贷", ("小额信贷", "similarity")),
        ("农民专业合作社", ("农村专业合作社", "similarity")),
        ("碳交易市场", ("", "")),
    ],
)
def test_each_step_in_its_order(word: str, expected: tuple[str, str]) -> None:
    assert found(word) == expected


@pytest.mark.parametrize("word", ["返贫预警级别评定", "常态化帮扶"])
@pytest.mark.parametrize("aliases", [False, True])
def test_what_looks_alike_and_is_something_else_does_not_merge(word: str, aliases: bool) -> None:
    assert found(word, aliases=aliases) == ("", "")
    shipped = Terms(coding.find("six-in-one"), aliases=aliases)
    assert not normalise([word], shipped)[0].sure


@pytest.mark.parametrize(
    ("word", "code"),
    [("非贫困户帮扶", "贫困户帮扶"), ("未脱贫人口", "脱贫人口"), ("返贫人口帮扶", "脱贫人口帮扶")],
)
def test_what_inverts_the_meaning_is_never_merged(word: str, code: str) -> None:
    entries = (Code("甲", "selective"), Code("乙", "axial", "甲"), Code(code, "open", "乙"))
    assert not normalise([word], Terms(Codebook("x", entries=entries)))[0].sure


def test_aliases_off_leaves_them_out() -> None:
    assert found("返贫预警", aliases=False)[1] != "alias"


def test_what_does_not_merge_still_ranks_three() -> None:
    match = normalise(["返贫预警级别评定"], Terms(OWN))[0]
    assert match.code == "防贫预警"
    assert len(match.ranked) == 3
    assert [score for _, score in match.ranked] == sorted((score for _, score in match.ranked), reverse=True)


def test_a_variant_of_two_codes_is_of_neither() -> None:
    entries = (Code("甲", "selective"), Code("乙", "axial", "甲"))
    both = Codebook(
        "x", entries=(*entries, Code("帮扶责任机制", "open", "乙"), Code("帮扶责任制度", "open", "乙"))
    )
    assert normalise(["帮扶责任"], Terms(both))[0].method != "variant"


def test_an_empty_codebook_or_no_keyword() -> None:
    assert normalise([], Terms(OWN)) == []
    assert not normalise(["防贫预警"], Terms(Codebook("empty")))[0].sure


@given(st.lists(st.text("防贫预警动态帮扶易地搬迁小额信贷机制A“”", max_size=9), max_size=6))
def test_scores_lie_between_and_merges_have_reason(words: list[str]) -> None:
    for match in normalise(words, Terms(OWN)):
        assert 0 <= match.score <= 1 + 1e-9
        assert match.method in ("", "exact", "alias", "variant", "similarity")
        assert match.method != "similarity" or match.score >= MERGE


@given(st.permutations(["防贫预警", "易地扶贫搬迁", "碳交易市场", "常态化帮扶"]))
def test_a_keyword_is_matched_for_itself(words: list[str]) -> None:
    alone = {word: normalise([word], Terms(OWN))[0].code for word in words}
    together = dict(zip(words, (match.code for match in normalise(words, Terms(OWN))), strict=True))
    assert together == alone
