"""Strings that are a whole clause, by the tags of their words: 村里建立防贫预警制度, 妇女在家门口上班."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from casemine.segment import Segmenter

# Who or where something is done, said in one word: no term begins with it and a verb.
_WHERE = frozenset(
    {"村里", "县里", "镇里", "乡里", "市里", "省里", "村", "县", "镇", "乡", "当地"}
    | {"全村", "全镇", "全县", "全市", "全省", "我县", "我市", "我省"}
)
# Ends of verbs that say that something has been done: 办起扶贫车间, 摘掉了帽子.
_DONE = "起了"
# Occurrences in jieba's dictionary, which has 起 after nearly every verb, from which the two are one verb.
_OFTEN = 500
# What ends the word before: a string that begins with it was cut inside a word.
_ENDS_WORDS = frozenset("起了员者们")
# Between a subject and what it does.
_BY = frozenset("由把让使")


# Words that are cut together: memory holds the pieces of these.
_AT_ONCE = 20_000


def clauses(words: Sequence[str], segmenter: Segmenter) -> frozenset[str]:
    """Return those of `words` that are clauses.

    >>> words = ["村里建立防贫预警制度", "防贫预警制度", "网格员每月走访", "政府购买服务"]
    >>> sorted(clauses(words, Segmenter()))
    ['村里建立防贫预警制度', '网格员每月走访']
    """
    plain = Segmenter(engine=segmenter.engine)
    found: set[str] = set()
    for begin in range(0, len(words), _AT_ONCE):
        some = words[begin : begin + _AT_ONCE]
        # Cut together: nothing is joined over the end of a line.
        pieces = plain.cut("\n".join(some))
        tagged = iter(zip(pieces, plain.tags(pieces), strict=True))
        found.update(word for word in some if is_clause(list(_line(tagged))))
    return frozenset(found)


def _line(tagged: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for piece, tag in tagged:
        if piece == "\n":
            return
        yield piece, tag


def is_clause(pieces: Sequence[tuple[str, str]]) -> bool:
    """Tell whether words with their tags are a subject and what it does, or what has been done."""
    if len(pieces) > 1 and pieces[0][0] in _ENDS_WORDS and len(pieces[1][0]) > 1:  # 起扶贫车间, 员每月走访
        return True
    (first, begins), (_, ends) = pieces[0], pieces[-1]
    verb = len(pieces) > 1 and pieces[1][1] == "v" and len(pieces[1][0]) > 1
    if verb and first in _WHERE:
        return True
    if len(pieces) < 3:
        return len(pieces) == 2 and pieces[-1][0] in _DONE  # 村办起
    if any(_done(*pieces[at : at + 2]) for at in range(len(pieces) - 1)):
        return True
    if begins[0] in "ns" and any(_says_who(one, other, ends) for one, other in pairwise(pieces[1:])):
        return True
    return verb and begins == "s"


def _says_who(one: tuple[str, str], next_one: tuple[str, str], ends: str) -> bool:
    """Tell whether a word between a subject and the last word, of tag `ends`, makes a clause of them."""
    (word, tag), (following, _) = one, next_one
    # 在岗 is said of a worker, 在农村 of what somebody does.
    within = word == "在" and len(following) > 1
    return word in _BY or within or ((word == "在" or tag[0] in "tr") and ends == "v")


def _done(one: tuple[str, str], next_one: tuple[str, str]) -> bool:
    """Tell whether a word is a verb that something came of, in one word or two: 办起, 办 + 起."""
    (word, tag), (following, _) = one, next_one
    alone = tag == "v" and len(word) > 1 and word[-1] in _DONE and not _own(word)
    return alone or (tag in {"v", "j"} and following in _DONE)


@cache
def _own(verb: str) -> bool:
    """Tell whether a verb that ends in 起 is one of its own, which begins and ends terms: 崛起, 提起."""
    return verb.endswith("起") and bool(Segmenter().frequencies([verb])[0] >= _OFTEN)
