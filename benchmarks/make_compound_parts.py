"""Make dictionaries/compound-parts.txt: which words of jieba's dictionary begin and end its longer nouns.

python benchmarks/make_compound_parts.py > dictionaries/compound-parts.txt
"""

from __future__ import annotations

import sys
from collections import Counter
from importlib import resources

HEADER = """\
# How many nouns of three characters or more in jieba's dictionary begin and how many end with a word of the
# same dictionary: word, nouns it begins, nouns it ends; words of ten or more such nouns together.
# A word that ends many nouns (系统, 工程) makes terms; a frequent one that ends few (来源) does not.
# Made by benchmarks/make_compound_parts.py from the dictionary of jieba 0.42.1 (Sun Junyi, MIT licence).
"""
NOUNS = frozenset({"n", "l", "nz", "vn", "j", "nt"})
LEAST = 10


def main() -> None:
    lines = (resources.files("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines()
    tags = {word: tag for word, _, tag in map(str.split, lines)}
    nouns = [word for word, tag in tags.items() if tag in NOUNS and len(word) >= 3]
    begins = Counter(word[:cut] for word in nouns for cut in range(1, len(word)))
    ends = Counter(word[cut:] for word in nouns for cut in range(1, len(word)))
    rows = [(word, begins[word], ends[word]) for word in sorted(tags)]
    body = "".join(f"{word} {begin} {end}\n" for word, begin, end in rows if begin + end >= LEAST)
    sys.stdout.buffer.write((HEADER + body).encode("utf-8"))


if __name__ == "__main__":
    main()
