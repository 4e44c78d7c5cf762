import datetime
import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from casemine.errors import DocumentError
from casemine.ingest.readers import ReadOptions, read_file
from casemine.ingest.source import Record

PROSE = "山坳村把闲置校舍改成了民宿。游客住进来，村民在家门口有了收入，集体也分到了红利。"


def read(text, name="t.csv", **options):
    data = text if isinstance(text, bytes) else text.encode()
    return list(read_file(data, name, ReadOptions(**options)))


def failure(text, name="t.csv", **options):
    [error] = read(text, name, **options)
    assert isinstance(error, DocumentError)
    return error


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_one_document_a_row_with_metadata():
    [first, second] = read(
        f"编号,标题,省份,年份,正文,来源\r\na1,茶,贵州省,2020,{PROSE},县志\r\na2,药,,,短,\r\n".encode("gbk")
    )
    assert first.record_id == "#2"
    assert first.metadata == {"编号": "a1", "title": "茶", "region": "贵州省", "year": "2020", "来源": "县志"}
    assert [(block.kind, block.text) for block in first.blocks] == [("title", "茶"), ("paragraph", PROSE)]
    assert (first.format, first.encoding) == ("csv", "gb18030")
    assert (second.record_id, second.metadata) == ("#3", {"编号": "a2", "title": "药"})


def test_given_columns_are_used():
    [record] = read(f"编号,甲,乙\n007,一,{PROSE}\n", text_column="甲", id_column="编号")
    assert (record.record_id, record.blocks[0].text) == ("#007", "一")
    assert record.metadata == {"乙": PROSE}


def test_the_text_column_is_chosen_only_when_it_is_plain():
    assert read(f"甲,乙\n短,{PROSE}\n")[0].blocks[0].text == PROSE
    unclear = failure(f"甲,乙\n{PROSE},{PROSE}\n")
    assert "甲, 乙" in unclear.cause and "--text-column" in unclear.advice
    assert "--text-column" in failure("甲,乙\n短,略长一些\n").advice
    assert "there is no column 丙" in failure("甲,乙\n1,2\n", text_column="丙").cause
    assert "there is no column 丙" in failure(f"正文\n{PROSE}\n", id_column="丙").cause


def test_a_list_of_files_under_another_name_is_known_by_its_columns():
    error = failure("文件,标题,地区,年份\n甲.txt,种茶记,云南,2020\n乙.txt,种药记,贵州,2021\n")
    assert error.advice == "If it lists the files beside it, call it manifest.csv or manifest.xlsx."
    error = failure("标题,地区,年份\n种茶记,云南,2020\n种药记,贵州,2021\n")
    assert error.advice == "Give --text-column NAME, or leave the table out."


def test_a_single_cell_is_a_document():
    [record] = read(f'"{PROSE}\n{PROSE}"')
    assert (record.record_id, [block.text for block in record.blocks]) == ("", [PROSE, PROSE])


def test_rows_are_numbered_as_excel_shows_them_and_bad_ones_reported():
    rows = read(f'题,正文\r\n一,"{PROSE}\n第二段"\r\n\r\n ,\r\n三,\r\n四,{PROSE}\r\n')
    assert [getattr(row, "record_id", "") or row.place for row in rows] == ["#2", "t.csv#5", "#6"]
    assert "row 5 has no text" in rows[1].cause


def test_an_id_used_twice_is_reported():
    rows = read(f"id,text\nx,{PROSE}\nx,{PROSE}\n", id_column="id")
    assert [isinstance(row, Record) for row in rows] == [True, False]
    assert rows[1].place == "t.csv#row 3"
    [first, second] = read(f"id,text\n3,{PROSE}\n,{PROSE}\n", id_column="id")
    assert (first.record_id, second.record_id) == ("#3", "#row 3")


