"""The page of coders: two side by side, what is settled, and a blind coder who sees nothing."""

from pathlib import Path
from typing import Any

from casemine import sheets
from casemine.web.bench import Bench
from web.calling import Caller

DOC, BOOK = "08-jiangxi.txt", "six-in-one"


def blind(study: Path, name: str, codes: dict[tuple[int, int], str]) -> None:
    caller = Caller(Bench(study, name, blind=True))
    for (start, end), code in codes.items():
        given = {"book": BOOK, "answers": [{"doc": DOC, "start": start, "end": end, "new_code": code}]}
        assert caller.post("/texts/decide", given).status_code == 200


def test_two_coders_are_compared_and_settled(caller: Caller, study: Path) -> None:
    assert "casemine serve" in caller.get("/coders").text
    spans = [tuple(span) for span in caller.get("/texts/one", params={"doc": DOC}).json()["sentences"][:6]]
    blind(study, "甲", dict.fromkeys(spans, "扶贫车间"))
    blind(study, "乙", {span: "扶贫车间" if at < 4 else "防贫预警" for at, span in enumerate(spans)})
    page = caller.get("/coders?with=甲&with=乙")
    assert page.text.count("data-doc=") == 4  # two sentences, two codes each
    given: dict[str, Any] = {"book": BOOK, "with": ["甲", "乙"], "doc": DOC, "start": spans[5][0],
                             "end": spans[5][1], "code": "防贫预警"}  # fmt: skip
    assert caller.post("/coders/settle", given | {"answer": "也许"}).status_code == 422
    assert caller.post("/coders/settle", given | {"start": 0}).status_code == 422
    assert caller.post("/coders/settle", {}).status_code == 422
    told = caller.post("/coders/settle", given | {"answer": "有"}).json()
    assert (told["settled"], told["differ"]) == (1, 4)
    told = caller.post("/coders/settle", given | {"code": "扶贫车间", "answer": "无"}).json()
    assert told["settled"] == 2
    made = sheets.read_csv(study / "agreement" / "consensus-six-in-one.csv")
    there = made[made["start"] == str(spans[5][0])]
    assert there["code"].tolist() == ["防贫预警"]
    assert len(sheets.read_csv(study / "agreement" / "consensus_history-six-in-one.csv")) == 2
    assert 'aria-pressed="true"' in caller.get("/coders?with=甲&with=乙").text


def test_the_study_is_a_rater_too(caller: Caller, study: Path) -> None:
    spans = [tuple(span) for span in caller.get("/texts/one", params={"doc": DOC}).json()["sentences"][:3]]
    blind(study, "甲", dict.fromkeys(spans, "扶贫车间"))
    assert "Krippendorff" in caller.get("/coders").text


def test_a_blind_coder_settles_nothing(study: Path) -> None:
    caller = Caller(Bench(study, "乙", blind=True))
    assert caller.post("/coders/settle", {"book": BOOK}).status_code == 422
