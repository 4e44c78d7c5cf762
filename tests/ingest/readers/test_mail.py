import base64
import quopri

import pytest

from casemine.errors import DocumentError
from casemine.ingest.readers import read_file
from casemine.ingest.source import PassedOver, Record

PAGE = "<html><head><title>养蜂通知</title></head><body><p>村里办起了养蜂场，请大家来看。</p></body></html>"


def mht(page=PAGE, charset="", encoding="utf-8"):
    body = quopri.encodestring(page.encode(encoding)).decode("ascii")
    kind = f'text/html; charset="{charset}"' if charset else "text/html"
    return (
        "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n'
        f"--B\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{body}\r\n"
        "--B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n--B--\r\n"
    ).encode("ascii")


@pytest.mark.parametrize("name", ["a.mht", "a.mhtml", "web.doc", "web.html"])
def test_a_page_saved_whole_is_read_through_its_html(name):
    [record] = read_file(mht(), name)
    assert (record.format, [block.text for block in record.blocks]) == (
        "mht",
        ["养蜂通知", "村里办起了养蜂场，请大家来看。"],
    )


def test_the_character_set_of_a_part_is_that_of_its_header():
    [record] = read_file(mht(charset="gb2312", encoding="gbk"), "a.mht")
    assert record.blocks[-1].text == "村里办起了养蜂场，请大家来看。"


def eml(*parts, subject="=?utf-8?b?5YW76I+c?="):
    body = "".join(f"--B\n{part}\n" for part in parts)
    kind = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n"
    return f"From: a@example.com\nSubject: {subject}\n{kind}\n{body}--B--\n".encode()


def plain(text, charset="utf-8"):
    coded = base64.b64encode(text.encode(charset)).decode("ascii")
    return f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n{coded}"


def test_a_mail_is_its_subject_and_text_and_attachments_are_named():
    attached = 'Content-Type: application/pdf\nContent-Disposition: attachment; filename="f.pdf"\n\nx'
    record, passed = read_file(eml(plain("蜂蜜卖到了县城。", "gbk"), attached), "a.eml")
    assert isinstance(record, Record)
    assert [(block.kind, block.text) for block in record.blocks if block.text] == [
        ("title", "养菜"),
        ("line", "蜂蜜卖到了县城。"),
    ]
    assert record.metadata["title"] == "养菜" and record.metadata["sender"] == "a@example.com"
    assert isinstance(passed, PassedOver) and passed.place == "a.eml!f.pdf"


def test_a_mail_without_text_is_named():
    [error] = read_file(eml("Content-Type: image/png\n\nx"), "a.eml")
    assert isinstance(error, DocumentError) and "no text" in error.cause
    [error] = read_file(mht("<p></p>"), "a.mht")
    assert isinstance(error, DocumentError)


def test_text_that_begins_like_a_header_is_text():
    [record] = read_file("Date: 3月\n村里开会。".encode(), "a.txt")
    assert record.format == "txt"
