"""What the READMEs show is what the program says, in both languages.

`pytest --regold` writes the examples anew.
"""

import contextlib
import os
import re
from pathlib import Path

import pytest

import doc_pages
from doc_pages import Tour

READMES = tuple(doc_pages.READMES.values())
COMMAND = re.compile(r"^(?:\$ |\.venv|python3? |py ).*", re.MULTILINE)
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LONGEST = 200


def text_of(name: str) -> str:
    return (doc_pages.ROOT / name).read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="the READMEs show paths as Unix writes them")
@pytest.mark.parametrize("language", doc_pages.READMES)
def test_the_tour_prints_what_the_readme_shows(
    language: str, tour: Tour, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    done = tour if language == "en" else doc_pages.do_tour(tmp_path, language)
    assert done.readme.count("$ casemine") >= 3
    name = doc_pages.READMES[language]
    if request.config.getoption("--regold"):
        (doc_pages.ROOT / name).write_text(done.readme, "utf-8", newline="\n")
    else:
        assert done.readme == text_of(name)


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = (COMMAND.findall(text_of(name)) for name in READMES)
    assert english == chinese


@pytest.mark.parametrize("name", READMES)
def test_a_readme_is_short_and_begins_with_its_two_commands(name: str) -> None:
    readme = text_of(name)
    assert len(readme.splitlines()) < LONGEST
    blocks = re.findall(r"^```sh\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    assert [len(block.splitlines()) for block in blocks[:2]] == [1, 1]
    assert "casemine extract" in blocks[0] and "pytest" in blocks[1]


@pytest.mark.parametrize("name", READMES)
def test_the_python_of_a_readme_runs(name: str, tour: Tour, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tour.folder)
    blocks = PYTHON.findall(text_of(name))
    assert blocks
    with contextlib.redirect_stdout(None):
        for block in blocks:
            exec(compile(block, name, "exec"), {})


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md"])
def test_what_a_page_links_to_is_there(name: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text_of(name))
    assert links
    assert [link for link in links if not (doc_pages.ROOT / Path(link)).exists()] == []


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md"])
def test_every_command_a_page_names_is_known(name: str) -> None:
    lines = doc_pages.command_lines(text_of(name))
    assert lines or name == "CONTRIBUTING.md"
    for words in lines:
        doc_pages.parse(words)


@pytest.mark.parametrize("name", READMES)
def test_powershell_is_told_what_the_other_shells_are(name: str) -> None:
    readme = text_of(name)
    unix = "".join(re.findall(r"^```sh\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)[:2])
    windows = re.search(r"^```powershell\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    assert windows
    told = windows[1].replace(".venv\\Scripts\\", ".venv/bin/").replace("\\", "/").replace("; ", " && ")
    assert re.sub(r"^py ", "python3 ", told, flags=re.MULTILINE) == unix
