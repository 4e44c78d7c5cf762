import contextlib
import json
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemine.bounded import parse_json, parse_toml
from casemine.errors import UnreadableError

from . import hostile_files as hostile


@pytest.mark.parametrize(
    "source",
    [hostile.deep_toml(), hostile.deep_toml(150), hostile.long_number(), "a = \0", "a" + ".a" * 200 + " = 1",
     "a = 2020-99-99", "[a", "a = 1e999999999999\nb ="],
)  # fmt: skip
def test_toml_that_harms_is_an_error_of_toml(source):
    with pytest.raises(tomllib.TOMLDecodeError):
        parse_toml(source)


def test_the_error_names_the_line_of_a_number_without_end():
    with pytest.raises(tomllib.TOMLDecodeError, match="line 2"):
        parse_toml("b = 1\n" + hostile.long_number())
    assert parse_toml("b = 1\n[a]\nc = [[1]]") == {"b": 1, "a": {"c": [[1]]}}


@pytest.mark.parametrize(
    "source", [hostile.deep_json(), "[" * 101 + "]" * 101, "9" * 5000, "{", b"\xff", "\0"]
)
def test_json_that_harms_is_refused_with_its_place(source):
    with pytest.raises(UnreadableError) as caught:
        parse_json(source, "run.json")
    assert caught.value.place == "run.json"


LEAVES = st.none() | st.text() | st.integers(-99, 99)


@settings(max_examples=30, deadline=None)
@given(st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_json_comes_back(value):
    assert parse_json(json.dumps(value)) == value


@given(st.text(alphabet="[]{}=.\"'\n#a1-:T é\0", max_size=60))
def test_any_text_is_toml_or_an_error_of_toml(source):
    with contextlib.suppress(tomllib.TOMLDecodeError):
        assert isinstance(parse_toml(source), dict)
