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
