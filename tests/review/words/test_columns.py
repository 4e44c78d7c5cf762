from casemine.review.words.columns import CELLS, FORM, UNDECIDED, WIDTHS, WordState, columns

NAMES = [column.name for column in columns(blind=False)]
BLIND = [column.name for column in columns(blind=True)]


def test_what_is_read_at_a_glance_stands_first_and_nothing_twice() -> None:
    assert NAMES[:5] == ["word", "context", "suggestion", "suggested_standard", "decision"]
    assert len(set(NAMES)) == len(NAMES) and len(set(BLIND)) == len(BLIND)
    assert set(NAMES) == {column.name for column in FORM.written}


def test_a_blind_coder_sees_no_suggestion_and_nobodys_answer() -> None:
    assert not {"suggestion", "suggested_standard", "suggested_code", "reason", "status", "weight"} & set(
        BLIND
    )
    assert set(BLIND) < set(NAMES) and {column.name for column in CELLS} <= set(BLIND)


def test_the_cells_of_a_row_are_the_state() -> None:
    assert tuple(column.name for column in CELLS) == WordState._fields
    assert not any(UNDECIDED)
    assert WordState("drop", note="x").shown == WordState("删除", note="x")
    assert WordState("也许").shown.decision == "也许"


def test_word_sentence_suggestion_and_decision_stand_on_one_screen() -> None:
    assert set(WIDTHS) <= set(NAMES)
    assert sum(WIDTHS[name] for name in NAMES[:5]) <= 110


def test_headers_are_told_apart() -> None:
    assert len({column.header for column in FORM.written}) == len(FORM.written)
    assert all(column.meaning for column in FORM.written)
