"""Planted copies among many documents: how many are found, how fast, and with how much memory.

    python benchmarks/similar.py [--documents 2000] [--copies 2000] [--seed 1]

Texts are chance sentences of 1,500 to 2,500 characters that all hold one set phrase; a copy of 60 to 200
characters has other marks and line ends than its original. A copy is found when one shared passage of the
two documents holds all of it, to the letter.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from casemine.similarity.fingerprints import Letters
from casemine.similarity.passages import Index, common_passages, shared
from planted_texts import planted


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--copies", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    made = planted(asked.documents, asked.copies, seed=asked.seed)
    began = time.perf_counter()
    letters = [Letters.of(text) for text in made.texts]
    index = Index.of(letters)
    common = max(30, asked.documents // 10)
    told = list(shared(index, least=40, common=common))
    phrases = common_passages(index, least=27, common=common)
    seconds = time.perf_counter() - began
    spans: dict[tuple[int, int], list[str]] = {}
    for each in told:
        places = letters[each.first].places
        text = made.texts[each.first][places[each.first_start] : places[each.first_end - 1] + 1]
        spans.setdefault((each.first, each.second), []).append(text)
    found = sum(
        any(passage in text for text in spans.get((first, second), ()))
        for first, second, passage in made.copies
    )
    print(
        f"{asked.documents:,} documents, {sum(map(len, made.texts)):,} characters: {found:,} of "
        f"{len(made.copies):,} copies found ({found / len(made.copies):.1%}), {len(told):,} passages told, "
        f"{len(phrases)} set phrase(s), {seconds:.1f} s, "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )


if __name__ == "__main__":
    main()
