"""jieba.analyse: TF-IDF with its own IDF table, or TextRank."""

from __future__ import annotations

import logging

import jieba
import jieba.analyse
import texts

jieba.setLogLevel(logging.ERROR)
given = texts.arguments("method")
extract = {"tfidf": jieba.analyse.extract_tags, "textrank": jieba.analyse.textrank}[given.method]
found = [(doc_id, extract(text, topK=10)) for doc_id, text in texts.documents(given.documents)]
texts.write_keywords(given.output, found)
