"""The built wheel is what people install: open it and look."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        return set(opened.namelist())


@pytest.mark.parametrize("folder", ["dictionaries", "corpora"])
def test_the_wheel_holds_every_dictionary_and_sample(names: set[str], folder: str) -> None:
    files = [path for path in (ROOT / folder).rglob("*") if path.is_file() and not path.name.startswith(".")]
    assert len(files) > 3
    assert {f"casemine/_resources/{path.relative_to(ROOT).as_posix()}" for path in files} <= names


def test_the_wheel_holds_the_package_and_its_command_and_nothing_else(names: set[str]) -> None:
    assert {
        "casemine/__init__.py",
        "casemine/cli/__init__.py",
        "casemine/pipeline/__init__.py",
        "casemine/report/page.css",
        "casemine/report/page.html",
        "casemine/report/page.js",
        "casemine/py.typed",
    } <= names
    assert any(name.endswith("entry_points.txt") for name in names)
    assert all(name.startswith(("casemine/", "casemine-")) for name in names)


def test_the_wheel_holds_the_compiled_messages(names: set[str]) -> None:
    assert "casemine/messages/locale/zh_CN/LC_MESSAGES/casemine.mo" in names
