"""The words of the pages, in Chinese and in English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

LANGUAGES = ("zh", "en")


@cache
def phrases(language: str) -> Mapping[str, str]:
    """Return name -> phrase in one language of `LANGUAGES`; the first when it is not one of them.

    >>> phrases("zh")["keep"]
    '保留'
    """
    told = language if language in LANGUAGES else LANGUAGES[0]
    return {name: texts[told] for name, texts in catalogue().items()}


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Return name -> the phrase by language."""
    text = resources.files("casemine.web").joinpath("phrases.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
