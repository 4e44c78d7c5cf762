"""The pages in docs/: examples are run, references generated, and both languages say the same.

`pytest --regold` writes examples and references anew.
"""

import doctest
import importlib.util
import os
import re
import shutil
import tomllib
from pathlib import Path

import pytest

import casemine
import doc_pages
from casemine import schema
from doc_pages import Tour

ENGLISH = doc_pages.page_names("en")
EVERY = [f"{language}/{name}" for language in ("en", "zh") for name in doc_pages.page_names(language)]
FENCED = re.compile(r"^ *```[a-z]*\n.*?^ *```$", re.MULTILINE | re.DOTALL)
PYCON = re.compile(r"^```pycon\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMANDS = re.compile(r"<!-- commands -->.*<!-- /commands -->", re.DOTALL)
GENERATED = ("tables", "commands", "settings", "layers")


def text_of(name: str) -> str:
    return (doc_pages.DOCS / name).read_text("utf-8")


PLAYED = [name for name in EVERY if doc_pages.CONSOLE.search(text_of(name))]


def take(name: str, written: str, request: pytest.FixtureRequest) -> None:
    """Hold a page to what it should be, or with --regold write that."""
    if request.config.getoption("--regold"):
        (doc_pages.DOCS / name).write_text(written, "utf-8", newline="\n")
    else:
        assert written == text_of(name), f"docs/{name} is not what the program says: pytest --regold"


@pytest.fixture
def workplace(tour: Tour, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of one's own with the sample cases and the study of the README's tour."""
    shutil.copytree(tour.folder, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="the pages show paths as Unix writes them")
@pytest.mark.parametrize("name", PLAYED)
def test_examples_print_what_the_page_shows(
    name: str, workplace: Path, request: pytest.FixtureRequest
) -> None:
    take(name, doc_pages.played(text_of(name), name.partition("/")[0]), request)


@pytest.mark.parametrize("name", [name for name in ENGLISH if PYCON.search(text_of(f"en/{name}"))])
def test_python_examples_give_what_the_page_shows(name: str, workplace: Path) -> None:
    session = "\n".join(PYCON.findall(text_of(f"en/{name}")))
    example = doctest.DocTestParser().get_doctest(session, {}, name, name, 0)
    assert doctest.DocTestRunner().run(example).failed == 0


@pytest.mark.parametrize("name", [name for name in EVERY if "<!-- /" in text_of(name)])
def test_generated_parts_are_what_the_program_says(name: str, request: pytest.FixtureRequest) -> None:
    take(name, doc_pages.generated(name, text_of(name)), request)


def test_each_generated_part_stands_in_both_languages() -> None:
    for language in ("en", "zh"):
        pages = "".join(text_of(name) for name in EVERY if name.startswith(language))
        assert [part for part in GENERATED if pages.count(f"<!-- {part} -->") != 1] == []


def test_every_meaning_has_its_chinese_and_no_other() -> None:
    """A table or column whose meaning changed wants a line in docs/meanings.zh.toml."""
    asked = {table.meaning for table in schema.TABLES}
    asked |= {column.meaning for table in schema.TABLES for column in table.columns}
    chinese = doc_pages.meanings()
    assert sorted(asked - set(chinese)) == [], "lacking in docs/meanings.zh.toml"
    assert sorted(set(chinese) - asked) == [], "no longer used"
    assert [text for text in chinese.values() if not text.strip()] == []


def _commands_alone(block: str) -> str:
    if not block.lstrip().startswith("```console"):
        return block
    return "\n".join(line for line in block.splitlines() if line.startswith("$ "))


def test_both_languages_have_the_same_pages_examples_and_headings() -> None:
    assert doc_pages.page_names("zh") == ENGLISH
    for name in ENGLISH:
        # The help of the commands stands in the language of the page.
        english, chinese = (COMMANDS.sub("", text_of(f"{language}/{name}")) for language in ("en", "zh"))
        # A comment beside a command may speak the language of its page, what a command prints does.
        runnable = [
            [re.sub(r" +# .*", "", _commands_alone(block)) for block in FENCED.findall(page)]
            for page in (english, chinese)
        ]
        assert runnable[0] == runnable[1], name
        levels = [re.findall(r"^(#+) ", page, re.MULTILINE) for page in (english, chinese)]
        assert levels[0] == levels[1], name


@pytest.mark.parametrize("name", EVERY)
def test_every_command_a_page_names_is_known(name: str) -> None:
    for words in doc_pages.command_lines(text_of(name)):
        doc_pages.parse(words)


def test_a_command_that_is_not_known_is_seen() -> None:
    assert doc_pages.command_lines("say `casemine extract IN -o OUT` and `casemine info`") == [
        ["casemine", "extract", "IN", "-o", "OUT"],
        ["casemine", "info"],
    ]
    assert doc_pages.command_lines("```sh\n.venv/bin/casemine info S && casemine run S  # why\n```") == [
        ["casemine", "info", "S"],
        ["casemine", "run", "S"],
    ]
    for line in ("casemine extract IN --no-such", "casemine no-such", "casemine info A B"):
        with pytest.raises(Exception):  # noqa: B017 - click's errors and ours
            doc_pages.parse(line.split())


def test_the_library_page_has_every_public_name() -> None:
    shown = re.findall(r"^::: casemine\.(\w+)$", text_of("en/reference/library.md"), re.MULTILINE)
    assert sorted(shown) == sorted(casemine.__all__)


def test_the_chinese_page_says_what_every_command_is_for() -> None:
    purposes = re.findall(r"^\| `casemine (\w+)` \|", text_of("zh/reference/commands.md"), re.MULTILINE)
    assert purposes == [path[1] for path in doc_pages.command_paths() if len(path) == 2]


def test_the_citation_names_the_version_of_the_project() -> None:
    project = tomllib.loads((doc_pages.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"\nversion: {project['version']}\n" in (doc_pages.ROOT / "CITATION.cff").read_text("utf-8")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_architecture_says_what_every_room_is_for(language: str) -> None:
    rooms = re.findall(r"\w+", doc_pages.layers(language).strip("`\n").removeprefix("text"))
    rows = [line for line in text_of(f"{language}/architecture.md").splitlines() if line.startswith("| `")]
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert sorted(set(rooms) - told) == []


def test_every_page_is_in_the_navigation() -> None:
    navigation = (doc_pages.ROOT / "mkdocs.yml").read_text("utf-8")
    assert [
        name for name in ENGLISH if not re.search(rf": {re.escape(name)}$", navigation, re.MULTILINE)
    ] == []


def test_the_public_names_are_what_they_are_called() -> None:
    assert [name for name in casemine.__all__ if getattr(casemine, name).__name__ != name] == []
    assert callable(casemine.extract)


def test_chinese_lines_are_joined_without_a_blank() -> None:
    spec = importlib.util.spec_from_file_location("hooks", doc_pages.DOCS / "hooks.py")
    assert spec and spec.loader
    hooks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hooks)
    page = "# 标题\n\n村里\n开会，\nabc\n\n- 甲\n- 乙\n\n```sh\n甲\n乙\n```\n\nTwo\nlines."
    joined = "# 标题\n\n村里开会，abc\n\n- 甲\n- 乙\n\n```sh\n甲\n乙\n```\n\nTwo\nlines."
    assert hooks.on_page_markdown(page) == joined
