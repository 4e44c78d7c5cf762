"""A small coded study, made once, a copy of it for each test, and the command line to call on it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casemine import pipeline
from casemine.cli import casemine

CASES = {
    "甲.txt": "全县建立防贫预警机制。防贫预警到户。",
    "乙.txt": "发展扶贫产业。扶贫产业带动增收。",
    "丙.txt": "防贫预警与扶贫产业并举。",
}


@pytest.fixture(scope="session")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases")
    for name, text in CASES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def coded_once(cases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("studies") / "study"
    pipeline.extract.extract([cases], folder)
    pipeline.code.code(folder, vectors="none")
    return folder


@pytest.fixture
def coded(coded_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(coded_once, tmp_path / "study"))


@pytest.fixture
def call() -> Callable[..., Result]:
    return lambda *arguments: CliRunner().invoke(casemine, [str(argument) for argument in arguments])
