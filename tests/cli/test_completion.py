from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from casemine.cli import casemine
from casemine.study import Study


def completed(*words: object) -> list[str]:
    *given, begun = map(str, words)
    asked = ShellComplete(casemine, {}, "casemine", "_CASEMINE_COMPLETE").get_completions(given, begun)
    return [item.value for item in asked]


def test_commands_and_choices_are_completed() -> None:
    assert completed("ext") == ["extract"]
    assert "codes_by_region" in completed("figures", "--only", "codes")


def test_codebooks_codes_regions_and_fields_of_the_study_are_completed(coded: Path) -> None:
    assert completed("quotes", coded, "--code", "防贫预") == ["防贫预警"]
    assert completed("quotes", coded, "--codebook", "six-in-one", "--code", "防贫预") == ["防贫预警"]
    assert completed("code", coded, "--codebook", "six") == ["six-in-one"]
    assert completed("tables", coded, "--by", "re") == ["region"]
    assert completed("quotes", coded, "--region", "") == []
    assert completed("memo", coded, "--doc", "") == sorted(Study(coded).documents["doc_id"])


@pytest.mark.parametrize("study", ["", "nix"])
def test_without_a_study_there_is_nothing_to_complete(study: str) -> None:
    given = ["quotes", study] if study else ["quotes"]
    assert completed(*given, "--code", "") == [] == completed("tables", *given[1:], "--by", "")


def test_a_damaged_codebook_is_passed_over(coded: Path) -> None:
    (coded / "codebooks" / "six-in-one.toml").write_text("damaged", "utf-8")
    assert completed("quotes", coded, "--code", "") == []
    assert isinstance(casemine, click.Group)
