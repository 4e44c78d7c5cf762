"""The stages are imported when they are used: every public name finds its home."""

import subprocess
import sys

import pytest

from casemine import pipeline


@pytest.mark.parametrize("name", pipeline.__all__)
def test_every_public_name_has_a_home(name: str) -> None:
    assert callable(getattr(pipeline, name)) or getattr(pipeline, name) is not None


def test_no_stage_is_imported_before_it_is_used() -> None:
    code = "import sys, casemine.pipeline; print(sorted(n for n in sys.modules if n.startswith('casemine.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "casemine.coding" not in done.stdout
    assert "casemine.figures" not in done.stdout


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = pipeline.nothing
