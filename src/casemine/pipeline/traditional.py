"""Traditional texts that stay as written: lists and dictionaries match them in simplified characters.

One character stands for one (`lexicon.script.simplify`), so that a span in the one is the same span in the
other; what is found is written back as the texts have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from casemine.document import Document
from casemine.lexicon.script import as_matched, written_words


def matched(documents: Sequence[Document]) -> list[Document]:
    """Return the documents as word lists match them; those that are not in traditional script as they are."""
    return [
        document if (text := as_matched(document.text)) is document.text else replace(document, text=text)
        for document in documents
    ]


def as_written(table: pd.DataFrame, texts: Sequence[str], columns: Sequence[str] = ("word",)) -> pd.DataFrame:
    """Return a table of new words with its words as `texts` write them."""
    if not any(as_matched(text) is not text for text in texts):
        return table
    forms = written_words(set(table["word"]), texts)
    return table.assign(**{name: table[name].map(lambda word: forms.get(word, word)) for name in columns})


def keywords_as_written(keywords: pd.DataFrame, documents: Sequence[Document]) -> pd.DataFrame:
    """Return keywords, found in `matched(documents)`, with word and context as each document writes them."""
    originals = {
        document.doc_id: (document.text, text)
        for document in documents
        if (text := as_matched(document.text)) is not document.text
    }
    if not originals:
        return keywords
    rows = keywords.to_dict("records")
    for row in rows:
        if row["doc_id"] in originals:
            text, simplified = originals[row["doc_id"]]
            sentence = simplified.find(row["context"], max(0, row["end"] - len(row["context"])))
            row["context"] = text[sentence : sentence + len(row["context"])]
            row["word"] = text[row["start"] : row["end"]]
    return keywords.assign(**{name: [row[name] for row in rows] for name in ("word", "context")})
