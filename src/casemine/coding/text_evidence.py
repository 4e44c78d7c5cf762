"""Where the codes of a codebook stand in a text: by name, by alias, by rule, and where keywords stand.

One pass over a document finds every word that matters; what it found is then read unit by unit
(`casemine.document.units`), so that the work grows with the text and nothing is kept between documents.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from casemine.coding.codebook import Codebook
from casemine.coding.rules import Rule, Span, in_company, is_pattern, pattern, standing, word_spans
from casemine.document import LONGEST, Document, units, window
from casemine.lexicon.matching import WordMatcher, distinct
from casemine.lexicon.script import as_matched, matched_form

# Passages that name what comes below them.
HEADS = frozenset({"title", "heading"})
# How a code was found in a text, beside the methods by which a keyword is placed.
NAME, ALIAS, RULE = "exact", "alias", "rule"

# The article that the clause of a passage names, with what stands above it.
_ARTICLE = re.compile(r".*?第[^\s条]+条(?:之[一二三四五六七八九十]+)?")
# Units that have a greatest length: what is longer is a window round the word.
_BOUNDED = frozenset({"sentence", "clause"})


class Sense(NamedTuple):
    """What a word stands for: a code of any level, how that is known, and how surely (0 to 1)."""

    code: str
    method: str
    score: float = 1.0


class Hit(NamedTuple):
    """A unit `[start, end)` of a text that has a code, and the word by which it has it."""

    start: int
    end: int
    code: str
    word: str
    method: str
    score: float


@dataclass(frozen=True)
class Scan:
    """All that was found in one document: its units in order, and the places of the words looked for.

    `triggers` maps the number of a unit to the words that stand in it and may begin a rule. The text of a
    traditional document is in simplified characters, one for one.
    """

    document: Document
    text: str
    units: list[Span]
    matches: list[tuple[int, str]]
    triggers: dict[int, dict[str, None]] = field(default_factory=dict)
    traditional: bool = False
    _spans: dict[tuple[int, str], list[Span]] = field(default_factory=dict)

    def number(self, start: int, end: int) -> int:
        """Return the number of the unit that holds `[start, end)`, -1 when none holds it whole."""
        at = bisect_right(self.units, start, key=lambda span: span[0]) - 1
        return at if at >= 0 and end <= self.units[at][1] else -1

    def present(self, number: int, words: Iterable[str]) -> dict[str, list[Span]]:
        """Return where words of rules stand in a unit. Few units are asked: nothing is looked for before."""
        found: dict[str, list[Span]] = {}
        for word in words:
            key = (number, word)
            if key not in self._spans:
                start, end = self.units[number]
                form = matched_form(word) if self.traditional and not is_pattern(word) else word
                self._spans[key] = word_spans(form, self.text, start, end)
            found[word] = self._spans[key]
        return found

    def is_head(self, number: int) -> bool:
        """Tell whether a unit belongs to a title or a heading."""
        passages = self.document.passages
        at = bisect_right(passages, self.units[number][0], key=lambda passage: passage.start) - 1
        return at >= 0 and passages[at].kind in HEADS


def senses_of(book: Codebook) -> dict[str, Sense]:
    """Return each name and alias of a codebook -> what it stands for."""
    aliases = {alias: Sense(code, ALIAS) for alias, code in book.by_alias.items()}
    return aliases | {name: Sense(name, NAME) for name in book.by_name}


class CodeFinder:
    """Finds the codes of a codebook, and keywords, in documents.

    `senses` maps the words looked for to what they stand for (default: `senses_of(book)`); `forms` maps
    the keywords of a study, and what was merged into them, to the keyword. `unit` is one of
    `casemine.document.UNITS`. Of the words of `senses` that overlap the longest counts, and so, by itself, of
    those of `forms`.
    """

    def __init__(
        self,
        book: Codebook,
        senses: Mapping[str, Sense] | None = None,
        forms: Mapping[str, str] | None = None,
        *,
        unit: str = "sentence",
    ) -> None:
        self.unit = unit
        self.senses = senses_of(book) if senses is None else dict(senses)
        self.forms = dict(forms or {})
        self._needs = {need.word: (code.name, need.rule) for code in book.entries for need in code.needs}
        self._rules = {code.name: code.rules for code in book.entries if code.rules}
        self._above = {code.name: set(book.chain(code.name)) - {code.name} for code in book.entries}
        # What is excluded from a category is excluded from its codes.
        self._without = {
            name: words
            for name in book.by_name
            if (words := tuple(word for code in book.chain(name) for word in book.by_name[code].without))
        }
        self._by_trigger = _triggers(self._rules)
        self._patterns = {word: pattern(word) for word in sorted(filter(is_pattern, self._by_trigger))}
        literal = self._by_trigger.keys() - self._patterns.keys()
        self._words = [*self.senses, *self.forms, *literal]
        self._matcher = WordMatcher(self._words)
        self._simplified: tuple[WordMatcher, dict[str, list[str]]] | None = None

    def scan(self, document: Document) -> Scan:
        """Read a document once: its units, and where the words stand in its counted text."""
        counted = document.counted
        text = as_matched(counted)
        traditional = text is not counted
        matches = list(self._in_traditional(text, counted) if traditional else self._matcher.all(text))
        classes = [
            (match.span(), word)
            for word, compiled in self._patterns.items()
            for match in compiled.finditer(text)
        ]
        spans = [*((start, start + len(word)) for start, word in matches), *(span for span, _ in classes)]
        cut: Iterable[Span] = _cut(document, text, self.unit)
        if self.unit in _BOUNDED:
            cut = _windows(cut, spans)
        scan = Scan(document, text, list(cut), matches, traditional=traditional)
        begins = [((at, at + len(word)), word) for at, word in matches if word in self._by_trigger]
        for span, word in sorted([*begins, *classes]):
            if (number := scan.number(*span)) >= 0:
                scan.triggers.setdefault(number, {})[word] = None
        return scan

    def _in_traditional(self, text: str, written: str) -> Iterator[tuple[int, str]]:
        """Yield the places of the words in a text that is matched in simplified characters.

        Of several words of one form that which stands there as it is `written` comes first, and counts.
        """
        if self._simplified is None:
            forms: dict[str, list[str]] = defaultdict(list)
            for word in dict.fromkeys(self._words):
                forms[matched_form(word)].append(word)
            self._simplified = WordMatcher(forms), dict(forms)
        matcher, words = self._simplified
        for start, form in matcher.all(text):
            here = written[start : start + len(form)]
            yield from ((start, word) for word in sorted(words[form], key=lambda word: word != here))

    def codes(self, scan: Scan, *, headings: bool = False) -> list[Hit]:
        """Return the codes of a document, one hit a unit and code, by place and code.

        The word of a hit is the longest of its code in the unit, then the first. Titles and headings
        count with `headings` alone. A category is no hit of its own where one of its codes is.
        """
        found: dict[int, dict[str, Hit]] = defaultdict(dict)
        own = [match for match in scan.matches if match[1] in self.senses]
        for at, word in distinct(own, len(scan.text)):
            sense = self.senses[word]
            number = scan.number(at, at + len(word))
            if number < 0 or not self.counts(scan, number, at, word, sense):
                continue
            before = found[number].get(sense.code)
            if before is None or len(word) > len(before.word):
                written = scan.document.text[at : at + len(word)] if scan.traditional else word
                found[number][sense.code] = Hit(*scan.units[number], sense.code, written, *sense[1:])
        for number, hit in self._by_rule(scan):
            found[number].setdefault(hit.code, hit)
        return [
            hit
            for number in sorted(found)
            if headings or not scan.is_head(number)
            for hit in self._lowest(found[number])
        ]

    def keywords(self, scan: Scan) -> dict[str, list[tuple[int, int, str]]]:
        """Return keyword -> (number of the unit, start, word) of each of its distinct places."""
        found: dict[str, list[tuple[int, int, str]]] = {}
        own = [match for match in scan.matches if match[1] in self.forms]
        for at, word in distinct(own, len(scan.text)):
            if (number := scan.number(at, at + len(word))) >= 0:
                found.setdefault(self.forms[word], []).append((number, at, word))
        return found

    def counts(self, scan: Scan, number: int, start: int, word: str, sense: Sense) -> bool:
        """Tell whether a word counts for its code where it stands: in no other word, in its company."""
        span = (start, start + len(word))
        without = self._without.get(sense.code, ())
        if any(_inside(span, spans) for spans in scan.present(number, without).values()):
            return False
        code, rule = self._needs.get(word, ("", Rule()))
        return code != sense.code or in_company(rule, span, scan.present(number, rule.words))

    def _by_rule(self, scan: Scan) -> Iterator[tuple[int, Hit]]:
        for number, words in scan.triggers.items():
            asked = dict.fromkeys(code for word in words for code in self._by_trigger[word])
            for code in asked:
                for rule in self._rules[code]:
                    if span := standing(rule, self._seen(scan, number, code, rule)):
                        word = scan.document.text[slice(*span)]
                        yield number, Hit(*scan.units[number], code, word, RULE, 1.0)
                        break

    def _seen(self, scan: Scan, number: int, code: str, rule: Rule) -> Mapping[str, Sequence[Span]]:
        """Return the words of a rule in a unit, without those inside what its code excludes."""
        present = scan.present(number, rule.words)
        excluded = scan.present(number, self._without.get(code, ()))
        outside = [span for spans in excluded.values() for span in spans]
        if not outside:
            return present
        return {
            word: [span for span in spans if not _inside(span, outside)] for word, spans in present.items()
        }

    def _lowest(self, hits: Mapping[str, Hit]) -> list[Hit]:
        implied = {category for code in hits for category in self._above[code]}
        return [hits[code] for code in sorted(hits) if code not in implied]


def _cut(document: Document, text: str, unit: str) -> Iterator[Span]:
    """Yield the units of a document: articles as its passages name them, where they do.

    A passage that belongs to no article (标题, 附则 without a number) is cut by paragraphs.
    """
    if unit != "article" or not any(passage.clause for passage in document.passages):
        yield from units(text, unit)
        return
    for article, passages in groupby(document.passages, key=lambda passage: _article(passage.clause)):
        own = list(passages)
        start, end = own[0].start, own[-1].end
        for first, last in units(text[start:end], "paragraph") if not article else _stripped(text[start:end]):
            yield start + first, start + last


def _article(clause: str) -> str:
    """Return the article of a clause: 第二章 第十条 of 第二章 第十条 第一款; empty where it names none."""
    found = _ARTICLE.match(clause)
    return found.group() if found else ""


def _stripped(text: str) -> Iterator[Span]:
    """Yield the span of a text without the blanks around it, nothing where there is nothing else."""
    if inner := text.strip():
        begin = text.index(inner)
        yield begin, begin + len(inner)


def _inside(span: Span, others: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _triggers(rules: Mapping[str, Sequence[Rule]]) -> dict[str, list[str]]:
    """Return word -> the codes that a rule may find by it."""
    found: dict[str, list[str]] = {}
    for code, own in rules.items():
        # Of words that must all be there one is enough to look.
        words = {word for rule in own for word in (rule.all[:1] or rule.any)}
        for word in words:
            found.setdefault(word, []).append(code)
    return found


def _windows(spans: Iterable[Span], words: Iterable[Span]) -> Iterator[Span]:
    """Put windows round the words in the spans that are too long, in order; other spans stay."""
    ordered = sorted(words)
    starts = [start for start, _ in ordered]
    for first, last in spans:
        if last - first <= LONGEST:
            yield first, last
            continue
        reach = first
        for start, end in ordered[bisect_right(starts, first - 1) : bisect_right(starts, last - 1)]:
            if end <= reach or end > last:
                continue
            # A window begins where the one before it ends, unless that would cut the word.
            begin, reach = window((min(start, reach), last), start, end)
            yield begin, reach
