"""What a recoding says: how far a codebook reaches in a new corpus, and what is new there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from casemine import coding, schema
from casemine.coding.normalise import Terms, normalise
from casemine.pipeline.walk import Tables, read_table
from casemine.schema import Column, Table

BOOK = Column("codebook", "text", "编码本", "codebook")
_KEYWORD = Column("keyword", "text", "关键词", "keyword")
_CASES = Column("documents", "count", "案例频次", "documents with it among their keywords")
_TIMES = Column("occurrences", "count", "出现次数", "its occurrences in all texts")
_NEAR = Column("alternatives", "text", "备选", "the three best open codes with their likeness")

COVERAGE = Table(
    "recode_coverage",
    ("codebook", "corpus"),
    (
        BOOK,
        Column("corpus", "text", "语料", "new, or old: the study whose codebook it is"),
        Column("documents", "count", "文档数", "documents"),
        Column("keywords", "count", "关键词数", "different keywords"),
        Column("inside", "count", "编码本内", "of these, placed in the codebook"),
        Column("outside", "count", "编码本外", "and not"),
        Column("coverage", "number", "覆盖率", "inside / keywords"),
        Column("occurrences", "count", "出现次数", "occurrences of all keywords in all texts"),
        Column("occurrences_inside", "count", "编码本内次数", "of these, of keywords placed"),
        Column("occurrences_outside", "count", "编码本外次数", "and of the others"),
        Column("occurrence_coverage", "number", "次数覆盖率", "occurrences_inside / occurrences"),
        Column("codes", "count", "出现的编码", "open codes that have a quotation"),
        Column("quotations", "count", "引文数", "sentences with a code, each code by itself"),
    ),
    "how much of a corpus the codebook covers, the new and the old one",
)

OUTSIDE = Table(
    "recode_outside",
    ("codebook", "keyword"),
    (
        BOOK,
        _KEYWORD,
        _CASES,
        _TIMES,
        Column("status", "text", "状态", "suggested or unplaced"),
        Column("selective", "text", "选择式编码", "selective category, where it alone is sure"),
        _NEAR,
    ),
    "keywords that the codebook does not cover",
)

CANDIDATES = Table(
    "recode_candidates",
    ("codebook", "word"),
    (
        BOOK,
        *schema.NEW_WORDS.columns[:5],
        Column("keyword", "flag", "关键词", "whether it is a keyword of some document"),
        _NEAR,
    ),
    "new words that neither the old study nor its codebook knows",
)

DIFFERENCE = Table(
    "recode_difference",
    ("codebook", "kind", "item"),
    (
        BOOK,
        Column("kind", "text", "类别", "keyword or code"),
        Column("item", "text", "项目", "the keyword or open code"),
        Column("only_in", "text", "仅见于", "new or old: the only corpus that has it"),
        Column("documents", "count", "文档数", "documents of that corpus that have it"),
        Column("count", "count", "次数", "occurrences of a keyword; sentences of a code"),
    ),
    "keywords and codes that only one of the two corpora has",
)


def compare(old: Path, folder: Path, books: Sequence[coding.Codebook]) -> Tables:
    """Return the tables of a recoding, by name."""
    before, after = _Study.of(old), _Study.of(folder)
    words = read_table(folder / "new_words.csv", schema.NEW_WORDS)
    known = set(read_table(old / "new_words.csv", schema.NEW_WORDS)["word"])
    words = words[~words["generic"] & (words["absorbed_by"] == "") & ~words["word"].isin(known)]
    coverage: list[dict[str, Any]] = []
    outside: list[dict[Any, Any]] = []
    lacking: list[dict[str, Any]] = []
    difference: list[dict[str, Any]] = []
    for book in books:
        coverage += [after.coverage(book.name, "new"), before.coverage(book.name, "old")]
        outside += after.outside(book.name)
        lacking += _candidates(words, set(after.frequency.index), book)
        difference += _difference(before, after, book.name)
    return {
        COVERAGE.name: COVERAGE.frame(coverage),
        OUTSIDE.name: OUTSIDE.frame(outside),
        CANDIDATES.name: CANDIDATES.frame(lacking),
        DIFFERENCE.name: DIFFERENCE.frame(difference),
    }


@dataclass(frozen=True)
class _Study:
    """A coded study as it is compared: keywords and their frequencies, placements, codings."""

    documents: int
    frequency: pd.DataFrame
    placements: pd.DataFrame
    codings: pd.DataFrame

    @classmethod
    def of(cls, folder: Path) -> _Study:
        return cls(
            len(read_table(folder / "documents.csv", schema.DOCUMENTS)),
            read_table(folder / "frequency_final.csv", schema.FREQUENCY).set_index("keyword"),
            read_table(folder / "placements.csv", schema.PLACEMENTS),
            read_table(folder / "codings.csv", schema.CODINGS),
        )

    def placed(self, book: str) -> pd.DataFrame:
        own = self.placements[self.placements["codebook"].str.split("@").str[0] == book]
        return own.join(self.frequency[["documents", "occurrences"]], on="keyword", how="inner")

    def quotations(self, book: str) -> pd.DataFrame:
        own = self.codings[self.codings["codebook"].str.split("@").str[0] == book]
        return own.drop_duplicates(["doc_id", "start", "end", "code"])

    def coverage(self, book: str, corpus: str) -> dict[str, Any]:
        rows, quotations = self.placed(book), self.quotations(book)
        inside = rows[rows["status"] == "placed"]
        times, held = int(rows["occurrences"].sum()), int(inside["occurrences"].sum())
        return {
            "codebook": book,
            "corpus": corpus,
            "documents": self.documents,
            "keywords": len(rows),
            "inside": len(inside),
            "outside": len(rows) - len(inside),
            "coverage": len(inside) / max(1, len(rows)),
            "occurrences": times,
            "occurrences_inside": held,
            "occurrences_outside": times - held,
            "occurrence_coverage": held / max(1, times),
            "codes": quotations["code"].nunique(),
            "quotations": len(quotations),
        }

    def outside(self, book: str) -> list[dict[Any, Any]]:
        rows = self.placed(book)
        rows = rows[rows["status"] != "placed"].copy()
        rows.loc[rows["selective_status"] != "placed", "selective"] = ""
        rows = rows.sort_values(["documents", "occurrences", "keyword"], ascending=[False, False, True])
        return [{**row, "codebook": book} for row in rows[OUTSIDE.names].to_dict("records")]


def _candidates(words: pd.DataFrame, keywords: set[str], book: coding.Codebook) -> list[dict[str, Any]]:
    rows = words.to_dict("records")
    matches = normalise([row["word"] for row in rows], Terms(book))
    names = [column.name for column in schema.NEW_WORDS.columns[:5]]
    found = [
        {
            "codebook": book.name,
            **{name: row[name] for name in names},
            "keyword": row["word"] in keywords,
            "alternatives": "；".join(f"{code} {score:.2f}" for code, score in match.ranked),
        }
        for row, match in zip(rows, matches, strict=True)
        if not match.sure and not book.resolve(row["word"])
    ]
    # Keywords first, both by falling weight.
    return sorted(found, key=lambda row: not row["keyword"])


def _difference(before: _Study, after: _Study, book: str) -> list[dict[str, Any]]:
    rows = []
    for corpus, own, other in (("new", after, before), ("old", before, after)):
        words = own.frequency[~own.frequency.index.isin(other.frequency.index)]
        keywords = words[["documents", "occurrences"]].itertuples(name=None)
        quotations = own.quotations(book)
        only = quotations[~quotations["code"].isin(other.quotations(book)["code"])]
        codes = ((str(name), rows["doc_id"].nunique(), len(rows)) for name, rows in only.groupby("code"))
        for kind, items in (("code", codes), ("keyword", keywords)):
            ordered = sorted(items, key=lambda item: (-item[1], -item[2], item[0]))
            rows += [
                {
                    "codebook": book,
                    "kind": kind,
                    "item": item,
                    "only_in": corpus,
                    "documents": cases,
                    "count": n,
                }
                for item, cases, n in ordered
            ]
    return rows
