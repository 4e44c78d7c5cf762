import pytest

from casemine.errors import UsageError
from casemine.needs_gensim import gensim_module


def test_a_module_that_is_not_installed_says_how_to_get_it() -> None:
    with pytest.raises(UsageError, match="needs the package gensim") as error:
        gensim_module("no_such_module")
    assert "pip install gensim" in error.value.advice


def test_gensim_is_given_where_it_is_installed() -> None:
    pytest.importorskip("gensim")
    assert gensim_module("models").__name__ == "gensim.models"
