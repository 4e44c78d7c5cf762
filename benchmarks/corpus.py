"""The documents every system reads: JSON lines of doc_id, title and text, made from what the user gives."""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from scoring import HAN

# Short form: characters of sample text to work on.
SAMPLE_SIZE = 100_000


@dataclass(frozen=True)
class Paper:
    """A document, with the keywords its author gave where there are any."""

    doc_id: str
    title: str
    text: str
    keywords: tuple[str, ...] = ()


def read(path: Path) -> list[Paper]:
    """Read a .jsonl or .jsonl.xz file with one document a line, or the .txt files of a folder."""
    if path.is_dir():
        files = sorted(path.rglob("*.txt"), key=lambda file: file.as_posix())
        return [
            Paper(file.relative_to(path).as_posix(), file.stem, file.read_text(encoding="utf-8-sig"))
            for file in files
        ]
    data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    return [_paper(json.loads(line)) for line in data.split(b"\n") if line.strip()]


def _paper(record: dict[str, str | list[str]]) -> Paper:
    title = str(record.get("title", ""))
    text = str(record.get("text") or f"{title}\n{record['abstract']}")
    keywords = record.get("keywords", [])
    listed = keywords.split(";") if isinstance(keywords, str) else keywords
    return Paper(str(record.get("doc_id") or record["id"]), title, text, tuple(listed))


def write(papers: Iterable[Paper], path: Path) -> Path:
    """Write the documents without the keywords of their authors; return `path`."""
    records = ({"doc_id": paper.doc_id, "title": paper.title, "text": paper.text} for paper in papers)
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text(lines, encoding="utf-8", newline="\n")
    return path


def sample(cases: Path) -> list[Paper]:
    """Shuffle the paragraphs of the sample cases into documents, none like another, until they are enough."""
    files = sorted(cases.glob("*.txt"), key=lambda file: file.name)
    # One of them is in another encoding, on purpose; what is left of it in UTF-8 is no Chinese.
    whole = "\n".join(file.read_text(encoding="utf-8-sig", errors="ignore") for file in files)
    paragraphs = [line for line in whole.split("\n") if HAN.search(line)]
    made: list[Paper] = []
    while sum(len(paper.text) for paper in made) < SAMPLE_SIZE:
        chosen = random.Random(len(made)).sample(paragraphs, k=min(30, len(paragraphs)))
        made.append(Paper(f"{len(made):03}", "", "\n".join(chosen)))
    return made
