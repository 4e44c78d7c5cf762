from __future__ import annotations

from pathlib import Path

import pytest

from casemine import coding
from casemine.coding.rules import Need, Rule
from casemine.errors import UsageError
from coding.codebooks import RULED, written


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