def test_very_long_cells_ragged_rows_and_other_separators():
    long = "长" * 140_000
    assert read(f"id,text\n1,{long},多\n")[0].blocks[0].text == long
    [record] = read(f"年份;正文\n2020;{PROSE}\n")
    assert record.metadata == {"year": "2020"}
    [record] = read(f"年份\t正文\n2020\t{PROSE}\n", "t.tsv")
    assert (record.metadata, record.format) == ({"year": "2020"}, "tsv")


@pytest.mark.parametrize("text", ["a,b\n", "\n\n,\n"])
def test_a_table_without_rows_is_named(text):
    assert failure(text).cause


def test_a_workbook_with_blank_styled_rows():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["年份", "正文"])
    sheet.append([2020, f"\n\t\t{PROSE}\n"])
    for row in range(3, 3000):
        sheet.cell(row, 2).font = Font(bold=True)
    sheet["B3000"] = PROSE
    written = io.BytesIO()
    book.save(written)
    first, second = read(written.getvalue(), "t.xlsx")
    assert (first.record_id, first.metadata, first.blocks[0].text) == ("#2", {"year": "2020"}, PROSE)
    assert second.record_id == "#3000"


def test_several_sheets_are_told_apart_and_one_may_fail():
    data = workbook(甲=[["正文"], [PROSE]], 乙=[["a", "b"], ["1", "2"]], 空=[])
    good, bad = read(data, "t.xlsx")
    assert good.record_id == "#甲!2"
    assert bad.place == "t.xlsx#乙"


def test_an_empty_and_a_broken_workbook_are_named():
    assert "empty" in failure(workbook(空=[]), "t.xlsx").cause
    assert "damaged" in failure(workbook(甲=[["正文"], [PROSE]])[:-200], "t.xlsx").cause
    assert "not a .xlsx file" in failure("plain text", "t.xlsx").cause


def test_half_a_surrogate_pair_in_json_is_replaced():
    (record,) = read_file(b'{"text": "\\u9632\\ud83d\\u8d2b", "\\udc00": "\\ud83d\\ude00"}', "a.jsonl")
    assert record.blocks[0].text == "防\ufffd贫" and record.metadata == {"\ufffd": "😀"}


def test_a_carriage_return_that_excel_escaped_is_no_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["标题", "正文"])
    book.active.append(["一", "第一段。_x000D_\n第二段。"])
    book.save(tmp_path / "a.xlsx")
    (record,) = read_file(tmp_path / "a.xlsx", "a.xlsx")
    assert "x000D" not in "".join(block.text for block in record.blocks)


