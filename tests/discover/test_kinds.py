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


def test_the_column_that_reports_stand_in_comes_after_what_they_tell_of() -> None:
    towns = ["青岭", "石坪", "东沟", "南湾", "西洼", "北塬", "白河", "黑山", "红崖", "蓝田", "绿洲", "黄坡"]
    texts = [
        f"新春走基层：{town}的年货\n腊月里，记者来到{town}村。村里的扶贫车间正在赶订单，{number}名村民在扶贫车间上班。"
        f"今年{town}村又添了一个扶贫车间，收入比去年多了。"
        for number, town in enumerate(towns, start=3)
    ]
    columns = NewWordDiscoverer(min_count=2).fit(texts).columns_
    told = {
        word: (kind, weight, into)
        for word, kind, weight, into in zip(
            columns["word"], columns["kind"], columns["weight"], columns["absorbed_by"], strict=True
        )
    }
    assert told["新春走基层"][0] == "series"
    # It stands at the head of every report and is worth a tenth of a term with that evidence; what is cut out
    # of it is part of it all the same.
    assert told["新春走基层"][1] < told["扶贫车间"][1] / 5
    assert told["走基层"][2] == "新春走基层"
