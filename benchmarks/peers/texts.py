"""What every adapter reads and writes: JSON lines of documents in, tab-separated ranked words out."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path


def arguments(*options: str) -> argparse.Namespace:
    """Parse `DOCUMENTS OUTPUT`, and `--option VALUE` for each of `options`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("documents", type=Path)
    parser.add_argument("output", type=Path)
    for option in options:
        parser.add_argument(f"--{option}", required=True)
    return parser.parse_args()


def documents(path: Path) -> list[tuple[str, str]]:
    """Read (id, text) of each document."""
    with path.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [(record["doc_id"], record["text"]) for record in records]


def paragraphs(path: Path) -> list[str]:
    """Read the paragraphs of all documents that are not blank."""
    return [line for _, text in documents(path) for line in text.split("\n") if line.strip()]


def write_words(path: Path, ranked: Iterable[tuple[str, float]]) -> None:
    """Write `word<TAB>score`, best first."""
    rows = "".join(f"{word}\t{score:.6g}\n" for word, score in ranked if not set(word) & set("\t\r\n"))
    path.write_text(rows, encoding="utf-8", newline="\n")


def write_keywords(path: Path, found: Iterable[tuple[str, Sequence[str]]]) -> None:
    """Write `id<TAB>word<TAB>word...`, best first, one document a line."""
    rows = "".join("\t".join((doc_id, *words)) + "\n" for doc_id, words in found)
    path.write_text(rows, encoding="utf-8", newline="\n")
