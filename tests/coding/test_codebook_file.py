from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from casemine import coding
from casemine.coding import Code, Codebook
from casemine.errors import UsageError
from coding.codebooks import ROUNDS, SMALL, codebooks, only, reasons, written


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


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-8"])
def test_reads_what_editors_save(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "book.toml"
    path.write_bytes(SMALL.replace("\n", "\r\n").encode(encoding))
    assert coding.load(path) == coding.load(written(tmp_path, SMALL, "lf.toml"))


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


def test_inline_tables_are_read_too(tmp_path: Path) -> None:
    text = 'name = "b"\nselective = [\n  {name = "甲", axial = [{name = "乙", open = [{name = "甲"}]}]},\n]\n'
    assert only(tmp_path, text) == (3, "duplicate code 甲: also the selective category of line 3.")


@ROUNDS
@given(drawn=codebooks())
def test_toml_round_trip_loses_nothing(tmp_path: Path, drawn: Codebook) -> None:
    path = written(tmp_path, coding.to_toml(drawn))
    again = coding.load(path)
    assert again == drawn
    assert again.hash == drawn.hash
