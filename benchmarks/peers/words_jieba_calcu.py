"""jieba-calcu: 2- to 6-grams above a cohesion threshold, joined; it ranks by frequency."""

from __future__ import annotations

import texts
from jieba_calcu import WordDiscovery

given = texts.arguments()
counts = WordDiscovery(gen=texts.paragraphs(given.documents)).word_discovery()
texts.write_words(given.output, sorted(counts.items(), key=lambda item: (-item[1], item[0])))
