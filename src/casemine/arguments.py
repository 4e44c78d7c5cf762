"""What a caller may give: a bare string where several are meant is refused, and told what to give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from numbers import Integral, Real
from os import PathLike
from typing import Any

from casemine.document import Document
from casemine.errors import ParameterError


def several(values: Any, *, name: str, advice: str) -> list[Any]:
    """Return the items of an iterable; a generator is read to its end.

    A string, bytes or a path is one thing, though Python would give its letters; of a table or a mapping
    Python would give the names. `name` is what the items are to the caller, `advice` what to give instead.
    Raises `ParameterError` for these and for what is no iterable.
    """
    if isinstance(values, str | bytes | PathLike):
        raise ParameterError("one text stands where several are meant.", place=name, advice=advice)
    if isinstance(values, Mapping) or hasattr(values, "columns"):
        kind = type(values).__name__
        raise ParameterError(f"a {kind} stands where a list is meant.", place=name, advice=advice)
    if not isinstance(values, Iterable):
        raise ParameterError(f"{values!r} is no list.", place=name, advice=advice)
    return list(values)


def texts_of(texts: Any) -> list[str]:
    """Return texts as strings: each a string or a `Document`, of which the counted text is taken.

    Raises `ParameterError` for a bare string and for anything else.
    """
    items = several(texts, name="texts", advice="Give a list of texts: [text], or a column: table['text'].")
    return [_text_of(item, number) for number, item in enumerate(items, start=1)]


def _whole_characters(text: str, place: str) -> None:
    """Raise `ParameterError` for a lone surrogate: no engine cuts it, no file holds it."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        advice = "Read the file again, or leave such characters out."
        raise ParameterError(
            "has half a character (a lone surrogate).", place=place, advice=advice
        ) from error


def _text_of(item: Any, number: int) -> str:
    if isinstance(item, str | Document):
        text = item if isinstance(item, str) else item.counted
        _whole_characters(text, f"text {number}")
        return text
    raise ParameterError(
        f"{item!r:.60} is no text.",
        place=f"text {number}",
        advice="Give strings or Documents; read bytes with .decode(), leave empty cells out.",
    )


def documents_of(documents: Any) -> list[Document]:
    """Return documents as a list.

    Raises `ParameterError` for a bare string, for what is no `Document` and for two of one doc_id.
    """
    named: set[str] = set()
    advice = "Give a list of Documents: [Document('a', text), ...]."
    items = several(documents, name="documents", advice=advice)
    for number, item in enumerate(items, start=1):
        if not isinstance(item, Document):
            raise ParameterError(f"{item!r:.60} is no Document.", place=f"document {number}", advice=advice)
        _whole_characters(item.text, f"text {number}")
        if (doc_id := item.doc_id) in named:
            raise ParameterError(
                f"two documents are called {doc_id}.",
                place=f"document {number}",
                advice="Give each document a doc_id of its own.",
            )
        named.add(doc_id)
    return items


def whole_number(value: Any, *, name: str, least: int, most: int | None = None, advice: str = "") -> int:
    """Return `value` as Python's int; raise `ParameterError` unless it is whole, from `least` to `most`.

    numpy's numbers are taken too: they are no int that run.json could hold.
    """
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    if not whole or value < least or (most is not None and value > most):
        if not advice:
            advice = f"Give a whole number, {least} or more."
            if most is not None:
                advice = f"Give a whole number from {least} to {most}."
        raise ParameterError(f"is {value!r:.60}.", place=name, advice=advice)
    return int(value)


def share(value: Any, *, name: str, least: float, most: float) -> float:
    """Return `value` as Python's number; raise `ParameterError` unless it is from `least` to `most`."""
    if isinstance(value, bool) or not isinstance(value, Real) or not least <= float(value) <= most:
        raise ParameterError(
            f"is {value!r:.60}.", place=name, advice=f"Give a number from {least} to {most}."
        )
    return float(value)


def instance(value: Any, kind: type | tuple[type, ...], *, name: str, advice: str) -> None:
    """Raise `ParameterError` unless `value` is of `kind`."""
    if not isinstance(value, kind):
        raise ParameterError(f"is {value!r:.60}.", place=name, advice=advice)


def called(value: Any, *, name: str, advice: str) -> None:
    """Raise `ParameterError` unless `value` can be called."""
    if not callable(value):
        raise ParameterError(f"{value!r:.60} cannot be called.", place=name, advice=advice)


def words_of(words: Any, *, name: str) -> None:
    """Raise `ParameterError` unless `words` is a collection of strings, and no bare string."""
    advice = "Give a set of words: {'发展', '工作'}."
    if isinstance(words, Mapping):
        words = list(words)
    for word in several(words, name=name, advice=advice):
        instance(word, str, name=name, advice=advice)
