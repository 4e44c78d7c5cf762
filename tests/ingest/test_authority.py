"""The kind of a document by its title, and the level that body and kind settle."""

import pytest

from casemine.ingest.authority import kind_field, level_of
from casemine.ingest.fields import Field


@pytest.mark.parametrize(
    ("title", "official", "kind"),
    [
        ("某某县国民经济和社会发展第十四个五年规划纲要", False, "规划"),
        ("某某县国民经济和社会发展“九五”计划和二〇一〇年远景目标纲要", False, "规划"),
        ("某某县茶产业规划（2024—2027年）", False, "规划"),
        ("2020年政府工作报告", False, "报告"),
        ("关于种茶的意见", False, "意见"),
        ("我的读书计划", False, ""),
        ("乡村的规划", False, ""),
        ("茶园管理办法", True, "办法"),
        ("茶园管理办法", False, ""),
    ],
)
def test_the_kind_is_told_where_something_shows_a_document(title: str, official: bool, kind: str) -> None:
    assert kind_field(Field(title, "name"), official).value == kind


@pytest.mark.parametrize(
    ("body", "kind", "number", "adopted", "level"),
    [
        ("全国人民代表大会常务委员会", "法律", "", "全国人民代表大会常务委员会", "法律"),
        ("国务院", "条例", "国务院令第1号", "", "行政法规"),
        ("某某市人民代表大会常务委员会", "条例", "", "某某市人民代表大会常务委员会", "地方性法规"),
        ("某某市人民政府", "办法", "某某市人民政府令第3号", "", "地方政府规章"),
        ("某某市人民政府", "报告", "", "", ""),
    ],
)
def test_the_level_follows_from_body_and_kind(
    body: str, kind: str, number: str, adopted: str, level: str
) -> None:
    assert level_of(Field(body, "text[0:9]"), kind, number, adopted, True).value == level
