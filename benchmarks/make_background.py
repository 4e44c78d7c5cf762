"""Make dictionaries/background.txt: in how many documents of two collections words and phrases stand.

    python benchmarks/make_background.py REPORTS.jsonl.xz PAPERS.jsonl.xz EVALUATED.jsonl

Every tenth of REPORTS is read, and those of PAPERS (`title`, `text`) whose title is not in EVALUATED. Words
are those that weighing would take for candidates; under `LEAST` of the documents of both they are left out.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections.abc import Sequence
from pathlib import Path

from casemine.document import Document
from casemine.resources import dictionary, word_list
from casemine.segment import Segmenter
from casemine.weigh.candidates import candidates_of
from casemine.weigh.lexicon import Settings

LEAST = 0.05
BATCH = 40


def shares(texts: Sequence[str], settings: Settings) -> dict[str, float]:
    """Return word -> share of the texts that hold it, from `LEAST` on."""
    documents = [Document(str(at), text, "") for at, text in enumerate(texts)]
    counts: dict[str, int] = {}
    for at in range(0, len(documents), BATCH):
        some = documents[at : at + BATCH]
        for document, candidates in zip(some, candidates_of(some, settings), strict=True):
            for index in range(len(candidates.names)):
                word = candidates.word(document.counted, index)
                counts[word] = counts.get(word, 0) + 1
    return {word: count / len(texts) for word, count in counts.items() if count >= LEAST * len(texts)}


def read(path: Path) -> list[dict[str, str]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def main(reports: Path, papers: Path, evaluated: Path) -> None:
    settings = Settings(Segmenter(), {}, word_list(dictionary("stopwords.txt")), frozenset())
    known = {json.loads(line)["title"] for line in evaluated.open(encoding="utf-8")}
    in_reports = shares([each["text"] for each in read(reports)[3::10]], settings)
    in_papers = shares([each["text"] for each in read(papers) if each["title"] not in known], settings)
    path = dictionary("background.txt")
    head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    rows = [
        f"{word} {round(100 * in_reports.get(word, 0))} {round(100 * in_papers.get(word, 0))}"
        for word in sorted({*in_reports, *in_papers})
        if not set(word) & {" ", "\t", "#"}
    ]
    path.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
