"""snownlp: TextRank over its own segmentation."""

from __future__ import annotations

import texts
from snownlp import SnowNLP

given = texts.arguments()
found = [(doc_id, SnowNLP(text).keywords(10)) for doc_id, text in texts.documents(given.documents)]
texts.write_keywords(given.output, found)
