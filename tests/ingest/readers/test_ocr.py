import pytest

from casemine.errors import DocumentError
from casemine.ingest.readers import ocr, read_file

PICTURE = b"\x89PNG\r\n\x1a\n and so on"


def test_boxes_on_one_line_are_joined_from_left_to_right():
    boxes = [((50.0, 11.0, 21.0), "右"), ((0.0, 10.0, 20.0), "左"), ((0.0, 30.0, 40.0), "下")]
    assert ocr._in_lines(boxes) == ["左 右", "下"]


def test_a_picture_without_the_extra_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(ocr, "installed", lambda: False)
    [error] = read_file(PICTURE, "a.png")
    assert isinstance(error, DocumentError)
    assert "picture" in error.cause and "pip install '.[ocr]'" in error.advice


class Result:
    def __init__(self, boxes, txts):
        self.boxes, self.txts = boxes, txts


def box(left, top, right, bottom):
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def recognised(monkeypatch, *lines):
    result = Result([corners for corners, _ in lines], [text for _, text in lines] or None)
    monkeypatch.setattr(ocr, "installed", lambda: True)
    monkeypatch.setattr(ocr, "_engine", lambda: lambda picture: result)
    return list(read_file(PICTURE, "a.png"))


def test_lines_of_a_picture_are_read_from_the_top(monkeypatch):
    low, high = (box(0, 40, 90, 60), "村里分红"), (box(0, 10, 90, 30), "茶厂开工")
    [record] = recognised(monkeypatch, low, high)
    assert [block.text for block in record.blocks] == ["茶厂开工", "村里分红"]
    assert record.format == "image (ocr)"


def test_a_picture_without_text_and_a_failing_engine_are_named(monkeypatch):
    [error] = recognised(monkeypatch)
    assert "no text was recognised" in error.cause

    def fail(picture):
        raise RuntimeError

    monkeypatch.setattr(ocr, "_engine", lambda: fail)
    with pytest.raises(DocumentError, match="text recognition failed \\(RuntimeError\\)"):
        ocr.lines(PICTURE)
