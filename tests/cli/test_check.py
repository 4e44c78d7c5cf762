import json
import shutil
from pathlib import Path

from click.testing import CliRunner

import casemine as library
from casemine.cli import casemine

MINI = Path(__file__).parents[1] / "data" / "mini"


def said(*words):
    result = CliRunner().invoke(casemine, list(words))
    return result.exit_code, result.output


def test_check_says_what_is_wrong_and_rescues(tmp_path):
    shutil.copytree(MINI, tmp_path / "mini")
    study = str(library.extract([tmp_path / "mini"], tmp_path / "study").folder)
    assert said("check", study) == (0, f"{study}: nothing is wrong.\n")
    (tmp_path / "study" / "run.json").unlink()
    status, output = said("check", study)
    assert status == 1 and output.startswith("run.json: is missing.") and "--rescue" in output
    status, output = said("check", study, "--json")
    (fault,) = json.loads(output)
    assert status == 1 and (fault["place"], fault["cause"]) == ("run.json", "is missing.")
    status, output = said("info", study)
    assert status == 2 and "--rescue" in output
    status, output = said("check", study, "--rescue")
    assert f"casemine run {study}" in output
    assert said("run", study)[0] == 0
    assert said("check", study, "--json") == (0, "[]\n")
    assert said("check", str(tmp_path / "mini"))[0] == 2
