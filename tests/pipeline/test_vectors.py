from pathlib import Path

import numpy as np
import pytest

from casemine.errors import UsageError
from casemine.pipeline.vectors import SHIPPED, semantics, train_vectors, vectors_file


def test_vectors_have_names_files_or_none(tmp_path: Path) -> None:
    assert vectors_file("none") is None and semantics("none") is None
    shipped = vectors_file(SHIPPED)
    assert shipped is not None and shipped.is_file()
    own = tmp_path / "own.npz"
    own.write_bytes(b"")
    assert vectors_file(str(own)) == own
    with pytest.raises(UsageError, match="no such word vectors"):
        vectors_file("no-such-file.npz")


def test_vectors_are_trained_written_and_read_again(cases: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    paths = [tmp_path / "a.npz", tmp_path / "b.npz"]
    for path in paths:
        trained = train_vectors(
            [cases], path, dimensions=2, vocabulary=100, min_count=2, seed=0,
            progress=lambda *step: told.append(step),
        )  # fmt: skip
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert told[:3] == [("segment", 1, 3), ("segment", 2, 3), ("segment", 3, 3)]
    meaning = semantics(str(paths[0]))
    assert meaning is not None
    assert np.array_equal(meaning.vectors.codes, trained.codes)
