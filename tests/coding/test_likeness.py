import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine import resources
from casemine.coding import vectors
from casemine.coding.likeness import Semantics, TextPool, standard
from casemine.segment import Segmenter

POOL = TextPool(("防贫预警", "扶贫产业", "村规民约"))


def test_a_text_is_most_like_itself() -> None:
    cosines = POOL.characters(POOL.texts)
    assert cosines.shape == (3, 3)
    assert cosines.diagonal() == pytest.approx([1, 1, 1])
    assert cosines.argmax(axis=1).tolist() == [0, 1, 2]


def test_shared_characters_count_and_strange_ones_make_less_like() -> None:
    (near, far, none) = POOL.characters(["防贫", "防贫监测网格", "养蜂"])
    assert near[0] > far[0] > 0
    assert none.tolist() == [0, 0, 0]
    assert near[0] > near[1] > near[2] == 0


@given(st.lists(st.text("防贫预警产业村", max_size=6), min_size=1, max_size=5))
def test_cosines_lie_between_0_and_1(queries: list[str]) -> None:
    cosines = POOL.characters(queries)
    assert cosines.min() >= 0 and cosines.max() <= 1 + 1e-9


def test_without_word_vectors_there_are_no_meanings() -> None:
    assert POOL.meanings(["防贫"]) is None
    assert POOL.vectors.shape == (3, 0)


def test_word_vectors_have_length_1_or_0_where_no_word_is_known() -> None:
    loaded = vectors.load(resources.dictionary("vectors/work-reports.npz"))
    meaning = Semantics(loaded, Segmenter())
    lengths = np.linalg.norm(meaning.of(["扶贫产业", "垚玥"]), axis=1)
    assert lengths == pytest.approx([1, 0], abs=1e-6)
    assert meaning.of([]).shape == (0, loaded.codes.shape[1])
    cosines = TextPool(("扶贫", "教育"), meaning).meanings(["脱贫"])
    assert cosines is not None and cosines[0, 0] > cosines[0, 1]


def test_rows_become_z_scores_and_equal_ones_zeros() -> None:
    scores = standard(np.array([[1.0, 2.0, 3.0], [5.0, 5.0, 5.0]]))
    assert scores[0] == pytest.approx([-(1.5**0.5), 0, 1.5**0.5])
    assert scores[1].tolist() == [0, 0, 0]
