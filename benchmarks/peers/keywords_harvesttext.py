"""HarvestText: jieba's TF-IDF or a weighted TextRank, without stop words."""

from __future__ import annotations

import texts
from harvesttext import HarvestText

given = texts.arguments("method")
extractor = HarvestText()


def keywords(text: str) -> list[str]:
    # Without scores asked for, its TF-IDF forgets to leave out the stop words.
    return [word for word, _ in extractor.extract_keywords(text, 10, with_score=True, method=given.method)]


found = [(doc_id, keywords(text)) for doc_id, text in texts.documents(given.documents)]
texts.write_keywords(given.output, found)
