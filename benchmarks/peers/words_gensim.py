"""gensim Phrases over words cut by jieba, two passes as its manual has it, every phrase kept and ranked."""

from __future__ import annotations

import logging

import jieba
import texts
from gensim.models.phrases import Phrases

jieba.setLogLevel(logging.ERROR)
given = texts.arguments("scoring")
# Below any score that these scorers give, so that the ranking alone decides.
threshold = {"default": 1e-9, "npmi": -1.0}[given.scoring]
settings = {"min_count": 5, "threshold": threshold, "scoring": given.scoring, "delimiter": "_"}
sentences = [jieba.lcut(line) for line in texts.paragraphs(given.documents)]
pairs = Phrases(sentences, **settings).export_phrases()
ranked = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
texts.write_words(given.output, ((phrase.replace("_", ""), score) for phrase, score in ranked))
