"""Traditional texts that stay as written: lists and dictionaries match them in simplified characters.

One character stands for one (`lexicon.script.simplify`), so that a span in the one is the same span in the
other; what is found is written back as the texts have it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from casemine.document import Document
from casemine.lexicon.script import as_matched, written_words


@dataclass(frozen=True)
class Counted:
    """What is counted of each of some documents, gone through as often as it is asked for."""

    documents: Iterable[Document]

    def __iter__(self) -> Iterator[str]:
        return (document.counted for document in self.documents)


@dataclass(frozen=True)
class Matched:
    """Documents as word lists match them; those that are not in traditional script as they are."""

    documents: Collection[Document]

    def __iter__(self) -> Iterator[Document]:
        for document in self.documents:
            text = as_matched(document.text)
            yield document if text is document.text else replace(document, text=text)

    def __len__(self) -> int:
        return len(self.documents)

    def __contains__(self, document: object) -> bool:
        return any(document == each for each in self)


def as_written(table: pd.DataFrame, texts: Iterable[str], columns: Sequence[str] = ("word",)) -> pd.DataFrame:
    """Return a table of new words with its words as `texts` write them; they are gone through twice."""
    if not any(as_matched(text) is not text for text in texts):
        return table
    forms = written_words(set(table["word"]), texts)
    return table.assign(**{name: table[name].map(lambda word: forms.get(word, word)) for name in columns})


def keywords_as_written(keywords: pd.DataFrame, documents: Iterable[Document]) -> pd.DataFrame:
    """Return keywords, found in `Matched` documents, with word and context as each document writes them."""
    rows: list[dict[Any, Any]] | None = None
    places = keywords.groupby("doc_id", sort=False).indices
    for document in documents:
        simplified = as_matched(document.text)
        if simplified is document.text:
            continue
        rows = keywords.to_dict("records") if rows is None else rows
        for at in places.get(document.doc_id, ()):
            row = rows[at]
            sentence = simplified.find(row["context"], max(0, row["end"] - len(row["context"])))
            row["context"] = document.text[sentence : sentence + len(row["context"])]
            row["word"] = document.text[row["start"] : row["end"]]
    if rows is None:
        return keywords
    return keywords.assign(**{name: [row[name] for row in rows] for name in ("word", "context")})
