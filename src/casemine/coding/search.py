"""What a concordance looks for: a word, a regular expression, or a rule of the codebooks' language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic

import regex

from casemine.coding.rules import Rule, Span, bad_rule, parse_rule, standing, word_spans
from casemine.document import units
from casemine.errors import UsageError
from casemine.lexicon.matching import places

# Given a text, yields the places of what is looked for, in order, none empty.
Search = Callable[[str], Iterator[Span]]

KINDS = ("word", "regex", "rule")
LONGEST_PATTERN = 1_000
# So many steps the engine may take a pattern apart into: x{1000}{1000} would fill the memory.
_LARGEST = 50_000
# Seconds for a whole search, and for each million characters on top of them. Common patterns need a tenth.
_PATIENCE, _PER_MILLION = 5.0, 5.0


def search_for(what: str, kind: str = "word", *, unit: str = "sentence") -> Search:
    """Return what finds `what` in texts: a literal word, a regular expression or a rule, by `KINDS`.

    A Latin word is found as a whole word. A rule (`全部 贷款 | 任一 贴息；免息 | 相距 10`) is looked for in
    each `unit` of a text and found once there, at the first of its words. Raises `UsageError` for a pattern
    that is empty, cannot be read, is too large or, while it searches, takes too long.
    """
    if not what.strip():
        raise UsageError("there is nothing to look for.", place="PATTERN", advice="Give a word.")
    if len(what) > LONGEST_PATTERN:
        advice = f"At most {LONGEST_PATTERN:,} characters are looked for."
        raise UsageError("is too long.", place="PATTERN", advice=advice)
    if kind == "regex":
        return _Regex(what)
    if kind == "rule":
        return _by_rule(_rule(what), unit)
    return lambda text: ((at, at + len(what)) for at in places(text, what, 0, len(text)))


class _Regex:
    """Finds a regular expression and keeps account of the time: some patterns would search for years.

    Python's own `re` cannot be stopped, so the `regex` package does it, whose syntax is the same and more.
    """

    def __init__(self, what: str) -> None:
        if _size(what) > _LARGEST:
            raise UsageError("repeats too much.", place=what, advice="Lower the numbers in its {}.")
        try:
            self._compiled = regex.compile(what)
        except RecursionError as error:
            advice = "Look for less at a time."
            raise UsageError("is nested too deeply.", place=what, advice=advice) from error
        except regex.error as error:
            at = min((error.pos or 0) + 1, len(what))
            raise UsageError(
                f"is no regular expression: {error.msg}, at character {at}.",
                place=what,
                advice=r"Write \ before a ( [ * + ? . that is meant as such, or leave --regex out.",
            ) from error
        self._what, self._spent, self._read = what, 0.0, 0

    def __call__(self, text: str) -> Iterator[Span]:
        self._read += len(text)
        allowed = _PATIENCE + _PER_MILLION * self._read / 1e6
        matches = self._compiled.finditer(text, timeout=max(allowed - self._spent, 0.01))
        while True:
            began = monotonic()
            try:
                match = next(matches, None)
            except TimeoutError as error:
                raise self._too_slow() from error
            self._spent += monotonic() - began
            if match is None:
                return
            if self._spent > allowed:
                raise self._too_slow()
            if match.end() > match.start():
                yield match.span()

    def _too_slow(self) -> UsageError:
        return UsageError(
            "takes too long; nothing was written.",
            place=self._what,
            advice="Repetitions inside repetitions, as (.*)*, try every way to divide a text: "
            "write [^。]* for .* and take one of them away.",
        )


def _size(what: str) -> int:
    """Return about how many steps a pattern is taken apart into, its {m,n} multiplied out."""
    repeats = regex.compile(r"\{(\d*)(?:,(\d*))?\}")
    sizes, group, last = [0], 0, 0
    at, in_class = 0, False
    while at < len(what):
        char = what[at]
        repeat = None if in_class else repeats.match(what, at)
        if repeat and repeat.end() - at > 2:
            times = max(int(number[:9] or 1) for number in (repeat[1], repeat[2] or "1"))
            sizes[-1] += last * (times - 1)
            last *= times
            at = repeat.end()
            continue
        if char == "\\":
            at += 1
        if char == "[" or (in_class and char == "]"):
            in_class = char == "["
        elif char == "(" and not in_class:
            sizes.append(0)
        elif char == ")" and not in_class and len(sizes) > 1:
            group = sizes.pop()
            sizes[-1], last = sizes[-1] + group, group
            at += 1
            continue
        sizes[-1], last = sizes[-1] + 1, 1
        at += 1
    return sum(sizes)


def _rule(what: str) -> Rule:
    """Read a rule; a word alone, with classes or without, is a rule too."""
    try:
        labelled = any(mark in what for mark in " \t\u3000:：|｜")
        rule = parse_rule(what) if labelled else Rule(any=(what,))
    except ValueError as error:
        raise UsageError(
            f"{error}.",
            place=what,
            advice="Write a rule as 全部 贷款 | 任一 贴息；免息 | 排除 房贷 | 相距 10.",
        ) from error
    for reason in bad_rule(rule):
        raise UsageError(reason, place=what)
    return rule


def _by_rule(rule: Rule, unit: str) -> Search:
    def find(text: str) -> Iterator[Span]:
        for start, end in units(text, unit):
            if span := standing(rule, {word: word_spans(word, text, start, end) for word in rule.words}):
                yield span

    return find
