import io
import os
import zipfile

import pytest

import casemine.bounded.archive as bounded_archive
from casemine.errors import DocumentError, UsageError
from casemine.ingest import readers
from casemine.ingest.readers import ReadOptions, read_file
from casemine.ingest.source import PassedOver, Record

TEXT = "石桥镇把荒坡改成了果园。"


def packed(members, method=zipfile.ZIP_DEFLATED):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as made:
        for name, content in members.items():
            made.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return written.getvalue()


def causes(data, name="a.zip"):
    items = list(read_file(data, name))
    assert all(isinstance(item, DocumentError) for item in items)
    return {item.place: item.cause for item in items}


def test_members_are_read_by_their_own_readers():
    inside = {
        "b/2.csv": f"id,text\n1,{TEXT}\n2,\n",
        "1.txt": TEXT.encode("gbk"),
        "__MACOSX/x": "x",
        "~$1.docx": "x",
    }
    items = list(read_file(packed(inside), "a.zip"))
    assert [(item.record_id, item.format) for item in items if isinstance(item, Record)] == [
        ("!1.txt", "txt"),
        ("!b/2.csv#2", "csv"),
    ]
    assert [item.place for item in items if isinstance(item, DocumentError)] == ["a.zip!b/2.csv#3"]
    assert [item.place for item in items if isinstance(item, PassedOver)] == [
        "a.zip!__MACOSX/x",
        "a.zip!~$1.docx",
    ]


def test_names_in_gbk_without_the_flag_are_read():
    name = "石桥镇/说明.txt"
    gbk = packed({"N" * len(name.encode("gbk")): TEXT}).replace(
        b"N" * len(name.encode("gbk")), name.encode("gbk")
    )
    utf8 = packed({"N" * len(name.encode()): TEXT}).replace(b"N" * len(name.encode()), name.encode())
    flagged = packed({name: TEXT})
    for data in (gbk, utf8, flagged):
        [record] = read_file(data, "a.zip")
        assert record.record_id == f"!{name}"


@pytest.mark.parametrize(
    "name", ["../x.txt", "a/../../x.txt", "/etc/x.txt", "C:/x.txt", "..\\x.txt", "c:\\x.txt"]
)
def test_a_name_that_leads_out_is_refused_and_the_others_read(name):
    items = list(read_file(packed({name: TEXT, "good.txt": TEXT}), "a.zip"))
    [error] = [item for item in items if isinstance(item, DocumentError)]
    assert "leads out" in error.cause and error.place == f"a.zip!{name}".replace("\\", "/")
    assert [item.record_id for item in items if isinstance(item, Record)] == ["!good.txt"]


def test_archives_inside_and_encrypted_members_are_refused():
    data = packed({"in.zip": packed({"1.txt": TEXT}), "hidden.txt": packed({"1.txt": TEXT})})
    assert all("archive inside" in cause for cause in causes(data).values())
    locked = bytearray(packed({"1.txt": TEXT}))
    locked[6] |= 1
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert "password" in causes(bytes(locked))["a.zip!1.txt"]


def test_a_name_that_stands_twice_is_read_once():
    data = packed({"1.txt": TEXT, "2.txt": TEXT}).replace(b"2.txt", b"1.txt")
    record, again = read_file(data, "a.zip")
    assert record.record_id == "!1.txt" and isinstance(again, PassedOver)


def test_an_empty_or_damaged_archive_is_named():
    assert causes(packed({})) == {"a.zip": "the archive is empty."}
    assert "damaged" in causes(packed({"1.txt": TEXT})[:-10])["a.zip"]
    data = bytearray(packed({"1.txt": TEXT}, zipfile.ZIP_STORED))
    data[data.index(TEXT.encode())] ^= 1
    assert "damaged" in causes(bytes(data))["a.zip!1.txt"]


def test_a_bomb_is_refused_in_every_format(monkeypatch):
    bomb = b"0" * (bounded_archive.RATIO_COUNTS_FROM + 1)
    assert "bomb" in causes(packed({"1.txt": bomb}))["a.zip!1.txt"]
    assert "bomb" in causes(packed({"word/document.xml": bomb}), "a.docx")["a.docx"]
    assert "bomb" in causes(packed({"[Content_Types].xml": "", "xl/workbook.xml": bomb}), "a.xlsx")["a.xlsx"]


def test_sizes_are_bounded_each_and_in_all(monkeypatch):
    monkeypatch.setattr(bounded_archive, "MOST_A_MEMBER", 1000)
    assert "more than is safe" in causes(packed({"1.txt": os.urandom(1001)}))["a.zip!1.txt"]
    monkeypatch.setattr(bounded_archive, "MOST_IN_ALL", 1500)
    assert "1 GiB" in causes(packed({"1.txt": os.urandom(800), "2.txt": os.urandom(800)}))["a.zip"]
    monkeypatch.setattr(bounded_archive, "MOST_MEMBERS", 1)
    assert "files" in causes(packed({"1.txt": "", "2.txt": ""}))["a.zip"]


def test_a_header_that_lies_about_the_size_is_found_out():
    data = bytearray(packed({"1.txt": b"0" * 100_000}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert "damaged" in causes(bytes(data))["a.zip!1.txt"]


def test_an_xml_bomb_in_a_workbook_is_refused():
    data = packed(
        {"[Content_Types].xml": "<a/>", "xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}
    )
    assert "document type" in causes(data, "a.xlsx")["a.xlsx"]


@pytest.mark.parametrize("name", ["a.xyz", "a", "a.exe"])
def test_an_unknown_format_lists_the_known_ones(name):
    [error] = read_file(TEXT.encode(), name)
    assert error.cause == "unsupported format." and "docx" in error.advice


def test_lock_files_are_passed_over_by_content():
    user = b"\x04\xe5\xbc\xa0x" + b"\0" * 50 + b"\x04\0x\0y\0z\0w\0" + b"\0" * 100
    [item] = read_file(user[:162].ljust(162, b"\0"), "a.docx")
    assert isinstance(item, PassedOver) and item.place == "a.docx"


def test_a_missing_file_is_named(tmp_path):
    [error] = read_file(tmp_path / "none.txt", "none.txt")
    assert "cannot be opened" in error.cause


def test_a_fault_of_a_library_is_named_and_a_wrong_option_is_not(monkeypatch):
    def faulty(data, options):
        raise ZeroDivisionError

    monkeypatch.setitem(readers._READERS, "txt", faulty)
    [error] = read_file(TEXT.encode(), "a.txt")
    assert "ZeroDivisionError" in error.cause and error.place == "a.txt"
    with pytest.raises(UsageError):
        list(read_file(TEXT.encode(), "a.md", ReadOptions(encoding="nonsense")))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
