"""A corpus many times as large, of the paragraphs of a given one in other orders: for measuring size alone.

    python benchmarks/enlarge.py --data work_reports.jsonl.xz --times 10 -o large.jsonl

DATA is as for scaling.py. Each time the paragraphs of all documents are shuffled by chance (the seed is the
number of the time) and dealt out again, as many to a document as it had. Every paragraph then stands TIMES
times in the corpus, so give `extract` a --min-count that is as much higher than the usual one.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import corpus


def enlarged(texts: Sequence[str], times: int) -> Iterator[tuple[str, str]]:
    """Yield the name and text of `times` as many documents."""
    divided = [text.split("\n") for text in texts]
    paragraphs = [paragraph for text in divided for paragraph in text]
    for time in range(1, times + 1):
        shuffled = iter(random.Random(time).sample(paragraphs, len(paragraphs)))
        for number, text in enumerate(divided, start=1):
            yield f"{time}-{number}", "\n".join(next(shuffled) for _ in text)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("-o", type=Path, required=True, metavar="FILE")
    given = parser.parse_args()
    texts = [paper.text for paper in corpus.read(given.data)]
    characters = 0
    with given.o.open("w", encoding="utf-8") as file:
        for name, text in enlarged(texts, given.times):
            characters += len(text)
            print(json.dumps({"doc_id": name, "text": text}, ensure_ascii=False), file=file)
    print(f"{len(texts) * given.times:,} documents, {characters:,} characters")
    return 0


if __name__ == "__main__":
    sys.exit(main())
