"""textrank4zh: TextRank over words cut by jieba (needs networkx before 3)."""

from __future__ import annotations

import texts
from textrank4zh import TextRank4Keyword

given = texts.arguments()


def keywords(text: str) -> list[str]:
    ranker = TextRank4Keyword()
    ranker.analyze(text, lower=True)
    return [item.word for item in ranker.get_keywords(10, word_min_len=2)]


found = [(doc_id, keywords(text)) for doc_id, text in texts.documents(given.documents)]
texts.write_keywords(given.output, found)
