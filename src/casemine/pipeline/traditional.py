"""Traditional texts that stay as written: lists and dictionaries match them in simplified characters.

One character stands for one (`lexicon.script.matched_form`), so that a span in the one is the same span in
the other; what is found is written back as the texts have it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from casemine.document import Document
from casemine.lexicon.script import as_matched, forms, matched_form

# Characters of converted texts that memory may hold, so that those of a small corpus are converted once.
HELD = 4_000_000


@dataclass
class Conversions:
    """The texts that were converted, by doc_id, as many as `HELD` characters; None where nothing is."""

    _texts: dict[str, str | None] = field(default_factory=dict)
    _held: int = 0

    def of(self, document: Document) -> Document:
        """Return a document as word lists match it: itself where it is not in traditional script."""
        text = self._texts[document.doc_id] if document.doc_id in self._texts else self._convert(document)
        if text is None:
            return document
        return replace(document, text=text, title=matched_form(document.title))

    def _convert(self, document: Document) -> str | None:
        converted = as_matched(document.text)
        text = None if converted is document.text else converted
        size = len(text or "")
        if self._held + size <= HELD:
            self._texts[document.doc_id] = text
            self._held += size
        return text


@dataclass
class Matched:
    """Documents as word lists match them; those that are not in traditional script as they are.

    `traditional` tells whether one of those gone through so far is in traditional script.
    """

    documents: Collection[Document]
    conversions: Conversions = field(default_factory=Conversions)
    traditional: bool = False

    def __iter__(self) -> Iterator[Document]:
        return (matched for _, matched in self.pairs())

    def __len__(self) -> int:
        return len(self.documents)

    def __contains__(self, document: object) -> bool:
        return any(document == each for each in self)

    def pairs(self) -> Iterator[tuple[Document, Document]]:
        """Yield each document as it is written, and as it is matched."""
        for document in self.documents:
            matched = self.conversions.of(document)
            self.traditional |= matched is not document
            yield document, matched

    def counted(self) -> Iterator[str]:
        """Yield what is counted of each document, as it is matched."""
        return (document.counted for document in self)


def as_written(table: pd.DataFrame, matched: Matched, columns: Sequence[str] = ("word",)) -> pd.DataFrame:
    """Return a table of new words, found in documents gone through, with its words as these write them."""
    if not matched.traditional:
        return table
    texts = ((document.counted, other.counted) for document, other in matched.pairs())
    written = forms(set(table["word"]), texts)
    return table.assign(**{name: [written.get(word, word) for word in table[name]] for name in columns})


def keywords_as_written(keywords: pd.DataFrame, matched: Matched) -> pd.DataFrame:
    """Return keywords, found in `matched` documents, with word and context as each document writes them."""
    if not matched.traditional:
        return keywords
    rows: list[dict[Any, Any]] = keywords.to_dict("records")
    places = keywords.groupby("doc_id", sort=False).indices
    for document, other in matched.pairs():
        if other is document:
            continue
        for at in places.get(document.doc_id, ()):
            row = rows[at]
            sentence = other.text.find(row["context"], max(0, row["end"] - len(row["context"])))
            row["context"] = document.text[sentence : sentence + len(row["context"])]
            row["word"] = document.text[row["start"] : row["end"]]
    return keywords.assign(**{name: [row[name] for row in rows] for name in ("word", "context")})
