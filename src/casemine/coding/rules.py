"""Coding rules: words that must stand together, near one another, or not at all, for a code to be found.

After the coding rules of KH Coder (Higuchi, KH Coder 3 Reference Manual, A.2.5: and, or, not, near), over
the characters of a text instead of its words: Chinese does not mark where a word ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from casemine.lexicon.matching import places

JOIN = "；"
# What parts words in one cell of a sheet. No word of a rule may hold any of these.
SEPARATORS = "；;、，,|｜\n"
RULE_KEYS = ("all", "any", "none", "near")
# The words for the parts of a rule in a sheet.
_LABELS = {"all": "全部", "any": "任一", "none": "排除", "near": "相距"}
_PARTS = re.compile(r"[|｜]")
_WORDS = re.compile("[；;、，,]")
# A class of characters, and how often it stands there: [甲乙], [0-9]{1-4}, [^县], [*]{0-3}, [级]?
_CLASS = re.compile(r"\[(\^?)(\](?:\[|[^\]\[])*|(?:\[|[^\]\[])+)\](?:\{(\d{1,2})(?:-(\d{1,2}))?\}|(\?))?")
_ANY = r"[^。！？!?；;\n]"
# No class passes the end of a sentence.
_ENDS = r"。！？!?；;\n"

Span = tuple[int, int]


@dataclass(frozen=True)
class Rule:
    """Words a unit of text must hold: all of `all`, one of `any`, none of `none`.

    With `near`, those of `all` and `any` stand in one chain, each at most `near` characters from the
    next. A word is literal; where it holds brackets they are a class of characters: `[一二三]级预警`,
    `第[0-9]{1-3}批`, `就业[*]{0-4}培训` ([*] is any character of the sentence), `[^非]贫困户`, `[大]?数据`.
    """

    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    near: int = 0

    @property
    def wanted(self) -> tuple[str, ...]:
        """The words of which some must stand there."""
        return (*self.all, *self.any)

    @property
    def words(self) -> tuple[str, ...]:
        """All words the rule names."""
        return (*self.wanted, *self.none)


@dataclass(frozen=True)
class Need:
    """A name or alias that counts only in the company that its rule says."""

    word: str
    rule: Rule


def is_pattern(word: str) -> bool:
    """Tell whether a word of a rule has a class of characters."""
    return "[" in word


def word_spans(word: str, text: str, start: int, end: int) -> list[Span]:
    """Return where a word of a rule stands in `text[start:end]`."""
    if is_pattern(word):
        return [match.span() for match in pattern(word).finditer(text, start, end)]
    return [(at, at + len(word)) for at in places(text, word, start, end)]


@lru_cache(maxsize=4096)
def pattern(word: str) -> re.Pattern[str]:
    r"""Return the regular expression of a word with classes. Raises `ValueError` saying what is wrong.

    >>> pattern("第[0-9]{1-3}批").findall("第12批和第一批")
    ['第12批']
    """
    parts: list[str] = []
    at = 0
    for match in _CLASS.finditer(word):
        parts += [_literal(word[at : match.start()]), _class(match)]
        at = match.end()
    whole = "".join([*parts, _literal(word[at:])])
    compiled = re.compile(whole)
    if compiled.match(""):
        raise ValueError("may stand for nothing at all")
    return compiled


def _literal(text: str) -> str:
    if odd := next((char for char in text if char in "[]{}"), ""):
        raise ValueError(f"has a {odd} that belongs to no class; write [{odd}] for the character")
    return re.escape(text)


def _class(match: re.Match[str]) -> str:
    negated, inside, least, most, maybe = match.groups()
    if inside == "*" and not negated:
        found = _ANY
    else:
        ranges = re.sub(r"[\\^\]\[&~|]", r"\\\g<0>", inside)
        found = f"[{negated}{ranges}{_ENDS if negated else ''}]"
    try:
        re.compile(found)
    except re.error as error:
        raise ValueError(f"has a class {match.group()} that cannot be read ({error.msg})") from error
    if least is None:
        return found + (maybe or "")
    if most is not None and int(most) < int(least):
        raise ValueError(f"has a class {match.group()} whose numbers fall")
    return f"{found}{{{least},{most if most is not None else least}}}"


def bad_word(word: str) -> str:
    """Say why `word` cannot stand in a rule; "" when it can."""
    if not word:
        return "is empty"
    if odd := next((char for char in word if char in SEPARATORS), ""):
        return f"holds a separator ({odd!r}): write each word by itself"
    if is_pattern(word) or any(char in word for char in "]{}"):
        try:
            pattern(word)
        except ValueError as error:
            return str(error)
    return ""


def bad_rule(rule: Rule, *, company: bool = False) -> Iterator[str]:
    """Yield what is wrong with a rule; `company` is that of a word, where `none` alone is enough."""
    for word in dict.fromkeys(rule.words):
        if reason := bad_word(word):
            yield f"the word {word!r} {reason}."
    if not rule.wanted and not (company and rule.none):
        yield "names no word of all or any, so that it would find nothing."
    if both := sorted({*rule.wanted} & {*rule.none}):
        yield f"asks for {both[0]} and for none of it."
    if rule.near and not company and len(rule.all) + bool(rule.any) < 2:
        yield "says near of one word alone: it needs two of all, or one of all and any."
    if rule.near and company and not rule.wanted:
        yield "says near without a word of all or any."


def standing(rule: Rule, present: Mapping[str, Sequence[Span]]) -> Span | None:
    """Return the place of the first word by which a rule holds, or None; `present` is word -> its spans."""
    if any(present.get(word) for word in rule.none) or not all(present.get(word) for word in rule.all):
        return None
    either = [span for word in rule.any for span in present.get(word, ())]
    if rule.any and not either:
        return None
    slots = [[*present[word]] for word in rule.all] + ([either] if rule.any else [])
    if not rule.near:
        return min(min(spans) for spans in slots)
    return _chained(slots, rule.near)


def _chained(slots: Sequence[Sequence[Span]], near: int) -> Span | None:
    """Return the first span of the first chain of spans, `near` or less apart, that has one of each slot."""
    placed = sorted((span, number) for number, spans in enumerate(slots) for span in spans)
    chain: list[tuple[Span, int]] = []
    reach = 0
    for span, number in placed:
        if chain and span[0] - reach > near:
            chain = []
        reach = max(reach, span[1]) if chain else span[1]
        chain.append((span, number))
        if len({number for _, number in chain}) == len(slots):
            return chain[0][0]
    return None


def in_company(rule: Rule, span: Span, present: Mapping[str, Sequence[Span]]) -> bool:
    """Tell whether the word at `span` has the company that a rule asks for, outside the word itself.

    `near` counts from the word; `none` speaks of the whole unit.
    """

    def beside(word: str) -> bool:
        return any(
            (end <= span[0] or start >= span[1])
            and (not rule.near or max(span[0] - end, start - span[1]) <= rule.near)
            for start, end in present.get(word, ())
        )

    if any(present.get(word) for word in rule.none) or not all(map(beside, rule.all)):
        return False
    return not rule.any or any(map(beside, rule.any))


def rule_text(rule: Rule) -> str:
    """Return a rule as a line of a sheet; `parse_rule` reads it back.

    >>> rule_text(Rule(all=("贷款",), any=("贴息", "免息"), near=10))
    '全部 贷款 | 任一 贴息；免息 | 相距 10'
    """
    parts = [(key, JOIN.join(getattr(rule, key))) for key in RULE_KEYS[:3] if getattr(rule, key)]
    parts += [("near", str(rule.near))] if rule.near else []
    return " | ".join(f"{_LABELS[key]} {value}" for key, value in parts)


def parse_rule(line: str) -> Rule:
    """Read a line that `rule_text` writes. Raises `ValueError` saying what is wrong.

    >>> parse_rule("任一 贴息；免息")
    Rule(all=(), any=('贴息', '免息'), none=(), near=0)
    """
    found: dict[str, Any] = {}
    for part in filter(None, map(str.strip, _PARTS.split(line))):
        key, value = _part(part)
        if key in found:
            raise ValueError(f"says {_LABELS[key]} twice")
        if key == "near":
            found[key] = _distance(value)
        else:
            found[key] = split_words(value)
    return Rule(**found)


def _part(part: str) -> tuple[str, str]:
    for key, label in _LABELS.items():
        for name in (label, key):
            if part == name or (part.startswith(name) and part[len(name)] in " \t\u3000:："):
                value = part[len(name) :]
                return key, (value[1:] if value[:1] in (":", "：") else value).strip()
    known = "、".join(_LABELS.values())
    raise ValueError(f"has the part {part!r}, which begins with none of {known}")


def _distance(value: str) -> int:
    if not value.isdecimal() or not int(value):
        raise ValueError(f"says {_LABELS['near']} {value or 'nothing'}, which is no number from 1")
    return int(value)


def split_words(cell: str) -> tuple[str, ...]:
    """Return the words of one cell."""
    return tuple(word.strip() for word in _WORDS.split(cell) if word.strip())


def need_text(need: Need) -> str:
    """Return a need as a line of a sheet: the word, ：, and its rule."""
    return f"{need.word}：{rule_text(need.rule)}"


def parse_need(line: str, words: Iterable[str]) -> Need:
    """Read a line that `need_text` writes, of one of `words`. Raises `ValueError` saying what is wrong."""
    for word in sorted(words, key=len, reverse=True):
        rest = line.removeprefix(word).lstrip()
        if line.startswith(word) and rest[:1] in (":", "："):
            return Need(word, parse_rule(rest[1:]))
    raise ValueError(f"begins with no name or alias of this code and a ：: {line!r}")
