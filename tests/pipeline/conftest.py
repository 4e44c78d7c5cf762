"""A small coded study, made once, and a copy of it for each test."""

import shutil
from pathlib import Path

import pytest

from casemine import pipeline

CASES = {
    "甲.txt": "全县建立防贫预警机制。防贫预警到户。",
    "乙.txt": "发展扶贫产业。扶贫产业带动增收。",
    "丙.txt": "防贫预警与扶贫产业并举。",
}


@pytest.fixture(scope="session")
def coded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    cases, folder = tmp_path_factory.mktemp("cases"), tmp_path_factory.mktemp("studies") / "study"
    for name, text in CASES.items():
        (cases / name).write_text(text, encoding="utf-8")
    pipeline.extract.extract([cases], folder)
    pipeline.code.code(folder, vectors="none")
    return folder


@pytest.fixture
def coded(coded_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(coded_once, tmp_path / "study"))
