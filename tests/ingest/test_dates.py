from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.ingest.dates import date_of_cell, dates_in, find_year, year_of_cell


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
def test_find_year(title: str, text: str, stem: str, year: str) -> None:
    assert find_year(title, text, stem)[0] == year


def test_a_year_says_where_it_stands() -> None:
    from casemine.ingest.dates import find_year

    assert find_year("2018年茶乡工作报告", "", "") == ("2018", "title")
    assert find_year("茶乡", "", "茶乡_2020-06") == ("2020", "name")
    assert find_year("茶乡", "茶乡规划\n（2016年3月1日）\n正文", "") == ("2016", "text[6:15]")


def test_the_day_of_a_meeting_does_not_overrule_the_year_of_the_file() -> None:
    assert find_year("茶乡", "——2015年12月29日在茶乡人民代表大会上\n正文", "茶乡_2016")[0] == "2016"


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        ("2021", "2021"),
        ("2021.0", "2021"),
        ("2021年", "2021"),
        ("2021年度", "2021"),
        ("２０２１年", "2021"),
        ("二〇二一年", "2021"),
        ("二○二一", "2021"),
        ("2021-03-05", "2021"),
        ("2021/3/5", "2021"),
        ("2021.03", "2021"),
        ("20210305", "2021"),
        ("202103", "2021"),
        ("2021年3月", "2021"),
        ("2021-03-05 00:00:00", "2021"),
        ("Mar 5, 2021", "2021"),
        ("2021年3月至2021年5月", "2021"),
        ("2019-2021", ""),
        ("不详", ""),
        ("44260", ""),
        ("2021001", ""),
        ("12345678", ""),
        ("", ""),
    ],
)
def test_year_of_a_cell(cell: str, year: str) -> None:
    assert year_of_cell(cell) == year


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2021年3月5日", ["2021-03-05"]),
        ("2021 年 3 月 5 日", ["2021-03-05"]),
        ("二〇二一年二月五日", ["2021-02-05"]),
        ("二○一二年十月三十一日", ["2012-10-31"]),
        ("一九九六年三月二十日", ["1996-03-20"]),
        ("２００６年１月１７日", ["2006-01-17"]),
        ("2021年3月", ["2021-03"]),
        ("2021-03-05至2021.4.6", ["2021-03-05", "2021-04-06"]),
        ("编号12021-03-051，3月5日，2021年", []),
    ],
)
def test_dates_in_a_text(text: str, dates: list[str]) -> None:
    assert [date.value for date in dates_in(text)] == dates


def test_a_date_has_the_span_of_its_words() -> None:
    (date,) = dates_in("发文：２０２１年３月５日。")
    assert "发文：２０２１年３月５日。"[date.start : date.end] == "２０２１年３月５日"


def test_date_of_a_cell() -> None:
    assert date_of_cell("20210305") == "2021-03-05"
    assert date_of_cell("2021年3月5日至2021年4月6日") == "2021年3月5日至2021年4月6日"


@given(st.dates(min_value=date(1949, 1, 1), max_value=date(2049, 12, 31)))
def test_every_day_is_read_in_each_writing(day) -> None:
    writings = [f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day.year}/{day.month}/{day.day}"]
    for written in writings:
        assert [date.value for date in dates_in(written)] == [day.isoformat()]
        assert year_of_cell(written) == str(day.year)
