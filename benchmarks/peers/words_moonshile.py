"""Moonshile/ChineseWordSegmentation, from the folder given with --moonshile.

Its default thresholds (five in 100,000 characters, entropy 2, aggregation 50) leave too few words to rank;
here they are five occurrences, 1 and 20. It gives no score of its own: log aggregation x least entropy.
"""

from __future__ import annotations

import sys
from math import log

import texts

given = texts.arguments("moonshile")
sys.path.insert(0, given.moonshile)
from wordseg import WordSegment  # noqa: E402

text = "\n".join(texts.paragraphs(given.documents))
segment = WordSegment(text, max_word_len=5, min_freq=5 / len(text), min_entropy=1.0, min_aggregation=20)
kept = set(segment.words)
scored = [
    (info.text, log(info.aggregation) * min(info.left, info.right))
    for info in segment.word_infos
    if info.text in kept
]
texts.write_words(given.output, sorted(scored, key=lambda item: (-item[1], item[0])))
