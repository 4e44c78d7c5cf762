"""Finds names of persons by what stands beside them: a role before, or a verb of speech after."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from casemine.lexicon.surnames import SURNAMES
from casemine.weigh.lexicon import Word

_ROLE = re.compile(
    r"(?:书记|主任|支书|村民|农民|村官|干部|队员|队长|组长|社长|厂长|校长|局长|县长|市长|省长|州长|区长|乡长|镇长|村长|会长|院长"
    r"|行长|处长|科长|部长|所长|站长|主席|委员|代表|经理|董事长|负责人|带头人|教授|专家|研究员|技术员|医生|老师|教师|同志"
    r"|贫困户|脱贫户|种植户|养殖户|大户|农户|牧民|居民|群众|老人|大爷|大妈|大叔|妻子|丈夫|儿子|女儿|老伴|小伙|青年|学生)$"
)
_SPEECH = frozenset(["说", "说道", "介绍", "告诉", "表示", "坦言", "回忆", "感慨", "带领", "带着", "：", ":"])
_GIVEN_TAGS = frozenset({"nr", "nrt", "nrfg"})


def person_names(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the index spans of names: every place of a name, once one place shows it is one.

    What looks like a name is one where a role (书记, 村民) stands before it or a verb of speech after
    it; twice, where the given name is a common word (李 + 建设).
    """
    surnames = (start for start, word in enumerate(words) if word.text[0] in SURNAMES)
    spans = [span for start in surnames for span in _spans(words, start)]
    signs: Counter[str] = Counter()
    for span in spans:
        before, after = words[span[0] - 1 : span[0]], words[span[1] : span[1] + 1]
        if (before and _ROLE.search(before[0].text)) or (after and after[0].text in _SPEECH):
            signs[_text(words, span)] += 1
    for span in spans:
        last = words[span[1] - 1]
        common = len(last.text) == 2 and span[1] - span[0] == 2 and last.tag not in _GIVEN_TAGS
        if signs[_text(words, span)] > common:
            yield span


def _spans(words: Sequence[Word], start: int) -> Iterator[tuple[int, int]]:
    """Yield the span of what looks like a name at `start`, where a surname stands, if anything does.

    That is a discovered word of two or three characters; or a surname and one or two single
    characters; or a surname and one word of two characters.
    """
    first = words[start]
    if len(first.text) > 1:
        if len(first.text) < 4 and first.tag == "n_new":
            yield start, start + 1
        return
    end = start + 1
    while end < len(words) and end - start < 3 and len(words[end].text) == 1 and words[end].passes:
        end += 1
    if end == start + 1 < len(words) and words[end].passes and len(words[end].text) == 2:
        end += 1
    if end > start + 1:
        yield start, end


def _text(words: Sequence[Word], span: tuple[int, int]) -> str:
    return "".join(word.text for word in words[span[0] : span[1]])
