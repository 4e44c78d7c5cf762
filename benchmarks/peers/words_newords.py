"""newords: pointwise mutual information and neighbour entropy of pairs of words cut by jieba."""

from __future__ import annotations

import logging

import jieba
import texts
from newords import find_new_words_with_anchor_words

jieba.setLogLevel(logging.ERROR)
given = texts.arguments()
sentences = [jieba.lcut(line) for line in texts.paragraphs(given.documents)]
found = find_new_words_with_anchor_words(sentences) or []
# It lists by count; by its score the precision is higher.
ranked = sorted(found, key=lambda item: (-item[1], item[0]))
texts.write_words(given.output, ((pair.replace("_", ""), score) for pair, score, _ in ranked))
