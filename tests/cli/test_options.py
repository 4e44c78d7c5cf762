import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from casemine.cli import casemine
from casemine.cli.options import MEMORY, base_settings, chosen, setting_options, working
from casemine.messages import choose
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


def test_a_settings_file_of_the_working_folder_is_used_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "casemine.toml").write_text("[discover]\nmax_len = 4\n", "utf-8")
    (tmp_path / "own.toml").write_text("[discover]\nmax_len = 5\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert base_settings(None, tmp_path / "none").discover.max_len == 4
    assert capsys.readouterr().err == "Settings: casemine.toml of this folder.\n"
    assert base_settings(Path("own.toml"), None).discover.max_len == 5
    assert base_settings(None, None, quiet=True).discover.max_len == 4
    assert capsys.readouterr().err == ""


def test_a_variable_gives_an_option_of_a_command(cases: Path, tmp_path: Path) -> None:
    environment = {"CASEMINE_EXTRACT_TOP": "1", "CASEMINE_EXTRACT_FORMAT": "json"}
    done = CliRunner().invoke(casemine, ["extract", str(cases), "-o", str(tmp_path / "S")], env=environment)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "S" / "keywords.csv").read_text("utf-8-sig").count("\n") == 1 + 3
    assert done.stdout.startswith("{")


def test_a_text_on_stdin_is_an_input(tmp_path: Path) -> None:
    text = "防贫预警平台监测农户收入。防贫预警平台已经建成。防贫预警平台预警。\n"
    found = CliRunner().invoke(casemine, ["discover", "-", "--format", "json"], input=text)
    assert found.exit_code == 0 and "防贫预警" in found.stdout
    study = tmp_path / "S"
    for _ in range(2):  # the second time it is the same input
        done = CliRunner().invoke(casemine, ["extract", "-", "-o", str(study), "-q"], input=text)
        assert done.exit_code == 0, done.output
    assert (tmp_path / "S-stdin.txt").read_text("utf-8") == text


def test_csv_takes_chinese_headers_and_a_mark(coded: Path) -> None:
    plain = CliRunner().invoke(casemine, ["keywords", str(coded), "--format", "csv"]).stdout
    chinese = (
        CliRunner()
        .invoke(casemine, ["keywords", str(coded), "--format", "csv", "--headers", "zh", "--bom"])
        .stdout
    )
    assert plain.startswith("doc_id,word,rank,") and chinese.startswith("\ufeff文档编号,词语,")
    assert plain.partition("\n")[2] == chinese.partition("\n")[2]


def test_the_progress_line_is_of_the_language_and_covers_itself(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with working("report") as progress:
        progress("figures", 1, 2)
    assert capsys.readouterr().err.endswith("\r" + " " * len("figures 1/2") + "\r")
    choose("zh")
    with working("report"):
        pass
    assert "写报告 ..." in capsys.readouterr().err
    choose("en")
    with working("report", quiet=True):
        pass
    assert capsys.readouterr().err == ""
