"""Parts of speech (ICTCLAS letters, as in jieba's dictionary), and what they may do in a term."""

from __future__ import annotations

from collections.abc import Mapping

# The tags of jieba's dictionary, and eng, which it gives to Latin words by itself.
TAGS = frozenset({
    "a", "ad", "ag", "an", "b", "c", "d", "df", "dg", "e", "eng", "f", "g", "h", "i", "j", "k", "l", "m",
    "mg", "mq", "n", "ng", "nr", "nrfg", "nrt", "ns", "nt", "nz", "o", "p", "q", "r", "rg", "rr", "rz",
    "s", "t", "tg", "u", "ud", "ug", "uj", "ul", "uv", "uz", "v", "vd", "vg", "vi", "vn", "vq", "x", "y",
    "z", "zg",
})  # fmt: skip

# How well a token of a tag begins a term, and how well it ends one, 0 to 1. Terms are noun phrases: modifiers
# begin them, heads end them. A tag that a table does not name counts as its first letter. The rooms add to
# these what they judge differently, each saying why.
BEGINS = {
    **dict.fromkeys(("n", "vn", "a", "j", "eng"), 1.0),
    **dict.fromkeys(("b", "z", "h"), 0.5),
    **dict.fromkeys(("d", "f", "q", "s"), 0.25),
    "v": 0.6,
}
ENDS = {
    **dict.fromkeys(("n", "vn", "an", "j"), 1.0),
    **dict.fromkeys(("f", "s", "d", "b", "m", "t"), 0.12),
    **{"v": 0.6, "a": 0.3},
}


def fitness(table: Mapping[str, float], tag: str) -> float:
    """Return what a table says of a tag: of the whole, without `_new`, or of its first letter; else 0."""
    return table.get(tag, table.get(tag.removesuffix("_new"), table.get(tag[:1], 0.0)))
