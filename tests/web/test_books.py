"""The page of the codebook: changes shown before they are saved, rules tried on the texts."""

from pathlib import Path
from typing import Any

import pytest

from casemine import coding
from web.calling import Caller

BOOK = "six-in-one"


def own(study: Path) -> coding.Codebook:
    return coding.load(study / "codebooks" / f"{BOOK}.toml")


def asked(**more: Any) -> dict[str, Any]:
    return {"book": BOOK, **more}


def test_a_new_name_is_shown_then_saved_and_the_old_one_stays_an_alias(caller: Caller, study: Path) -> None:
    given = asked(ask="edit", code="扶贫车间", name="村头小工坊")
    shown = caller.post("/book/preview", given).json()
    assert "改名" in shown["html"]
    assert "村头小工坊" not in own(study).by_name
    assert caller.post("/book/save", given).json()["saved"] == BOOK
    assert own(study).resolve("扶贫车间") == "村头小工坊"
    assert "村头小工坊" in caller.get("/book").text
    assert "refresh" in caller.get("/bar").text  # the codings have to be made again


def test_codes_are_added_moved_merged_and_deleted(caller: Caller, study: Path) -> None:
    book = own(study)
    home, other = (code.name for code in book.at("axial")[:2])
    assert (
        caller.post("/book/save", asked(ask="add", level="open", name="晒谷场", parent=home)).status_code
        == 200
    )
    assert own(study).by_name["晒谷场"].parent == home
    caller.post("/book/save", asked(ask="edit", code="晒谷场", parent=other, aliases="谷场；晒坝"))
    assert own(study).by_name["晒谷场"].parent == other
    into = book.members(other)[0].name
    caller.post("/book/save", asked(ask="merge", code="晒谷场", into=into))
    assert own(study).resolve("晒坝") == own(study).resolve("晒谷场") == into
    caller.post("/book/save", asked(ask="delete", code=into))
    assert into not in own(study).by_name


@pytest.mark.parametrize(
    "given",
    [
        {"ask": "edit", "code": "没有", "name": "x"},
        {"ask": "nonsense"},
        {"ask": "delete", "code": "实施动态监测"},
        {"ask": "edit", "code": "扶贫车间", "name": ""},
        {"ask": "edit", "code": "扶贫车间", "name": "防贫预警"},
        {"ask": "merge", "code": "扶贫车间", "into": "实施动态监测"},
        {"ask": "add", "level": "top", "name": "x"},
        {"ask": "edit", "code": "扶贫车间", "rules": "乱写 贷款"},
        {"ask": "add", "level": "open", "name": "x", "parent": "没有"},
    ],
)
def test_what_no_codebook_may_be_is_refused(caller: Caller, study: Path, given: dict[str, str]) -> None:
    before = (study / "codebooks" / f"{BOOK}.toml").read_bytes()
    refused = caller.post("/book/save", asked(**given))
    assert refused.status_code == 422
    assert refused.json()["error"]
    assert (study / "codebooks" / f"{BOOK}.toml").read_bytes() == before


def test_a_rule_is_tried_on_the_texts(caller: Caller) -> None:
    given = {
        "book": BOOK,
        "code": "扶贫车间",
        "name": "扶贫车间",
        "aliases": "",
        "rules": "全部 防贫；预警 | 相距 5",
    }
    text = caller.get("/book/try", params=given).text
    assert "<mark>防贫</mark>预警" in text
    assert "<script>document" not in text
    assert "problem" in caller.get("/book/try", params=given | {"rules": "乱写"}).text


def test_a_page_of_each_code_and_of_a_new_one(caller: Caller) -> None:
    for query in (
        "",
        "?code=扶贫车间",
        "?code=实施动态监测",
        "?new=open&parent=实施动态监测",
        "?code=没有",
        "?new=zzz",
    ):
        assert caller.get(f"/book{query}").status_code == 200
    assert caller.get("/book?book=none", headers={"accept": "text/html"}).status_code == 422
