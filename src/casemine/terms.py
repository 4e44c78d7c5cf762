"""What every room calls things alike: levels, coders, labels of codebooks, limits of Excel, safe names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

# The levels of grounded theory, each under the name the field's Chinese tables use.
LEVELS = {"open": "开放式编码", "axial": "轴心编码", "selective": "选择式编码"}

# The units of a text in Chinese, as they are counted.
UNITS = {"sentence": "句", "paragraph": "段", "document": "篇"}

# How a keyword came to its code, in Chinese.
METHODS = {"exact": "同名", "alias": "别名", "variant": "变体", "similarity": "相似", "decision": "审定"}

# What a new word or keyword is, in Chinese; a keyword that is a term says nothing.
KINDS = {"term": "术语", "person": "人名", "place": "地名", "body": "机构", "series": "栏目或口号",
         "clause": "句中截段", "generic": "泛化词"}  # fmt: skip

# Who codes when nobody else is named: the program, and the researcher whose study it is.
PROGRAM = "casemine"
RESEARCHER = "researcher"

# What the name of a coder begins with that is a language model: it decides nothing of a study.
MODEL = "llm:"

# Where a coding comes from, in the column `from`: the text, a keyword of the document, or a person.
FROM = "from"
TEXT, KEYWORD, PERSON = "text", "keyword", "person"

# The part of speech of a keyword that a person added.
ADDED = "n_added"

# In place of a document: the whole corpus.
CORPUS = "*"

# The characters that one cell of Excel holds.
LONGEST_CELL = 32_767

# The group of documents that do not say to which they belong.
NO_GROUP = "未注明"


def groups_in_order(groups: Iterable[str]) -> list[str]:
    """Return the names of groups, each once, in order; `NO_GROUP` last.

    >>> groups_in_order(["未注明", "湖南", "安徽", "湖南"])
    ['安徽', '湖南', '未注明']
    """
    return sorted(set(groups), key=lambda name: (name == NO_GROUP, name))


_UNSAFE = re.compile(r"[^\w.()（）+=-]+")


def coder_in_chinese(name: str) -> str:
    """Name a coder in a Chinese sentence; `name` is as in the column `coder`.

    >>> coder_in_chinese("researcher"), coder_in_chinese("乙")
    ('研究者', '编码员乙')
    """
    return {PROGRAM: "程序", RESEARCHER: "研究者"}.get(name, f"编码员{name}")


class Label(NamedTuple):
    """A codebook as tables name it: `name@hash`, or its name alone."""

    name: str
    hash: str = ""

    @classmethod
    def parse(cls, text: str) -> Label:
        """Take `name@hash` apart.

        >>> Label.parse("six-in-one@1f2e").name
        'six-in-one'
        """
        name, _, digest = text.partition("@")
        return cls(name, digest)

    def __str__(self) -> str:
        return f"{self.name}@{self.hash}" if self.hash else self.name


def codebook_name(text: str) -> str:
    """Return the name of the codebook that a label names, as `Label.parse` does."""
    return Label.parse(text).name


def safe_name(text: str) -> str:
    """Return `text` as part of a file name that every system takes: what may not stand there is one _.

    >>> safe_name("王：编码/二")
    '王_编码_二'
    """
    return _UNSAFE.sub("_", text)
