"""The page of results: tables, words in context, figures, and a report that is shut off."""

from pathlib import Path

from casemine import pipeline
from web.calling import Caller


def test_tables_are_shown_and_others_are_not_reached(caller: Caller) -> None:
    page = caller.get("/results?table=new_words.csv").text
    word = caller.bench.study.frequency["keyword"].tolist()[0]
    assert f"<td>{word}</td>" in caller.get("/results").text
    assert "权重" in page
    assert "casemine" not in caller.get("/results?table=../run.json").text.partition("<table>")[2]
    for address in ("/figure/none.png", "/figure/..%2frun.json", "/report/run.json", "/report/report.html"):
        assert caller.get(address).status_code == 404


def test_words_are_shown_in_their_context(caller: Caller) -> None:
    text = caller.get("/results/places?word=扶贫产业园").text
    assert "<mark>扶贫产业园</mark>" in text
    assert "<script>document" not in text
    assert "&lt;script&gt;" in text
    assert caller.get("/results/places").text == ""


def test_the_report_runs_apart_from_the_pages(caller: Caller, study: Path) -> None:
    pipeline.report.report(study, formats=["html"])
    answer = caller.get("/report/report.html")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts")
    assert "same-origin" not in policy
    assert 'sandbox="allow-scripts' in caller.get("/results").text


def test_tables_figures_and_report_are_made_in_the_background(caller: Caller, study: Path) -> None:
    assert caller.post("/results/make", {}).json()["started"]
    caller.bench.jobs.wait(120)
    assert caller.bench.jobs.error == ""
    assert (study / "report.html").is_file()
    assert "/figure/" in caller.get("/results").text