def test_the_first_of_several_text_columns_that_is_there_is_taken(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("甲,乙\n1,第一段话\n", "utf-8")
    options = ReadOptions(text_column="丙,乙")
    (record,) = read_file(tmp_path / "a.csv", "a.csv", options)
    assert [block.text for block in record.blocks if block.text] == ["第一段话"]


HEADER = ["地区", "年份", "标题", "正文"]


def sheets_of(**sheets):
    """Return a workbook with merged ranges: name -> (rows, ranges)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, (rows, ranges) in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for cells in ranges:
            sheet.merge_cells(cells)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_a_merged_cell_holds_for_its_range():
    rows = [HEADER, ["四川省", 2021, "一", PROSE], [None, 2021, "二", PROSE], ["甘肃省", 2021, "三", PROSE]]
    records = read(sheets_of(甲=(rows, ["A2:A3"])), "t.xlsx")
    assert [record.metadata["region"] for record in records] == ["四川省", "四川省", "甘肃省"]


@pytest.mark.parametrize(
    "above",
    [
        [["某县案例汇总表", None, None, None]],
        [["某县案例汇总表", None, None, None], ["填表单位：某局", None, None, "2021年3月"]],
        [["某县案例汇总表", None, None, None], [None, None, None, None]],
    ],
)
@pytest.mark.parametrize("header", [HEADER, ["甲", "乙", "丙", "丁"]])
def test_the_header_is_found_below_title_rows(above, header):
    rows = [*above, header, ["四川省", 2021, "一", PROSE * 2], ["甘肃省", 2020, "二", PROSE * 2]]
    records = read(sheets_of(甲=(rows, ["A1:D1"])), "t.xlsx")
    assert [record.record_id for record in records] == [f"#{len(above) + 2}", f"#{len(above) + 3}"]
    assert list(records[0].metadata.values()) == ["四川省", "2021", "一"]


def test_the_header_is_found_in_csv_too_and_may_be_named():
    text = f"某县案例汇总表,,\n题名,地区,正文\n一,四川,{PROSE}\n"
    [record] = read(text)
    assert (record.record_id, record.metadata) == ("#3", {"title": "一", "region": "四川"})
    [record] = read(f"茶,茶,茶\n甲,乙,丙\n一,四川,{PROSE * 2}\n", header_row=2)
    assert record.metadata == {"甲": "一", "乙": "四川"}
    assert "no row 9" in failure(text, header_row=9).cause


def test_a_nameless_column_does_not_make_the_first_row_a_title_row():
    [record] = read(f",甲,正文\n1,茶,{PROSE}\n")
    assert record.metadata == {"column 1": "1", "甲": "茶"}


def test_sheets_beside_the_table_are_passed_over_by_name():
    table = ([HEADER, ["四川省", 2021, "一", PROSE]], [])
    cover, notes = ([["某县案例汇编"]], []), ([["变量", "含义"], ["地区", "案例所在的省"]], [])
    items = read(sheets_of(封面=cover, 案例=table, 填表说明=notes, Sheet4=cover), "t.xlsx")
    assert [getattr(item, "place", "") or item.record_id for item in items] == [
        "t.xlsx#封面",
        "#案例!2",
        "t.xlsx#填表说明",
        "t.xlsx#Sheet4",
    ]
    [record] = read(sheets_of(说明=table), "t.xlsx")
    assert record.record_id == "#2"


def test_cells_are_read_as_a_person_reads_them():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["编号", "比例", "数", "日期", "错误", "正文"])
    sheet.append([12, 0.855, 0.1 + 0.2, datetime.datetime(2021, 3, 5), "#N/A", PROSE])
    sheet["A2"].number_format, sheet["B2"].number_format = "00000", "0.0%"
    sheet["E2"].data_type = "e"
    written = io.BytesIO()
    book.save(written)
    [record] = read(written.getvalue(), "t.xlsx")
    assert record.metadata == {"编号": "00012", "比例": "85.5%", "数": "0.3", "日期": "2021-03-05"}


def test_the_title_is_counted_with_the_text_unless_it_is_left_out():
    [record] = read(f"标题,正文\n茶,{PROSE}\n")
    assert [(block.kind, block.text) for block in record.blocks] == [("title", "茶"), ("paragraph", PROSE)]
    [record] = read(f"标题,正文\n茶,{PROSE}\n", title_counted=False)
    assert ([block.text for block in record.blocks], record.metadata) == ([PROSE], {"title": "茶"})
    [record] = read(f'标题,正文\n山坳村,"{PROSE}"\n')
    assert [block.text for block in record.blocks] == [PROSE]


def test_a_doi_in_the_title_column_is_not_counted():
    for doi in ("DOI: 10.1000/182", "https://doi.org/10.1000/182"):
        [record] = read(f"标题,正文\n{doi},{PROSE}\n")
        assert ([block.text for block in record.blocks], record.metadata["title"]) == ([PROSE], doi)
    [record] = read(f"标题,正文\n第3期驻村干部培训班开班,{PROSE}\n")
    assert record.blocks[0].text == "第3期驻村干部培训班开班"


def test_columns_of_official_documents_are_known():
    [record] = read(f"发文字号,发文机关,县,正文\n毕府发〔2021〕3号,毕节市人民政府,织金县,{PROSE}\n")
    assert record.metadata == {
        "document_number": "毕府发〔2021〕3号",
        "issuer": "毕节市人民政府",
        "县": "织金县",
        "county": "织金县",
    }
