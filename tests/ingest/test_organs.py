import pytest

from casemine.ingest.organs import bodies, body_of_title, is_body, kind_of


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("毕节市人民政府", ["毕节市人民政府"]),
        ("中共中央国务院", ["中共中央", "国务院"]),
        ("中共中央办公厅、国务院办公厅", ["中共中央办公厅", "国务院办公厅"]),
        ("财政部 农业农村部", ["财政部", "农业农村部"]),
        ("毕节市农业农村局", ["毕节市农业农村局"]),
        ("农业农村部办公厅", ["农业农村部办公厅"]),
        ("山村茶香", []),
        ("农村的布局", []),
        ("西部", []),
        ("茶园内部", []),
        ("", []),
    ],
)
def test_bodies(text: str, names: list[str]) -> None:
    assert bodies(text) == names
    assert is_body(text) == bool(names)


def test_the_bodies_at_the_head_of_a_title() -> None:
    assert body_of_title("毕节市人民政府关于种茶的通知") == (["毕节市人民政府"], 7)
    assert body_of_title("中共中央 国务院关于种茶的意见") == (["中共中央", "国务院"], 8)
    assert body_of_title("茶农关于种茶的建议") == ([], 2)
    assert body_of_title("山村茶香") == ([], 0)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("毕节市人民政府关于种茶的通知", "通知"),
        ("关于印发《茶园管理办法》的通知", "通知"),
        ("国务院印发《茶业规划》", "规划"),
        ("茶园管理办法（试行）", "办法"),
        ("茶园管理办法（2021年修订）", "办法"),
        ("茶叶促进法", "法律"),
        ("种茶的方法", ""),
        ("政府工作报告", "报告"),
        ("茶业发展第十四个五年规划纲要", "规划"),
        ("关于茶园的实施意见", "意见"),
        ("关于种茶的复函", "函"),
        ("山村茶香", ""),
        ("", ""),
    ],
)
def test_kinds(title: str, kind: str) -> None:
    assert kind_of(title) == kind
