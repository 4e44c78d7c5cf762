"""What a recoding says: how far a codebook reaches in a new corpus, and what is new there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from casemine import coding, schema
from casemine.coding.normalise import Terms, normalise
from casemine.schema import CANDIDATES, COVERAGE, DIFFERENCE, OUTSIDE
from casemine.study import Study
from casemine.tables import crosstab
from casemine.terms import FROM, codebook_name

# New words that are compared with a codebook at a time.
_PART = 2_000
# What is compared of a coding, and told of a new word.
_COMPARED = ["codebook", "doc_id", "start", "end", "code", FROM]
_TOLD = [column.name for column in schema.NEW_WORDS.columns[:5]]


def compare(old: Study, new: Study, books: Sequence[coding.Codebook]) -> dict[str, pd.DataFrame]:
    """Return the tables of a recoding, by name."""
    before, after = _Coding.of(old), _Coding.of(new)
    words = _new_words(old, new)
    coverage: list[dict[str, Any]] = []
    outside: list[dict[Any, Any]] = []
    lacking = [CANDIDATES.frame([])]
    difference: list[dict[str, Any]] = []
    for book in books:
        coverage += [after.coverage(book.name, "new"), before.coverage(book.name, "old")]
        outside += after.outside(book.name)
        lacking.append(_candidates(words, set(after.frequency.index), book))
        difference += _difference(before, after, book.name)
    return {
        COVERAGE.name: COVERAGE.frame(coverage),
        OUTSIDE.name: OUTSIDE.frame(outside),
        CANDIDATES.name: pd.concat(lacking[1:] or lacking, ignore_index=True),
        DIFFERENCE.name: DIFFERENCE.frame(difference),
    }


def _new_words(old: Study, new: Study) -> pd.DataFrame:
    """Return what is told of the new words that stand by themselves and that the old study lacks."""
    known = set(old.new_words["word"])
    words = new.new_words
    kept = ~words["generic"] & (words["absorbed_by"] == "") & ~words["word"].isin(known)
    old.release()
    new.release()
    return words.loc[kept, _TOLD].reset_index(drop=True)


@dataclass(frozen=True)
class _Coding:
    """A coded study as it is compared: documents, keywords and their frequencies, placements, codings.

    Of the codings without their sentences, which are most of what the table holds.
    """

    documents: int
    frequency: pd.DataFrame
    placements: pd.DataFrame
    codings: pd.DataFrame

    @classmethod
    def of(cls, study: Study) -> _Coding:
        """Take what is compared out of a study, and leave the rest of its tables on disk."""
        codings = crosstab.with_source(study.codings)[_COMPARED]
        own = cls(len(study.documents), study.frequency.set_index("keyword"), study.placements, codings)
        study.release()
        return own

    def placed(self, book: str) -> pd.DataFrame:
        own = self.placements[self.placements["codebook"].map(codebook_name) == book]
        return own.join(self.frequency[["documents", "occurrences"]], on="keyword", how="inner")

    def of_book(self, book: str) -> pd.DataFrame:
        return self.codings[self.codings["codebook"].map(codebook_name) == book]

    def leading(self, book: str) -> pd.DataFrame:
        """Return the codings that a document has by its own keywords."""
        return crosstab.of_keywords(self.of_book(book))

    def quotations(self, book: str) -> pd.DataFrame:
        own = self.of_book(book)
        return own[own["code"] != ""].drop_duplicates(["doc_id", "start", "end", "code"])

    def coverage(self, book: str, corpus: str) -> dict[str, Any]:
        rows, quotations, leading = self.placed(book), self.quotations(book), self.leading(book)
        inside = rows[rows["status"] == "placed"]
        times, inside_times = int(rows["occurrences"].sum()), int(inside["occurrences"].sum())
        return {
            "codebook": book,
            "corpus": corpus,
            "documents": self.documents,
            "keywords": len(rows),
            "inside": len(inside),
            "outside": len(rows) - len(inside),
            "coverage": len(inside) / max(1, len(rows)),
            "occurrences": times,
            "occurrences_inside": inside_times,
            "occurrences_outside": times - inside_times,
            "occurrence_coverage": inside_times / max(1, times),
            "codes": quotations["code"].nunique(),
            "keyword_codes": leading["code"].nunique(),
            "quotations": len(quotations),
            "coded_documents": quotations["doc_id"].nunique(),
            "keyword_documents": leading["doc_id"].nunique(),
        }

    def outside(self, book: str) -> list[dict[Any, Any]]:
        rows = self.placed(book)
        rows = rows[rows["status"] != "placed"].copy()
        rows.loc[rows["selective_status"] != "placed", "selective"] = ""
        rows = rows.sort_values(["documents", "occurrences", "keyword"], ascending=[False, False, True])
        return [{**row, "codebook": book} for row in rows[OUTSIDE.names].to_dict("records")]


def _candidates(words: pd.DataFrame, keywords: set[str], book: coding.Codebook) -> pd.DataFrame:
    """Return the new words that a codebook lacks, keywords first, both by falling weight.

    A large corpus has hundreds of thousands of new words: they are compared with the codebook part by part.
    """
    terms = Terms(book)
    places: list[int] = []
    alternatives: list[str] = []
    for begin in range(0, len(words), _PART):
        part = words["word"].iloc[begin : begin + _PART].tolist()
        for at, (word, match) in enumerate(zip(part, normalise(part, terms), strict=True), start=begin):
            if not match.sure and not book.resolve(word):
                places.append(at)
                alternatives.append("；".join(f"{code} {score:.2f}" for code, score in match.ranked))
    lacking = words.iloc[places].assign(
        codebook=book.name, keyword=words["word"].iloc[places].isin(keywords), alternatives=alternatives
    )
    return CANDIDATES.frame(lacking.sort_values("keyword", ascending=False, kind="stable"))


def _difference(before: _Coding, after: _Coding, book: str) -> list[dict[str, Any]]:
    rows = []
    for corpus, own, other in (("new", after, before), ("old", before, after)):
        words = own.frequency[~own.frequency.index.isin(other.frequency.index)]
        keywords = words[["documents", "occurrences", "documents"]].itertuples(name=None)
        quotations = own.quotations(book)
        only = quotations[~quotations["code"].isin(other.quotations(book)["code"])]
        having = own.leading(book).groupby("code")["doc_id"].nunique()
        codes = (
            (str(name), rows["doc_id"].nunique(), len(rows), int(having.get(name, 0)))
            for name, rows in only.groupby("code")
        )
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
                    "keyword_documents": leading,
                }
                for item, cases, n, leading in ordered
            ]
    return rows
