import csv
from collections import Counter

import pytest

from casemine.ingest.regions import gazetteer
from casemine.resources import dictionary


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
def test_the_region_of_a_document(title: str, text: str, stem: str, region: str) -> None:
    assert gazetteer().find_region(title, text, stem)[0] == region


def test_canonical_name() -> None:
    assert gazetteer().canonical("内蒙古自治区") == "内蒙古"
    assert gazetteer().canonical("全国") == "全国"
    assert gazetteer().canonical("昭觉县") == "四川"
    assert gazetteer().canonical("朝阳区") == "朝阳区"


def test_the_gazetteer_is_whole() -> None:
    with dictionary("regions.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    today = Counter(row["level"] for row in rows if not row["status"])
    assert today == {"province": 35, "prefecture": 353, "county": 2833}
    provinces = {row["province"] for row in rows if row["level"] == "province"}
    assert len(provinces) == 35
    assert all(row["province"] in provinces for row in rows)
    larger = [row for row in rows if row["level"] != "county"]
    names = [name for row in larger for name in {row["name"], *row["short"].split()}]
    assert len(names) == len(set(names))
    assert min(map(len, names)) >= 2


@pytest.mark.parametrize(
    ("words", "region", "city", "county", "code"),
    [
        ("四川省凉山彝族自治州昭觉县", "", "凉山彝族自治州", "昭觉县", "513431"),
        ("昭觉县人民政府关于种茶的通知", "", "凉山彝族自治州", "昭觉县", "513431"),
        ("昭觉县种茶", "云南", "", "", ""),
        ("朝阳区种茶", "", "", "", ""),
        ("北京市朝阳区种茶", "", "", "朝阳区", "110105"),
        ("长春市朝阳区种茶", "", "长春市", "朝阳区", "220104"),
        ("朝阳区种茶", "吉林", "长春市", "朝阳区", "220104"),
        ("东方市场上的茶", "", "", "", ""),
        ("他担任县长", "", "", "", ""),
        ("河北省任县", "", "邢台市", "任县", "130526"),
        ("毕节市种茶", "", "毕节市", "", "520500"),
        ("毕节市和遵义市种茶", "", "", "", ""),
        ("济源市种茶", "", "", "济源市", "419001"),
        ("静海县种茶", "天津", "", "静海县", "120223"),
        ("山里的茶", "", "", "", ""),
    ],
)
def test_locate(words: str, region: str, city: str, county: str, code: str) -> None:
    located = gazetteer().locate(words, region)
    assert (located.city, located.county, located.code) == (city, county, code)


@pytest.mark.parametrize(
    ("title", "text", "stem", "origin"),
    [
        ("四川种茶记", "", "云南", "title"),
        ("种茶记", "", "云南_种茶", "name"),
        ("种茶记", "国务院总理 张三\n茶。", "", "head"),
        ("种茶记", "四川的茶。", "", "head"),
        ("种茶记", "", "", ""),
    ],
)
def test_a_region_says_what_named_it(title: str, text: str, stem: str, origin: str) -> None:
    assert gazetteer().find_region(title, text, stem)[1] == origin


def test_every_county_lies_in_a_unit_that_there_is() -> None:
    places = gazetteer()
    for counties in places.counties.values():
        for county in counties:
            assert county.province in places.places.values()
            assert not county.prefecture or places.places[county.prefecture] == county.province
            assert len(county.code) == 6 and county.code.isdigit()
