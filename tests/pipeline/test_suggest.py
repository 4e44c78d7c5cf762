"""A language model as one more coder: asked once, compared first, in no codings before a person accepts."""

import json
from pathlib import Path
from typing import Any

import pytest

from casemine import Study, extract, pipeline, review, sheets
from casemine.coding.llm import Endpoint
from casemine.errors import UsageError
from casemine.pipeline.suggest import suggest
from casemine.review.quotes.columns import QuoteKey, QuoteState
from fake_model import sentence_of, served

TEXT = "村里办起扶贫车间，妇女在家门口上班。山路修到了每一户的门前。乡亲们请来了戏班子，唱了三天大戏。\n" * 2


@pytest.fixture
def study(tmp_path: Path) -> Study:
    (tmp_path / "in").mkdir()
    for name in "abcd":
        (tmp_path / "in" / f"{name}.txt").write_text(f"{name}村的故事\n\n{TEXT}", encoding="utf-8")
    study = extract([tmp_path / "in"], tmp_path / "S")
    pipeline.code.code(study)
    return study


def reply(body: dict[str, Any]) -> str:
    sentence = sentence_of(body)
    codes = ["扶贫车间"] if "车间" in sentence else ["没有这个编码"] if "戏" in sentence else []
    return json.dumps({"codes": codes, "reason": "看句子"}, ensure_ascii=False)


def code_blindly(study: Study, least: int = 0) -> int:
    """Have a person code sentences blindly: every one that holds 车间, the others with none of these."""
    decisions = review.QUOTATIONS.states(review.QUOTATIONS.read(study.folder))
    units = pipeline.suggest._sentences(study, pipeline.review.review_book(study), "all")
    for unit in units:
        state = (
            QuoteState("code", "扶贫车间", unit.quote)
            if "车间" in unit.quote
            else QuoteState("none", "", unit.quote)
        )
        decisions[QuoteKey("李研究员", "six-in-one", *unit[:3])] = state
    with study.locked(), study.transaction():
        pipeline.review.record(study, review.QUOTATIONS, decisions, "by hand")
    return len(decisions)


def test_without_a_blind_sample_nothing_is_asked(study: Study) -> None:
    with served(reply) as (url, bodies):
        with pytest.raises(UsageError, match="coded blindly"):
            suggest(study, Endpoint(url, "m"))
        assert bodies == []


def test_a_model_is_a_coder_whose_codes_wait(study: Study) -> None:
    before = study.codings
    with served(reply) as (url, bodies):
        made = suggest(study, Endpoint(url, "m"), of="all", unchecked=True)
        assert made.coder == "llm:m" and made.asked == len(bodies) > 0
        assert made.coded and made.none and made.unclear and made.unknown
        again = suggest(study, Endpoint(url, "m"), of="all", unchecked=True)
        assert (again.asked, again.replayed) == (0, made.asked + made.replayed)
        assert len(bodies) == made.asked
    study = Study(study.folder)
    assert study.codings.equals(before)
    judged = review.QUOTATIONS.read(study.folder)
    assert set(judged["coder"]) == {"llm:m"}
    assert review.main_coder(judged) == "researcher"
    table = sheets.read_csv(study.folder / "agreement" / "llm_m.csv")
    assert "扶贫车间" in set(table["code"])


def test_kept_answers_are_replayed_without_an_endpoint(study: Study) -> None:
    with served(reply) as (url, _):
        suggest(study, Endpoint(url, "m"), of="all", unchecked=True)
    decided = (study.folder / "quote_decisions.csv").read_bytes()
    made = suggest(study, Endpoint(url, "m"), of="all", unchecked=True, replay=True)
    assert made.asked == 0 and made.replayed
    assert (study.folder / "quote_decisions.csv").read_bytes() == decided


def test_agreement_with_a_person_is_told_first(study: Study) -> None:
    code_blindly(study)
    told: list[tuple[float, int]] = []
    with served(reply) as (url, bodies):
        made = suggest(
            study, Endpoint(url, "m"), unchecked=True, limit=0,
            shown=lambda checked, person: told.append((checked.table.iloc[0]["percent"], len(bodies))),
        )  # fmt: skip
    assert made.person == "李研究员" and made.checked
    ((percent, asked),) = told
    assert percent == 1.0 and asked == len(bodies)


def test_a_person_takes_a_suggestion_over(study: Study, tmp_path: Path) -> None:
    with served(lambda body: '{"codes": ["科学规划"]}') as (url, _):
        suggest(study, Endpoint(url, "m"), of="all", limit=3, unchecked=True)
    path = tmp_path / "q.xlsx"
    plan = review.SheetPlan()
    sheet, _ = pipeline.review.write_quotes(Study(study.folder), path, plan)
    offered = sheet[sheet["method"] == "llm:m"]
    assert len(offered) == 3 and set(offered["decision"]) == {""}
    sheet.loc[offered.index[0], "decision"] = "新增"
    review.write_quote_sheet(sheet, path, plan, codes=[])
    pipeline.review.apply_quotes(study.folder, path)
    codings = Study(study.folder).codings
    taken = codings[codings["code"] == "科学规划"]
    assert list(taken["coder"]) == ["researcher"]
    assert tuple(taken.iloc[0][["doc_id", "start"]]) == tuple(offered.iloc[0][["doc_id", "start"]])


def test_only_what_both_answered_is_compared(study: Study) -> None:
    code_blindly(study)
    right = '{"codes": ["扶贫车间"]}'
    with served(lambda body: right if "车间" in sentence_of(body) else "不知道") as (url, _):
        made = suggest(study, Endpoint(url, "m"), unchecked=True, limit=0)
    assert made.unclear and made.checked and made.checked.table.iloc[0]["percent"] == 1.0
