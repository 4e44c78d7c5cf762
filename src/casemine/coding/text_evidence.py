"""Where the codes of a codebook stand in a text: by name, by alias, by rule, and where keywords stand.

One pass over a document finds every word that matters; what it found is then read unit by unit
(`casemine.document.units`), so that the work grows with the text and nothing is kept between documents.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from casemine.coding.codebook import Codebook
from casemine.coding.rules import Rule, Span, in_company, is_pattern, pattern, standing
from casemine.document import LONGEST, Document, units, window
from casemine.lexicon.matching import WordMatcher, distinct

# Passages that name what comes below them.
HEADS = frozenset({"title", "heading"})
# How a code was found in a text, beside the methods by which a keyword is placed.
NAME, ALIAS, RULE = "exact", "alias", "rule"

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
    """All that stands in one document: its units in order, and the places of every word looked for.

    `rule_words` maps the number of a unit to the words of rules that stand in it, and their spans.
    """

    document: Document
    text: str
    units: list[Span]
    matches: list[tuple[int, str]]
    rule_words: dict[int, dict[str, list[Span]]] = field(default_factory=dict)

    def number(self, start: int, end: int) -> int:
        """Return the number of the unit that holds `[start, end)`, -1 when none holds it whole."""
        at = bisect_right(self.units, start, key=lambda span: span[0]) - 1
        return at if at >= 0 and end <= self.units[at][1] else -1

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
        self._rule_words = {
            *(word for _, rule in self._needs.values() for word in rule.words),
            *(word for rules in self._rules.values() for rule in rules for word in rule.words),
            *(word for words in self._without.values() for word in words),
        }
        self._patterns = {word: pattern(word) for word in sorted(filter(is_pattern, self._rule_words))}
        literal = self._rule_words - self._patterns.keys()
        self._matcher = WordMatcher([*self.senses, *self.forms, *literal])

    def scan(self, document: Document) -> Scan:
        """Read a document once: its units, and where the words stand in its counted text."""
        text = document.counted
        matches = list(self._matcher.all(text))
        classes = [
            (match.span(), word)
            for word, compiled in self._patterns.items()
            for match in compiled.finditer(text)
        ]
        places = [*((start, start + len(word)) for start, word in matches), *(span for span, _ in classes)]
        cut = _windows(units(text, self.unit), places) if self.unit in _BOUNDED else units(text, self.unit)
        scan = Scan(document, text, list(cut), matches)
        spans = [((at, at + len(word)), word) for at, word in matches if word in self._rule_words]
        for span, word in sorted([*spans, *classes]):
            if (number := scan.number(*span)) >= 0:
                scan.rule_words.setdefault(number, {}).setdefault(word, []).append(span)
        return scan

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
                found[number][sense.code] = Hit(*scan.units[number], sense.code, word, *sense[1:])
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
        present = scan.rule_words.get(number, {})
        if any(_inside(span, present.get(other, ())) for other in self._without.get(sense.code, ())):
            return False
        code, rule = self._needs.get(word, ("", Rule()))
        return code != sense.code or in_company(rule, span, present)

    def _by_rule(self, scan: Scan) -> Iterator[tuple[int, Hit]]:
        for number, present in scan.rule_words.items():
            asked = dict.fromkeys(code for word in present for code in self._by_trigger.get(word, ()))
            for code in asked:
                seen = self._seen(present, code)
                for rule in self._rules[code]:
                    if span := standing(rule, seen):
                        word = scan.text[slice(*span)]
                        yield number, Hit(*scan.units[number], code, word, RULE, 1.0)
                        break

    def _seen(self, present: Mapping[str, list[Span]], code: str) -> Mapping[str, Sequence[Span]]:
        """Return the words of a unit without those inside what a code excludes."""
        outside = [span for word in self._without.get(code, ()) for span in present.get(word, ())]
        if not outside:
            return present
        return {
            word: [span for span in spans if not _inside(span, outside)] for word, spans in present.items()
        }

    def _lowest(self, hits: Mapping[str, Hit]) -> list[Hit]:
        implied = {category for code in hits for category in self._above[code]}
        return [hits[code] for code in sorted(hits) if code not in implied]


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


def _windows(spans: Iterable[Span], places: Iterable[Span]) -> Iterator[Span]:
    """Put windows round the places in the spans that are too long, in order; other spans stay."""
    ordered = sorted(places)
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
