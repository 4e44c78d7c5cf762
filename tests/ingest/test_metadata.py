import csv
from collections import Counter

import pytest

from casemine.document import Passage
from casemine.ingest.dates import year_of
from casemine.ingest.regions import gazetteer
from casemine.ingest.title import title_of
from casemine.resources import dictionary


@pytest.mark.parametrize(
    ("text", "passages", "stem", "title"),
    [
        ("山村 茶香\n正文。", (Passage(0, 5, "title"),), "x", "山村 茶香"),
        ("正文。", (Passage(0, 3, "body"),), "20200315_茶乡_故事", "茶乡 故事"),
        ("正文。", (), "2020", "2020"),
    ],
)
def test_title_of(text: str, passages: tuple[Passage, ...], stem: str, title: str) -> None:
    assert title_of(text, passages, stem) == title


@pytest.mark.parametrize(
    ("title", "text", "stem", "year"),
    [
        ("2018年茶乡工作报告", "2019年", "2020", "2018"),
        ("茶乡工作报告", "", "茶乡_2020-06", "2020"),
        ("茶乡工作报告", "", "news_20200630_茶", "2020"),
        ("茶乡规划（2018—2022年）", "（2018年9月）\n正文", "茶", "2018"),
        ("茶乡二〇二一年工作报告", "", "", "2021"),
        ("茶乡", "青政发〔2016〕7号\n正文", "", "2016"),
        (
            "茶乡",
            "2008年他开始种茶，走了很多弯路，欠下不少债，家里人都劝他不要再种了，可他偏不信这个邪。",
            "",
            "",
        ),
        ("茶乡", "2008年种茶。2016年开会，2016年见效。", "", "2016"),
        ("茶乡", "编号1234567", "10102020555", ""),
        ("茶乡", "", "", ""),
    ],
)
def test_year_of(title: str, text: str, stem: str, year: str) -> None:
    assert year_of(title, text, stem) == year


@pytest.mark.parametrize(
    ("title", "text", "stem", "region"),
    [
        ("广西壮族自治区扶贫条例", "", "", "广西"),
        ("毕节市种茶记", "", "", "贵州"),
        ("某村种茶记", "", "新疆_某村", "新疆"),
        ("吉林市种茶记", "", "", "吉林"),
        ("海南藏族自治州种茶记", "", "", "青海"),
        ("海南州种茶记", "", "", "青海"),
        ("海南种茶记", "", "", "海南"),
        ("中山装的故事", "", "", ""),
        ("中山市种茶记", "", "", "广东"),
        ("新疆生产建设兵团种茶记", "", "", "新疆生产建设兵团"),
        ("种茶记", "四川省凉山州某村。四川又传喜讯，云南的客商也来了。", "", "四川"),
        ("种茶记", "四川的茶，云南的茶。", "", ""),
        ("种茶记", "山里的茶。", "", ""),
        (
            "政府工作报告",
            "——2020年5月22日在第十三届全国人民代表大会第三次会议上\n湖北的茶，湖北的茶。",
            "",
            "全国",
        ),
        ("政府工作报告", "国务院总理 张三\n湖北的茶，湖北的茶。", "", "全国"),
        ("政府工作报告", "2020年在贵州省第十三届人民代表大会第三次会议上\n种茶。", "", "贵州"),
        ("中共中央 国务院关于种茶的意见", "四川的茶。", "", "全国"),
        ("国务院关于支持贵州种茶的意见", "", "", "贵州"),
        ("政府工作报告", "湖北的茶。", "report_国务院_2020", "全国"),
        ("种茶记", "村里的四川茶农学习国务院总理的讲话。", "", "四川"),
        ("种茶记", "甲，乙（1.四川茶业大学,四川成都；2.四川茶学院）\n摘要：甘肃的茶。", "", "甘肃"),
        ("种茶记", "甲(四川茶业大学,成都)\n摘要：山里的茶。", "", ""),
        ("种茶记", "新华社北京3月3日电 山里的茶，甘肃的茶。", "", "甘肃"),
    ],
)
def test_region_of(title: str, text: str, stem: str, region: str) -> None:
    assert gazetteer().region_of(title, text, stem) == region


def test_canonical_name() -> None:
    assert gazetteer().canonical("内蒙古自治区") == "内蒙古"
    assert gazetteer().canonical("全国") == "全国"


def test_the_gazetteer_is_whole() -> None:
    with dictionary("regions.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    today = Counter(row["level"] for row in rows if not row["status"])
    assert today == {"province": 35, "prefecture": 333, "county": 2833}
    provinces = {row["province"] for row in rows if row["level"] == "province"}
    assert len(provinces) == 35
    assert all(row["province"] in provinces for row in rows)
    larger = [row for row in rows if row["level"] != "county"]
    names = [name for row in larger for name in {row["name"], *row["short"].split()}]
    assert len(names) == len(set(names))
    assert min(map(len, names)) >= 2
