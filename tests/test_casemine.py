import subprocess
import sys

import pytest

import casemine


def test_every_public_name_is_there_and_listed() -> None:
    for name in casemine.__all__:
        assert getattr(casemine, name).__name__ == name
    assert set(casemine.__all__) <= set(dir(casemine))


def test_the_homes_of_names_are_where_they_are_defined() -> None:
    for name, home in casemine._HOMES.items():
        assert getattr(casemine, name).__module__.startswith(f"casemine.{home}")
    assert set(casemine._HOMES) == set(casemine.__all__)


def test_a_name_that_is_none_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'extrakt'"):
        _ = casemine.extrakt


def test_importing_casemine_loads_nothing_heavy() -> None:
    told = "import sys, casemine; print({'pandas', 'numpy', 'sklearn'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
