import pickle

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from casemine.discover.corpus import Segmentation, prepare
from casemine.discover.tokens import tokens_of
from casemine.segment import Segmenter

TEXTS = ["种茶记\n茶园见效，村民增收。", "修路。"]


def cut(texts: list[str]) -> tuple[Segmentation, list[str]]:
    pieces = [piece for text in texts for piece in [*Segmenter().cut(text), "\n"]]
    vocabulary = list(dict.fromkeys(pieces))
    numbers = np.array([vocabulary.index(piece) for piece in pieces], dtype=np.int32)
    shard = prepare(texts)
    return Segmentation.of(tokens_of(numbers, vocabulary), vocabulary, Segmenter(), shard), pieces


def test_a_shard_holds_its_texts_place_by_place() -> None:
    shard = prepare(TEXTS)
    joined = "".join(text + "\n" for text in TEXTS)
    assert shard.string(0, len(joined)) == joined
    assert shard.lengths.tolist() == [len(text) + 1 for text in TEXTS]
    assert shard.document[: len(joined)].tolist() == [0] * (len(TEXTS[0]) + 1) + [1] * (len(TEXTS[1]) + 1)
    assert shard.strings(np.array([0, 4]), 2) == ["种茶", "茶园"]


def test_marks_are_borders_and_characters_are_not() -> None:
    shard = prepare(["茶园.见效"])
    assert (shard.codes[:5] > 0).tolist() == [True, True, False, True, True]
    assert shard.han[:6].tolist() == [0, 1, 2, 2, 3, 4]


def test_the_first_line_is_a_title_when_it_is_short() -> None:
    shard = prepare(TEXTS)
    assert np.flatnonzero(shard.title).tolist() == [0, 1, 2, *range(len(TEXTS[0]) + 1, len(TEXTS[0]) + 4)]
    assert not prepare(["长" * 80 + "\n短"]).title.any()


def test_the_opening_of_a_text_is_a_tenth_of_it_and_300_characters_at_least() -> None:
    assert prepare(["字" * 200]).early.sum() == 200
    assert prepare(["字" * 1000]).early.sum() == 300
    assert prepare(["字" * 9000]).early.sum() == 900


def test_marks_inside_a_slogan_are_part_of_it() -> None:
    text = "推行“双随机、一公开”监管"
    assert not prepare([text]).marks.any()
    assert prepare([text], ["双随机、一公开"]).marks[text.index("、")]


def test_what_follows_from_a_shard_does_not_travel() -> None:
    shard = prepare(TEXTS)
    assert shard.codes.size and "codes" in vars(shard)
    again = pickle.loads(pickle.dumps(shard))
    assert "codes" not in vars(again) and np.array_equal(again.codes, shard.codes)


def test_tokens_open_end_and_close() -> None:
    segmentation, pieces = cut(["茶园的收入"])
    begins = np.cumsum([0, *map(len, pieces)])[:-1].tolist()
    assert segmentation.opens[begins].tolist() == [piece in ("茶园", "收入") for piece in pieces]
    assert segmentation.closes[begins[pieces.index("的")]]
    assert segmentation.functions[-1] == 1


def test_a_latin_term_is_one_token() -> None:
    segmentation, _ = cut(["用K-means分析"])
    assert segmentation.tokens.bordered(7)[1]
    assert segmentation.tokens.before[8] - segmentation.tokens.before[1] == 1


def test_words_that_fell_apart_become_one_token_where_they_stand() -> None:
    segmentation, pieces = cut(["垚玥垚玥到"])
    assert pieces[:4] == ["垚", "玥", "垚", "玥"]
    joined = segmentation.with_words({"垚玥": np.array([0, 2])}, Segmenter())
    assert joined.tokens.before[4] == 2 and segmentation.tokens.before[4] == 4
    assert len(joined.words.begins) == len(segmentation.words.begins) + 1


@given(st.lists(st.text("茶园，\n ab", max_size=12), max_size=5))
def test_nothing_of_a_text_is_lost(texts: list[str]) -> None:
    shard = prepare(texts)
    assert shard.string(0, len(shard.points) - 1) == "".join(text + "\n" for text in texts)
    assert len(shard.title) == len(shard.early) == len(shard.marks) == len(shard.points)
