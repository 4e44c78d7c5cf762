"""The command line, to be called on the small study."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from casemine.cli import casemine


@pytest.fixture
def call() -> Callable[..., Result]:
    return lambda *arguments: CliRunner().invoke(casemine, [str(argument) for argument in arguments])
