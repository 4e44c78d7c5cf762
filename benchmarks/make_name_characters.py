"""Make dictionaries/name-characters.txt: which characters names of persons and of places are made of.

    python benchmarks/make_name_characters.py > dictionaries/name-characters.txt

From jieba's dictionary alone. Person: the given name of the words of three characters tagged nr that begin
with a surname. Place: what stands before the kind of place (村, 县, 河 ...) in words tagged ns. Both against
the words of two to four characters that are no names: log2 of the ratio of the shares, each count and five.
"""

from __future__ import annotations

import sys
from collections import Counter
from importlib import resources
from math import log2

from casemine.lexicon.surnames import SURNAMES

KINDS_OF_PLACE = "省市县区州盟旗镇乡村屯庄寨堡河江湖山岛沟坪湾坝岭坡塘溪桥"
SMOOTH = 5
HEAD = """\
# What characters names are made of: character, how much more frequent it is in given names of persons, and in
# names of places before their kind, than in words that are no names (log2 of the ratio).
# Made by benchmarks/make_name_characters.py from the dictionary of jieba 0.42.1 (Sun Junyi, MIT licence).
"""


def main() -> None:
    lines = (resources.files("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines()
    tags = {word: tag for word, _, tag in map(str.split, lines)}
    given: Counter[str] = Counter()
    places: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    for word, tag in tags.items():
        if tag == "nr" and len(word) == 3 and word[0] in SURNAMES:
            given.update(word[1:])
        elif tag == "ns" and len(word) in (2, 3, 4) and word[-1] in KINDS_OF_PLACE:
            places.update(word[:-1])
        elif tag[0] in "nvadbi" and tag[:2] not in ("nr", "ns", "nt", "nz") and 2 <= len(word) <= 4:
            plain.update(word)
    characters = sorted(given.keys() | places.keys() | {c for c, count in plain.items() if count > SMOOTH})
    total = {id(counts): sum(counts.values()) + SMOOTH * len(characters) for counts in (given, places, plain)}

    def odds(counts: Counter[str], character: str) -> float:
        share = (counts[character] + SMOOTH) / total[id(counts)]
        return log2(share / ((plain[character] + SMOOTH) / total[id(plain)]))

    rows = [f"{c} {odds(given, c):.1f} {odds(places, c):.1f}\n" for c in characters]
    sys.stdout.buffer.write((HEAD + "".join(rows)).encode("utf-8"))


if __name__ == "__main__":
    main()
