"""jiagu: mutual information and entropy thresholds over 1- to 6-grams (defaults), ranked by frequency."""

from __future__ import annotations

import tempfile
from pathlib import Path

import jiagu
import texts

given = texts.arguments()
with tempfile.TemporaryDirectory() as folder:
    corpus, found = Path(folder, "corpus.txt"), Path(folder, "words.txt")
    corpus.write_text("\n".join(texts.paragraphs(given.documents)), encoding="utf-8")
    jiagu.findword(str(corpus), str(found))
    rows = [line.split("\t") for line in found.read_text(encoding="utf-8").splitlines()]
texts.write_words(given.output, ((word, float(count)) for word, count in rows))
