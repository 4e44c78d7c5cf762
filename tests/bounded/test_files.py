import os
import sys

import pytest

from casemine.bounded import read_file, read_text
from casemine.errors import DocumentError, UnreadableError, UsageError


def test_a_file_comes_back_as_it_stands(tmp_path):
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbf\xe8\x8c\xb6\r\n")
    assert read_file(tmp_path / "a") == b"\xef\xbb\xbf\xe8\x8c\xb6\r\n"
    assert read_text(tmp_path / "a") == "茶\r\n"
    (tmp_path / "b").write_bytes("茶园".encode("gb18030"))
    assert read_text(tmp_path / "b") == "茶园"
    with pytest.raises(UnreadableError, match="no UTF-8 text"):
        read_text(tmp_path / "b", encodings=("utf-8-sig",))


def test_what_is_no_file_or_too_large_is_refused_with_place_and_advice(tmp_path):
    (tmp_path / "large").write_bytes(b"x" * 2048)
    with pytest.raises(UnreadableError, match="larger than 1 KiB") as caught:
        read_file(tmp_path / "large", 1024)
    assert caught.value.place == str(tmp_path / "large") and caught.value.advice
    assert isinstance(caught.value, UsageError) and isinstance(caught.value, DocumentError)
    with pytest.raises(UnreadableError):
        read_file(tmp_path)
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "none")
    with pytest.raises(UnreadableError, match="no name of a file"):
        read_file(tmp_path / "a\0b")
    (tmp_path / "bad").write_bytes(b"\x80\xff\xff\xff")
    with pytest.raises(UnreadableError, match="neither UTF-8 nor GB18030"):
        read_text(tmp_path / "bad")


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes")
def test_a_pipe_and_a_device_are_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", type(tmp_path)("/dev/zero")):
        with pytest.raises(UnreadableError, match="no regular file"):
            read_file(path)
