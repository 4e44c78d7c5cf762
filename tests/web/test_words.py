"""The page of keywords: the same bytes as the sheet, undo, what is refused, a page that is behind."""

import shutil
from pathlib import Path

from casemine import review, sheets
from casemine.pipeline.review import apply_review, write_words
from casemine.study import Study
from casemine.web.bench import Bench
from web.calling import Caller


def listed(caller: Caller) -> list[dict[str, str]]:
    words: list[dict[str, str]] = caller.get("/words").json()["words"]
    return words


def decisions(folder: Path) -> dict[str, dict[str, str]]:
    frame = sheets.read_csv(folder / "decisions.csv")
    return {row["word"]: row for row in frame.to_dict("records")}


def test_the_page_suggests_what_the_sheet_suggests(caller: Caller, tmp_path: Path) -> None:
    listed(caller)
    caller.bench.advice.wait()
    sheet, _ = write_words(Study(caller.bench.folder), tmp_path / "review.xlsx", review.SheetPlan())
    shown = {row["word"]: row for row in listed(caller)}
    rows = [row for row in sheet.to_dict("records") if not row["word"].startswith("▼")]
    assert len(rows) == len(shown)
    for row in rows:
        own = shown[row["word"]]
        assert (own["suggestion"] and review.decision_meant(row["suggestion"])) == own["suggestion"]
        assert (row["reason"], row["suggested_standard"], row["suggested_code"], row["documents"]) == (
            own["reason"], own["standard"], own["code"], own["documents"]
        )  # fmt: skip


def test_sheet_and_page_give_the_same_bytes(caller: Caller, study: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(study, tmp_path / "other"))
    listed(caller)
    caller.bench.advice.wait()
    words = [row["word"] for row in listed(caller)]
    merged, kept = words[0], words[1]
    rows = [(kept, "保留", ""), (merged, "合并", kept), (words[2], "删除", ""), (words[3], "泛化", "")]
    rows += [("晒谷场", "新增", ""), *((word, "按建议", "") for word in words[4:30])]
    path = tmp_path / "review.xlsx"
    sheet, _ = write_words(Study(other), path, review.SheetPlan())
    at = {word: number for number, word in enumerate(sheet["word"])}
    filled = sheet.copy()
    for word, decision, standard in rows:
        number = at.get(word, len(filled))
        filled.loc[number, ["word", "decision", "standard"]] = [word, decision, standard]
    filled = filled.fillna("")
    review.write_sheet(filled, path)
    apply_review(other, path)
    for word, decision, standard in reversed(rows):  # whatever the order
        given = {"word": word, "decision": review.decision_meant(decision), "standard": standard}
        assert caller.post("/words/decide", given).status_code == 200
    assert (study / "decisions.csv").read_bytes() == (other / "decisions.csv").read_bytes()
    history = [sheets.read_csv(folder / "history.csv") for folder in (study, other)]
    shown = [
        sorted(frame[["coder", "doc_id", "word", "field", "old", "new"]].values.tolist()) for frame in history
    ]
    assert shown[0] == shown[1]


def test_a_bulk_decision_leaves_what_is_decided_and_is_undone_as_one(caller: Caller, study: Path) -> None:
    words = [row["word"] for row in listed(caller)][:5]
    caller.post("/words/decide", {"word": words[0], "decision": "drop"})
    first = (study / "decisions.csv").read_bytes()
    told = caller.post("/words/decide", {"words": words, "decision": "keep"}).json()
    assert set(told["states"]) == set(words[1:])
    assert decisions(study)[words[0]]["decision"] == "drop"
    undone = caller.post("/words/undo", {}).json()
    assert all(not state["decision"] for state in undone["states"].values())
    assert (study / "decisions.csv").read_bytes() == first
    caller.post("/words/undo", {})
    assert decisions(study) == {}
    assert caller.post("/words/undo", {}).json()["empty"]
    replayed = review.replay(review.read_history(study))
    assert replayed == {}


def test_undo_brings_back_what_was_decided_before(caller: Caller, study: Path) -> None:
    first, second = (row["word"] for row in listed(caller)[:2])
    caller.post("/words/decide", {"word": first, "decision": "merge", "standard": second, "note": "同义"})
    before = (study / "decisions.csv").read_bytes()
    caller.post("/words/decide", {"word": first, "decision": "drop"})
    assert decisions(study)[first]["standard"] == ""
    assert decisions(study)[first]["note"] == "同义"
    caller.post("/words/undo", {})
    assert (study / "decisions.csv").read_bytes() == before


def test_what_the_sheet_refuses_the_page_refuses(caller: Caller, study: Path) -> None:
    first, second = (row["word"] for row in listed(caller)[:2])
    refused = caller.post("/words/decide", {"word": first, "decision": "merge"})
    assert refused.status_code == 422
    assert first in refused.json()["error"]
    assert "into what" not in refused.json()["error"]  # it is said in Chinese
    caller.post("/words/decide", {"word": first, "decision": "merge", "standard": second})
    circle = caller.post("/words/decide", {"word": second, "decision": "merge", "standard": first})
    assert circle.status_code == 422
    assert set(decisions(study)) == {first}
    for given in ({}, {"word": 3}, {"word": " "}, {"words": [["x"]]}):
        assert caller.post("/words/decide", given | {"decision": "keep"}).status_code == 422
    assert caller.post("/words/decide", ["x"]).status_code == 400


def test_a_page_that_is_behind_is_told_and_changes_nothing(caller: Caller, study: Path) -> None:
    word = listed(caller)[0]["word"]
    version = caller.bench.version
    second = Caller(Bench(study))
    assert second.post("/words/decide", {"word": word, "decision": "keep"}).status_code == 200
    behind = caller.post("/words/decide", {"word": word, "decision": "drop"}, version=version)
    assert behind.status_code == 409
    assert decisions(study)[word]["decision"] == "keep"
    assert caller.get("/words").json()["states"][word]["decision"] == "keep"


def test_results_follow_when_they_are_asked_for(caller: Caller, study: Path) -> None:
    word = listed(caller)[0]["word"]
    caller.post("/words/decide", {"word": word, "decision": "drop"})
    assert word in sheets.read_csv(study / "keywords_final.csv")["word"].tolist()
    assert "refresh" in caller.get("/bar").text
    caller.bench.advice.wait()
    assert caller.post("/refresh", {}).json()["started"]
    caller.bench.jobs.wait()
    assert caller.bench.jobs.error == ""
    assert word not in sheets.read_csv(study / "keywords_final.csv")["word"].tolist()
    assert "refresh" not in caller.get("/bar").text


def test_a_blind_coder_sees_neither_suggestions_nor_answers(study: Path) -> None:
    main = Caller(Bench(study))
    word = listed(main)[0]["word"]
    main.post("/words/decide", {"word": word, "decision": "drop"})
    main.bench.advice.wait()
    blind = Caller(Bench(study, "乙", blind=True))
    told = blind.get("/words").json()
    assert told["states"] == {}
    assert not any(row["suggestion"] or row["reason"] or row["code"] for row in told["words"])
    blind.bench.advice.wait()


def test_sentences_show_the_word_where_it_stands(caller: Caller) -> None:
    found = caller.get("/words/sentences?word=扶贫车间").json()["sentences"]
    assert found
    for one in found:
        assert one["text"][one["at"] :].startswith("扶贫车间")
