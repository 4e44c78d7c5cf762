import subprocess
import sys

import pytest

from casemine import pipeline


def test_each_module_is_imported_when_it_is_used() -> None:
    for name in pipeline.__all__:
        assert getattr(pipeline, name).__name__ == f"casemine.pipeline.{name}"
    assert dir(pipeline) == sorted(pipeline.__all__)
    told = "import sys; from casemine import pipeline; pipeline.discover; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_what_is_no_module_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'diskover'"):
        _ = pipeline.diskover
