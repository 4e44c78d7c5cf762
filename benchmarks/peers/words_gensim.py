"""gensim Phrases over words cut by jieba, two passes as its manual has it for longer phrases, all kept."""

from __future__ import annotations

import logging

import jieba
import texts
from gensim.models.phrases import Phrases

# The usual threshold to join pairs before pass two, and one below any score, so that rank alone decides.
THRESHOLDS = {"default": (10.0, 1e-9), "npmi": (0.5, -1.0)}

jieba.setLogLevel(logging.ERROR)
given = texts.arguments("scoring")
joining, lowest = THRESHOLDS[given.scoring]
settings = {"min_count": 5, "scoring": given.scoring, "delimiter": "_"}
sentences = [jieba.lcut(line) for line in texts.paragraphs(given.documents)]
pairs = Phrases(sentences, threshold=lowest, **settings).export_phrases()
joined = Phrases(sentences, threshold=joining, **settings)[sentences]
phrases = pairs | Phrases(joined, threshold=lowest, **settings).export_phrases()
ranked = sorted(phrases.items(), key=lambda item: (-item[1], item[0]))
texts.write_words(given.output, ((phrase.replace("_", ""), score) for phrase, score in ranked))
