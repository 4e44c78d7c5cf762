"""The small study with tables by region and the test of saturation, made once, and a copy for each test."""

import shutil
from pathlib import Path

import pytest

from casemine import pipeline


@pytest.fixture(scope="session")
def rigorous_once(coded_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(coded_once, tmp_path_factory.mktemp("studies") / "study"))
    pipeline.rigour.tables(folder, ["region"])
    pipeline.rigour.saturation(folder)
    return folder


@pytest.fixture
def rigorous(rigorous_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(rigorous_once, tmp_path / "study"))
