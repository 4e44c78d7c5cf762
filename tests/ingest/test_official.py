import re

import pytest

from casemine.ingest.compose import compose
from casemine.ingest.fields import Field
from casemine.ingest.official import Official, read_official
from casemine.ingest.source import Block
from casemine.ingest.title import title_with_origin

PROSE = "《山下县人民政府关于种菜的通知》（山政发〔1998〕9号）下发以来，成效明显。现就有关事项通知如下。"
PAPER = (
    "毕节市人民政府文件",
    "毕府发〔2021〕3号",
    "毕节市人民政府关于发展高山茶的意见",
    "各县（区）人民政府：",
    PROSE,
    "一、种茶",
    PROSE,
    "毕节市人民政府",
    "2021年3月5日",
    "（此件公开发布）",
    "毕节市人民政府办公室 2021年3月8日印发",
)
LAW = (
    "毕节市茶园管理条例",
    "2021年4月7日 毕节市第二届人民代表大会常务委员会第三次会议通过",
    "2021年5月27日 贵州省第十三届人民代表大会常务委员会第四次会议批准",
    "第一章 总则",
    "第一条 为了种茶，制定本条例。",
    "第二条 本条例适用于茶园。",
    "第三条 本条例自2021年7月1日起施行。",
)


def read(*lines: str, stem: str = "x") -> tuple[Official, str]:
    text, passages = compose([Block(line, "paragraph") for line in lines])
    title = Field(*title_with_origin(text, passages, stem))
    articles = any("条" in passage.clause for passage in passages)
    return read_official(title, text, stem, articles=articles), text


def values(official: Official) -> list[str]:
    return [
        official.issuer.value,
        official.document_number.value,
        official.issued.value,
        official.published.value,
        official.document_kind.value,
        official.authority.value,
    ]


def test_a_paper_of_a_government() -> None:
    official, _ = read(*PAPER)
    assert values(official) == [
        "毕节市人民政府",
        "毕府发〔2021〕3号",
        "2021-03-05",
        "2021-03-08",
        "意见",
        "地方规范性文件",
    ]


def test_a_law_of_a_congress() -> None:
    official, _ = read(*LAW)
    assert values(official) == ["毕节市人民代表大会常务委员会", "", "2021-04-07", "", "条例", "地方性法规"]


def test_an_order() -> None:
    preface = (
        "《毕节市茶园管理办法》已经2021年4月7日市人民政府第12次常务会议通过，现予公布，自2021年6月1日起施行。"
    )
    official, _ = read(
        "毕节市人民政府令", "第12号", preface, "市长 张三", "2021年4月9日", "毕节市茶园管理办法", *LAW[4:]
    )
    assert values(official) == [
        "毕节市人民政府",
        "毕节市人民政府令第12号",
        "2021-04-07",
        "2021-04-09",
        "办法",
        "地方政府规章",
    ]


@pytest.mark.parametrize(
    ("lines", "values_"),
    [
        (
            ("中共中央国务院关于种茶的决定", "（2015年11月29日）中发〔2015〕34号", PROSE),
            ["中共中央、国务院", "中发〔2015〕34号", "2015-11-29", "", "决定", "党内规范性文件"],
        ),
        (
            ("国务院办公厅关于种茶的通知", "国办发[2020]12号", "各省人民政府：", PROSE),
            ["国务院办公厅", "国办发〔2020〕12号", "", "", "通知", "国务院规范性文件"],
        ),
        (
            ("农业农村部 财政部关于种茶的通知", "农发（２０２０）１２号", PROSE),
            ["农业农村部、财政部", "农发〔2020〕12号", "", "", "通知", "部门规范性文件"],
        ),
        (
            (
                "中华人民共和国茶叶法",
                "2021年4月29日 第十三届全国人民代表大会常务委员会第二十八次会议通过",
                *LAW[3:],
            ),
            ["全国人民代表大会常务委员会", "", "2021-04-29", "", "法律", "法律"],
        ),
        (
            (
                "茶园工作条例",
                "2006年1月11日 国务院第121次常务会议通过",
                "2006年1月21日 中华人民共和国国务院令第456号公布",
                *LAW[3:],
            ),
            ["国务院", "国务院令第456号", "2006-01-11", "2006-01-21", "条例", "行政法规"],
        ),
        (
            (
                "发文机关：毕节市农业农村局",
                "成文日期：2021年3月5日",
                "发布日期：2021-03-09",
                "文号：毕农发〔2021〕7号",
                "关于种茶的通知",
                PROSE,
            ),
            ["毕节市农业农村局", "毕农发〔2021〕7号", "2021-03-05", "2021-03-09", "通知", "地方规范性文件"],
        ),
        (
            (
                "政府工作报告",
                "——2016年1月19日在毕节市人民代表大会上",
                "毕节市人民政府市长 张三",
                "各位代表：",
                PROSE,
            ),
            ["毕节市人民政府", "", "2016-01-19", "", "报告", ""],
        ),
        (("山村里的茶", PROSE, PROSE), ["", "", "", "", "", ""]),
        (("扶贫有办法", PROSE), ["", "", "", "", "", ""]),
        (("山村里的茶", "来源：山村日报 2021-03-05", PROSE), ["", "", "", "", "", ""]),
    ],
)
def test_what_documents_say_of_themselves(lines: tuple[str, ...], values_: list[str]) -> None:
    assert values(read(*lines)[0]) == values_


def test_a_number_in_the_file_name() -> None:
    official, _ = read("关于种茶的通知", PROSE, stem="毕府发〔2021〕3号 关于种茶的通知")
    assert official.document_number == ("毕府发〔2021〕3号", "name")


@pytest.mark.parametrize("lines", [PAPER, LAW])
def test_every_finding_stands_where_it_says(lines: tuple[str, ...]) -> None:
    official, text = read(*lines)
    for field in (official.issuer, official.document_number, official.issued, official.published):
        if field.value:
            start, end = map(int, re.findall(r"\d+", field.origin))
            digits = re.findall(r"[0-9]+", text[start:end])
            assert [int(part) for part in digits if part] == [
                int(part) for part in re.findall(r"[0-9]+", field.value)
            ] or field == official.issuer
    start, end = map(int, re.findall(r"\d+", official.issuer.origin))
    assert text[start:end].startswith("毕节市")
