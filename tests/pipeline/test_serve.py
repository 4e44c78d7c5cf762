"""Decisions one by one: the same files as a sheet's, also when somebody else writes in between."""

from pathlib import Path

import pandas as pd

from casemine import review, schema
from casemine.pipeline import serve
from casemine.study import Study

KEEP, DROP = review.WordState("keep"), review.WordState("drop")


def key(word: str, coder: str = "researcher") -> review.WordKey:
    return review.WordKey(coder, "*", word)


def test_a_keeper_sees_what_somebody_else_wrote(coded: Path) -> None:
    study = Study(coded)
    first, second, third = study.frequency["keyword"].tolist()[:3]
    keeper = serve.Keeper(review.WORDS)
    serve.decide_words(study, [(key(first), KEEP)], keeper=keeper)
    serve.decide_words(Study(coded), [(key(second), DROP)])
    told = serve.decide_words(study, [(key(third), KEEP)], keeper=keeper)
    states = review.WORDS.states(review.read_decisions(coded))
    assert states == {key(first): KEEP, key(second): DROP, key(third): KEEP}
    assert list(told.before) == [key(third)]
    assert review.replay(review.read_history(coded)) == states
    numbers = review.read_history(coded)["number"].tolist()
    assert numbers == [1, 2, 3]


def test_what_was_changed_by_hand_enters_the_history(coded: Path) -> None:
    study = Study(coded)
    first, second = study.frequency["keyword"].tolist()[:2]
    keeper = serve.Keeper(review.WORDS)
    serve.decide_words(study, [(key(first), KEEP)], keeper=keeper)
    path = coded / "decisions.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace("keep", "drop"), encoding="utf-8-sig")
    serve.decide_words(study, [(key(second), KEEP)], keeper=keeper)
    history = review.read_history(coded)
    assert history["source"].tolist() == [serve.SOURCE, "decisions.csv", serve.SOURCE]
    assert review.replay(history) == review.WORDS.states(review.read_decisions(coded))


def test_marks_show_what_was_decided() -> None:
    blank = dict.fromkeys(schema.CODINGS.names, "") | {"score": 1.0, "codebook": "b@1", "coder": "casemine"}
    rows = [{**blank, "doc_id": "d", "start": 0, "end": 4, "code": "甲", "keyword": "一"},
            {**blank, "doc_id": "d", "start": 5, "end": 9, "code": "乙", "keyword": "二"}]  # fmt: skip
    codings: pd.DataFrame = schema.CODINGS.frame(rows)
    at = review.QuoteKey("r", "b", "d", 0, 4, "甲", "一")
    gone = review.QuoteKey("r", "b", "d", 10, 12, "丙", "三")
    states = {at: review.QuoteState("recode", "丁"), gone: review.QuoteState("drop")}
    shown = [(mark.key.start, mark.code, mark.status) for mark in serve.marks(codings, states, "d", "b", "r")]
    assert shown == [(0, "丁", "recode"), (5, "乙", "open"), (10, "丙", "drop")]
    assert serve.marks(codings, states, "d", "b", "x", blind=True) == []
