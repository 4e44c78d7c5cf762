import numpy as np
import pytest

from casemine.bounded import read_arrays
from casemine.errors import UnreadableError

from . import hostile_files as hostile

NAMES = ("codes", "counts", "words", "about")


def refused(path, data):
    path.write_bytes(data)
    with pytest.raises(UnreadableError) as caught:
        read_arrays(path, NAMES)
    assert caught.value.place == str(path)
    return caught.value.cause


def test_arrays_come_back(tmp_path):
    (tmp_path / "a.npz").write_bytes(hostile.vectors())
    held = read_arrays(tmp_path / "a.npz", NAMES)
    assert held["codes"].shape == (2, 3) and held["words"].tobytes().decode() == "茶园\n茶叶"


def test_pickles_false_headers_and_damage_are_refused(tmp_path):
    path = tmp_path / "a.npz"
    assert "Python objects" in refused(path, hostile.vectors(codes=np.array([{}, []], dtype=object)))
    assert "claims other" in refused(path, hostile.npz_of_5_gb())
    assert "holds no codes" in refused(path, hostile.npz(words=np.ones(3)))
    assert refused(path, hostile.vectors()[:-60])
    with pytest.raises(FileNotFoundError):
        read_arrays(tmp_path / "none.npz", NAMES)


def test_whatever_byte_is_changed_it_is_read_or_refused(tmp_path):
    path = tmp_path / "a.npz"
    data = hostile.vectors()
    for place in range(0, len(data), 7):
        path.write_bytes(hostile.flipped(data, place / len(data)))
        try:
            read_arrays(path, NAMES)
        except UnreadableError as error:
            assert error.place == str(path)
