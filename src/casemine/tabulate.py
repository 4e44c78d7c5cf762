"""Tables over all documents: keywords in, how many documents have each and how often it stands there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from casemine import schema
from casemine.document import Document

# Keywords by their first two characters; one-character keywords by their one.
_Heads = Mapping[str, Sequence[str]]


def frequency(keywords: pd.DataFrame, documents: Sequence[Document]) -> pd.DataFrame:
    """Return the table `schema.FREQUENCY` of the words of `keywords` (doc_id, word) over `documents`.

    `documents` counts the documents that have the word among their keywords, `containing` those in whose
    counted text it stands, even inside a longer keyword. `occurrences` are distinct spans, the longest
    keyword first: 扶贫产业园 is no occurrence of 扶贫产业 when both are keywords. `share` is documents /
    all documents. Rows go by falling documents, falling occurrences, keyword.
    """
    having = Counter(keywords[["doc_id", "word"]].drop_duplicates()["word"].tolist())
    heads = _by_head(having)
    containing: Counter[str] = Counter()
    occurrences: Counter[str] = Counter()
    for document in documents:
        text = document.counted
        matches = list(_matches(text, heads))
        containing.update({word for _, word in matches})
        occurrences.update(word for _, word in _distinct(matches, len(text)))
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


def _by_head(words: Mapping[str, int]) -> _Heads:
    heads: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        if word:
            heads[word[:2]].append(word)
    return dict(heads)


def _matches(text: str, heads: _Heads) -> Iterator[tuple[int, str]]:
    """Yield (start, word) of every word at every place, overlapping ones too."""
    # The look-up of two characters decides nearly every place: about 0.2 s a million characters.
    for width in (1, 2):
        if not any(len(head) == width for head in heads):
            continue
        for start in range(len(text) - width + 1):
            for word in heads.get(text[start : start + width], ()):
                if text.startswith(word, start) and _whole(text, start, start + len(word)):
                    yield start, word


def _whole(text: str, start: int, end: int) -> bool:
    """Whether the span does not cut a Latin word or a number in two."""
    return not (_joined(text, start) or _joined(text, end))


def _joined(text: str, at: int) -> bool:
    around = text[max(0, at - 1) : at + 1]
    return len(around) == 2 and around.isascii() and around.isalnum()


def _distinct(matches: Sequence[tuple[int, str]], length: int) -> Iterator[tuple[int, str]]:
    """Yield the matches that overlap none before them, the longest first, then the leftmost."""
    taken = bytearray(length)
    for start, word in sorted(matches, key=lambda match: (-len(match[1]), match[0])):
        end = start + len(word)
        # What is taken is at least as long, so it holds one of the two ends.
        if not (taken[start] or taken[end - 1]):
            taken[start:end] = b"\1" * len(word)
            yield start, word
