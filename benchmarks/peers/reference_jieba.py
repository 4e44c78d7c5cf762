"""No peer but a measure of work: jieba cuts the text once, and the words are counted."""

from __future__ import annotations

import logging
import warnings
from collections import Counter

import texts

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import jieba

jieba.setLogLevel(logging.ERROR)
given = texts.arguments()
counts = Counter(word for line in texts.paragraphs(given.documents) for word in jieba.lcut(line, HMM=False))
texts.write_words(given.output, sorted(counts.items(), key=lambda item: (-item[1], item[0])))
