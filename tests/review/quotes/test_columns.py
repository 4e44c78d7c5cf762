from casemine.review.quotes.columns import FORM, NO_CODE, QuoteKey, QuoteState, columns

NAMES = [column.name for column in columns(blind=False)]
BLIND = [column.name for column in columns(blind=True)]


def test_a_blind_coder_sees_the_sentence_and_nobodys_answer() -> None:
    assert not {"code", "keyword", "decision", "status", "method", "score"} & set(BLIND)
    assert {"doc_id", "quote", "new_code", "start", "end", "check"} <= set(BLIND)
    assert len(set(NAMES)) == len(NAMES) and len(set(BLIND)) == len(BLIND)


def test_what_is_only_shown_is_not_read() -> None:
    read = {column.name for column in FORM.read}
    assert read == set(NAMES) - {"status", "context", "method", "score"}
    assert set(QuoteState._fields) <= read and set(QuoteKey._fields) <= read


def test_cells_show_decisions_in_words_and_a_blind_coders_as_codes() -> None:
    assert QuoteState("recode", "帮扶", "句子", "x").cells == {
        "decision": "改编码",
        "new_code": "帮扶",
        "note": "x",
    }
    assert QuoteState("none").cells == {"decision": "", "new_code": NO_CODE, "note": ""}
    assert QuoteState("code", "甲；乙").cells["new_code"] == "甲；乙"


def test_the_quotation_is_no_part_of_what_a_person_touched() -> None:
    assert QuoteState("drop", "", "一").marked == QuoteState("drop", "", "二").marked
    assert QuoteState("drop").marked != QuoteState("keep").marked
