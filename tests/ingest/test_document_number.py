import pytest

from casemine.ingest.document_number import labelled_number, number_in_head, number_in_name
from casemine.ingest.fields import NOTHING, Field, lines_of


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("云政发〔2021〕3号", "云政发〔2021〕3号"),
        ("云政发[2021]第003号", "云政发〔2021〕3号"),
        ("云政发（２０２１）３号", "云政发〔2021〕3号"),
        ("云政办发 ﹝2021﹞ 12 号", "云政办发〔2021〕12号"),
        ("国务院令第456号", "国务院令第456号"),
        ("中华人民共和国国务院令 第456号", "国务院令第456号"),
    ],
)
def test_a_number_is_written_as_in_print(written: str, number: str) -> None:
    assert labelled_number(Field(written, "text[5:9]")) == Field(number, "text[5:9]")
    assert number_in_head(lines_of(f"某某通知\n{written}\n各县：")).value == number


def test_a_number_stands_where_it_says() -> None:
    text = "某某县人民政府文件\n云政发〔2021〕3号\n关于种茶的通知"
    found = number_in_head(lines_of(text))
    assert found.origin == f"text[{text.index('云政')}:{text.index('号') + 1}]"


def test_the_number_of_another_document_is_not_its_own() -> None:
    assert number_in_head(lines_of("根据《种茶办法》（云政发〔2021〕3号）的规定")) == NOTHING
    assert number_in_head(lines_of("现将云政发〔2021〕3号文件转发给你们")) == NOTHING


def test_a_number_in_brackets_below_the_title_with_its_date_is() -> None:
    assert (
        number_in_head(lines_of("种茶办法\n（云政发〔2021〕3号 2021年3月5日公布）")).value
        == "云政发〔2021〕3号"
    )


def test_an_order_whose_number_stands_below_its_name() -> None:
    found = number_in_head(lines_of("云南省人民政府令\n第 12 号\n种茶办法"))
    assert found == Field("云南省人民政府令第12号", "text[0:15]")


def test_a_file_name_gives_a_number() -> None:
    assert number_in_name("云政发〔2021〕3号 种茶办法") == Field("云政发〔2021〕3号", "name")
    assert number_in_name("种茶办法 2021") == NOTHING == labelled_number(Field("无", "text[0:1]"))
