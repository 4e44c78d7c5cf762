import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

import doc_pages
from casemine import pipeline

# What tests and pages hold the program to is English, whatever the system speaks.
os.environ["CASEMINE_LANG"] = "en"
# A busy machine is no failure: no example is held to a time.
settings.register_profile("casemine", deadline=None)
settings.load_profile("casemine")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regold", action="store_true", help="Take the tables made now as the golden ones.")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Test on all processors, but take new golden files one after another: some are made of others."""
    return 0 if config.option.regold else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Measure coverage by examples: a property that is tried a hundred times adds time and no line."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("no_cover")


@pytest.fixture(scope="session")
def tour(tmp_path_factory: pytest.TempPathFactory) -> doc_pages.Tour:
    """Do the README's tour once for all that look at it or go on from there."""
    folder: Path = tmp_path_factory.mktemp("tour")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return doc_pages.do_tour(folder, "en")


# A small study of our own, for all that has to do with a coded one.
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
    """A copy of the small coded study."""
    return Path(shutil.copytree(coded_once, tmp_path / "study"))
