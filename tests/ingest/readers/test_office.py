import shutil
from pathlib import Path

import pytest

from casemine.ingest.readers import office, read_file
from ingest.readers.reading import PROSE, packed

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.docx"])
def test_old_formats_take_libreoffice(monkeypatch, name):
    monkeypatch.setattr(office, "_program", lambda: "")
    [error] = read_file(OLE, name)
    assert "LibreOffice" in error.cause and ".docx" in error.advice


def test_a_conversion_is_read_as_docx(monkeypatch, tmp_path):
    def converted(command, **options):
        folder = command[command.index("--outdir") + 1]
        assert any("UserInstallation=file:" in part for part in command) and options["timeout"] > 0
        shutil.copy(tmp_path / "made.docx", Path(folder) / "document.docx")

    xml = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f"<w:p><w:r><w:t>{PROSE}</w:t></w:r></w:p></w:body></w:document>"
    )
    (tmp_path / "made.docx").write_bytes(packed({"word/document.xml": xml}))
    monkeypatch.setattr(office, "_program", lambda: "soffice")
    monkeypatch.setattr(office.subprocess, "run", converted)
    [record] = read_file(OLE, "a.wps")
    assert (record.format, record.blocks[0].text) == ("wps", PROSE)
    [record] = read_file(b"{\\rtf1 x}", "a.rtf")
    assert record.format == "rtf"


def test_a_conversion_that_fails_is_named(monkeypatch):
    monkeypatch.setattr(office, "_program", lambda: "soffice")
    monkeypatch.setattr(office.subprocess, "run", lambda command, **options: None)
    [error] = read_file(OLE, "a.doc")
    assert "could not convert" in error.cause

    def slow(command, **options):
        raise office.subprocess.TimeoutExpired(command, 1)

    monkeypatch.setattr(office.subprocess, "run", slow)
    [error] = read_file(OLE, "a.doc")
    assert "two minutes" in error.cause
