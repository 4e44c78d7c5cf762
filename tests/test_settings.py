from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from casemine import settings
from casemine.errors import ParameterError, UsageError
from casemine.settings import Settings


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def weighing(**given: Any) -> Settings:
    return replace(Settings(), weigh=replace(Settings().weigh, **given))


def test_the_written_defaults_read_back_as_the_defaults(tmp_path: Path) -> None:
    assert settings.load(write(tmp_path / "casemine.toml", settings.to_toml(Settings()))) == Settings()


def test_changes_are_kept(tmp_path: Path) -> None:
    changed = Settings().changed({"weigh": {"top": 3, "select": "new-words"}, "words": {"generic": ["none"]}})
    assert (changed.weigh.top, changed.words.generic) == (3, ("none",))
    assert settings.load(write(tmp_path / "casemine.toml", settings.to_toml(changed))) == changed


def test_a_word_list_beside_the_file_is_found(tmp_path: Path) -> None:
    write(tmp_path / "own.txt", "甲\n")
    read = settings.load(write(tmp_path / "casemine.toml", '[words]\nstopwords = ["own.txt"]\n'))
    assert read.words.stopwords == (str(tmp_path / "own.txt"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[weigh]\ntpo = 3\n", r"unknown key tpo in \[weigh\]. Known are: select, method, top"),
        ("[weight]\ntop = 3\n", r"unknown section \[weight\]"),
        ("top = 3\n", "top stands outside a section"),
        ('[weigh]\ntop = "3"\n', "top must be of type int, not '3'"),
        ("[weigh]\ntop = true\n", "top must be of type int, not True"),
        ("[weigh]\ntop = 0\n", "top must be at least 1, not 0"),
        ('[discover]\nby = "year"\n', "by must be one of corpus, document, region, not 'year'"),
        ('[words]\ngeneric = "none"\n', "generic must be a list of texts, not 'none'"),
        ("[weigh\n", "not valid TOML in UTF-8"),
    ],
)
def test_what_is_wrong_is_named_with_the_file(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path / "casemine.toml", text)
    with pytest.raises(UsageError, match=message) as raised:
        settings.load(path)
    assert str(path) in str(raised.value)


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="casemine init"):
        settings.load(tmp_path / "none.toml")


def test_each_part_of_a_list_is_one_of_the_choices() -> None:
    assert Settings().changed({"weigh": {"left_out": ["person"]}}).weigh.left_out == ("person",)
    with pytest.raises(UsageError, match=r"left_out must be one of person, .*, not 'verb'"):
        Settings().changed({"weigh": {"left_out": ["person", "verb"]}})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"weigh": {"top": 3}}, "settings: is {'weigh': {'top': 3}}."),
        (replace(Settings(), **{"weigh": {"top": 3}}), "settings.weigh: is {'top': 3}."),
        (weighing(left_out=("xyz",)), "settings.weigh: left_out must be one of person, .*, not 'xyz'"),
        (weighing(select="zz"), "settings.weigh: select must be one of weight, new-words, not 'zz'"),
        (weighing(top=True), "settings.weigh: top must be of type int, not True"),
        (weighing(top="x"), "settings.weigh: top must be of type int, not 'x'"),
        (weighing(top=-3), "settings.weigh: top must be at least 1, not -3"),
    ],
)
def test_settings_made_in_python_keep_the_rules_of_the_file(given: Any, said: str) -> None:
    with pytest.raises(ParameterError, match=said):
        settings.checked(given)


def test_a_list_of_settings_made_in_python_becomes_a_tuple() -> None:
    assert settings.checked(weighing(left_out=["person"])) == weighing(left_out=("person",))
    assert settings.checked(Settings()) == Settings()
