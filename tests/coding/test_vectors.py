"""Word vectors: what is near, the same bytes again, and files that are none."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine import resources
from casemine.coding import vectors
from casemine.errors import UsageError
from casemine.segment import Segmenter

TEXTS = [
    "银行发放贷款。银行发放信贷。银行提供贷款，银行提供信贷。",
    "学校聘请教师，学校聘请老师。学校培训教师，学校培训老师。",
    "村民种植水稻，村民种植小麦。农户收割水稻，农户收割小麦。",
] * 4


def train(texts: list[str], **options: int) -> vectors.WordVectors:
    return vectors.train(texts, Segmenter(), dimensions=4, min_count=4, window=3, **options)


@pytest.fixture(scope="module")
def small() -> vectors.WordVectors:
    return train(TEXTS)


def test_words_that_stand_in_the_same_places_are_near(small: vectors.WordVectors) -> None:
    assert small.nearest("贷款", 2)[0][1] > 0.5
    near = dict(small.nearest("水稻", len(small.words)))
    assert near["小麦"] > near["教师"]
    assert near["小麦"] > near["信贷"]


def test_the_order_of_texts_plays_no_part_and_the_file_is_the_same(
    small: vectors.WordVectors, tmp_path: Path
) -> None:
    again = train(TEXTS[::-1])
    vectors.save(small, tmp_path / "a.npz")
    vectors.save(again, tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_what_is_saved_comes_back(small: vectors.WordVectors, tmp_path: Path) -> None:
    vectors.save(small, tmp_path / "a.npz")
    back = vectors.load(tmp_path / "a.npz")
    assert back.words == small.words
    assert np.array_equal(back.codes, small.codes)
    assert dict(back.about) == dict(small.about)


def test_words_come_by_falling_count(small: vectors.WordVectors) -> None:
    assert list(small.counts) == sorted(small.counts, reverse=True)
    assert small.codes.dtype == np.int8


def test_batches_change_no_count(small: vectors.WordVectors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "_BATCH", 7)
    assert np.array_equal(train(TEXTS).codes, small.codes)


def test_too_little_text_is_refused() -> None:
    with pytest.raises(UsageError, match="dimensions need more"):
        train(["只有一句话。"])


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04broken"])
def test_a_file_that_is_no_table_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.npz").write_bytes(content)
    with pytest.raises(UsageError, match="no table of word vectors"):
        vectors.load(tmp_path / "x.npz")


def test_an_array_alone_is_no_table(tmp_path: Path) -> None:
    with (tmp_path / "x.npz").open("wb") as file:
        np.save(file, np.zeros(3))
    with pytest.raises(UsageError, match="no table of word vectors"):
        vectors.load(tmp_path / "x.npz")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no table"):
        vectors.load(tmp_path / "none.npz")


def test_an_unknown_word_has_no_neighbours(small: vectors.WordVectors) -> None:
    assert small.nearest("不存在的词") == []
    assert not small.mean(["不存在的词"]).any()


@given(st.lists(st.sampled_from(["贷款", "信贷", "银行", "水稻", "无此词"]), max_size=5))
def test_a_mean_has_length_one_or_is_nothing(words: list[str]) -> None:
    length = float(np.linalg.norm(train_once().mean(words)))
    known = any(word in train_once().index for word in words)
    assert length == pytest.approx(1.0 if known else 0.0, abs=1e-5)


@cache
def train_once() -> vectors.WordVectors:
    return train(TEXTS)


def test_the_shipped_table_is_small_and_knows_the_field() -> None:
    path = resources.dictionary("vectors/work-reports.npz")
    held = vectors.load(path)
    assert path.stat().st_size < 3_000_000
    assert "信贷" in dict(held.nearest("贷款", 10))
