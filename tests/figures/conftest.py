"""The style of one and of two columns, in force while a test draws."""

from collections.abc import Iterator

import pytest

from casemine.figures.style import Style


@pytest.fixture(params=[1, 2], ids=["one column", "two columns"])
def style(request: pytest.FixtureRequest) -> Iterator[Style]:
    made = Style(columns=request.param)
    with made.applied():
        yield made
