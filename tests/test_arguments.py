"""What a caller may give: several things, texts, documents, numbers, words; and what is refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from casemine import arguments
from casemine.document import Document
from casemine.errors import ParameterError


def test_several_reads_an_iterable_to_its_end() -> None:
    assert arguments.several((n * n for n in range(4)), name="n", advice="") == [0, 1, 4, 9]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("防贫", "one text stands where several are meant."),
        (b"ab", "one text stands where several are meant."),
        (Path("cases"), "one text stands where several are meant."),
        ({"a": 1}, "a dict stands where a list is meant."),
        (pd.DataFrame({"a": [1]}), "a DataFrame stands where a list is meant."),
        (7, "7 is no list."),
    ],
)
def test_what_is_not_several_is_refused_with_advice(given: Any, said: str) -> None:
    with pytest.raises(ParameterError) as caught:
        arguments.several(given, name="inputs", advice="Give a list.")
    assert (caught.value.place, caught.value.cause, caught.value.advice) == ("inputs", said, "Give a list.")


def test_texts_are_strings_or_what_is_counted_of_documents() -> None:
    assert arguments.texts_of(["防贫", Document("a", "预警到户")]) == ["防贫", "预警到户"]
    with pytest.raises(ParameterError) as caught:
        arguments.texts_of(["防贫", None])
    assert (caught.value.place, caught.value.cause) == ("text 2", "None is no text.")


def test_documents_are_documents() -> None:
    document = Document("a", "预警到户")
    assert arguments.documents_of(iter([document])) == [document]
    with pytest.raises(ParameterError) as caught:
        arguments.documents_of([document, "预警"])
    assert (caught.value.place, caught.value.cause) == ("document 2", "'预警' is no Document.")


@pytest.mark.parametrize("value", [True, 2, 3.0, "3", None])
def test_a_whole_number_is_neither_a_truth_nor_too_small(value: Any) -> None:
    arguments.whole_number(3, name="least", least=3)
    with pytest.raises(ParameterError) as caught:
        arguments.whole_number(value, name="least", least=3)
    assert caught.value.cause == f"is {value!r}."
    assert caught.value.advice == "Give a whole number, 3 or more."


def test_numbers_come_back_as_pythons_own_and_have_bounds() -> None:
    whole = arguments.whole_number(np.int64(3), name="top", least=1, most=5)
    part = arguments.share(np.float32(0.5), name="alike", least=0, most=1)
    assert (type(whole), whole, type(part), part) == (int, 3, float, 0.5)
    with pytest.raises(ParameterError, match=r"^top: is 6\. Give a whole number from 1 to 5\.$"):
        arguments.whole_number(6, name="top", least=1, most=5)
    for value in (2, -1, "a", True, None, float("nan")):
        with pytest.raises(ParameterError, match=r"Give a number from 0 to 1\.$"):
            arguments.share(value, name="alike", least=0, most=1)


@pytest.mark.parametrize(
    ("check", "good", "bad", "said"),
    [
        (lambda value: arguments.instance(value, str, name="n", advice="a"), "x", 5, "is 5."),
        (lambda value: arguments.called(value, name="n", advice="a"), len, 5, "5 cannot be called."),
        (lambda value: arguments.words_of(value, name="n"), {"发展": 1}, ["发展", 5], "is 5."),
        (
            lambda value: arguments.words_of(value, name="n"),
            {"发展"},
            "发展",
            "one text stands where several are meant.",
        ),
    ],
)
def test_other_kinds_are_checked(check: Callable[[Any], None], good: Any, bad: Any, said: str) -> None:
    check(good)
    with pytest.raises(ParameterError) as caught:
        check(bad)
    assert (caught.value.place, caught.value.cause) == ("n", said)


def test_half_a_character_and_a_doc_id_given_twice_are_named() -> None:
    with pytest.raises(ParameterError, match=r"^text 2: has half a character"):
        arguments.texts_of(["防贫", "防\ud800贫"])
    with pytest.raises(ParameterError, match=r"^text 1: has half a character"):
        arguments.documents_of([Document("a", "防\ud800贫")])
    with pytest.raises(ParameterError, match=r"^document 2: two documents are called a\."):
        arguments.documents_of([Document("a", "防贫"), Document("a", "预警")])
