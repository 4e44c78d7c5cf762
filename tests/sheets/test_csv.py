import io
import zipfile

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.sheets import read_csv, read_csv_rows, read_xlsx_rows, to_csv_text, write_csv, write_xlsx


def test_formulas_are_escaped_and_numbers_are_not():
    frame = pd.DataFrame({"word": ["=1+1", "'x", "茶叶", "-"], "n": [-1, 2, 3, 4], "w": [0.5, -0.25, 1, 0]})
    assert to_csv_text(frame) == "word,n,w\n'=1+1,-1,0.5\n''x,2,-0.25\n茶叶,3,1.0\n'-,4,0.0\n"


def test_the_file_has_a_mark_and_lf(tmp_path):
    path = tmp_path / "t.csv"
    write_csv(pd.DataFrame({"a": ["一", "二"]}), path)
    assert path.read_bytes() == b"\xef\xbb\xbfa\n" + "一\n二\n".encode()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_what_excel_saved_is_read_as_text(tmp_path, end, mark):
    path = tmp_path / "t.csv"
    path.write_bytes(mark + end.join(["a,b", "001,NA", "''x,", '\'=1,"1,2"', ""]).encode())
    frame = read_csv(path)
    assert frame.to_dict("list") == {"a": ["001", "'x", "=1"], "b": ["NA", "", "1,2"]}


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5))
def test_every_text_comes_back(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("sheets") / "t.csv"
    write_csv(pd.DataFrame(rows, columns=["a", "=b"], dtype=object), path)
    frame = read_csv(path)
    assert list(frame.columns) == ["a", "=b"]
    assert list(frame.itertuples(index=False, name=None)) == rows


def test_rows_of_a_foreign_csv_stand_as_they_are():
    long = "长" * 200_000
    assert read_csv_rows(f'a,b\r\n\r\n\'x,"1\n2"\r\n{long},\r\n') == [
        ["a", "b"],
        [],
        ["'x", "1\n2"],
        [long, ""],
    ]


def test_a_workbook_is_the_same_bytes_and_holds_no_formula(tmp_path):
    frame = pd.DataFrame({"词语": ["=SUM(A1)", "茶叶\x07"], "频次": [3, 4]})
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_xlsx({"新词": frame}, first)
    write_xlsx({"新词": frame}, second)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert b"1980-01-01" in book.read("docProps/core.xml")
    assert "<f>" not in sheet
    assert 'state="frozen"' in sheet and "<cols>" in sheet
    [(name, rows)] = [(name, list(rows)) for name, rows in read_xlsx_rows(first)]
    assert (name, rows) == ("新词", [(1, ["词语", "频次"]), (2, ["=SUM(A1)", "3"]), (3, ["茶叶", "4"])])


def test_blank_rows_are_skipped_and_numbers_are_those_of_excel():
    import openpyxl
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A4"], sheet["B4"] = "正文", "第四行", 2020.0
    for number in range(5, 400):
        sheet.cell(number, 1).font = Font(bold=True)
    book.create_sheet("藏").sheet_state = "hidden"
    written = io.BytesIO()
    book.save(written)
    found = [(name, list(rows)) for name, rows in read_xlsx_rows(written)]
    assert found == [("Sheet", [(1, ["正文"]), (4, ["第四行", "2020"])])]
