import os

import pytest

from casemine.errors import DocumentError, UsageError
from casemine.ingest import collect
from casemine.ingest.readers import ReadOptions, read_file
from casemine.ingest.source import Record

TRADITIONAL = "地方政府應該繼續推動鄉村振興與鄉村旅遊，對於人口外流的問題，我們認為這個計畫需要檢討。"


@pytest.mark.parametrize(
    ("data", "name", "program"),
    [
        (b"CAJ\0" + bytes(60), "a.caj", "CAJViewer"),
        (b"anything", "a.kdh", "CAJViewer"),
        (b"HN\0\0" + bytes(60), "renamed.pdf", "CAJViewer"),
        (b"Founder CEB 3.0", "a.ceb", "Apabi"),
        (b"Rar!\x1a\x07", "a.rar", "Unpack"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.dps", "WPS"),
        (b"x", "a.mobi", "Calibre"),
    ],
)
def test_a_format_that_is_not_read_has_an_advice_of_its_own(data, name, program):
    [error] = read_file(data, name)
    assert isinstance(error, DocumentError) and program in error.advice


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_only_regular_files_are_read(tmp_path):
    pipe = tmp_path / "a.txt"
    os.mkfifo(pipe)
    [error] = read_file(pipe, "a.txt")
    assert "regular" in error.cause
    with pytest.raises(UsageError, match="nothing to read"):
        collect([pipe])
    (tmp_path / "b.txt").write_text("村里开会。", encoding="utf-8")
    assert [file.doc_id for file in collect([tmp_path]).files] == ["b.txt"]


def test_a_text_is_read_in_the_script_asked_for():
    [kept] = read_file(TRADITIONAL.encode(), "a.txt", ReadOptions(script="keep"))
    assert kept.blocks[0].text == TRADITIONAL and "script" not in kept.metadata
    [read] = read_file(TRADITIONAL.encode(), "a.txt", ReadOptions(script="auto"))
    assert read.blocks[0].text.startswith("地方政府应该继续推动乡村振兴") and read.metadata["script"]
    [plain] = read_file("村里开会。".encode(), "a.txt", ReadOptions(script="auto"))
    assert isinstance(plain, Record) and plain.metadata == {}
