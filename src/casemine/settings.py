"""The settings of a study: one definition for casemine.toml, the command line and run.json."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from casemine.bounded import parse_toml, read_text
from casemine.errors import ParameterError, UsageError


def _setting(default: Any, meaning: str, *, choices: tuple[str, ...] = (), least: int | None = None) -> Any:
    return field(default=default, metadata={"meaning": meaning, "choices": choices, "least": least})


# Kinds of words beside terms.
KINDS = ("person", "place", "body", "series", "clause", "generic")


@dataclass(frozen=True)
class IngestSettings:
    """How documents are read."""

    encoding: str = _setting("", "Encoding of text files, such as gb18030; empty: found from the bytes.")
    text_column: str = _setting("", "Column with the text of a table of documents; A,B where tables differ.")
    id_column: str = _setting("", "Column that names the documents of such a table; empty: the row number.")
    header_row: int = _setting(
        0, "Row that names the columns of such a table, as Excel counts; 0: it is looked for.", least=0
    )
    title_counted: bool = _setting(True, "Count the title column of such a table with the text of its row.")
    script: str = _setting(
        "auto",
        "keep: characters as written; simplified: all texts in simplified ones; auto: traditional texts.",
        choices=("keep", "simplified", "auto"),
    )
    recursive: bool = _setting(True, "Read the folders below an input folder too.")


@dataclass(frozen=True)
class WordSettings:
    """Word lists: what is known, what is dropped, what says nothing for this study."""

    user_dict: tuple[str, ...] = _setting((), "jieba user dictionary: words already known, hence not new.")
    stopwords: tuple[str, ...] = _setting((), "Words never taken as keywords, beside the shipped list.")
    generic: tuple[str, ...] = _setting(
        ("common", "poverty"),
        "Words without content for the study: a shipped list (common, poverty), a file, or none; "
        "+FILE adds a file to the shipped lists.",
    )


@dataclass(frozen=True)
class DiscoverSettings:
    """How new words are found."""

    min_count: int = _setting(
        0, "Least occurrences of a new word; 0: 2, 3 or 5 by the size of the corpus.", least=0
    )
    max_len: int = _setting(10, "Longest new word, in characters.", least=2)
    by: str = _setting(
        "corpus",
        "Also list the new words of each document or region.",
        choices=("corpus", "document", "region"),
    )


@dataclass(frozen=True)
class WeighSettings:
    """How keywords are weighed and chosen."""

    select: str = _setting(
        "weight",
        "Keywords: the heaviest terms, or each document's heaviest new words.",
        choices=("weight", "new-words"),
    )
    method: str = _setting(
        "tfidf", "Weight of a term in a document.", choices=("tfidf", "textrank", "contrast")
    )
    top: int = _setting(10, "Keywords kept for each document.", least=1)
    left_out: tuple[str, ...] = _setting(
        KINDS,
        "Kinds of words that are no keywords, but for places and generic words of research papers; "
        "none: every kind may be one.",
        choices=(*KINDS, "none"),
    )


@dataclass(frozen=True)
class ReviewSettings:
    """Whose decisions make the final tables."""

    coder: str = _setting("", "Coder whose decisions count; empty: researcher, else the first who decided.")


@dataclass(frozen=True)
class Settings:
    """All settings of a study, by section of casemine.toml; they never change, `changed` gives others.

    Examples
    --------
    >>> from casemine import Settings
    >>> settings = Settings().changed({"discover": {"max_len": 8}})
    >>> settings.discover.max_len
    8
    """

    ingest: IngestSettings = field(default_factory=IngestSettings)
    words: WordSettings = field(default_factory=WordSettings)
    discover: DiscoverSettings = field(default_factory=DiscoverSettings)
    weigh: WeighSettings = field(default_factory=WeighSettings)
    review: ReviewSettings = field(default_factory=ReviewSettings)

    def changed(self, changes: Mapping[str, Mapping[str, Any]], *, place: str = "") -> Settings:
        """Return these settings with `changes`, section -> key -> value.

        Raises `UsageError` for an unknown section or key or a value of the wrong type.
        """
        sections: dict[str, Any] = {}
        for name, values in changes.items():
            section = getattr(self, name, None)
            if not is_dataclass(section):
                raise _unknown("section", f"[{name}]", [f"[{item.name}]" for item in fields(self)], place)
            known = {item.name: item for item in fields(section)}
            for key in values:
                if key not in known:
                    raise _unknown("key", f"{key} in [{name}]", list(known), place)
            checked = {key: _checked(known[key], value, place) for key, value in values.items()}
            sections[name] = replace(section, **checked)  # type: ignore[type-var]
        return replace(self, **sections)


def checked(given: Any) -> Settings:
    """Return settings that casemine.toml could hold, made in Python: lists as tuples, each value as allowed.

    Raises `ParameterError` with the setting and its value, by the rules of reading the file: what is kept
    in a study must be readable again.
    """
    if not isinstance(given, Settings):
        advice = "Give casemine.Settings(), or Settings().changed({'weigh': {'top': 5}})."
        raise ParameterError(f"is {given!r:.60}.", place="settings", advice=advice)
    settings = given
    for section in fields(given):
        values = getattr(given, section.name)
        kind: Any = section.default_factory
        if not isinstance(values, kind):
            advice = f"Give Settings().changed({{'{section.name}': ...}})."
            raise ParameterError(f"is {values!r:.60}.", place=f"settings.{section.name}", advice=advice)
        changes = {item.name: getattr(values, item.name) for item in fields(values)}
        try:
            settings = settings.changed({section.name: changes})
        except UsageError as error:
            place = f"settings.{section.name}"
            raise ParameterError(error.cause, place=place, advice=error.advice) from error
    return settings


def _unknown(what: str, name: str, known: list[str], place: str) -> UsageError:
    return UsageError(f"unknown {what} {name}.", place=place, advice=f"Known are: {', '.join(known)}.")


def _checked(item: Field[Any], value: Any, place: str) -> Any:
    default = item.default
    if isinstance(default, tuple) and isinstance(value, list | tuple):
        value = _added(default, tuple(value))
    fits = type(value) is type(default) and (
        not isinstance(value, tuple) or all(isinstance(part, str) for part in value)
    )
    choices, least = item.metadata["choices"], item.metadata["least"]
    if not fits:
        asked = "a list of texts" if isinstance(default, tuple) else f"of type {type(default).__name__}"
        raise UsageError(f"{item.name} must be {asked}, not {value!r}.", place=place)
    for part in value if isinstance(value, tuple) else (value,):
        if choices and part not in choices:
            raise UsageError(f"{item.name} must be one of {', '.join(choices)}, not {part!r}.", place=place)
    if least is not None and value < least:
        raise UsageError(f"{item.name} must be at least {least}, not {value}.", place=place)
    return value


def _added(shipped: tuple[str, ...], value: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a list of a person, with the shipped one before it where an entry begins with +.

    >>> _added(("common", "poverty"), ("+my.txt",))
    ('common', 'poverty', 'my.txt')
    """
    if not any(isinstance(part, str) and part.startswith("+") for part in value):
        return value
    plain = (part.removeprefix("+") if isinstance(part, str) else part for part in value)
    return tuple(dict.fromkeys([*shipped, *plain]))


