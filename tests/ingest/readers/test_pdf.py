import re

import pytest

from casemine import resources
from casemine.errors import DocumentError
from casemine.ingest.readers import ocr, read_file
from casemine.ingest.source import Record

IMAGE = (
    "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    "/Length 1 >>\nstream\n0\nendstream"
)


def pdf(*pages, encrypt=False):
    """Make a PDF of pages: each a list of lines, or None for a page that is one picture."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        "/DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo "
        "<< /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 >>",
        IMAGE,
    ]
    kids = []
    for lines in pages:
        content = "q 600 0 0 800 0 0 cm /I Do Q" if lines is None else text_of(lines)
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F 3 0 R >> /XObject << /I 5 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    written, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n".encode("ascii")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    secret = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<43> <43>]"
    )
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R {secret if encrypt else ''} >>"
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return written + f"{head}trailer\n{trailer}\nstartxref\n{len(written)}\n%%EOF".encode("ascii")


def text_of(lines):
    shown = " ".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td" for line in lines)
    return f"BT /F 12 Tf 50 700 Td {shown} ET"


LINES = ["石桥镇把荒坡改成了果园，农户按股", "分红，收入有了着落。"]


def test_lines_have_their_pages():
    [record] = read_file(pdf(LINES, ["第二页也有一行文字。"]), "a.pdf")
    assert isinstance(record, Record)
    assert [tuple(block) for block in record.blocks] == [
        (LINES[0], "line", "p. 1"),
        (LINES[1], "line", "p. 1"),
        ("第二页也有一行文字。", "line", "p. 2"),
    ]
    assert record.format == "pdf"


def test_a_pdf_with_another_name_is_a_pdf():
    assert [item.format for item in read_file(pdf(LINES), "a.txt")] == ["pdf"]


def test_a_scan_without_the_extra_names_it(monkeypatch):
    monkeypatch.setattr(ocr, "installed", lambda: False)
    [error] = read_file(pdf(None, None), "a.pdf")
    assert "scan" in error.cause and "pip install '.[ocr]'" in error.advice


def test_the_other_pages_of_a_part_scan_are_read(monkeypatch):
    monkeypatch.setattr(ocr, "installed", lambda: False)
    record, error = read_file(pdf(LINES, None), "a.pdf")
    assert len(record.blocks) == 2
    assert error.cause.startswith("page 2:") and error.place == "a.pdf"


def test_a_text_layer_of_unknown_characters_is_a_scan(monkeypatch):
    monkeypatch.setattr(ocr, "installed", lambda: False)
    record, error = read_file(pdf(LINES, ["\ue001\ue002\ue003村"]), "a.pdf")
    assert {block.place for block in record.blocks} == {"p. 1"}
    assert error.cause.startswith("page 2:")


def test_scans_are_recognised_with_the_extra(monkeypatch):
    monkeypatch.setattr(ocr, "installed", lambda: True)
    monkeypatch.setattr(ocr, "lines", lambda picture: [f"{picture.shape[0] > picture.shape[1]}"])
    [record] = read_file(pdf(LINES, None), "a.pdf")
    assert [block.text for block in record.blocks] == [*LINES, "True"]
    assert record.format == "pdf (ocr)"


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (pdf(LINES, encrypt=True), "password"),
        (b"%PDF-1.4 and nothing more", "damaged"),
        (pdf([]), "no page holds text"),
        (b"plain", "not a .pdf file"),
    ],
)
def test_what_cannot_be_read_is_named(data, cause):
    [error] = read_file(data, "a.pdf")
    assert isinstance(error, DocumentError)
    assert re.search(cause, error.cause)


@pytest.mark.skipif(not ocr.installed(), reason="the OCR extra is not installed")
def test_real_recognition():
    import pypdfium2

    page = pypdfium2.PdfDocument(pdf(["CASE 2020", "CASE 2021"]))[0]
    assert ocr.lines(page.render(scale=2).to_numpy()) == ["CASE 2020", "CASE 2021"]


def test_a_pdf_whose_marks_come_from_another_font_reads_as_it_looks() -> None:
    data = (resources.corpus("cases") / "29-hebei.pdf").read_bytes()
    [record] = read_file(data, "29-hebei.pdf")
    text = "".join(block.text for block in record.blocks)
    assert "由“已经贫困”提前到“可能贫困”。" in text.replace(" ", "")
    assert "““" not in text
    assert "””" not in text
