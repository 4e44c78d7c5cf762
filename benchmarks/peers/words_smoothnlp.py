"""smoothnlp 0.4.0: average mutual information and neighbour entropy of 2- to 4-grams, its own defaults."""

from __future__ import annotations

import texts
from smoothnlp.algorithm.phrase import extract_phrase

given = texts.arguments()
# It returns words in order, without their scores; any `top_k` above their number gives them all.
words = extract_phrase([text for _, text in texts.documents(given.documents)], top_k=10_000_000)
texts.write_words(given.output, ((word, -rank) for rank, word in enumerate(words)))
