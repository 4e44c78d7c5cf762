"""The example in the docstring of every public name shows what the program does."""

from __future__ import annotations

import doctest

import pytest

import casemine


@pytest.mark.parametrize("name", casemine.__all__)
def test_the_example_of(name: str) -> None:
    value = getattr(casemine, name)
    tests = doctest.DocTestFinder(recurse=False).find(value, name, globs={})
    assert any(test.examples for test in tests), f"{name} has no example"
    for test in tests:
        assert not doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test).failed
