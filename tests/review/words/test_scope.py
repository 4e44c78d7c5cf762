import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.errors import StudyError
from casemine.review.words.columns import WordKey, WordState
from casemine.review.words.scope import added, circle, scopes, term, variants

MERGED = {
    "车间": WordState("merge", "扶贫车间"),
    "扶贫车间": WordState("merge", "帮扶车间"),
    "帮扶车间": WordState("keep"),
    "空话": WordState("drop"),
    "套话": WordState("merge", "空话"),
}
ROUND = {"甲": WordState("merge", "乙"), "乙": WordState("merge", "甲"), "丙": WordState("merge", "甲")}


def test_a_documents_own_decision_wins_over_that_of_the_corpus() -> None:
    decisions = {
        WordKey("a", "*", "产业"): WordState("drop"),
        WordKey("a", "甲.txt", "产业"): WordState("keep"),
        WordKey("b", "*", "产业"): WordState("merge", "车间"),
        WordKey("a", "*", "车间"): WordState(note="再看"),
    }
    assert scopes(decisions, "a") == {
        "*": {"产业": WordState("drop")},
        "甲.txt": {"产业": WordState("keep")},
    }


def test_a_generic_word_is_so_everywhere() -> None:
    assert scopes({WordKey("a", "甲.txt", "工作"): WordState("generic")}, "a") == {
        "*": {"工作": WordState("generic")}
    }


def test_merges_are_followed_to_their_end() -> None:
    assert [term(word, MERGED) for word in ("车间", "帮扶车间", "别的")] == ["帮扶车间", "帮扶车间", "别的"]
    assert term("空话", MERGED) == term("套话", MERGED) == ""


def test_the_variants_of_a_term_are_it_and_what_merges_into_it() -> None:
    assert variants(MERGED) == {"帮扶车间": {"车间", "扶贫车间", "帮扶车间"}}


def test_a_circle_is_found_and_named() -> None:
    assert circle("甲", ROUND) == ("甲", "乙") and circle("丙", ROUND) == () == circle("车间", MERGED)
    with pytest.raises(StudyError, match="甲 -> 乙 -> 甲"):
        term("丙", ROUND)


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdef")))
def test_a_term_has_an_end_exactly_when_no_circle_is_on_its_way(merges: dict[str, str]) -> None:
    scope = {word: WordState("merge", into) for word, into in merges.items()}
    circles = {word for word in "abcdef" if circle(word, scope)}
    for word in "abcdef":
        try:
            end = term(word, scope)
        except StudyError:
            assert circles
        else:
            assert end not in merges and word not in circles


def test_added_words_are_sorted() -> None:
    scope = {"乙": WordState("add"), "一": WordState("add"), "丙": WordState("keep")}
    assert [word for word, _ in added(scope)] == ["一", "乙"]
