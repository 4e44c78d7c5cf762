from pathlib import Path

import pytest

from casemine.errors import DocumentError, UsageError
from casemine.ingest import readers
from casemine.ingest.readers import CONVERTED, ReadOptions, read_file
from casemine.ingest.source import PassedOver, Record


@pytest.mark.parametrize(
    ("data", "name", "format_"),
    [
        ("茶园。", "a.txt", "txt"),
        ("# 茶园\n", "a.md", "md"),
        ("<html><body><p>茶园。</p></body></html>", "a.txt", "html"),
        ('{"text": "茶园建起来了，村民都去上班。"}', "a.json", "json"),
        ("标题,正文\n一,茶园\n", "a.csv", "csv"),
    ],
)
def test_the_bytes_say_the_format_and_then_the_name(data: str, name: str, format_: str) -> None:
    (record,) = read_file(data.encode(), name)
    assert isinstance(record, Record) and record.format == format_


def test_a_path_is_read_as_its_bytes_are(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("茶园。", encoding="gb18030")
    assert list(read_file(path, "a.txt")) == list(read_file(path.read_bytes(), "a.txt"))


def test_whatever_is_wrong_is_an_item_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for source in (b"", tmp_path / "none.txt", tmp_path):
        (error,) = read_file(source, "x/a.txt")
        assert isinstance(error, DocumentError) and error.place == "x/a.txt"

    def fail(data: bytes, options: ReadOptions) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(readers._READERS, "txt", fail)
    (error,) = read_file("茶园".encode(), "a.txt")
    assert isinstance(error, DocumentError) and "ZeroDivisionError" in error.cause


def test_an_unknown_encoding_is_the_callers_fault() -> None:
    with pytest.raises(UsageError):
        list(read_file(b"\xb2\xe8\xd4\xb0", "a.txt", ReadOptions(encoding="no-such-code")))


def test_a_file_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MOST_BYTES", 3)
    (tmp_path / "a.txt").write_text("茶园。", encoding="utf-8")
    (error,) = read_file(tmp_path / "a.txt", "a.txt")
    assert isinstance(error, DocumentError) and "larger" in error.cause


def test_an_owner_file_of_office_is_passed_over() -> None:
    (item,) = read_file(b"\x04user" + bytes(49), "~$a.docx")
    assert isinstance(item, PassedOver) and item.place == "~$a.docx"


def test_traditional_text_is_read_in_simplified_characters_unless_it_is_kept() -> None:
    text = "農村產業發展帶動農戶增收，鄉鎮幹部進村入戶宣傳政策。".encode()
    (read,) = read_file(text, "a.txt", ReadOptions(script="simplified"))
    (kept,) = read_file(text, "a.txt", ReadOptions(script="keep"))
    assert isinstance(read, Record) and isinstance(kept, Record)
    assert read.blocks[0].text.startswith("农村产业发展") and read.metadata["script"] == CONVERTED
    assert kept.blocks[0].text.startswith("農村產業發展") and "script" not in kept.metadata
