"""The coded study, as tests may change it."""

import shutil
from pathlib import Path

import pytest

from casemine import review
from exchange.coded_study import make


@pytest.fixture(scope="session")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("studies") / "甲 study"
    make(tmp_path_factory.mktemp("cases"), folder)
    return folder


@pytest.fixture
def study(coded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(coded, tmp_path / coded.name))


@pytest.fixture
def uncoded(study: Path) -> Path:
    for name in ("codings.csv", review.QUOTATIONS.file, review.QUOTATIONS.history_file):
        (study / name).unlink()
    return study
