import os
from collections.abc import Iterator
from gettext import gettext

import pytest

from casemine.messages import choose, language, translate
from casemine.messages.language import of_name, of_system

VARIABLES = ("CASEMINE_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    yield monkeypatch
    choose("en")


@pytest.mark.parametrize(
    ("name", "asked"),
    [("zh_CN.UTF-8", "zh"), ("zh-Hans", "zh"), ("zh", "zh"), ("Chinese (Simplified)_China.936", "zh"),
     ("en_GB", "en"), ("C", "en"), ("POSIX", "en"), ("de_DE.UTF-8", "en"), ("", "en")],
)  # fmt: skip
def test_a_locale_that_is_chinese_gives_chinese(name: str, asked: str) -> None:
    assert of_name(name) == asked


@pytest.mark.skipif(os.name == "nt", reason="Windows asks its own windows")
@pytest.mark.parametrize(
    ("environment", "asked"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
    ],
)
def test_the_first_variable_that_is_set_decides(
    system: pytest.MonkeyPatch, environment: dict[str, str], asked: str
) -> None:
    for name, value in environment.items():
        system.setenv(name, value)
    assert of_system() == asked == choose()


def test_what_is_asked_for_wins_over_the_variable_and_that_over_the_system(
    system: pytest.MonkeyPatch,
) -> None:
    system.setenv("LANG", "zh_CN.UTF-8")
    system.setenv("CASEMINE_LANG", "en")
    assert choose() == language() == "en" and translate("the file is empty.") == "the file is empty."
    assert choose("zh") == language() == "zh" and translate("the file is empty.") == "文件为空。"


def test_the_words_of_click_follow(system: pytest.MonkeyPatch) -> None:
    choose("zh")
    assert gettext("Missing command.") == "缺少命令。"
    choose("en")
    assert gettext("Missing command.") == "Missing command."
