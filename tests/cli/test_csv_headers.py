"""Every command that prints CSV gives it Chinese headers and a mark of its encoding when asked."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import click
import pandas as pd
import pytest
from click.testing import CliRunner

from casemine import pipeline, schema
from casemine.cli import casemine

# What each command is given; FILES, STUDY and PEOPLE stand for texts, a coded study, codings of two people.
COMMANDS = {
    "extract": "FILES -o NEW",
    "discover": "FILES --min-count 2",
    "keywords": "STUDY",
    "code": "STUDY --codebook policy-pmc --vectors none",
    "quotes": "STUDY",
    "recode": "FILES --study STUDY -o NEW",
    "find": "STUDY 防贫",
    "words": "STUDY",
    "topics": "STUDY --topics 2",
    "similar": "STUDY",
    "memo": "STUDY",
    "network": "STUDY",
    "pmc": "STUDY --codebook policy-pmc",
    "tables": "STUDY",
    "saturation": "STUDY",
    "agree": "PEOPLE",
    "codebook diff": "policy-pmc policy-pmc",
    "codebook list": "",
    "codebook show": "policy-pmc",
    "reproduce": "-o NEW",
}
# Twelve texts of our own, every one of other words, so that there are topics and shared passages.
PLACES = ("青禾", "白石", "云溪", "安丰", "柳河", "东岭")
DEEDS = (
    "防贫预警到户，产业扶贫带动增收",
    "易地扶贫搬迁安置，后续扶持不断档",
    "文旅融合兴乡村，民宿集群富农家",
)
SHARED = "建立防止返贫动态监测和帮扶机制，对易返贫致贫人口及时发现、及时帮扶，守住不发生规模性返贫的底线。"


def printing_csv(group: click.Group, above: tuple[str, ...] = ()) -> Iterator[str]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        path = (*above, name)
        if isinstance(command, click.Group):
            yield from printing_csv(command, path)
        elif command and any(option.name == "headers" for option in command.params):
            yield " ".join(path)


def test_all_commands_that_print_csv_are_tried() -> None:
    assert sorted(printing_csv(casemine)) == sorted(COMMANDS)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    for number in range(12):
        deed, place = DEEDS[number % 3], PLACES[number % 6]
        text = f"{place}县{deed}。\n{deed}，{place}县的干部群众都说好。\n{SHARED}\n" * 2
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def study(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("study") / "study"
    pipeline.extract.extract([files], folder)
    pipeline.code.code(folder, "policy-pmc", vectors="none")
    return folder


def of_two_people(study: Path, folder: Path) -> Path:
    codings = pd.read_csv(study / "codings.csv", dtype=str, encoding="utf-8-sig")
    both = pd.concat([codings.assign(coder="甲"), codings[1:].assign(coder="乙")])
    both.to_csv(folder / "people.csv", index=False)
    return folder / "people.csv"


@pytest.mark.parametrize("command", COMMANDS)
def test_headers_are_chinese_and_the_mark_leads(
    command: str, files: Path, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Topics need a hundred paragraphs, reproducing the published study a minute: both are tried elsewhere.
    table = schema.REPRODUCTION.frame([])
    monkeypatch.setattr(pipeline.reproduce, "reproduce", lambda *_, **__: SimpleNamespace(table=table))
    topics = {"tables/topics.csv": schema.TOPICS.frame([]), "tables/topics_summary.csv": table}
    monkeypatch.setattr(pipeline.topics, "find_topics", lambda *_, **__: SimpleNamespace(tables=topics))
    places = {
        "FILES": files,
        "STUDY": study,
        "NEW": tmp_path / "new",
        "PEOPLE": of_two_people(study, tmp_path),
    }
    arguments = [str(places.get(word, word)) for word in f"{command} {COMMANDS[command]}".split()]
    result = CliRunner().invoke(casemine, [*arguments, "--format", "csv", "--headers", "zh", "--bom"])
    assert result.exit_code == 0, result.output
    header = result.stdout.partition("\n")[0].rstrip("\r")
    assert header.startswith("\ufeff"), header
    names = header.removeprefix("\ufeff").split(",")
    # A coefficient keeps its Greek letter; what programs know is small Latin letters.
    assert not [name for name in names if re.fullmatch("[a-z_]+", name)]
