"""yake over words cut by jieba, for it knows no Chinese; single words, which score best here."""

from __future__ import annotations

import logging

import jieba
import texts
import yake

jieba.setLogLevel(logging.ERROR)
given = texts.arguments()
extractor = yake.KeywordExtractor(lan="zh", n=1, top=10)


def keywords(text: str) -> list[str]:
    spaced = "\n".join(" ".join(jieba.lcut(line)) for line in text.split("\n"))
    return [phrase.replace(" ", "") for phrase, _ in extractor.extract_keywords(spaced)]


found = [(doc_id, keywords(text)) for doc_id, text in texts.documents(given.documents)]
texts.write_keywords(given.output, found)
