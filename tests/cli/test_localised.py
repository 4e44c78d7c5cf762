from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from casemine.cli import casemine
from casemine.cli.localised import listed, tally, told
from casemine.errors import StudyError
from casemine.messages import choose, width


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    yield
    choose("en")


def chinese(*arguments: object) -> Result:
    return CliRunner().invoke(
        casemine, ["--lang", "zh", *map(str, arguments)], prog_name="casemine", env={"COLUMNS": "80"}
    )


COMMANDS = casemine.list_commands(click.Context(casemine))


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS), ["codebook", "import"]])
def test_help_is_chinese_and_fits_a_terminal(command: list[str]) -> None:
    shown = chinese(*command, "--help").output
    assert shown.startswith("用法：casemine") and "选项：" in shown
    lines = shown.splitlines()
    assert [line for line in lines if width(line) > 80 and "|" not in line] == []
    assert [line for line in lines if line[:1] in ("，", "。")] == []


def test_help_in_english_is_clicks_own() -> None:
    shown = CliRunner().invoke(casemine, ["--lang", "en", "init", "--help"], prog_name="casemine").output
    assert shown.startswith("Usage: casemine init [OPTIONS] [FILE]\n\n  Write a commented settings file")


def test_errors_of_click_are_chinese() -> None:
    assert chinese("nix").output.endswith("错误：没有命令 'nix'。\n")
    assert "缺少参数 'INPUT...'" in chinese("extract").output
    assert "不在 x>=3 范围内" in chinese("code", "S", "--top", "1").output


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["reveiw"], "没有命令 'reveiw'。是否指 'review'？"),
        (["codebook", "shwo"], "没有命令 'shwo'。是否指 'show'？"),
        (["extract", "--mehtod", "x"], "没有选项 '--mehtod'。是否指 '--method'？"),
        (["extract", "--zzz", "x"], "没有选项 '--zzz'。"),
    ],
)
def test_what_is_typed_wrong_is_told_with_what_is_near(given: list[str], said: str) -> None:
    assert chinese(*given).output.endswith(f"错误：{said}\n")


def test_an_error_of_casemine_is_told_in_chinese(tmp_path: Path) -> None:
    refused = chinese("info", tmp_path)
    assert refused.exit_code == 2
    assert refused.output == (
        f"casemine：{tmp_path}：不是 casemine 的研究。用 `casemine extract INPUT -o STUDY` 建立一项研究。\n"
    )
    choose("en")
    assert told(StudyError("is damaged.", place="run.json")) == "casemine: run.json: is damaged."


def test_a_study_is_told_in_chinese_and_its_files_are_the_same(
    coded: Path, call: Callable[..., Result]
) -> None:
    before = {path: path.read_bytes() for path in coded.rglob("*") if path.is_file()}
    shown = chinese("info", coded).output
    assert "已复核：否" in shown and "最新" in shown
    assert {path: path.read_bytes() for path in coded.rglob("*") if path.is_file()} == before
    assert "Reviewed: no" in call("info", coded).output


def test_counts_and_lists_are_of_the_language() -> None:
    assert tally([(3, "placed"), (1200, "unplaced")]) == "3 placed, 1,200 unplaced"
    assert listed(["the text", "a.csv"]) == "the text, a.csv"
    choose("zh")
    assert tally([(3, "placed"), (1200, "unplaced")]) == "已归类 3、未归类 1,200"
    assert listed(["the text", "a.csv"]) == "文本、a.csv"