# Larger than any settings a person writes.
_MOST_BYTES = 1 << 20


def load(path: Path) -> Settings:
    """Read a casemine.toml; paths in it are relative to it. Raises `UsageError` with file and reason."""
    try:
        values = parse_toml(read_text(path, _MOST_BYTES, ("utf-8-sig",)))
    except FileNotFoundError as error:
        raise UsageError("no such file.", place=str(path), advice="`casemine init` writes one.") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"not valid TOML in UTF-8: {error}.", place=str(path)) from error
    loose = [key for key, value in values.items() if not isinstance(value, dict)]
    if loose:
        raise UsageError(f"{loose[0]} stands outside a section.", place=str(path))
    settings = Settings().changed(values, place=str(path))
    words = {
        item.name: tuple(_beside(path, name) for name in getattr(settings.words, item.name))
        for item in fields(WordSettings)
    }
    return replace(settings, words=WordSettings(**words))


def _beside(toml: Path, name: str) -> str:
    beside = toml.parent / name
    return str(beside) if beside.is_file() else name


def to_toml(settings: Settings) -> str:
    """Write settings as a commented casemine.toml."""
    lines = ["# Settings of a casemine study. Every key may be left out; these are the values in force.", ""]
    for section in fields(settings):
        values = getattr(settings, section.name)
        lines += [f"# {type(values).__doc__}", f"[{section.name}]"]
        for item in fields(values):
            choices = item.metadata["choices"]
            meaning = item.metadata["meaning"] + (f" One of: {', '.join(choices)}." if choices else "")
            lines += [f"# {meaning}", f"{item.name} = {_toml_value(getattr(values, item.name))}"]
        lines.append("")
    return "\n".join(lines)


def _toml_value(value: Any) -> str:
    # JSON's texts, numbers, booleans and lists of texts are TOML's.
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
