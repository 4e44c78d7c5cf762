"""The page of texts: its lines and places, decisions like the sheet's, undo, a blind coder."""

from pathlib import Path
from typing import Any

import pytest

from casemine import sheets
from casemine.pipeline.code import code
from casemine.study import Study
from casemine.web.bench import Bench
from web.calling import Caller

DOC = "08-jiangxi.txt"
BOOK = "six-in-one"


def document(caller: Caller, doc: str = DOC) -> Any:
    return caller.get("/texts/one", params={"doc": doc, "book": BOOK}).json()


def decided(folder: Path) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = sheets.read_csv(folder / "quote_decisions.csv").to_dict("records")
    return rows


def test_lines_and_places_are_those_of_the_text(caller: Caller, study: Path) -> None:
    text = {one.doc_id: one.text for one in Study(study).texts}[DOC]
    told = document(caller)
    for line in told["lines"]:
        assert text[line["start"] : line["start"] + len(line["text"])] == line["text"]
    assert told["sentences"]
    assert all(text[mark["start"] : mark["end"]] for mark in told["marks"])


def test_a_text_without_line_ends_is_shown_in_parts(caller: Caller) -> None:
    from casemine.document import Document
    from casemine.web.texts import _lines

    lines = list(_lines(Document("x", "字" * 5001 + "\n\n末")))
    assert [(line["start"], len(line["text"])) for line in lines] == [
        (0, 2000),
        (2000, 2000),
        (4000, 1001),
        (5003, 1),
    ]


def test_keep_drop_recode_and_add_are_shown_at_once_and_coded_later(caller: Caller, study: Path) -> None:
    first, second, third = document(caller)["marks"][:3]
    codes = [one["name"] for one in caller.get("/texts/list").json()["codes"]]
    other = next(name for name in codes if name not in (first["of"], second["of"], third["of"]))

    def say(mark: Any, **more: str) -> Any:
        place = {
            "doc": DOC,
            "start": mark["start"],
            "end": mark["end"],
            "code": mark["of"],
            "keyword": mark["keyword"],
        }
        answer = caller.post("/texts/decide", {"book": BOOK, "answers": [place | more]})
        assert answer.status_code == 200, answer.text
        return answer.json()

    say(first, decision="keep", note="典型")
    say(second, decision="drop")
    say(third, decision="recode", new_code=other)
    start = document(caller)["lines"][0]["start"]
    shown = say({"start": start, "end": start + 2, "of": other, "keyword": ""}, decision="add")["marks"]
    statuses = [(mark["status"], mark["code"]) for mark in shown if mark["status"] != "open"]
    assert sorted(statuses) == sorted(
        [("keep", first["of"]), ("drop", second["of"]), ("recode", other), ("add", other)]
    )
    assert {row["decision"] for row in decided(study)} == {"keep", "drop", "recode", "add"}
    code(study, BOOK)
    codings = sheets.read_csv(study / "codings.csv")
    by_hand = codings[codings["coder"] == "researcher"]
    assert set(by_hand["code"]) == {other}
    after = document(caller)["marks"]
    assert sorted((mark["status"], mark["code"]) for mark in after if mark["status"] != "open") == sorted(
        statuses
    )


def test_undo_takes_back_what_was_added_and_what_was_dropped(caller: Caller, study: Path) -> None:
    before = document(caller)["marks"]
    mark = before[0]
    place = {
        "doc": DOC,
        "start": mark["start"],
        "end": mark["end"],
        "code": mark["of"],
        "keyword": mark["keyword"],
    }
    caller.post("/texts/decide", {"book": BOOK, "answers": [place | {"decision": "drop"}]})
    caller.post(
        "/texts/decide",
        {
            "book": BOOK,
            "answers": [{"doc": DOC, "start": 0, "end": 3, "code": mark["of"], "decision": "add"}],
        },
    )
    assert len(decided(study)) == 2
    for left in (1, 0):
        assert caller.post("/texts/undo", {}).status_code == 200
        assert len(decided(study)) == left
    assert document(caller)["marks"] == before
    assert caller.post("/texts/undo", {}).json()["empty"]


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"doc": DOC},
        {"doc": "none", "start": 0, "end": 2},
        {"doc": DOC, "start": 5, "end": 5},
        {"doc": DOC, "start": 0, "end": 10**9},
        {"doc": DOC, "start": 0, "end": 2, "code": "没有这个编码", "decision": "add"},
        {"doc": DOC, "start": 0, "end": 2, "code": "扶贫车间", "decision": "nonsense"},
    ],
)
def test_what_is_no_stretch_of_the_text_is_refused(caller: Caller, study: Path, answer: Any) -> None:
    assert caller.post("/texts/decide", {"book": BOOK, "answers": [answer]}).status_code == 422
    assert not (study / "quote_decisions.csv").exists()


def test_a_blind_coder_sees_own_answers_alone(study: Path) -> None:
    main = Caller(Bench(study))
    mark = document(main)["marks"][0]
    place = {"doc": DOC, "start": mark["start"], "end": mark["end"]}
    main.post(
        "/texts/decide",
        {
            "book": BOOK,
            "answers": [place | {"code": mark["of"], "keyword": mark["keyword"], "decision": "keep"}],
        },
    )
    blind = Caller(Bench(study, "乙", blind=True))
    assert document(blind)["marks"] == []
    told = blind.post("/texts/decide", {"book": BOOK, "answers": [place | {"new_code": mark["of"]}]}).json()
    assert [(one["code"], one["status"]) for one in told["marks"]] == [(mark["of"], "code")]
    own = [row for row in decided(study) if row["coder"] == "乙"]
    assert [(row["decision"], row["new_code"]) for row in own] == [("code", mark["of"])]
    blind.post("/texts/undo", {})
    assert document(blind)["marks"] == []
    refused = blind.get("/coders")
    assert mark["of"] not in refused.text
