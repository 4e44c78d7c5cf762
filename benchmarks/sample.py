"""Keywords of the sample cases against those a reader gave, before and after the shipped review.

    python benchmarks/sample.py

Runs the reproduction of the 117-case study into a temporary folder and compares the five leading keywords
of each case, as extracted and as reviewed, with gold/sample_keywords.csv. That list was made from the
texts alone; nothing under src/ reads it. `exact` counts the same wording after NFKC and lower-casing,
`contained` also a keyword that holds the reader's or stands in it (防贫预警, 七步防贫预警).
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from casemine import pipeline, schema
from casemine.study import Study
from scoring import normal

LEADING = 5
GOLD = Path(__file__).parent / "gold" / "sample_keywords.csv"
Words = Mapping[str, Sequence[str]]


def read_gold(path: Path = GOLD) -> dict[str, list[str]]:
    """Read file -> the keywords a reader gave it, the most important first."""
    found: dict[str, list[str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["file"], []).append(normal(row["keyword"]))
    return found


def leading(folder: Path, table: str) -> dict[str, list[str]]:
    """Return the five first keywords of each case."""
    keywords = Study(folder).table(schema.KEYWORDS, table)
    first = keywords[keywords["rank"] <= LEADING].sort_values(["doc_id", "rank"])
    return {str(doc_id): list(map(normal, own["word"])) for doc_id, own in first.groupby("doc_id")}


def scores(found: Words, gold: Words, *, contained: bool = False) -> tuple[float, float]:
    """Return precision and recall over all cases together."""

    def meets(word: str, other: str) -> bool:
        return word == other or (contained and (word in other or other in word))

    right = sum(any(meets(word, own) for own in gold[case]) for case in gold for word in found.get(case, ()))
    back = sum(any(meets(own, word) for word in found.get(case, ())) for case in gold for own in gold[case])
    given = sum(len(found.get(case, ())) for case in gold)
    return right / max(given, 1), back / sum(map(len, gold.values()))


def main() -> None:
    gold = read_gold()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pipeline.reproduce.reproduce(Path(temporary) / "study").study.folder
        tables = {name: leading(folder, name) for name in ("keywords.csv", "keywords_final.csv")}
    print(f"{sum(map(len, gold.values()))} keywords of a reader in {len(gold)} cases; {LEADING} leading ones")
    print("| | precision | recall | contained: precision | recall |")
    print("|---|---:|---:|---:|---:|")
    for label, name in (("as extracted", "keywords.csv"), ("as reviewed", "keywords_final.csv")):
        cells = [*scores(tables[name], gold), *scores(tables[name], gold, contained=True)]
        print(f"| {label} | {' | '.join(f'{cell:.3f}' for cell in cells)} |")


if __name__ == "__main__":
    main()
