"""The catalogue: an English message to its Chinese, where the message is shown.

A message that was composed (an f-string) is known by its template, whose braces stand for what differs
from case to case; what stands there is translated in turn when it is a message itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from struct import iter_unpack, unpack_from

from casemine.messages.language import DOMAIN, LOCALE, language

_BRACES = re.compile(r"\{(\w+)\}")
_INDENT = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
_AFTER_STOP = re.compile(r"(?<=[。；：！？]) +")
_SENTENCES = re.compile(r"(?<=[.;!?]) +")
_MAGIC = 0x950412DE


def translate(text: str) -> str:
    """Return a message in the language of the reader, as it is when the catalogue does not have it."""
    return in_chinese(text) if language() == "zh" else text


def in_chinese(text: str) -> str:
    """Return an English message in Chinese: whole, by its template, by its lines, or by its sentences.

    >>> in_chinese("the file is empty.")
    '文件为空。'
    >>> in_chinese("said by nobody")
    'said by nobody'
    """
    indent = _INDENT.fullmatch(text)
    if not indent or not indent[2]:
        return text
    before, said, after = indent.groups()
    return before + _message(said) + after


def _message(said: str) -> str:
    if found := _whole().get(said):
        return found
    if "\n" in said:
        lines = [in_chinese(line) for line in said.split("\n")]
        if all(not old.strip() or old != new for old, new in zip(said.split("\n"), lines, strict=True)):
            return "\n".join(lines)
    place, _, rest = said.partition(": ")
    # A message after its place is surer than a template, but for one that begins in these words.
    if rest and not any(one.english.startswith(f"{place}: ") for one in _templates()):
        where, found = _inner(place), _whole().get(rest, "")
        if not found and where != place and (by_parts := in_chinese(rest)) != rest:
            found = by_parts
        if found:
            return f"{where}：{found}"
    for template in _templates():
        if (found := template.filled(said)) is not None:
            return found
    return "\n".join(_by_sentence(line) for line in said.split("\n"))


def _by_sentence(said: str) -> str:
    """Translate sentences one by one, and what follows a place and a colon."""
    sentences = _SENTENCES.split(said)
    if len(sentences) > 1:
        chinese = [in_chinese(sentence) for sentence in sentences]
        if all(old != new for old, new in zip(sentences, chinese, strict=True)):
            return "".join(chinese)
    place, colon, rest = said.partition(": ")
    if colon and (chinese_rest := in_chinese(rest)) != rest:
        return f"{_inner(place)}：{chinese_rest}"
    return said


def _inner(value: str) -> str:
    """Translate what stands in braces; a single word may be the name of a file or a code of the user's."""
    return in_chinese(value) if " " in value else value


@dataclass(frozen=True)
class _Template:
    english: str
    chinese: str

    @cached_property
    def literals(self) -> list[str]:
        return _BRACES.split(self.english)[::2]

    @cached_property
    def names(self) -> list[str]:
        return _BRACES.findall(self.english)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        # What is called a number is one: "row {number}" is a place, not every message about rows.
        values = ["([0-9,.]+)" if name == "number" else "(.*?)" for name in self.names]
        parts = zip(map(re.escape, self.literals), [*values, ""], strict=True)
        return re.compile("".join(chain.from_iterable(parts)), re.DOTALL)

    def filled(self, said: str) -> str | None:
        """Return the Chinese of a message made from this template; None when it was not."""
        # Looking for the literal parts first spares the compiling of hundreds of patterns.
        if not said.startswith(self.literals[0]) or not said.endswith(self.literals[-1]):
            return None
        if not all(part in said for part in self.literals):
            return None
        match = self.pattern.fullmatch(said)
        if not match:
            return None
        values = {name: _inner(value) for name, value in zip(self.names, match.groups(), strict=True)}
        filled = _BRACES.sub(lambda brace: values.get(brace[1], brace[0]), self.chinese)
        return _AFTER_STOP.sub("", filled)


@cache
def _whole() -> dict[str, str]:
    """Return the catalogue as gettext compiled it: message -> Chinese, without the head."""
    data = (LOCALE / "zh_CN" / "LC_MESSAGES" / f"{DOMAIN}.mo").read_bytes()
    magic, _, count, english, chinese = unpack_from("<5I", data)
    assert magic == _MAGIC, "the catalogue is compiled with the low byte first"

    def texts(at: int) -> list[str]:
        places = iter_unpack("<2I", data[at : at + 8 * count])
        return [data[start : start + length].decode() for length, start in places]

    known = dict(zip(texts(english), texts(chinese), strict=True))
    known.pop("", None)
    return known


@cache
def _templates() -> list[_Template]:
    """Return the messages with braces, those that say most first."""
    templates = [_Template(said, chinese) for said, chinese in _whole().items() if _BRACES.search(said)]
    return sorted(templates, key=lambda one: (-sum(map(len, one.literals)), one.english))
