"""HarvestText: aggregation and neighbour entropy, parameters set by itself, ranked by its own score."""

from __future__ import annotations

import texts
from harvesttext import HarvestText

given = texts.arguments()
found = HarvestText().word_discover(texts.paragraphs(given.documents), sort_by="score")
texts.write_words(given.output, found["score"].items())
