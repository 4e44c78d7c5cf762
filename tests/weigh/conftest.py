"""Texts read into words without any list, for tests of what is made of them."""

import pytest

from casemine.segment import Segmenter
from casemine.weigh.lexicon import Settings


@pytest.fixture(scope="session")
def plain() -> Settings:
    return Settings(Segmenter(), {}, frozenset(), frozenset())
