"""Coding rules: classes of characters, words together, near, company, lines of a sheet."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.coding.rules import (
    Rule,
    bad_rule,
    bad_word,
    in_company,
    parse_need,
    parse_rule,
    pattern,
    rule_text,
    standing,
)


def spans(text: str, *words: str) -> dict[str, list[tuple[int, int]]]:
    return {word: [match.span() for match in re.finditer(re.escape(word), text)] for word in words}


@pytest.mark.parametrize(
    ("word", "text", "hits"),
    [
        ("[一二三]级预警", "一级预警和四级预警", ["一级预警"]),
        ("第[0-9]{1-3}批", "第12批、第1234批", ["第12批"]),
        ("就业[*]{0-4}培训", "就业技能培训。就业。培训", ["就业技能培训"]),
        ("[^非]贫困户", "非贫困户与老贫困户", ["老贫困户"]),
        ("[^非]贫困户", "。贫困户", []),
        ("[大]?数据", "大数据、数据", ["大数据", "数据"]),
        ("互联网+[[]1[]]", "互联网+[1]", ["互联网+[1]"]),
        ("[a-z&&]x", "&x ax", ["&x", "ax"]),
        ("甲.乙[丙]", "甲x乙丙 甲.乙丙", ["甲.乙丙"]),
    ],
)
def test_classes_of_characters(word: str, text: str, hits: list[str]) -> None:
    assert pattern(word).findall(text) == hits


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("", "is empty"),
        ("甲|乙", "holds a separator ('|'): write each word by itself"),
        ("[甲", "has a [ that belongs to no class; write [[] for the character"),
        ("甲{2}", "has a { that belongs to no class; write [{] for the character"),
        ("[甲]?", "may stand for nothing at all"),
        ("[甲]{3-2}", "has a class [甲]{3-2} whose numbers fall"),
        ("[甲-乙]丙", "has a class [甲-乙] that cannot be read (bad character range 甲-乙)"),
        ("甲", ""),
        ("互联网+", ""),
    ],
)
def test_words_that_cannot_stand_in_a_rule(word: str, reason: str) -> None:
    assert bad_word(word) == reason


@pytest.mark.parametrize(
    ("rule", "text", "start"),
    [
        (Rule(all=("贷款", "贴息")), "给贷款户贴息", 1),
        (Rule(all=("贷款", "贴息")), "给贷款户", None),
        (Rule(any=("贷款", "贴息")), "只有贴息", 2),
        (Rule(all=("贷款",), any=("贴息", "免息")), "贷款可免息", 0),
        (Rule(all=("贷款",), any=("贴息", "免息")), "贷款利息", None),
        (Rule(all=("贷款",), none=("房贷",)), "贷款与房贷", None),
        (Rule(all=("贷款", "贴息"), near=2), "贷款对户贴息", 0),
        (Rule(all=("贷款", "贴息"), near=2), "贷款给农户贴息", None),
        (Rule(all=("贴息", "贷款"), near=2), "贷款给农户的贷款户贴息", 6),
        (Rule(all=("甲", "乙", "丙"), near=1), "乙丙x甲", 0),
    ],
)
def test_a_rule_holds_where_its_words_stand(rule: Rule, text: str, start: int | None) -> None:
    found = standing(rule, spans(text, *rule.words))
    assert (found[0] if found else None) == start


@pytest.mark.parametrize(
    ("rule", "text", "holds"),
    [
        (Rule(any=("比对",)), "用大数据比对", True),
        (Rule(any=("比对",)), "大数据，对比", False),
        (Rule(any=("数据",)), "只有大数据", False),
        (Rule(any=("数据",)), "大数据和数据", True),
        (Rule(any=("比对",), near=2), "大数据每天比对", True),
        (Rule(any=("比对",), near=1), "大数据每天比对", False),
        (Rule(all=("户", "比对")), "户的大数据比对", True),
        (Rule(all=("户", "比对")), "大数据比对", False),
        (Rule(none=("产业",)), "大数据产业", False),
        (Rule(none=("产业",)), "大数据", True),
    ],
)
def test_a_word_counts_in_company(rule: Rule, text: str, holds: bool) -> None:
    at = text.find("大数据")
    assert in_company(rule, (at, at + 3), spans(text, *rule.words)) == holds


def test_lines_of_a_sheet_in_other_hands() -> None:
    expected = Rule(all=("贷款",), any=("贴息", "免息"), none=("房贷",), near=10)
    assert parse_rule("全部：贷款｜任一：贴息、免息｜排除: 房贷｜相距 10") == expected
    assert parse_rule("near 10 | all 贷款 | any 贴息,免息 | none 房贷") == expected
    assert parse_need("大数据: 任一 比对", ["大", "大数据"]).word == "大数据"


@pytest.mark.parametrize("line", ["全部 甲 | 全部 乙", "甲", "相距 近", "相距 0"])
def test_lines_that_cannot_be_read(line: str) -> None:
    with pytest.raises(ValueError, match=r"says|has"):
        parse_rule(line)


WORDS = st.lists(st.sampled_from(["甲", "乙", "丙丁", "a b", "：戊"]), unique=True, max_size=3).map(tuple)


@given(st.builds(Rule, all=WORDS, any=WORDS, none=WORDS, near=st.integers(0, 99)))
def test_a_rule_comes_back_from_its_line(rule: Rule) -> None:
    assert parse_rule(rule_text(rule)) == rule
    assert not rule.near or rule.wanted or [*bad_rule(rule, company=True)]


@given(st.text("甲乙丙。", max_size=12), st.builds(Rule, all=WORDS, any=WORDS, near=st.integers(0, 9)))
def test_near_finds_no_more_than_the_words_alone(text: str, rule: Rule) -> None:
    present = spans(text, *rule.words)
    if rule.wanted and standing(rule, present):
        assert standing(Rule(rule.all, rule.any), present)
