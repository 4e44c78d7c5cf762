"""The harness itself: the same seed gives the same inputs, and what is no refusal is a finding."""

import random
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "fuzz"))
fuzz = pytest.importorskip("fuzz")


def door(read):
    return fuzz.Door("a", "a.txt", (b"abc", *fuzz.inputs().values()), read)


def test_the_same_seed_gives_the_same_inputs():
    made = [[data for _, data in fuzz.inputs_of([door(None)], 60, seed, 1e9)] for seed in (1, 1, 2)]
    assert made[0] == made[1] != made[2]
    assert fuzz.mutated(b"", random.Random(0)) is not None


def test_what_is_no_refusal_is_a_finding(tmp_path):
    def read(path):
        raise {b"a": fuzz.CasemineError("is none."), b"b": ValueError("x")}.get(path.read_bytes(), KeyError())

    assert fuzz.tried(door(read), b"a", tmp_path) == ""
    assert "ValueError" in fuzz.tried(door(read), b"b", tmp_path)
