"""Documents of chance sentences into which passages are planted, whose copies are to be found."""

from __future__ import annotations

import random
from dataclasses import dataclass

_HAN = [chr(point) for point in range(0x4E00, 0x4E00 + 2500)]
_SET_PHRASE = (
    "高举旗帜坚持以发展为第一要务统筹推进各项重点工作切实增强责任感和紧迫感确保各项任务落到实处见到实效"
)


@dataclass(frozen=True)
class Planted:
    """Texts, and the copies in them: (first document, second document, passage)."""

    texts: list[str]
    copies: list[tuple[int, int, str]]


def sentence(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(_HAN, weights=range(len(_HAN), 0, -1), k=length))


def planted(documents: int, copies: int, *, seed: int, least: int = 60, longest: int = 200) -> Planted:
    """Return texts of 1,500 to 2,500 characters that all have a set phrase, with copies in pairs of them.

    A copy has other marks and line ends than its original.
    """
    chance = random.Random(seed)
    parts = [
        [_SET_PHRASE, *(sentence(chance, chance.randint(10, 50)) for _ in range(chance.randint(50, 80)))]
        for _ in range(documents)
    ]
    told = []
    for _ in range(copies):
        first, second = sorted(chance.sample(range(documents), 2))
        passage = sentence(chance, chance.randint(least, longest))
        told.append((first, second, passage))
        cut = chance.randint(10, len(passage) - 10)
        for document, text in ((first, passage), (second, f"{passage[:cut]}，\n{passage[cut:]}")):
            parts[document].insert(chance.randint(1, len(parts[document])), text)
    return Planted(["。".join(own) for own in parts], told)
