from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from casemine import coding
from casemine.coding import Code, Codebook
from casemine.coding.codebook import depth_first
from casemine.coding.rules import Need, Rule

SMALL = """\
# 一个很小的编码本
name = "small"
title = "小"
aim = "稳住"

[[selective]]
name = "保障"
role = "基础"

[[selective.axial]]
name = "监测"

[[selective.axial.open]]
name = "预警"
definition = "及早发出警示。"
aliases = [
  "警示",   # 常见
  "风险预警",
]
example = "村里一有情况就报。"

[[selective.axial.open]]
name = "平台"

[[selective.axial]]
name = "政策"

[[selective.axial.open]]
name = "低保"
aliases = ["最低生活保障"]
"""


def written(folder: Path, text: str, name: str = "book.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def reasons(folder: Path, text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.reason) for problem in coding.check(written(folder, text))]


def only(folder: Path, text: str) -> tuple[int, str]:
    (problem,) = reasons(folder, text)
    return problem


def book(*codes: Code, **about: str) -> Codebook:
    return Codebook(name="b", entries=depth_first(codes), **about)


def small_book(*, axial: str = "监测", **opens: Code) -> Codebook:
    codes = [dataclasses.replace(code, parent=axial) for code in opens.values()]
    return book(Code("保障", "selective"), Code(axial, "axial", "保障"), *codes)


TEXTS = st.text("abc甲乙。，；\"'\\\n#[]= =+-@𠀀é_x000D_", max_size=8).map(str.strip)
NAMES = st.text("abcdefg甲乙丙丁戊=+-'\"#𠀀", min_size=1, max_size=4)
BOOK_NAMES = st.text("abcdefg甲乙丙丁戊=+-'#𠀀", min_size=1, max_size=4)
CODE_FIELDS = st.fixed_dictionaries(
    dict.fromkeys(("role", "definition", "include", "exclude", "example"), TEXTS)
)


RULE_WORDS = st.lists(
    st.sampled_from(["贴息", "=1", "New Deal", "：乙", "[一二三]色预警", "第[0-9]{1-3}批", "'q"]),
    max_size=3,
    unique=True,
)


@st.composite
def rule_fields(draw: st.DrawFn, own: tuple[str, ...]) -> dict[str, Any]:
    """Rules that hold together: no word both asked for and refused."""

    def rule(*, company: bool) -> Rule:
        every, some = draw(RULE_WORDS), draw(RULE_WORDS)
        if not every and not some:
            every = ["贷款"]
        none = ("房贷",) if draw(st.booleans()) else ()
        far = company or len(every) + bool(some) > 1
        near = draw(st.integers(0, 99)) if far else 0
        return Rule(tuple(every), tuple(some), none, near)

    needs = tuple(Need(word, rule(company=True)) for word in own if draw(st.booleans()))
    rules = tuple(rule(company=False) for _ in range(draw(st.integers(0, 2))))
    return {"without": tuple(f"{word}局" for word in own[1:]), "needs": needs, "rules": rules}


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    names = draw(st.lists(NAMES, min_size=1, max_size=14, unique_by=str.casefold))
    codes: list[Code] = []
    parents: dict[str, list[str]] = {"selective": [""], "axial": [], "open": []}
    for name in names:
        level = draw(st.sampled_from([level for level in ("selective", "axial", "open") if parents[level]]))
        aliases: tuple[str, ...] = ()
        if draw(st.booleans()):
            aliases = (f"别名{len(codes)}", f"={name}之又名{len(codes)}")
        parent = draw(st.sampled_from(parents[level]))
        rules = draw(rule_fields((name, *aliases))) if draw(st.booleans()) else {}
        code = Code(name, level, parent, aliases=aliases, **draw(CODE_FIELDS), **rules)
        codes.append(code)
        below = {"selective": "axial", "axial": "open"}.get(level)
        if below:
            parents[below].append(name)
    about = draw(
        st.fixed_dictionaries(dict.fromkeys(("title", "aim", "source", "language", "version", "note"), TEXTS))
    )
    return Codebook(name=draw(BOOK_NAMES), entries=depth_first(codes), **about)


ROUNDS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


RULED = """\
name = "ruled"
[[selective]]
name = "保障"
without = ["保障局"]
[[selective.axial]]
name = "监测"
[[selective.axial.open]]
name = "数据平台"
aliases = ["大数据", "信息平台"]
needs."大数据" = ["比对", "监测"]
needs."信息平台" = { none = ["招聘"], near = 20, all = ["户"] }
rules = [
  { all = ["台账", "系统"], near = 10 },
  { any = ["[一二三]级预警"], none = ["气象"] },
]
"""
