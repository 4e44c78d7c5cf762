"""Where coders disagree, and what they agreed on in the end."""

import pandas as pd
import pytest

from casemine import schema
from casemine.coding.adjudication import CONSENSUS, consensus, disagreements
from casemine.coding.agreement import agreement
from casemine.errors import UsageError

TEXTS = {"甲村.txt": "甲村建起水塔。大家轮流值守。", "乙村.txt": "乙村修好水渠。账目贴在墙上。"}


def codings(coder: str, *given: tuple[str, str, str], method: str = "import") -> pd.DataFrame:
    """Rows of (document, sentence, code); a sentence "" says that nothing was found there."""
    rows = []
    for doc_id, sentence, code in given:
        start = TEXTS[doc_id].find(sentence) if sentence else 0
        rows.append(
            {"codebook": "b@1", "doc_id": doc_id, "start": start, "end": start + len(sentence), "code": code,
             "keyword": "", "coder": coder, "quote": sentence, "method": method, "score": 1.0}
        )  # fmt: skip
    return schema.CODINGS.frame(rows)


FIRST = codings(
    "王",
    ("甲村.txt", "甲村建起水塔。", "用水"),
    ("甲村.txt", "大家轮流值守。", "参与"),
    ("乙村.txt", "乙村修好水渠。", "用水"),
)
SECOND = codings("李", ("甲村.txt", "甲村建起水塔。", "用水"), ("乙村.txt", "账目贴在墙上。", "参与"))
FILES = [("a", FIRST), ("b", SECOND)]


def test_each_disagreement_has_its_text_both_answers_and_a_cell() -> None:
    by_document = disagreements(agreement(FILES), TEXTS)
    assert by_document[["doc_id", "code", "text", "王", "李", "adjudicated"]].to_numpy().tolist() == [
        ["乙村.txt", "参与", "账目贴在墙上。", "无", "有", ""],
        ["乙村.txt", "用水", "乙村修好水渠。", "有", "无", ""],
        ["甲村.txt", "参与", "大家轮流值守。", "有", "无", ""],
    ]
    by_sentence = disagreements(agreement(FILES, unit="sentence"), TEXTS)
    assert by_sentence[["doc_id", "start", "end", "code", "text"]].to_numpy().tolist() == [
        ["乙村.txt", 0, 7, "用水", "乙村修好水渠。"],
        ["乙村.txt", 7, 14, "参与", "账目贴在墙上。"],
        ["甲村.txt", 7, 14, "参与", "大家轮流值守。"],
    ]


@pytest.mark.parametrize("unit", ["document", "sentence"])
def test_what_is_settled_makes_a_coder(unit: str) -> None:
    compared = agreement(FILES, unit=unit)
    filled = disagreements(compared, TEXTS)
    filled["adjudicated"] = ["有" if code == "参与" else "否" for code in filled["code"]]
    filled.loc[0, "adjudicated"] = ""
    made = consensus(compared, [FIRST, SECOND], filled)
    assert set(made.codings["coder"]) == {CONSENSUS}
    kept = made.codings[["doc_id", "code", "quote"]].to_numpy().tolist()
    expected = {
        "document": [["乙村.txt", "", ""]],  # 参与 is open there, 用水 was answered no
        "sentence": [["乙村.txt", "参与", "账目贴在墙上。"]],  # 用水 is open
    }[unit]
    assert kept == [*expected, ["甲村.txt", "用水", "甲村建起水塔。"], ["甲村.txt", "参与", "大家轮流值守。"]]
    assert (made.open_units, len(made.settled)) == (1, 2)


def test_the_consensus_of_one_file_agrees_with_itself() -> None:
    filled = disagreements(agreement(FILES), TEXTS).assign(adjudicated="有")
    made = consensus(agreement(FILES), [FIRST, SECOND], filled)
    again = agreement([("c", made.codings), ("d", made.codings.assign(coder="x"))])
    assert again.table["percent"].tolist() == [1.0] * len(again.table)


def test_all_that_is_wrong_is_named() -> None:
    filled = disagreements(agreement(FILES), TEXTS)
    filled["adjudicated"] = ["也许", "有", "有"]
    filled.loc[1, "code"] = "别的"
    with pytest.raises(UsageError, match=r"2 problems.*\n.*row 2: '也许' is no.*\n.*row 3: the coders"):
        consensus(agreement(FILES), [FIRST, SECOND], filled, "f.csv")


def test_units_are_stated() -> None:
    assert agreement(FILES).units.startswith("4 units that two or more coders read: 2 documents and 2 codes")
    stated = agreement(FILES, unit="sentence").units
    assert stated.startswith("8 units that two or more coders read: 4 sentences of 2 documents and 2 codes")


def test_read_and_nothing_found_is_an_answer() -> None:
    silent = codings("李", ("甲村.txt", "甲村建起水塔。", "用水"), ("乙村.txt", "", ""))
    first = codings("王", ("甲村.txt", "甲村建起水塔。", "用水"), ("乙村.txt", "乙村修好水渠。", "用水"))
    for unit in ("document", "sentence"):
        row = agreement([("a", first), ("b", silent)], unit=unit).table.iloc[0]
        assert (row["units"], row["percent"]) == (2, 0.5)


def test_a_person_is_never_compared_with_their_own_recodes() -> None:
    program = codings("casemine", ("甲村.txt", "甲村建起水塔。", "用水"), method="exact")
    recodes = codings("researcher", ("乙村.txt", "乙村修好水渠。", "用水"), method="decision")
    study = pd.concat([program, recodes], ignore_index=True)
    with pytest.raises(UsageError, match="no second opinion"):
        agreement([("codings.csv", study)])
    other = codings("李", ("甲村.txt", "甲村建起水塔。", "用水"), ("乙村.txt", "", ""))
    compared = agreement([("codings.csv", pd.concat([study, other], ignore_index=True))])
    assert compared.raters == ("study", "李")
    twice = agreement([("a", FIRST), ("b", FIRST)])
    assert "one coder agrees with themselves" in twice.notes[0]
