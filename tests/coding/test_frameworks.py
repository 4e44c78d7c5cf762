"""The codebooks that come with casemine."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from casemine import coding

NAMES = (
    "consolidate-extend",
    "fangfanpin-firewall",
    "policy-instruments",
    "policy-pmc",
    "problem-remedy",
    "six-in-one",
    "wuda-zhenxing",
)
PUBLISHED = Path(__file__).parents[3] / "shared" / "study" / "table3_coding.csv"


def test_all_are_shipped() -> None:
    assert coding.shipped() == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_is_sound_and_complete(name: str) -> None:
    path = coding.locate(name)
    assert coding.check(path) == []
    book = coding.load(path)
    assert book.name == name
    assert all((book.title, book.aim, book.source, book.version, book.note))
    assert all(code.definition for code in book.entries)
    assert all(code.role for code in book.at("selective"))
    opened = book.at("open")
    assert all(code.include and code.exclude and code.aliases and code.example for code in opened)
    assert len({code.definition for code in book.entries}) == len(book.entries)
    assert len({code.example for code in opened}) == len(opened)


@pytest.mark.parametrize("name", NAMES)
def test_notes_send_the_reader_to_codes_that_exist(name: str) -> None:
    book = coding.find(name)
    named = [
        (code.name, part.split("”")[0])
        for code in book.at("open")
        for part in code.exclude.replace("””", "”").split("“")[1:]
    ]
    assert named
    assert [pair for pair in named if pair[1] not in book.by_name] == []


@pytest.mark.parametrize("name", NAMES)
def test_each_survives_the_sheet(name: str, tmp_path: Path) -> None:
    book = coding.find(name)
    coding.write_sheet(book, tmp_path / "b.xlsx")
    assert coding.read_sheet(tmp_path / "b.xlsx")[0] == book


def test_six_in_one_counts_and_roles() -> None:
    book = coding.find("six-in-one")
    assert [len(book.at(level)) for level in ("selective", "axial", "open")] == [6, 19, 73]
    assert {code.name: code.role for code in book.at("selective")} == {
        "落实防贫保障": "基础",
        "夯实发展基础": "前提",
        "构建长效机制": "关键",
        "强化志智双扶": "根本",
        "推进产业升级": "重心",
        "衔接乡村振兴": "目标",
    }
    assert book.aim == "巩固拓展脱贫成果"
    assert book.chain("第二医保") == ("落实防贫保障", "引入市场机制", "第二医保")


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published table is not here")
def test_six_in_one_is_table_3() -> None:
    with PUBLISHED.open(encoding="utf-8-sig", newline="") as file:
        published = [
            (row["selective_category"], row["axial_category"], row["open_code"])
            for row in csv.DictReader(file)
        ]
    book = coding.find("six-in-one")
    assert len(published) == 73
    assert sorted(book.chain(code.name) for code in book.at("open")) == sorted(published)


def test_the_frames_of_the_other_schemes() -> None:
    names = {name: [code.name for code in coding.find(name).at("selective")] for name in NAMES}
    assert names["wuda-zhenxing"] == ["产业振兴", "生态振兴", "人才振兴", "文化振兴", "组织振兴"]
    assert names["fangfanpin-firewall"] == ["监测机制", "防范机制", "帮扶机制", "兜底机制", "责任机制"]
    assert names["consolidate-extend"] == ["巩固减贫成果", "巩固制度成果", "拓展减贫成果", "拓展制度成果"]
    assert names["policy-instruments"] == ["供给型工具", "环境型工具", "需求型工具"]
    problems = coding.find("problem-remedy")
    assert [len(problems.members(name)) for name in names["problem-remedy"]] == [5, 5]
