"""The study's own selection: the heaviest new words of each document are its keywords."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from casemine import schema
from casemine.document import Document
from casemine.weigh.context import Contexts
from casemine.weigh.kinds import TERM

_KINDS = {"nr_new": "person", "ns_new": "place", "nt_new": "body"}


def leading_new_words(
    by_document: pd.DataFrame, documents: Iterable[Document], *, top: int, dropped: frozenset[str]
) -> pd.DataFrame:
    """Return the table `schema.KEYWORDS` of the `top` heaviest new words of each document.

    `by_document` is the table `schema.NEW_WORDS_BY` with the doc_id as group; fragments of longer
    words and the words of `dropped` are passed over. Source: 左停、李颖、李世雄 2021, who kept three.
    """
    words = by_document[(by_document["absorbed_by"] == "") & ~by_document["word"].isin(dropped)]
    groups = dict(iter(words.groupby("group", sort=False)))
    rows: list[dict[str, object]] = []
    for document in documents:
        if document.doc_id not in groups:
            continue
        contexts = Contexts(document)
        for rank, row in enumerate(groups[document.doc_id].head(top).to_dict("records"), start=1):
            context = contexts.of(row["word"])
            rows.append(
                {
                    "doc_id": document.doc_id,
                    "word": row["word"],
                    "rank": rank,
                    "pos": row["pos"],
                    "kind": _KINDS.get(row["pos"], TERM),
                    "weight": row["weight"],
                    "frequency": row["frequency"],
                    "new": True,
                    "context": context.sentence,
                    "start": context.start,
                    "end": context.end,
                }
            )
    return schema.KEYWORDS.frame(rows)
