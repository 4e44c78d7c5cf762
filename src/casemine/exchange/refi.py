"""REFI-QDA, the exchange format of NVivo, ATLAS.ti, MAXQDA and QualCoder: what reading and writing share.

Sources: the REFI-QDA standard 1.5 (www.qdasoftware.org) and its schemas Codebook.xsd and Project.xsd.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid5

CODEBOOK_SPACE, PROJECT_SPACE = "urn:QDA-XML:codebook:1.0", "urn:QDA-XML:project:1.0"
QDE, SOURCES, INTERNAL = "project.qde", "sources/", "internal://"
# Between the keywords of one code, and the aliases of a code.
JOIN = "；"
# The texts a code carries beside its definition, as lines of its description.
_LABELS = {
    "role": "角色", "include": "纳入", "exclude": "排除", "aliases": "别名", "example": "示例",
    "without": "排除词", "needs": "须同现", "rules": "规则",
}  # fmt: skip
_MARK = "："
# Everything casemine names in an exchange file lives here; another value would change every GUID.
_NAMES = UUID("7a0c5c86-54f5-5d1b-9a55-0d5f0c3c7f0e")


def guid(kind: str, *parts: object) -> str:
    """Return the GUID of a thing, the same in every export: a UUID of version 5 of its kind and names."""
    return str(uuid5(_NAMES, "\x1f".join([kind, *map(str, parts)])))


def description(code: Mapping[str, str]) -> str:
    """Return what a codebook says of a code as one text: the definition, then a line for each other part.

    `code` is a row of `schema.CODEBOOK`; `described` takes the text apart again.
    """
    lines = [code["definition"]] if code["definition"] else []
    return "\n".join([*lines, *(f"{label}{_MARK}{code[key]}" for key, label in _LABELS.items() if code[key])])


def described(text: str) -> dict[str, str]:
    """Return the parts of a description: role, definition, include, exclude, aliases, example.

    A line that begins with none of the labels of `description` goes on with the part above it, so that a
    description another program wrote is all definition.
    """
    lines_of: dict[str, list[str]] = {key: [] for key in ("definition", *_LABELS)}
    part = "definition"
    for line in text.split("\n"):
        for key, label in _LABELS.items():
            if line.startswith(label + _MARK):
                part, line = key, line.removeprefix(label + _MARK)
        lines_of[part].append(line)
    return {key: "\n".join(lines).strip() for key, lines in lines_of.items()}


def keyword_lines(keywords: Mapping[str, list[str]]) -> str:
    """Return code -> keywords as the lines of a selection's description, one a code that has any."""
    return "\n".join(f"{code}{_MARK}{JOIN.join(words)}" for code, words in keywords.items() if any(words))


def keywords_of(code: str, text: str) -> list[str]:
    """Return the keywords that `keyword_lines` wrote for a code; one empty keyword where it wrote none."""
    lines = [line for line in text.split("\n") if line.startswith(code + _MARK)]
    return lines[0].removeprefix(code + _MARK).split(JOIN) if lines else [""]
