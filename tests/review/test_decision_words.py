import pytest

from casemine.review import decision_words as words
from casemine.review.decision_words import decision_meant


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("保留", words.KEEP), (" KEEP ", words.KEEP), ("剔除", words.DROP), ("delete", words.DROP),
        ("泛化词", words.GENERIC), ("并入", words.MERGE), ("添加", words.ADD), ("同意", words.ACCEPT),
        ("取消", words.UNDO), ("改为", words.RECODE),
    ],
)  # fmt: skip
def test_what_people_write_is_understood(text: str, decision: str) -> None:
    assert decision_meant(text) == decision


@pytest.mark.parametrize("text", ["", "再看看", "保留吗"])
def test_what_is_no_decision_stays_as_it_was_written(text: str) -> None:
    assert decision_meant(text) == text


def test_the_words_of_the_sheet_are_read_back() -> None:
    for shown in (words.DECISION_WORDS, words.QUOTE_DECISION_WORDS):
        assert [decision_meant(text) for text in shown.values()] == list(shown)
        assert [decision_meant(decision) for decision in shown] == list(shown)
        assert len(set(shown.values())) == len(shown)
