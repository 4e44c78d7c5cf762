"""What needs gensim says so where it is not installed."""

import pytest

from casemine.errors import UsageError
from casemine.needs_gensim import gensim_module


def test_what_is_missing_is_said_with_the_way_to_get_it() -> None:
    with pytest.raises(UsageError, match="not installed"):
        gensim_module("no_such_module")
