from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casemine import coding
from casemine.cli.codebook import codebook as command
from casemine.coding import Code, Codebook
from casemine.coding.codebook import depth_first
from casemine.coding.codebook_lines import key_lines, line_of
from casemine.coding.rules import Need, Rule
from casemine.errors import UsageError
from casemine.schema import CODEBOOK_DIFF

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


# Reading


def test_reads_a_small_codebook(tmp_path: Path) -> None:
    small = coding.load(written(tmp_path, SMALL))
    assert (small.name, small.title, small.aim, small.version) == ("small", "小", "稳住", "")
    assert [code.name for code in small.entries] == ["保障", "监测", "预警", "平台", "政策", "低保"]
    assert small.by_name["预警"] == Code(
        "预警",
        "open",
        "监测",
        definition="及早发出警示。",
        aliases=("警示", "风险预警"),
        example="村里一有情况就报。",
    )
    assert small.chain("低保") == ("保障", "政策", "低保")
    assert small.chain("保障") == ("保障",)
    assert small.resolve("警示") == "预警"
    assert small.resolve("预警") == "预警"
    assert small.resolve("别的") == ""
    assert [code.name for code in small.members("保障")] == ["监测", "政策"]
    assert [code.name for code in small.members("")] == ["保障"]


def test_the_table_of_codes(tmp_path: Path) -> None:
    codes = coding.load(written(tmp_path, SMALL)).codes
    assert list(codes.columns) == [
        "code", "level", "parent", "role", "definition", "include", "exclude", "aliases", "example",
        "without", "needs", "rules",
    ]  # fmt: skip
    assert codes.iloc[0].tolist() == ["保障", "selective", "", "基础", *[""] * 8]
    assert codes.set_index("code").loc["预警", "aliases"] == "警示；风险预警"


