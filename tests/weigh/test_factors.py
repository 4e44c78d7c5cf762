from dataclasses import fields

import numpy as np
import pytest

from casemine.weigh import factors
from casemine.weigh.candidates import Candidates

FLAGS = {"titled", "discovered", "listed"}


def candidates(*, scholarly: float = 0.0, **columns: list[float]) -> Candidates:
    """Return candidates of which only `columns` matter, of a case or, if it is scholarly, of a paper."""
    size = len(next(iter(columns.values())))
    cells = {
        field.name: np.array(columns.get(field.name, [0] * size), bool if field.name in FLAGS else float)
        for field in fields(Candidates)
        if field.name not in ("characters", "scholarly")
    }
    return Candidates(1000, scholarly, **cells)  # type: ignore[arg-type]


def test_words_that_begin_and_end_a_term_well_count_in_full() -> None:
    assert factors.part_of_speech(candidates(begins=[1, 0.0016, 0], ends=[1, 1, 1])) == pytest.approx(
        [1, 0.2, 0]
    )


def test_five_characters_say_most() -> None:
    widths = factors.length(candidates(width=list(range(1, 21))))
    assert widths.argmax() == 4 and widths[4] == 1
    assert (np.diff(widths[:5]) > 0).all() and (np.diff(widths[4:]) < 0).all()


def test_a_single_word_of_two_characters_counts_less() -> None:
    assert factors.single(candidates(parts=[1, 2, 1], width=[2, 2, 3])).tolist() == [0.7, 1, 1]


def test_a_rare_word_makes_a_phrase_specific() -> None:
    dull, usual, rare = factors.specificity(candidates(least=[2, 10, 16]))
    assert (dull, usual, rare) == pytest.approx([(0.5 / 6) ** 0.5, 1, 2**0.5])


def test_what_stands_within_a_longer_phrase_counts_for_a_quarter() -> None:
    assert factors.unity(candidates(nested=[0, 2, 4], frequency=[4, 4, 4])).tolist() == [1, 0.625, 0.25]


def test_what_stands_once_is_not_attested_unless_the_title_or_discovery_speaks_for_it() -> None:
    once = candidates(
        frequency=[1, 1, 1, 1, 1, 2],
        parts=[2, 2, 1, 1, 1, 1],
        containing=[1, 5, 1, 1, 1, 1],
        titled=[False, False, False, True, False, False],
        discovered=[False, False, False, False, True, False],
    )
    assert factors.attested(once).tolist() == [0.3, 1, 0.5, 1, 1, 1]


def test_title_and_discovery_speak_for_a_word() -> None:
    flags = candidates(titled=[True, False], discovered=[False, True])
    assert factors.title(flags).tolist() == [3, 1]
    assert factors.discovered(flags).tolist() == [1, 1.3]


def test_a_word_from_the_beginning_to_the_end_is_what_a_text_is_about() -> None:
    places = candidates(first=[0, 500, 0], last=[1000, 500, 0])
    assert factors.spread(places).tolist() == [1.5, 1, 1]
    early = factors.early(candidates(first=[0, 600, 10**6]))
    assert early == pytest.approx([1.5, 1 + 0.5 / np.e, 1])


def test_odds_of_being_a_term_are_bounded() -> None:
    odds = factors.termhood(candidates(termhood=[-100, -6, 0, 4, 100]))
    assert odds[0] == odds[1] and odds[3] == odds[4]
    assert odds[2:4] == pytest.approx([1, np.exp(0.6)])


def test_in_a_research_paper_the_beginning_counts_more_and_parts_of_speech_do_not() -> None:
    paper = {"scholarly": 1.0}
    assert factors.part_of_speech(candidates(begins=[1, 0.0016], ends=[1, 1], **paper)).tolist() == [1, 1]
    assert factors.spread(candidates(first=[0, 500], last=[1000, 500], **paper)).tolist() == [1.25, 1]
    assert factors.early(candidates(first=[0], last=[0], **paper)).tolist() == [1.8]
    assert factors.termhood(candidates(termhood=[4], **paper)) == pytest.approx([np.exp(0.12)])


def test_what_authors_gave_other_papers_counts_the_more_the_more_of_them_did() -> None:
    assert factors.given(candidates(papers=[0, 1, 1024])) == pytest.approx([1, 1.8, 3.6])


def test_every_cue_takes_candidates_as_they_come() -> None:
    some = candidates(frequency=[1, 2], width=[2, 4], parts=[1, 2], begins=[1, 1], ends=[1, 1])
    for cue in factors.CUES:
        factor = cue(some)
        assert factor.shape == (2,) and np.isfinite(factor).all() and (factor >= 0).all()
