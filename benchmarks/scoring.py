"""Scores of ranked words and keywords against author keywords; nothing under src/ reads that gold."""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]{2,}")
LEADING = (100, 500, 1000)
LEAST_FREQUENCY = 5


def held_out(doc_id: str) -> bool:
    """Whether a document belongs to the half that nothing was tuned on."""
    return int(hashlib.sha256(doc_id.encode()).hexdigest(), 16) % 2 == 1


def read_gold(path: Path) -> list[str]:
    """Read the words that are author keywords (`author_keyword` is 1)."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [row["word"] for row in csv.DictReader(lines) if row["author_keyword"] == "1"]


def candidates(ranked: Iterable[str], known: Callable[[str], bool]) -> list[str]:
    """Drop words that `known` holds, are not wholly Han or came before: the same help for every system."""
    return [word for word in dict.fromkeys(ranked) if HAN.fullmatch(word) and not known(word)]


def precision(found: Sequence[str], gold: Collection[str], leading: int) -> float:
    """Return the share of gold words among the `leading` first; places left empty count as misses."""
    return sum(word in gold for word in found[:leading]) / leading


def recall(found: Collection[str], gold: Collection[str]) -> float:
    """Return the share of the gold words that were found, at whatever rank."""
    return len(set(gold) & set(found)) / len(gold) if gold else 0.0


def frequent(words: Iterable[str], text: str) -> set[str]:
    """Return the words that stand in `text` at least five times."""
    return {word for word in words if text.count(word) >= LEAST_FREQUENCY}


def normal(word: str) -> str:
    return unicodedata.normalize("NFKC", word).lower()


def f1(found: Sequence[str], gold: Collection[str], leading: int) -> float:
    """Return F1 of the `leading` first keywords of one document, after NFKC and lower-casing."""
    words = {normal(word) for word in found[:leading]}
    wanted = {normal(word) for word in gold}
    hits = len(words & wanted)
    return 2 * hits / (len(words) + len(wanted)) if hits else 0.0


def mean_f1(found: Mapping[str, Sequence[str]], gold: Mapping[str, Collection[str]], leading: int) -> float:
    """Return the macro average of F1 over documents; a document without keywords found counts 0."""
    total = sum(f1(found.get(doc_id, ()), wanted, leading) for doc_id, wanted in gold.items())
    return total / max(len(gold), 1)
