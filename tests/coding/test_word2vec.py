"""gensim's files and ways of training: read, written, the same again."""

import os
from pathlib import Path

import numpy as np
import pytest

from casemine.coding import vectors, word2vec
from casemine.errors import UsageError
from casemine.segment import Segmenter

pytest.importorskip("gensim")

TEXTS = [
    "银行发放贷款。银行发放信贷。银行提供贷款，银行提供信贷。",
    "学校聘请教师，学校聘请老师。学校培训教师，学校培训老师。",
] * 6


@pytest.mark.parametrize("ending", [".txt", ".vec", ".bin"])
def test_what_is_written_is_read_by_gensim_and_comes_back(ending: str, tmp_path: Path) -> None:
    from gensim.models import KeyedVectors

    made = vectors.train(TEXTS, Segmenter(), dimensions=3, min_count=4, window=3)
    path = tmp_path / f"a{ending}"
    word2vec.write(made, path, binary=word2vec.ENDINGS[ending])
    held = KeyedVectors.load_word2vec_format(str(path), binary=ending == ".bin")
    assert tuple(held.index_to_key) == made.words
    back = word2vec.read(path)
    assert back.words == made.words
    assert np.allclose(back.unit, made.unit, atol=0.02)


@pytest.mark.parametrize("method", word2vec.METHODS)
def test_training_again_in_any_order_gives_the_same_bytes(method: str, tmp_path: Path) -> None:
    for name, texts in (("a", TEXTS), ("b", TEXTS[::-1])):
        made = word2vec.train(texts, Segmenter(), method=method, dimensions=5, min_count=4, seed=7)
        vectors.save(made, tmp_path / f"{name}.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    assert {"银行", "贷款", "教师"} <= set(made.words)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.txt", b"no vectors"),
        ("x.bin", b"\x00\x01"),
        ("none.vec", None),
        ("huge.vec", b"900000000 900000000\nword 1 2\n"),
        ("huge.bin", b"2 100\nword 1234"),
        ("less.txt", b"-2 3\n"),
    ],
)
def test_a_file_of_another_kind_is_named(name: str, content: bytes | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match="word2vec format"):
        word2vec.read(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no such pipes")
def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.vec")
    with pytest.raises(UsageError, match="is no regular file"):
        word2vec.read(tmp_path / "a.vec")


def test_another_method_and_too_little_text_are_refused() -> None:
    with pytest.raises(UsageError, match="no such method"):
        word2vec.train(TEXTS, Segmenter(), method="glove")
    with pytest.raises(UsageError, match="no word occurs"):
        word2vec.train(["只有一句。"], Segmenter())
