import pytest
from hypothesis import settings

# A busy machine is no failure: no example is held to a time.
settings.register_profile("casemine", deadline=None)
settings.load_profile("casemine")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regold", action="store_true", help="Take the tables made now as the golden ones.")
