import time

import pytest

from casemine.coding.search import search_for
from casemine.errors import UsageError


def found(what: str, text: str, kind: str = "word") -> list[str]:
    return [text[start:end] for start, end in search_for(what, kind)(text)]


def test_a_word_is_literal_and_a_latin_one_whole() -> None:
    assert found("3.5亿", "投入3.5亿，不是345亿") == ["3.5亿"]
    assert found("VR", "VR教室与VRML") == ["VR"]


def test_a_regular_expression_gives_its_matches_and_nothing_empty() -> None:
    assert found(r"第\w批|x*", "第二批与第三批", "regex") == ["第二批", "第三批"]


def test_a_rule_is_found_once_in_each_sentence_where_it_holds() -> None:
    text = "银行放贷款，财政贴息。贷款到期。贴息贷款。"
    assert list(search_for("全部 贷款；贴息 | 排除 银行", "rule")(text)) == [(16, 18)]
    assert found("[一二]期工程", "二期工程。三期工程。", "rule") == ["二期工程"]


@pytest.mark.parametrize(
    ("what", "kind", "cause"),
    [
        (" ", "word", "nothing to look for"),
        ("甲" * 1001, "word", "too long"),
        ("(甲", "regex", r"no regular expression: missing \), at character 2\."),
        ("(" * 999, "regex", "no regular expression|nested too deeply"),
        ("((a{1000}){1000}){1000}", "regex", "repeats too much"),
        ("(a{999}){2,999}", "regex", "repeats too much"),
        ("近 甲", "rule", "begins with none"),
        ("排除 甲", "rule", "names no word"),
    ],
)
def test_what_cannot_be_looked_for_is_refused_in_one_message(what: str, kind: str, cause: str) -> None:
    with pytest.raises(UsageError, match=cause):
        search_for(what, kind)


@pytest.mark.parametrize("what", [r"甲{0,200}乙", r"[{]{3}", r"(甲乙){2,20}丙", r"\{1\}"])
def test_usual_repetitions_are_no_trouble(what: str) -> None:
    search_for(what, "regex")


def test_a_pattern_that_would_search_for_ever_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casemine.coding.search._PATIENCE", 0.3)
    began = time.monotonic()
    with pytest.raises(UsageError, match="takes too long"):
        found(r"(.*)(.*)(.*)(.*)(.*)村(.*)\1z", "甲乙村丙丁" * 300, "regex")
    assert time.monotonic() - began < 20
