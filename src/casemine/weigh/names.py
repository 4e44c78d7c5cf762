"""Finds names of persons by what stands beside them: a role before, or a verb of speech after."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from casemine.weigh.spans import Ints, Spans, places_in

if TYPE_CHECKING:
    from casemine.weigh.lexicon import Words

_ROLE = re.compile(
    r"(?:书记|主任|支书|村民|农民|村官|干部|队员|队长|组长|社长|厂长|校长|局长|县长|市长|省长|州长|区长|乡长|镇长|村长|会长|院长"
    r"|行长|处长|科长|部长|所长|站长|主席|委员|代表|经理|董事长|负责人|带头人|教授|专家|研究员|技术员|医生|老师|教师|同志"
    r"|贫困户|脱贫户|种植户|养殖户|大户|农户|牧民|居民|群众|老人|大爷|大妈|大叔|妻子|丈夫|儿子|女儿|老伴|小伙|青年|学生)$"
)
SPEECH = frozenset(["说", "说道", "介绍", "告诉", "表示", "坦言", "回忆", "感慨", "带领", "带着", "：", ":"])


def is_role(text: str) -> bool:
    """Tell whether a word ends as one for what a person is: 书记, 村民."""
    return _ROLE.search(text) is not None


def person_names(words: Words, begins: Ints, documents: Ints, spans: Spans) -> tuple[Ints, Ints]:
    """Return where names begin and end, as numbers of words: every place of a name, once one shows it is one.

    `words` are the words of one or more texts in order (`lexicon.WORD`), `begins` the offset of each and,
    last, of the end; `documents` says which text each is of. What looks like a name is one where a role
    (书记, 村民) stands before it or a verb of speech after it; twice, where the given name is a common
    word (李 + 建设).
    """
    start, end = _like_names(words)
    names = spans.names(begins[start], begins[end]) + documents[start].astype(np.uint64) * _APART
    before = np.append(False, words["role"])[start]
    after = np.append(words["speech"], False)[end]
    signed, signs = np.unique(names[before | after], return_counts=True)
    place = places_in(names, signed)
    common = (words["length"][end - 1] == 2) & (end - start == 2) & ~words["given"][end - 1]
    shown = (place >= 0) & (np.append(signs, 0)[place] > common)
    return start[shown], end[shown]


# Keeps the names of one text apart from those of another.
_APART = np.uint64(0xD1B54A32D192ED03)


def _like_names(words: Words) -> tuple[Ints, Ints]:
    """Return where what looks like a name begins and ends.

    That is a discovered word of two or three characters that begins with a surname; or a surname and one or
    two single characters; or a surname and one word of two characters.
    """
    next_one, next_two = (_shifted(words["passes"] & (words["length"] == size), 1) for size in (1, 2))
    third = next_one & _shifted(next_one, 1)
    size = np.select([third, next_one | next_two], [3, 2], 0)
    size = np.where(words["coined"], 1, np.where(words["surname"], size, 0))
    start = np.flatnonzero(size)
    return start, start + size[start]


def _shifted(flags: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    return np.append(flags[by:], np.zeros(min(by, len(flags)), dtype=np.bool_))
