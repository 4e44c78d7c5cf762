"""casemine and its peers: what each is run as, where it comes from, and how what it wrote is read back."""

from __future__ import annotations

import csv
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import environments

PEERS = Path(__file__).parent / "peers"


@dataclass(frozen=True)
class System:
    """A peer: its adapter in peers/ with options, the environment it lives in, its name on PyPI there.

    `needs` are options of the benchmark that say where a peer that is fetched by hand lies.
    """

    name: str
    adapter: str
    environment: str = "modern"
    distribution: str = ""
    options: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    def command(self, documents: Path, folder: Path, paths: Mapping[str, str]) -> list[str | Path]:
        """Return the command that reads `documents` and writes `folder`/found.tsv."""
        python = environments.python(self.environment) if self.environment else Path(sys.executable)
        given = [part for need in self.needs for part in (f"--{need}", paths[need])]
        return [python, PEERS / self.adapter, documents, folder / "found.tsv", *self.options, *given]

    def words(self, folder: Path) -> list[str]:
        """Read the ranked words it wrote."""
        return [row[0] for row in _rows(folder)]

    def keywords(self, folder: Path) -> dict[str, list[str]]:
        """Read the ranked keywords of each document."""
        return {row[0]: row[1:] for row in _rows(folder)}


class Casemine:
    """casemine as a user runs it: `discover` for new words, `extract` for keywords."""

    needs: tuple[str, ...] = ()

    def __init__(self, name: str, task: str, *options: str) -> None:
        self.name, self.task, self.options = name, task, options

    def command(self, documents: Path, folder: Path, paths: Mapping[str, str]) -> list[str | Path]:
        """Return the command line; what a run before it left is taken away."""
        study = folder / "study"
        shutil.rmtree(study, ignore_errors=True)
        output = folder / "found.csv" if self.task == "discover" else study
        start: list[str | Path] = [sys.executable, "-m", "casemine", self.task, documents, "-o", output]
        return [*start, "--id-column", "doc_id", "--quiet", *self.options]

    def words(self, folder: Path) -> list[str]:
        """Read the words, heaviest first."""
        return [row["word"] for row in _table(folder / "found.csv")]

    def keywords(self, folder: Path) -> dict[str, list[str]]:
        """Read the keywords of each document by rank."""
        found: dict[str, list[str]] = {}
        for row in _table(folder / "study" / "keywords.csv"):
            found.setdefault(row["doc_id"].partition("#")[2], []).append(row["word"])
        return found


def _rows(folder: Path) -> list[list[str]]:
    text = (folder / "found.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n") if line]


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


REFERENCE = System("jieba, cutting alone", "reference_jieba.py", environment="")

NEW_WORDS = (
    Casemine("casemine", "discover"),
    Casemine("casemine --jobs 1", "discover", "--jobs", "1"),
    System("smoothnlp", "words_smoothnlp.py", distribution="smoothnlp"),
    System("jiagu", "words_jiagu.py", distribution="jiagu"),
    System("HarvestText", "words_harvesttext.py", "old", "harvesttext"),
    System(
        "gensim Phrases over jieba",
        "words_gensim.py",
        distribution="gensim",
        options=("--scoring", "default"),
    ),
    System("gensim NPMI over jieba", "words_gensim.py", distribution="gensim", options=("--scoring", "npmi")),
    System("newords over jieba", "words_newords.py", distribution="newords"),
    System("jieba-calcu", "words_jieba_calcu.py", distribution="jieba-calcu"),
    System("bojone/word-discovery, C++ counts", "words_bojone.py", needs=("bojone", "count-ngrams")),
    System("Moonshile/ChineseWordSegmentation", "words_moonshile.py", needs=("moonshile",)),
)
KEYWORDS = (
    Casemine("casemine", "extract"),
    System("jieba TF-IDF", "keywords_jieba.py", distribution="jieba", options=("--method", "tfidf")),
    System("jieba TextRank", "keywords_jieba.py", distribution="jieba", options=("--method", "textrank")),
    System(
        "HarvestText TF-IDF",
        "keywords_harvesttext.py",
        "old",
        "harvesttext",
        options=("--method", "jieba_tfidf"),
    ),
    System(
        "HarvestText TextRank",
        "keywords_harvesttext.py",
        "old",
        "harvesttext",
        options=("--method", "textrank"),
    ),
    System("textrank4zh", "keywords_textrank4zh.py", "old", "textrank4zh"),
    System("yake over jieba", "keywords_yake.py", distribution="yake"),
    System("snownlp", "keywords_snownlp.py", distribution="snownlp"),
    System("jionlp", "keywords_jionlp.py", distribution="jionlp"),
)
