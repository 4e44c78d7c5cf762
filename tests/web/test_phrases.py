"""Every phrase of the pages stands in both languages, and every one that a page names is there."""

import re
from importlib import resources
from pathlib import Path

from casemine.coding.codebook import LEVELS
from casemine.web.phrases import LANGUAGES, catalogue, phrases

CHANGES = ("added", "removed", "merged", "renamed", "moved", "redefined")

WEB = Path(str(resources.files("casemine.web")))


def test_no_phrase_lacks_a_language() -> None:
    for name, texts in catalogue().items():
        assert set(texts) == set(LANGUAGES), name
        assert all(text.strip() for text in texts.values()), name
        assert re.search("[一-鿿]", texts["zh"]) or name in ("no_tables",), name


def test_an_unknown_language_is_chinese() -> None:
    assert phrases("fr") == phrases("zh")
    assert phrases("en")["keep"] == "Keep"


def test_what_the_pages_name_is_in_the_catalogue_and_nothing_else() -> None:
    sources = [*WEB.glob("templates/*.html"), *WEB.glob("static/*.js"), *WEB.glob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    named = set(re.findall(r"\bt\.([a-z_]+)", text))
    assert named - {"get"} - set(catalogue()) == set()
    quoted = set(re.findall(r"""["']([a-z_]+)["']""", text))
    shown = {*LEVELS, *CHANGES}  # named by what is shown
    assert set(catalogue()) - named - quoted - shown == set()


def test_no_template_speaks_chinese_by_itself() -> None:
    for path in WEB.glob("templates/*.html"):
        text = re.sub(r"'中文'", "", path.read_text(encoding="utf-8"))
        assert not re.search("[一-鿿]", text), path.name
