"""Open coding from scratch: groups, a sound draft, the same again."""

from pathlib import Path

import pandas as pd
import pytest

from casemine import coding, schema
from casemine.coding import draft_codebook
from casemine.coding.draft_codebook import UNGROUPED, open_coding
from casemine.errors import StudyError

CASES = {
    "a": ["农村养老服务", "社区养老服务", "养老服务补贴"],
    "b": ["农村养老服务", "养老服务补贴", "互助养老服务"],
    "c": ["小额信贷", "信贷担保", "信贷贴息"],
    "d": ["小额信贷", "信贷担保"],
    "e": ["苹果种植", "种植技术"],
    "f": ["苹果种植", "种植技术", "种植大户"],
}


def keywords(cases: dict[str, list[str]]) -> pd.DataFrame:
    base = {"rank": 1, "pos": "n", "weight": 1.0, "frequency": 1, "new": False, "start": 0, "end": 0}
    return schema.KEYWORDS.frame(
        [
            {**base, "doc_id": doc, "word": word, "context": f"例句：{word}。"}
            for doc in cases
            for word in cases[doc]
        ]
    )


def in_categories(monkeypatch: pytest.MonkeyPatch, words: int, axial: int, selective: int) -> None:
    """Let so many words come into so many categories."""
    monkeypatch.setattr(draft_codebook, "_CODES_EACH", words / axial)
    monkeypatch.setattr(draft_codebook, "_AXIAL_EACH", axial / selective)


def test_what_stands_together_and_looks_alike_is_one_category(monkeypatch: pytest.MonkeyPatch) -> None:
    in_categories(monkeypatch, len({word for words in CASES.values() for word in words}), 3, 2)
    book = open_coding(keywords(CASES), name="draft")
    groups = [{code.name for code in book.members(axial.name)} for axial in book.at("axial")]
    assert {"小额信贷", "信贷担保", "信贷贴息"} in groups
    assert {"苹果种植", "种植技术", "种植大户"} in groups
    assert len(book.at("selective")) == 2


def test_the_draft_is_a_sound_codebook_that_says_what_it_is(tmp_path: Path) -> None:
    book = open_coding(keywords(CASES), name="draft")
    path = tmp_path / "draft.toml"
    path.write_text(coding.to_toml(book), encoding="utf-8")
    assert coding.load(path) == book
    assert "程序" in book.note
    assert book.by_name["小额信贷"].example == "例句：小额信贷。"
    assert {code.name for code in book.at("open")} == {word for words in CASES.values() for word in words}


def test_the_most_common_keywords_come_first_and_the_rest_stay_out() -> None:
    book = open_coding(keywords(CASES), name="draft", top=4)
    assert sorted(code.name for code in book.at("open")) == sorted(
        ["信贷担保", "养老服务补贴", "农村养老服务", "小额信贷"]
    )


def test_the_order_of_rows_plays_no_part() -> None:
    table = keywords(CASES)
    assert open_coding(table.iloc[::-1], name="x") == open_coding(table, name="x")


def test_too_few_keywords_are_refused() -> None:
    with pytest.raises(StudyError, match="at least three"):
        open_coding(keywords({"a": ["小额信贷", "养老"]}), name="x")


def test_words_of_the_same_paragraphs_stand_together_and_what_is_near_nothing_stays_ungrouped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    in_categories(monkeypatch, 5, 3, 2)
    groups = (("甲乙丙", "丁戊己"), ("庚辛壬", "癸子丑"), ("寅卯辰",))
    words = [word for group in groups for word in group]
    table = schema.KEYWORDS.frame([
        {"doc_id": f"{number}", "word": word, "rank": 1, "pos": "n", "weight": 1.0, "frequency": 1,
         "new": False, "context": "", "start": 0, "end": 0}
        for number, word in enumerate(words)
    ])  # fmt: skip
    texts = ["，".join(group) for group in groups for _ in range(3)]
    book = open_coding(table, name="草稿", paragraphs=texts)
    together: dict[str, list[str]] = {}
    for code in book.at("open"):
        together.setdefault(code.parent, []).append(code.name)
    assert sorted(map(sorted, together.values())) == sorted(map(sorted, groups))
    assert together[UNGROUPED] == ["寅卯辰"]
