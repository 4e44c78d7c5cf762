import os
from pathlib import Path

import pytest
from hypothesis import settings

import doc_pages

# What tests and pages hold the program to is English, whatever the system speaks.
os.environ["CASEMINE_LANG"] = "en"
# A busy machine is no failure: no example is held to a time.
settings.register_profile("casemine", deadline=None)
settings.load_profile("casemine")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regold", action="store_true", help="Take the tables made now as the golden ones.")


@pytest.fixture(scope="session")
def tour(tmp_path_factory: pytest.TempPathFactory) -> doc_pages.Tour:
    """Do the README's tour once for all that look at it or go on from there."""
    folder: Path = tmp_path_factory.mktemp("tour")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return doc_pages.do_tour(folder)
