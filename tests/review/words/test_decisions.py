from pathlib import Path

from casemine import schema
from casemine.review.words.columns import WordKey, WordState
from casemine.review.words.decisions import (
    as_states,
    as_table,
    main_coder,
    no_decisions,
    read_decisions,
    read_history,
)


def test_a_table_of_decisions_and_their_states_are_the_same() -> None:
    states = {WordKey("b", "*", "产业"): WordState("merge", "特色产业", "产业帮扶", "引文", "备注")}
    table = as_table(states)
    schema.DECISIONS.check(table)
    assert as_states(table) == states


def test_words_that_people_write_are_read_as_decisions() -> None:
    table = as_table({WordKey("b", "*", "产业"): WordState("剔除")})
    assert as_states(table) == {WordKey("b", "*", "产业"): WordState("drop")}


def test_a_study_in_which_nothing_was_decided_has_empty_tables(tmp_path: Path) -> None:
    assert read_decisions(tmp_path).equals(no_decisions())
    assert list(read_history(tmp_path).columns) == list(schema.HISTORY.names)


def test_the_main_coder_is_named_or_the_researcher_or_who_decided_first() -> None:
    def of(*coders: str) -> str:
        table = as_table({WordKey(coder, "*", "产业"): WordState("keep") for coder in coders})
        return main_coder(table)

    assert of("b", "researcher") == "researcher" == main_coder(no_decisions())
    assert of("b", "c") == "b"
    assert main_coder(no_decisions(), "c") == "c"
