import pandas as pd
import pytest

from casemine import schema
from casemine.document import Document
from casemine.review.quotes.apply import METHOD, compared, settle, unsettled
from casemine.review.quotes.columns import QuoteKey, QuoteState
from casemine.review.quotes.decisions import QuoteDecisions
from casemine.terms import PROGRAM

TEXT = "东岭县建起防贫预警。村里每月核对一次。妇女在家编竹器。"
FIRST, SECOND, THIRD = "东岭县建起防贫预警。", "村里每月核对一次。", "妇女在家编竹器。"
DOCUMENTS = [Document("甲.txt", TEXT), Document("乙.txt", "无事。")]
LABEL, ME = "六合一@abc", "researcher"
CODES = {"预警": "预警", "监测": "预警", "帮扶": "帮扶", "就业": "就业"}


def at(quote: str) -> tuple[int, int]:
    return TEXT.index(quote), TEXT.index(quote) + len(quote)


def coding(quote: str, code: str, keyword: str = "防贫") -> dict[str, object]:
    start, end = at(quote)
    blank = dict.fromkeys(schema.CODINGS.names, "")
    return blank | {
        "codebook": LABEL, "doc_id": "甲.txt", "start": start, "end": end, "quote": quote, "code": code,
        "keyword": keyword, "coder": PROGRAM, "method": "exact", "score": 1.0,
    }  # fmt: skip


def key(quote: str, code: str = "", keyword: str = "", coder: str = ME) -> QuoteKey:
    return QuoteKey(coder, "六合一", "甲.txt", *at(quote), code, keyword)


CODINGS = schema.CODINGS.frame([coding(FIRST, "预警"), coding(SECOND, "预警")])


def settled(decisions: QuoteDecisions, codings: pd.DataFrame = CODINGS) -> tuple[list[list[str]], list[str]]:
    table, lost = settle(codings, decisions, DOCUMENTS, CODES, label=LABEL, coder=ME)
    schema.CODINGS.check(table)
    return table[["quote", "code", "coder"]].to_numpy().tolist(), lost


def test_without_decisions_the_codings_stay() -> None:
    assert settled({}) == ([[FIRST, "预警", PROGRAM], [SECOND, "预警", PROGRAM]], [])


def test_dropped_quotations_are_out_and_recoded_and_added_ones_are_the_persons() -> None:
    decisions = {
        key(FIRST, "预警", "防贫"): QuoteState("drop", "", FIRST),
        key(SECOND, "预警", "防贫"): QuoteState("recode", "帮扶", SECOND),
        key(THIRD): QuoteState("add", "就业", THIRD),
    }
    assert settled(decisions) == ([[SECOND, "帮扶", ME], [THIRD, "就业", ME]], [])
    table, _ = settle(CODINGS, decisions, DOCUMENTS, CODES, label=LABEL, coder=ME)
    assert set(table["method"]) == {METHOD} and set(table["score"]) == {1.0}


def test_decisions_of_others_and_of_other_codebooks_change_nothing() -> None:
    other = key(FIRST, "预警", "防贫")
    decisions = {
        other._replace(coder="小王"): QuoteState("drop", "", FIRST),
        other._replace(codebook="别的"): QuoteState("drop", "", FIRST),
    }
    assert settled(decisions) == settled({})


def test_a_quotation_that_moved_is_found_and_one_that_is_gone_is_lost() -> None:
    moved = QuoteKey(ME, "六合一", "甲.txt", 0, 3)
    rows, lost = settled({moved: QuoteState("add", "就业", THIRD)})
    assert [THIRD, "就业", ME] in rows and lost == []
    gone = {
        moved: QuoteState("add", "就业", "不在这里。"),
        key(FIRST, "预警"): QuoteState("recode", "没有", FIRST),
    }
    rows, lost = settled(gone)
    assert lost == ["甲.txt: 不在这里。 [就业]", f"甲.txt: {FIRST} [没有]"]
    assert rows == settled({})[0]


def test_an_alias_is_the_code_it_means() -> None:
    rows, _ = settled({key(THIRD): QuoteState("add", "监测", THIRD)})
    assert [THIRD, "预警", ME] in rows


@pytest.mark.parametrize("state", [QuoteState("drop", "", FIRST), QuoteState("recode", "帮扶", FIRST)])
def test_what_was_decided_away_can_be_brought_back(state: QuoteState) -> None:
    decisions = {key(FIRST, "预警", "防贫"): state}
    table, _ = settle(CODINGS, decisions, DOCUMENTS, CODES, label=LABEL, coder=ME)
    before = unsettled(table, decisions, label=LABEL, coder=ME)
    columns = ["doc_id", "start", "end", "code", "keyword", "quote", "coder"]
    assert before[columns].equals(CODINGS[columns])


def test_coders_are_compared_on_the_sentences_that_the_other_read() -> None:
    decisions = {
        key(FIRST, coder="小王"): QuoteState("code", "帮扶；就业", FIRST),
        key(THIRD, coder="小王"): QuoteState("none", "", THIRD),
    }
    nothing = schema.CODINGS.frame([])
    mine, there = compared(nothing, CODINGS, decisions, coder="小王", label=LABEL)
    assert mine[["quote", "code"]].to_numpy().tolist() == [[FIRST, "就业"], [FIRST, "帮扶"]]
    assert there[["quote", "code", "coder"]].to_numpy().tolist() == [[FIRST, "预警", "study"]]


def test_a_document_without_codes_was_read_all_the_same() -> None:
    decisions = {key(THIRD, coder="小王"): QuoteState("none", "", THIRD)}
    for table in compared(schema.CODINGS.frame([]), CODINGS, decisions, coder="小王", label=LABEL):
        assert table[["doc_id", "code"]].to_numpy().tolist() == [["甲.txt", ""]]
