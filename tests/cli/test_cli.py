"""The command line as a process of its own: start-up, pipes, locales, interruption."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result

MINI = Path(__file__).parents[1] / "data" / "mini"
CASEMINE = [sys.executable, "-m", "casemine"]
HEAVY = (
    "numpy",
    "pandas",
    "sklearn",
    "scipy",
    "jieba",
    "rjieba",
    "lxml",
    "openpyxl",
    "pypdfium2",
    "selectolax",
)


def casemine(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [*CASEMINE, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment})


@pytest.mark.parametrize("code", ["import casemine", "from casemine.cli import casemine"])
def test_nothing_heavy_is_imported_before_it_is_used(code: str) -> None:
    check = f"import sys; {code}; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_command_is_found_under_its_name() -> None:
    from casemine.cli import casemine as group

    context = click.Context(group)
    commands = {name: group.get_command(context, name) for name in group.list_commands(context)}
    assert len(commands) == 30
    assert {name: command and command.name for name, command in commands.items()} == {
        name: name for name in commands
    }
    assert group.get_command(context, "options") is None


def test_help_names_every_command() -> None:
    done = casemine("--help")
    assert done.returncode == 0
    assert all(name in done.stdout.decode() for name in ("extract", "discover", "run", "info", "init"))


def test_wrong_usage_is_status_2() -> None:
    done = casemine("extract")
    assert done.returncode == 2 and b"INPUT" in done.stderr


@pytest.mark.parametrize("environment", [{"LC_ALL": "C", "PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2"}])
def test_output_is_utf8_and_the_same_in_every_locale(tmp_path: Path, environment: dict[str, str]) -> None:
    done = casemine("extract", MINI, "-o", tmp_path / "S", "--format", "csv", **environment)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().startswith("keyword,documents,containing,occurrences,distinct,share\n")
    assert done.stdout.replace(b"\r\n", b"\n") == (tmp_path / "S" / "frequency.csv").read_bytes()[3:]


def test_json_on_stdout_is_json_alone(tmp_path: Path) -> None:
    done = casemine("extract", MINI, "-o", tmp_path / "S", "--format", "json")
    assert json.loads(done.stdout)["documents"] == 4 and done.stderr == b""


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT as a terminal does on Unix")
def test_ctrl_c_leaves_the_last_good_state(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    text = "村级网格员每月入户一次，发现收入骤减的农户，当天录入防贫预警平台。\n" * 20_000
    (tmp_path / "in" / "a.txt").write_text(text, "utf-8")
    running = subprocess.Popen(
        [*CASEMINE, "extract", str(tmp_path / "in"), "-o", str(tmp_path / "S")], stderr=subprocess.PIPE
    )
    while not (tmp_path / "S").exists() and running.poll() is None:
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _, stderr = running.communicate(timeout=60)
    assert running.returncode == 130, stderr.decode()
    assert b"interrupted" in stderr and b"Traceback" not in stderr
    assert not (tmp_path / "S").exists()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A text that is worth a second process."""
    file = tmp_path_factory.mktemp("large") / "a.txt"
    lines = (f"第{number}户：网格员入户，发现收入骤减，录入防贫预警平台。" for number in range(15_000))
    file.write_text("\n".join(lines), "utf-8")
    return file


def test_a_second_process_changes_nothing(large: Path) -> None:
    alone, two = (casemine("discover", large, "--jobs", jobs) for jobs in "10")
    assert "防贫预警" in alone.stdout.decode() and alone.stdout == two.stdout


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for the second process there")
def test_ctrl_c_ends_both_processes_without_a_traceback(large: Path) -> None:
    running = subprocess.Popen(
        [*CASEMINE, "discover", str(large)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    while running.poll() is None and not children.read_text():
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGINT)
    _, stderr = running.communicate(timeout=60)  # ends with the last process that holds it open
    assert running.returncode == 130, stderr.decode()
    assert b"interrupted" in stderr and b"Traceback" not in stderr


def test_what_the_system_refuses_is_one_message_and_status_1(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = casemine("codebook", "export", "six-in-one", "-o", tmp_path / "file" / "book.xlsx")
    assert done.returncode == 1
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1 and lines[0].startswith(f"casemine: {tmp_path / 'file'}: ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is full")
def test_a_full_disk_is_one_message_and_status_1() -> None:
    done = casemine("discover", MINI, "-o", "/dev/full")
    assert done.returncode == 1 and done.stderr.decode() == "casemine: No space left on device.\n"


def test_a_reader_that_goes_ends_the_command_without_a_word() -> None:
    running = subprocess.Popen(
        [*CASEMINE, "codebook", "show", "six-in-one", "--format", "csv"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout is not None and running.stderr is not None
    running.stdout.close()
    with running.stderr as stderr:
        assert b"Traceback" not in stderr.read()
    running.wait(60)


@pytest.mark.parametrize("name", ["keywords_final.csv", "frequency_final.csv"])
@pytest.mark.parametrize("content", [b"", b'doc_id,word\n"a', b"doc_id\na\n", "关键词\n防贫\n".encode("gbk")])
def test_a_table_broken_by_hand_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / "a.txt").write_text("防贫预警平台监测农户收入。防贫预警平台已经建成。\n", "utf-8")
    assert casemine("extract", tmp_path / "a.txt", "-o", tmp_path / "S").returncode == 0
    (tmp_path / "S" / name).write_bytes(content)
    done = casemine("keywords", tmp_path / "S")
    assert done.returncode == 2
    said = done.stderr.decode()
    assert said.startswith(f"casemine: {tmp_path / 'S' / name}: ") and said.count("\n") == 1
    assert "is no table" in said or "cannot be read" in said


def test_discover_never_writes_over_a_document(tmp_path: Path) -> None:
    table = tmp_path / "cases.csv"
    table.write_text("text\n防贫预警平台监测农户收入\n", "utf-8")
    before = table.read_bytes()
    for option in ("-o", "--to-dict"):
        done = casemine("discover", tmp_path, option, table)
        assert done.returncode == 2 and b"is one of the documents" in done.stderr
    assert table.read_bytes() == before


def test_ctrl_c_that_a_library_takes_for_an_error_of_its_own_is_ctrl_c(
    call: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def imports(*_: object, **__: object) -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise ImportError("no such module") from None

    monkeypatch.setattr("casemine.pipeline.discover.discover", imports)
    before = signal.getsignal(signal.SIGINT)
    result = call("discover", MINI)
    assert result.exit_code == 130 and "interrupted" in result.stderr
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_in_the_code_of_an_extension_module_ends_with_130() -> None:
    code = """
import ctypes
from casemine import cli, pipeline
run = ctypes.pythonapi.PyRun_String
run.restype = ctypes.py_object
run.argtypes = [ctypes.c_char_p, ctypes.c_int, ctypes.py_object, ctypes.py_object]
pipeline.discover.discover = lambda *_, **__: run(b"raise KeyboardInterrupt", 257, {}, {})
cli.main()
"""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "interrupted.py").write_text(code, "utf-8")
        command = [sys.executable, "-m", "interrupted", "discover", str(MINI)]
        path = os.pathsep.join((folder, os.environ.get("PYTHONPATH", "")))
        done = subprocess.run(
            command, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": path}
        )
    assert done.returncode == 130 and b"interrupted" in done.stderr
