"""Topics of a corpus whose subjects are known."""

import numpy as np
import pytest

from casemine.errors import UsageError
from casemine.topics import model
from casemine.topics.model import corpus, distances, fit, leading, places

from .samples import SUBJECTS, paragraphs

pytest.importorskip("gensim")


@pytest.fixture(scope="module")
def planted() -> model.Corpus:
    return corpus(paragraphs(), above=0.5)


@pytest.mark.parametrize("engine", model.ENGINES)
def test_planted_subjects_come_back(planted: model.Corpus, engine: str) -> None:
    found = fit(planted, 3, engine=engine)
    subjects = [{name for name, words in SUBJECTS.items() if set(row) <= set(words)} for row in found.leading]
    assert sorted(map(len, subjects)) == [1, 1, 1] and len(set.union(*subjects)) == 3
    assert np.allclose(found.of_words.sum(axis=1), 1)
    assert np.allclose(found.of_rows.sum(axis=1), 1)
    assert (found.of_rows.max(axis=1) > 0.5).mean() > 0.95


def test_the_same_seed_gives_the_same_numbers(planted: model.Corpus) -> None:
    first, second = fit(planted, 4, seed=3), fit(planted, 4, seed=3)
    assert first.of_words.tobytes() == second.of_words.tobytes()
    assert first.of_rows.tobytes() == second.of_rows.tobytes()


def test_the_dictionary_keeps_its_bounds() -> None:
    # Words of every paragraph say nothing of any.
    texts = [["常", "村庄", "道路", "学校", "医院", f"词{row % 5}"] for row in range(300)]
    with pytest.raises(UsageError, match="too few for topics"):
        corpus(texts)
    of = corpus(paragraphs(100) + [["公路", "学校"]] * 50, above=0.5)
    assert len(of.rows) == 300 and max(of.rows) < 300
    assert of.least == 3


def test_more_topics_than_there_is_room_for_are_refused(planted: model.Corpus) -> None:
    with pytest.raises(UsageError, match="more than"):
        fit(planted, 1000)


def test_ties_are_broken_by_the_word() -> None:
    assert leading(["丙", "甲", "乙"], np.array([1.0, 1.0, 2.0]), 2) == ["乙", "丙"]


def test_distances_are_those_of_jensen_and_shannon() -> None:
    rows = np.array([[0.5, 0.5, 0.0], [0.0, 0.0, 1.0], [0.5, 0.5, 0.0]])
    assert np.allclose(distances(rows), [[0, 1, 0], [1, 0, 1], [0, 1, 0]])
    plane = places(rows)
    assert np.allclose(plane[0], plane[2])
    assert np.linalg.norm(plane[0] - plane[1]) == pytest.approx(1.0)
