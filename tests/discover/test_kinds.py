from __future__ import annotations

from casemine.discover import NewWordDiscoverer
from casemine.discover.kinds import KINDS


def test_a_person_is_told_by_the_letters() -> None:
    text = "县里来了屈玥。屈玥说，群众有困难就找屈玥。村民都认得屈玥，屈玥也记得每户。"
    columns = NewWordDiscoverer().fit([text]).columns_
    kind = dict(zip(columns["word"], zip(columns["pos"], columns["kind"], strict=True), strict=True))
    assert kind["屈玥"] == ("nr_new", "person")


def test_no_person_without_a_surname() -> None:
    text = "村里买了福村宝，福村宝管看病。大家说福村宝好；有了福村宝，不怕病。福村宝便宜，福村宝管用。"
    columns = NewWordDiscoverer().fit([text]).columns_
    assert dict(zip(columns["word"], columns["pos"], strict=True))["福村宝"] == "n_new"


def test_every_word_has_a_kind() -> None:
    text = "村里办起扶贫车间，扶贫车间招工。青岭村有扶贫车间，青岭村修路，去青岭村看看。"
    columns = NewWordDiscoverer().fit([text]).columns_
    assert set(columns["kind"]) <= set(KINDS)
    assert dict(zip(columns["word"], columns["kind"], strict=True))["扶贫车间"] == "term"
