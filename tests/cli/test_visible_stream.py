import io
import subprocess
import sys
import zipfile

from casemine.cli.visible_stream import VisibleStream


class Terminal(io.StringIO):
    def isatty(self):
        return True


def shown(*texts):
    terminal = Terminal()
    stream = VisibleStream(terminal)
    for text in texts:
        assert stream.write(text) == len(text)
    return terminal.getvalue()


def test_what_a_terminal_would_obey_is_written_out():
    assert shown("报告\x1b]0;x\x07.txt: 空\n\t可\n") == "报告\\x1b]0;x\\x07.txt: 空\n\t可\n"
    assert shown("a\u202etxt.exe", "甲\r乙") == "a\\u202etxt.exe甲\\r乙"


def test_a_progress_line_keeps_its_beginning():
    assert shown("\r\x1b[Kingest 1/2\x1b[2J", "\r" + " " * 4 + "\r") == "\r\x1b[Kingest 1/2\\x1b[2J\r    \r"


def test_click_finds_no_way_past_it():
    assert not hasattr(VisibleStream(Terminal()), "buffer")


def test_a_name_in_an_archive_reaches_nobody_raw(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("好\u202e.xyz", b"\x00\x01\x02")
        packed.writestr("b.txt", "青禾县的积分制管住了乱堆乱放。")
    command = [
        sys.executable,
        "-m",
        "casemine",
        "extract",
        str(tmp_path / "a.zip"),
        "-o",
        str(tmp_path / "s"),
        "-v",
    ]
    said = subprocess.run(command, capture_output=True, check=False)
    assert b"\x1b" not in said.stdout + said.stderr
    assert b"\\u202e" in said.stderr
