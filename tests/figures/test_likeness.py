import pandas as pd
import pytest

from casemine import schema
from casemine.figures import NothingToDraw, likeness
from casemine.figures.style import Style, texts_of


def test_near_documents_and_what_passed_on_are_drawn_under_their_titles() -> None:
    style = Style()
    pairs = schema.SIMILAR.frame(
        [{"first": "a", "second": "b", "cosine": 0.5, "passages": 1, "letters": 40, "share": 0.1}]
    )
    documents = pd.DataFrame({"doc_id": ["a", "b"], "cluster": [1, 1]})
    flows = schema.DIFFUSION.frame([
        {"source": "a", "target": "b", "source_date": "2019", "target_date": "2020-03-01", "passages": 1,
         "letters": 40, "share": 0.1}])  # fmt: skip
    titles = {"a": "甲省方案", "b": "乙省方案"}
    with style.applied():
        for figure in (likeness.near(pairs, documents, titles, style), likeness.passed(flows, titles, style)):
            assert "甲省方案" in texts_of(figure) and "乙省方案" in texts_of(figure)
        with pytest.raises(NothingToDraw):
            likeness.near(pairs.iloc[:0], documents, titles, style)
        with pytest.raises(NothingToDraw):
            likeness.passed(flows.iloc[:0], titles, style)


def test_of_many_pairs_whole_ones_are_drawn() -> None:
    pairs = schema.SIMILAR.frame([
        {"first": f"a/{at:02}", "second": f"b/{at:02}", "cosine": 0.5 + at / 200, "passages": 1,
         "letters": 40, "share": 0.1} for at in range(50)])  # fmt: skip
    names = sorted({*pairs["first"], *pairs["second"]})
    documents = pd.DataFrame({"doc_id": names, "cluster": range(1, 101)})
    style = Style()
    with style.applied():
        shown = "".join(texts_of(likeness.near(pairs, documents, {}, style)))
    drawn = {name for name in names if name in shown}
    assert len(drawn) == 40 and "a/49" in drawn and {name.replace("a", "b") for name in drawn} == {
        name.replace("a", "b") for name in drawn if name[0] == "b"}  # fmt: skip