def test_an_unknown_code_has_no_chain(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no code 别的"):
        coding.load(written(tmp_path, SMALL)).chain("别的")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-8"])
def test_reads_what_editors_save(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "book.toml"
    path.write_bytes(SMALL.replace("\n", "\r\n").encode(encoding))
    assert coding.load(path) == coding.load(written(tmp_path, SMALL, "lf.toml"))


def test_comments_layout_and_order_of_keys_do_not_change_the_hash(tmp_path: Path) -> None:
    plain = coding.load(written(tmp_path, SMALL))
    turned = SMALL.replace('name = "保障"\nrole = "基础"', '  role = "基础" # 说明\n\n  name = "保障"')
    other = coding.load(written(tmp_path, turned, "turned.toml"))
    assert other.hash == plain.hash
    assert plain.label == f"small@{plain.hash[:12]}"
    assert len(plain.hash) == 64
    changed = coding.load(written(tmp_path, SMALL.replace("及早", "尽早"), "changed.toml"))
    assert changed.hash != plain.hash


def test_the_hash_is_the_same_on_every_machine() -> None:
    known = book(Code("甲", "selective"))
    assert known.hash == "61627a5b3773dfa20191d51970d8b8791e3fc6b4262aa96c1cb25ed4b6a7db4b"


def test_the_name_is_that_of_the_file_when_none_is_given(tmp_path: Path) -> None:
    assert coding.load(written(tmp_path, '[[selective]]\nname = "甲"\n', "mine.toml")).name == "mine"


def test_finds_by_path_and_by_name(tmp_path: Path) -> None:
    assert coding.find(written(tmp_path, SMALL)).name == "small"
    assert coding.find("six-in-one").name == "six-in-one"
    with pytest.raises(UsageError, match=r"no such codebook.*six-in-one"):
        coding.find("seven-in-one")


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "book.toml"
    path.write_bytes(b"\xff\xff\xff")
    with pytest.raises(UsageError, match="neither UTF-8 nor GB18030"):
        coding.load(path)
    with pytest.raises(UsageError, match="cannot be read"):
        coding.load(tmp_path / "none.toml")


def test_a_sheet_is_to_be_imported_first(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="codebook import"):
        coding.load(written(tmp_path, "", "book.csv"))


# Mistakes


def test_a_sound_codebook_has_no_problems(tmp_path: Path) -> None:
    assert reasons(tmp_path, SMALL) == []


@pytest.mark.parametrize(
    ("wrong", "right", "line", "reason"),
    [
        ('name = "平台"', 'name = "预警"', 23, "duplicate code 预警: also the open code of line 14."),
        ('name = "平台"', 'name = "政策"', 26, "duplicate code 政策: also the open code of line 23."),
        ('name = "平台"', 'name = "保障"', 23, "duplicate code 保障: also the selective category of line 7."),
        ('name = "平台"', 'name = " "', 23, "the name of this open code is empty."),
        ('name = "平台"', 'definition = "无名"', 22, "this open entry has no name."),
        ('name = "平台"', "name = 3", 23, "name must be a text in quotation marks, not 3."),
        ('["最低生活保障"]', '["警示"]', 30, "the alias 警示 belongs to 预警 (line 17) and to 低保."),
        ('["最低生活保障"]', '["平台"]', 30, "the alias 平台 of 低保 is the open code of line 23."),
        ('["最低生活保障"]', '["监测"]', 30, "the alias 监测 of 低保 is the axial category of line 11."),
        ('["最低生活保障"]', '["低保"]', 30, "the alias 低保 is the name of the code itself."),
        ('["最低生活保障"]', '["救助", "救助"]', 30, "the alias 救助 stands twice under 低保."),
        ('["最低生活保障"]', '[""]', 30, "an alias of 低保 is empty."),
        ('["最低生活保障"]', '["救助；五保"]', 30,
         "the alias '救助；五保' of 低保 holds a separator: write each alias by itself."),
        ('["最低生活保障"]', '"最低生活保障"', 30, 'aliases must be a list of texts, such as ["甲", "乙"].'),
        ('["最低生活保障"]', "[1]", 30, 'aliases must be a list of texts, such as ["甲", "乙"].'),
        ('"风险预警"', '"监 测"', 18, "the alias 监 测 of 预警 is the axial category of line 11."),
        ('role = "基础"', 'rôle_ = "基础"', 8, None),
        ('role = "基础"', 'rolle = "基础"', 8, "unknown key rolle; did you mean role?"),
        ('title = "小"', "title = 1", 3, "title must be a text in quotation marks, not 1."),
        ('title = "小"', 'titel = "小"', 3, "unknown key titel; did you mean title?"),
        ('name = "small"', 'name = ""', 2, "the name of the codebook is empty."),
        ('example = "村', 'example = "\\u0007村', 14, "a text of 预警 holds a control character."),
        ('["最低生活保障"]', '["救助"]\nruels = []', 31, "unknown key ruels; did you mean rules?"),
        ('["最低生活保障"]', '["救助"]\nrules = [\n{ all = ["甲"] },\n{ als = ["甲"] }]', 33, None),
        ('["最低生活保障"]', '["救助"]\nrules = [{ none = ["甲"] }]', 31,
         "rule 1 of 低保 names no word of all or any, so that it would find nothing."),
        ('["最低生活保障"]', '["救助"]\nrules = [{ all = ["甲"], near = 3 }]', 31,
         "rule 1 of 低保 says near of one word alone: it needs two of all, or one of all and any."),
        ('["最低生活保障"]', '["救助"]\nrules = [{ all = ["甲", "乙"], near = 0 }]', 31,
         "near must be a number of characters, 1 or more."),
        ('["最低生活保障"]', '["救助"]\nrules = [{ all = ["甲", "乙；"] }]', 31,
         "rule 1 of 低保 the word '乙；' holds a separator ('；'): write each word by itself."),
        ('["最低生活保障"]', '["救助"]\nrules = [{ any = ["[甲", "乙"] }]', 31,
         "rule 1 of 低保 the word '[甲' has a [ that belongs to no class; write [[] for the character."),
        ('["最低生活保障"]', '["救助"]\nrules = [{ any = ["甲"], none = ["甲"] }]', 31,
         "rule 1 of 低保 asks for 甲 and for none of it."),
        ('["最低生活保障"]', '["救助"]\nneeds."五保" = ["老人"]', 31,
         "needs of 低保: 五保 is neither its name nor an alias."),
        ('["最低生活保障"]', '["救助"]\nneeds."救助" = []', 31,
         "needs of 低保: 救助 names no word of all or any, so that it would find nothing."),
        ('["最低生活保障"]', '["救助"]\nneeds = ["救助"]', 31,
         'needs must give words their company, such as { "大数据" = ["比对"] }.'),
        ('["最低生活保障"]', '["救助"]\nwithout = "救助站"', 31,
         'without must be a list of texts, such as ["甲", "乙"].'),
        ('["最低生活保障"]', '["救助"]\nwithout = ["救助"]', 31,
         "without of 低保: 救助 is its own name or alias."),
        ("[[selective]]", "[selective]", 6, "write [[selective]] with two brackets, once for each."),
    ],
)  # fmt: skip
def test_names_each_mistake_with_its_line(
    tmp_path: Path, wrong: str, right: str, line: int, reason: str | None
) -> None:
    assert SMALL.count(wrong) == 1
    found = reasons(tmp_path, SMALL.replace(wrong, right))
    if reason is None:
        assert found[0][0] == line
    else:
        assert found == [(line, reason)]
    with pytest.raises(UsageError, match=f"line {line}: "):
        coding.load(tmp_path / "book.toml")


def test_names_all_mistakes_together(tmp_path: Path) -> None:
    text = SMALL.replace('"平台"', '"预警"').replace('["最低生活保障"]', '["警示"]').replace("role", "rolle")
    assert [line for line, _ in reasons(tmp_path, text)] == [8, 23, 30]
    with pytest.raises(
        UsageError, match=r"(?s)book\.toml: the codebook has 3 errors:.*line 8.*line 23.*line 30"
    ):
        coding.load(tmp_path / "book.toml")


def test_an_empty_category_is_a_warning(tmp_path: Path) -> None:
    path = written(tmp_path, '[[selective]]\nname = "甲"\n[[selective.axial]]\nname = "乙"\n')
    (problem,) = coding.check(path)
    assert (problem.line, problem.warning) == (4, True)
    assert str(problem) == f"{path}, line 4: warning: the axial category 乙 has no open code yet."
    assert len(coding.load(path).entries) == 2


def test_open_codes_without_an_axial_category(tmp_path: Path) -> None:
    text = '[[selective]]\nname = "甲"\n\n[[selective.axial.open]]\nname = "丙"\n'
    assert reasons(tmp_path, text) == [
        (2, "the selective category 甲 has no axial category yet."),
        (4, "level missing: [[selective.axial.open]] stands without a [[selective.axial]] above it."),
    ]


def test_an_axial_category_without_a_selective_one(tmp_path: Path) -> None:
    line, reason = reasons(tmp_path, '[[selective.axial]]\nname = "乙"\n')[0]
    assert line == 1
    assert reason == "level missing: [[selective.axial]] stands without a [[selective]] above it."


def test_a_later_category_does_not_hide_the_missing_level(tmp_path: Path) -> None:
    text = '[[selective]]\nname = "甲"\n[[selective.axial.open]]\nname = "丙"\n[[selective.axial]]'
    found = reasons(tmp_path, text)
    assert (
        3,
        "level missing: [[selective.axial.open]] stands without a [[selective.axial]] above it.",
    ) in found


def test_a_level_that_is_skipped(tmp_path: Path) -> None:
    text = '[[selective]]\nname = "甲"\n\n[[selective.open]]\nname = "丙"\n'
    assert (4, "level missing: open does not belong directly here.") in reasons(tmp_path, text)


def test_a_syntax_error_carries_its_line(tmp_path: Path) -> None:
    line, reason = only(tmp_path, 'name = "甲"\n\n[[selective]]\nname = “乙”\n')
    assert line == 4
    assert reason.startswith("not valid TOML: ")
    assert "not “" in reason


def test_a_text_that_never_ends(tmp_path: Path) -> None:
    line, reason = only(tmp_path, 'name = "甲"\ntitle = """一\n\n二\n')
    assert line == 4
    assert reason.startswith("not valid TOML: ")


def test_lines_of_keys_in_awkward_toml() -> None:
    source = (
        '# [[a]]\ntext = """\n[[a]]\nname = 1\n"""\n[[a]]\n"na me" = \'[[a]]\' # x\n'
        'list = [ # [\n  ["x",\n "y"], {k = 1, l = 2},\n  "z" ]\n[[a.b]]\nc.d = 1\n'
        "[[a]]\n  [[a.b]]\n  e = 2\n"
    )
    lines = key_lines(source)
    assert lines[("text",)] == 2
    assert lines[("a", 0)] == 6
    assert lines[("a", 0, "na me")] == 7
    assert [lines[("a", 0, "list", item)] for item in range(3)] == [9, 10, 11]
    assert lines[("a", 0, "b", 0)] == 12
    assert lines[("a", 0, "b", 0, "c", "d")] == 13
    assert lines[("a", 1)] == 14
    assert lines[("a", 1, "b", 0, "e")] == 16
    assert line_of(lines, ("a", 1, "b", 0, "unknown", 7)) == 15
    assert line_of(lines, ("nowhere",)) == 1


def test_inline_tables_are_read_too(tmp_path: Path) -> None:
    text = 'name = "b"\nselective = [\n  {name = "甲", axial = [{name = "乙", open = [{name = "甲"}]}]},\n]\n'
    assert only(tmp_path, text) == (3, "duplicate code 甲: also the selective category of line 3.")


# Differences


def changes(old: Codebook, new: Codebook) -> list[tuple[str, ...]]:
    table = coding.diff(old, new)
    return [
        tuple(row) for row in table[["change", "code", "field", "before", "after"]].itertuples(index=False)
    ]


WARN = Code("预警", "open", definition="警示。", aliases=("警示",))
FUND = Code("基金", "open", definition="钱。")


def test_no_difference() -> None:
    assert changes(small_book(a=WARN), small_book(a=WARN)) == []
    assert list(coding.diff(small_book(), small_book()).columns) == CODEBOOK_DIFF.names


def test_added_and_removed() -> None:
    assert changes(small_book(a=WARN), small_book(b=FUND)) == [
        ("removed", "预警", "code", "保障 > 监测", ""),
        ("added", "基金", "code", "", "保障 > 监测"),
    ]


def test_moved() -> None:
    def under(parent: str) -> Codebook:
        code = dataclasses.replace(WARN, parent=parent)
        return book(Code("保障", "selective"), Code("甲", "axial", "保障"), Code("乙", "axial", "保障"), code)

    assert changes(under("甲"), under("乙")) == [("moved", "预警", "parent", "保障 > 甲", "保障 > 乙")]


def test_moved_to_another_level() -> None:
    old = book(Code("保障", "selective"), Code("甲", "axial", "保障"))
    assert changes(old, book(Code("保障", "selective"), Code("甲", "selective"))) == [
        ("moved", "甲", "parent", "保障", "selective")
    ]


def test_merged_into_a_code_that_was_there() -> None:
    merged = dataclasses.replace(WARN, aliases=("警示", "基金"))
    assert changes(small_book(a=WARN, b=FUND), small_book(a=merged)) == [
        ("merged", "基金", "code", "基金", "预警"),
        ("redefined", "预警", "aliases", "警示", "警示；基金"),
    ]


def test_several_merged_into_a_new_code() -> None:
    both = Code("预警与基金", "open", aliases=("预警", "基金"))
    assert changes(small_book(a=WARN, b=FUND), small_book(a=both)) == [
        ("merged", "预警", "code", "预警", "预警与基金"),
        ("merged", "基金", "code", "基金", "预警与基金"),
        ("added", "预警与基金", "code", "", "保障 > 监测"),
    ]


@pytest.mark.parametrize(
    "renamed",
    [
        Code("早知道", "open", definition="警示。", aliases=("警示",)),
        Code("早知道", "open", definition="警示。"),
        Code("早知道", "open", definition="另说。", aliases=("警示",)),
        Code("早知道", "open", definition="另说。", aliases=("预警",)),
    ],
)
def test_renamed_by_alias_definition_or_aliases(renamed: Code) -> None:
    first, *rest = changes(small_book(a=WARN), small_book(a=renamed))
    assert first == ("renamed", "预警", "code", "预警", "早知道")
    assert {change for change, *_ in rest} <= {"redefined"}


def test_members_of_a_renamed_category_do_not_move() -> None:
    old = book(
        Code("保障", "selective"), Code("甲", "axial", "保障", definition="同。"), Code("子", "open", "甲")
    )
    new = book(
        Code("保障", "selective"), Code("乙", "axial", "保障", definition="同。"), Code("子", "open", "乙")
    )
    assert changes(old, new) == [("renamed", "甲", "code", "甲", "乙")]


def test_redefined_names_the_field_and_what_is_said_of_the_whole() -> None:
    other = dataclasses.replace(WARN, definition="新说。", exclude="钱。")
    old = small_book(a=WARN)
    new = dataclasses.replace(small_book(a=other), version="2")
    assert changes(old, new) == [
        ("redefined", "", "version", "", "2"),
        ("redefined", "预警", "definition", "警示。", "新说。"),
        ("redefined", "预警", "exclude", "", "钱。"),
    ]


# Round trips

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


@ROUNDS
@given(drawn=codebooks())
def test_toml_round_trip_loses_nothing(tmp_path: Path, drawn: Codebook) -> None:
    path = written(tmp_path, coding.to_toml(drawn))
    again = coding.load(path)
    assert again == drawn
    assert again.hash == drawn.hash


@ROUNDS
@given(drawn=codebooks())
def test_every_name_is_found_in_its_line(drawn: Codebook) -> None:
    source = coding.to_toml(drawn)
    lines = key_lines(source)
    named: dict[str, int] = {}
    for path, line in lines.items():
        if path[-1] == "name" and len(path) > 1:
            shown = source.split("\n")[line - 1].strip()
            assert shown.startswith("name = ")
            named[json.loads(shown.removeprefix("name = "))] = len(path)
    depths = {"selective": 3, "axial": 5, "open": 7}
    assert named == {code.name: depths[code.level] for code in drawn.entries}


def test_xlsx_keeps_what_looks_like_an_escape(tmp_path: Path) -> None:
    awkward = book(
        Code("_x000D_", "selective", definition="a\tb\n c", aliases=("=1+1", "'q")), note="_x0041_"
    )
    coding.write_sheet(awkward, tmp_path / "b.xlsx")
    assert coding.read_sheet(tmp_path / "b.xlsx")[0] == awkward


@ROUNDS
@given(drawn=codebooks())
def test_xlsx_round_trip_loses_nothing(tmp_path: Path, drawn: Codebook) -> None:
    path = tmp_path / "book.xlsx"
    coding.write_sheet(drawn, path)
    again, _ = coding.read_sheet(path, name="other")
    assert again == drawn


@ROUNDS
@given(drawn=codebooks(), other=codebooks())
def test_every_difference_is_told(drawn: Codebook, other: Codebook) -> None:
    assert coding.diff(drawn, drawn).empty
    told = coding.diff(drawn, other)
    gone = {code.name for code in drawn.entries} - {code.name for code in other.entries}
    assert set(told.loc[told["change"].isin(["removed", "merged", "renamed"]), "code"]) == gone
    came = {code.name for code in other.entries} - {code.name for code in drawn.entries}
    new = set(told.loc[told["change"] == "added", "code"]) | set(
        told.loc[told["change"] == "renamed", "after"]
    )
    assert new == came


# Sheets


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


def test_rules_are_read_from_toml(tmp_path: Path) -> None:
    book = coding.load(written(tmp_path, RULED))
    code = book.by_name["数据平台"]
    assert book.by_name["保障"].without == ("保障局",)
    assert code.needs == (
        Need("大数据", Rule(any=("比对", "监测"))),
        Need("信息平台", Rule(all=("户",), none=("招聘",), near=20)),
    )
    assert code.rules == (
        Rule(all=("台账", "系统"), near=10), Rule(any=("[一二三]级预警",), none=("气象",))
    )  # fmt: skip
    row = book.codes.set_index("code").loc["数据平台"]
    assert row["needs"].split("\n")[0] == "大数据：任一 比对；监测"
    assert row["rules"].split("\n") == ["全部 台账；系统 | 相距 10", "任一 [一二三]级预警 | 排除 气象"]


def test_a_codebook_without_rules_keeps_its_hash(tmp_path: Path) -> None:
    plain = coding.load(written(tmp_path, RULED.split("needs")[0].replace('without = ["保障局"]', "")))
    assert plain.label == "ruled@95305d5b8a6e"
    assert coding.load(written(tmp_path, RULED)).hash != plain.hash


def test_changed_rules_are_told(tmp_path: Path) -> None:
    was = coding.load(written(tmp_path, RULED))
    now = coding.load(written(tmp_path, RULED.replace("near = 10", "near = 12").replace("保障局", "保障厅")))
    told = coding.diff(was, now)
    assert told[["code", "field", "after"]].values.tolist() == [
        ["保障", "without", "保障厅"],
        ["数据平台", "rules", "全部 台账；系统 | 相距 12\n任一 [一二三]级预警 | 排除 气象"],
    ]


def test_wrong_rules_of_a_sheet_are_named_by_row(tmp_path: Path) -> None:
    rows = [
        ("层级", "编码", "上级", "别名", "须同现", "规则"),
        ("选择式", "保障", "", "", "", ""),
        ("轴心", "监测", "保障", "", "", ""),
        ("开放式", "预警", "监测", "警示", "警示：任一 返贫\n别的：任一 甲", "全体 甲"),
        ("开放式", "平台", "监测", "", "", "全部 甲；乙 | 相距 近\n排除 丙"),
    ]
    path = tmp_path / "b.csv"
    quoted = (",".join(f'"{cell}"' for cell in row) for row in rows)
    path.write_text("\n".join(quoted), encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        coding.read_sheet(path)
    text = str(caught.value)
    assert (
        "row 4: 须同现 of 预警 begins with no name or alias of this code and a ：: '别的：任一 甲'." in text
    )
    assert (
        "row 4: 规则 of 预警 has the part '全体 甲', which begins with none of 全部、任一、排除、相距."
        in text
    )
    assert "row 5: 规则 of 平台 says 相距 近, which is no number from 1." in text
    assert "row 5: rule 1 of 平台 names no word of all or any, so that it would find nothing." in text


def test_the_sheet_a_person_sees(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    coding.write_sheet(coding.load(written(tmp_path, SMALL)), path)
    workbook = openpyxl.load_workbook(path)
    assert workbook.sheetnames == ["编码", "说明", "编码本"]
    rows = list(workbook["编码"].iter_rows(values_only=True))
    assert rows[0] == ("层级", "编码", "上级", "角色", "定义", "纳入", "排除", "别名", "示例",
        "排除词", "须同现", "规则",
    )  # fmt: skip
    assert rows[1][:4] == ("选择式", "保障", None, "基础")
    assert rows[3][:3] == ("开放式", "预警", "监测")
    assert rows[3][7] == "警示；风险预警"
    assert len(list(workbook["说明"].iter_rows())) == 13


def test_a_sheet_edited_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    coding.write_sheet(coding.load(written(tmp_path, SMALL)), path)
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["编码"]
    sheet.append(["open", "救助", "政策", None, "帮一把。", None, None, "急救、 临时救助", None])
    sheet.append(["轴心编码", "市场", "保障"])
    workbook.save(path)
    edited, problems = coding.read_sheet(path)
    assert [code.name for code in edited.members("政策")] == ["低保", "救助"]
    assert edited.by_name["救助"].aliases == ("急救", "临时救助")
    assert edited.by_name["市场"].level == "axial"
    assert [(problem.line, problem.unit, problem.warning) for problem in problems] == [(9, "row", True)]


def test_every_wrong_row_of_a_sheet_is_named(tmp_path: Path) -> None:
    text = (
        "层级,编码,上级,别名\n选择式,保障,,\n轴心,监测,保障,\n开放式,预警,保障,\n开放式,平台,无此类,\n"
        "中间,某,,\n开放式,监测,监测,\n开放式,基金,监测,保障\n选择式,另,监测,\n"
    )
    path = written(tmp_path, text, "book.csv")
    with pytest.raises(UsageError) as raised:
        coding.read_sheet(path)
    said = str(raised.value).splitlines()
    assert "6 errors" in said[0]
    assert [line.split(":")[0].strip() for line in said[1:]] == [f"row {row}" for row in (4, 5, 6, 7, 8, 9)]
    assert "level missing: 上级 of 预警 must be a 轴心 category, not 保障." in said[1]


# Published tables


def test_a_flat_table(tmp_path: Path) -> None:
    text = "open_code,axial_category,selective_category\n预警,监测,保障\n平台,监测,保障\n低保,政策,保障\n"
    flat, problems = coding.read_sheet(written(tmp_path, text, "flat.csv"))
    assert problems == []
    assert [(code.level, code.name, code.parent) for code in flat.entries] == [
        ("selective", "保障", ""),
        ("axial", "监测", "保障"),
        ("open", "预警", "监测"),
        ("open", "平台", "监测"),
        ("axial", "政策", "保障"),
        ("open", "低保", "政策"),
    ]


def test_a_flat_table_with_merged_cells_repeats_and_definitions(tmp_path: Path) -> None:
    text = (
        "表1\t\t\t\t\n维度\t主范畴\t初始 范畴\t释义\t原始语句\n人\t医生\t技术\t手法好坏\t一句\n"
        "\t\t技术\t\t又一句\n\t\t沟通\t说得清\t\n物\t环境\t诊室\t\t\n注：略\n"
    )
    layout = coding.Layout(open="初始范畴", axial="主范畴", selective="维度", first=2, last=6)
    flat, _ = coding.read_sheet(written(tmp_path, text, "flat.tsv"), layout)
    assert flat.by_name["技术"] == Code("技术", "open", "医生", definition="手法好坏", example="一句\n又一句")
    assert flat.chain("沟通") == ("人", "医生", "沟通")
    assert flat.chain("诊室") == ("物", "环境", "诊室")


def test_a_flat_table_of_two_levels(tmp_path: Path) -> None:
    text = "主轴编码,开放式编码\n监测,预警\n政策,低保\n"
    flat, _ = coding.read_sheet(written(tmp_path, text, "flat.csv"), name="mine")
    assert flat.name == "mine"
    assert flat.chain("低保") == ("mine", "政策", "低保")


def test_mistakes_of_a_flat_table(tmp_path: Path) -> None:
    text = "open,axial,selective\n预警,,\n平台,监测,保障\n平台,政策,保障\n监测,监测,保障\n"
    with pytest.raises(UsageError) as raised:
        coding.read_sheet(written(tmp_path, text, "flat.csv"))
    assert [line.strip() for line in str(raised.value).splitlines()[1:]] == [
        "row 2: level missing: no category stands in this row or above it.",
        "row 4: duplicate code 平台: also the open code of row 3.",
        "row 5: duplicate code 监测: also the axial category of row 3.",
    ]


def test_a_flat_table_without_the_columns(tmp_path: Path) -> None:
    path = written(tmp_path, "一,二\n预警,监测\n", "flat.csv")
    with pytest.raises(
        UsageError, match=r"row 1 has no column for the open level\. Name it with --open.*一, 二"
    ):
        coding.read_sheet(path)
    with pytest.raises(UsageError, match="no column named 三"):
        coding.read_sheet(path, coding.Layout(open="三"))
    with pytest.raises(UsageError, match="holds no rows"):
        coding.read_sheet(path, coding.Layout(first=9))


def test_a_workbook_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not a workbook"):
        coding.read_sheet(written(tmp_path, "no", "book.xlsx"))


# The command


def run(*arguments: str | Path, fails: type[BaseException] | None = None) -> str:
    result = CliRunner().invoke(command, [str(argument) for argument in arguments])
    if fails is None:
        assert result.exit_code == 0, result.output
    else:
        assert isinstance(result.exception, fails)
    return result.output


def test_check_says_what_is_wrong_and_exits_with_1(tmp_path: Path) -> None:
    good = written(tmp_path, SMALL)
    bad = written(tmp_path, SMALL.replace('"平台"', '"预警"'), "bad.toml")
    assert "sound, 6 codes, 3 aliases, small@" in run("check", good)
    result = CliRunner().invoke(command, ["check", str(good), str(bad)])
    assert result.exit_code == 1
    assert f"{bad}, line 23: duplicate code 预警" in result.output


def test_show_prints_the_tree_csv_and_json(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL)
    tree = run("show", path).splitlines()
    assert tree[0].startswith("小  [small@")
    assert tree[-5:] == ["  监测", "    预警", "    平台", "  政策", "    低保"]
    assert "保障（基础）" in tree
    assert "        = 警示、风险预警" in run("show", path, "--definitions").splitlines()
    assert run("show", path, "--format", "csv").splitlines()[0].startswith("code,level,parent")
    assert '"code": "预警"' in run("show", path, "--format", "json")


def test_list_names_the_shipped_codebooks() -> None:
    assert run("list", "--format", "csv").count("\n") == 1 + len(coding.shipped())


def test_diff_prints_and_writes_the_table(tmp_path: Path) -> None:
    old = written(tmp_path, SMALL)
    new = written(tmp_path, SMALL.replace('"平台"', '"系统"'), "new.toml")
    assert run("diff", old, old) == "No difference.\n"
    assert "removed" in run("diff", old, new, "-o", tmp_path / "diff.csv")
    lines = (tmp_path / "diff.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines == [
        "change,level,code,field,before,after",
        "removed,open,平台,code,保障 > 监测,",
        "added,open,系统,code,,保障 > 监测",
    ]


def test_new_writes_a_valid_template_and_never_replaces(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    run("new", path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("#")
    assert [problem.warning for problem in coding.check(path)] == [True]
    head, sample = text.split("# ──", 1)
    filled = head + "\n".join(line[2:] for line in sample.splitlines()[1:])
    assert [code.name for code in coding.load(written(tmp_path, filled, "filled.toml")).entries] == [
        "落实防贫保障", "实施动态监测", "防贫预警"
    ]  # fmt: skip
    path.write_text("mine", encoding="utf-8")
    run("new", path, fails=UsageError)
    assert path.read_text(encoding="utf-8") == "mine"


def test_export_and_import(tmp_path: Path) -> None:
    old, sheet, new = written(tmp_path, SMALL), tmp_path / "b.xlsx", tmp_path / "again.toml"
    run("export", old, "-o", sheet)
    run("import", sheet, "-o", new)
    assert coding.load(new) == coding.load(old)
    run("import", sheet, "-o", new, fails=UsageError)
    run("import", sheet, "-o", new, "--force", "--title", "大")
    assert coding.load(new).title == "大"
    run("export", old, "-o", sheet, fails=UsageError)
    run("export", old, "-o", tmp_path / "b.csv", fails=UsageError)


def test_import_of_rows_of_a_published_table(tmp_path: Path) -> None:
    table = written(tmp_path, "x,y\n类,码\n监测,预警\n监测,平台\n完,\n", "t.csv")
    new = tmp_path / "t.toml"
    run("import", table, "-o", new, "--rows", "2-4", "--axial", "类", "--open", "码")
    assert [code.name for code in coding.load(new).at("open")] == ["预警", "平台"]
    run("import", table, "-o", new, "--force", "--rows", "4-2", fails=UsageError)


@pytest.mark.parametrize("name", ["../out", "a/b", "a\\b", "a@b", "C:x", ".hidden", "end.", ""])
def test_a_codebook_has_a_name_that_a_file_can_have(tmp_path: Path, name: str) -> None:
    path = tmp_path / "book.toml"
    path.write_text(f"name = {json.dumps(name)}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="name of the codebook"):
        coding.load(path)
