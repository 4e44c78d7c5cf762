from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from casemine.cli.options import MEMORY, base_settings, chosen, setting_options
from casemine.settings import Settings


@click.command()
@MEMORY
def ask(memory: int) -> None:
    click.echo(memory)


@pytest.mark.parametrize(
    ("text", "count"),
    [("2GB", "2000000000"), ("500mb", "500000000"), ("1.5 K", "1500"), ("7", "7"), ("1T", "1000000000000")],
)
def test_memory_is_read_as_bytes(text: str, count: str) -> None:
    assert CliRunner().invoke(ask, ["--memory", text]).output == f"{count}\n"


def test_what_is_no_memory_is_wrong_usage() -> None:
    refused = CliRunner().invoke(ask, ["--memory", "viel"])
    assert refused.exit_code == 2 and "viel is no number of bytes such as 500MB or 2GB." in refused.output


def test_options_not_given_change_nothing() -> None:
    base = Settings()
    assert chosen(base, {"max_len": None, "stopwords": ()}) == base
    assert chosen(base, {"max_len": 5}).discover.max_len == 5


def test_settings_are_those_of_the_file_then_of_the_study_then_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "casemine.toml").write_text("[discover]\nmax_len = 4\n", "utf-8")
    (tmp_path / "own.toml").write_text("[discover]\nmax_len = 5\n", "utf-8")
    assert base_settings(tmp_path / "own.toml", tmp_path).discover.max_len == 5
    assert base_settings(None, tmp_path).discover.max_len == 4
    assert base_settings(None, tmp_path / "none") == base_settings(None, None) == Settings()


def test_every_setting_of_a_section_is_an_option_but_those_left_out() -> None:
    command = setting_options("discover", without=("by",))(click.command("c")(click.pass_context(print)))
    names = {option.name for option in command.params}
    assert {"max_len", "min_count"} <= names and "by" not in names
