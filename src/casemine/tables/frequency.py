"""Tables over all documents: keywords in, how many documents have each and how often it stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from casemine import schema
from casemine.document import Document
from casemine.lexicon.matching import WordMatcher, distinct


def frequency(
    keywords: pd.DataFrame,
    documents: Sequence[Document],
    merged: Mapping[str, Mapping[str, str]] | None = None,
) -> pd.DataFrame:
    """Return the table `schema.FREQUENCY` of the words of `keywords` (doc_id, word) over `documents`.

    `documents` counts the documents that have the word among their keywords, `containing` those in whose
    counted text it stands, even inside a longer keyword. `occurrences` are distinct spans, the longest
    keyword first: 扶贫产业园 is no occurrence of 扶贫产业 when both are keywords. `share` is documents /
    all documents. `merged` gives, by doc_id or `*`, variant -> the standard term it counts as. Rows go by
    falling documents, falling occurrences, keyword.
    """
    merged = merged or {}
    having = Counter(keywords[["doc_id", "word"]].drop_duplicates()["word"].tolist())
    variants = {variant for into in merged.values() for variant in into}
    matcher = WordMatcher({*having, *variants})
    containing: Counter[str] = Counter()
    occurrences: Counter[str] = Counter()
    for document in documents:
        into = merged.get(document.doc_id, merged.get("*", {}))
        text = document.counted
        matches = list(matcher.all(text))
        containing.update({into.get(word, word) for _, word in matches})
        occurrences.update(into.get(word, word) for _, word in distinct(matches, len(text)))
    order = sorted(having, key=lambda word: (-having[word], -occurrences[word], word))
    return schema.FREQUENCY.frame(
        {
            "keyword": order,
            "documents": [having[word] for word in order],
            "containing": [containing[word] for word in order],
            "occurrences": [occurrences[word] for word in order],
            "share": [having[word] / max(1, len(documents)) for word in order],
        }
    )
