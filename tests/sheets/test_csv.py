from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine import sheets
from casemine.sheets import csv_text, read_csv, read_csv_rows, to_csv_text, write_csv


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


def test_columns_without_pandas_are_the_same_text() -> None:
    columns = {"word": ["=1+1", "茶叶"], "weight": [0.5, 2], "generic": [True, False]}
    assert csv_text(columns) == "word,weight,generic\n'=1+1,0.5,True\n茶叶,2,False\n"
    assert csv_text(columns) == to_csv_text(pd.DataFrame(columns, dtype=object))


def test_a_carriage_return_in_a_cell_is_quoted() -> None:
    assert csv_text({"a": ["一\r二", "三"], "n": [1, 2]}) == '"a","n"\n"一\r二",1\n"三",2\n'


def test_parts_are_written_and_read_as_the_whole(tmp_path: Path) -> None:
    whole = pd.DataFrame({"词": ["=1", "甲,乙", "两\n行", "'丙"], "数": [1, 2, 3, 4]})
    sheets.write_csv(whole, tmp_path / "whole.csv")
    sheets.write_csv_parts([whole.iloc[:0], whole.iloc[:1], whole.iloc[1:]], tmp_path / "parts.csv")
    assert (tmp_path / "parts.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
    parts = list(sheets.read_csv_parts(tmp_path / "whole.csv", 3))
    assert [len(part) for part in parts] == [3, 1]
    assert pd.concat(parts)["词"].tolist() == whole["词"].tolist()
    (tmp_path / "gbk.csv").write_bytes("词\n防贫预警\n".encode("gb18030"))
    assert [part["词"].tolist() for part in sheets.read_csv_parts(tmp_path / "gbk.csv", 3)] == [["防贫预警"]]


def test_an_exported_frame_runs_no_formula_and_comes_back_alike(tmp_path):
    import pandas as pd

    from casemine import sheets

    frame = pd.DataFrame({"=x": ["=HYPERLINK(1)", "'a", "甲", "\tb"], "n": [-1, 2, 3, 4]})
    made = sheets.escaped(frame)
    assert made.columns.tolist() == ["'=x", "n"] and made["n"].tolist() == [-1, 2, 3, 4]
    assert made["'=x"].tolist() == ["'=HYPERLINK(1)", "''a", "甲", "'\tb"]
    made.to_csv(tmp_path / "a.csv", index=False)
    assert sheets.read_csv(tmp_path / "a.csv")["=x"].tolist() == frame["=x"].tolist()
