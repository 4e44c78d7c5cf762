"""jionlp: key phrases from its own segmenter, weighted by parts of speech, length and topic."""

from __future__ import annotations

import jionlp
import texts

given = texts.arguments()
found = [
    (doc_id, jionlp.keyphrase.extract_keyphrase(text, top_k=10))
    for doc_id, text in texts.documents(given.documents)
]
texts.write_keywords(given.output, found)
