import pandas as pd
import pytest

from casemine.pipeline.report import ReportView
from casemine.report import tables
from casemine.report.three_line import ThreeLine
from report.shown import changed


def rectangular(table: ThreeLine) -> bool:
    return all(len(row) == len(table.headers) == len(table.align) for row in table.rows)


def test_documents_are_numbered_and_a_part_is_called_one(small: ReportView) -> None:
    whole, part = tables.documents(small, 3), tables.documents(small, 2)
    assert (whole.caption, part.caption) == ("政策文本清单", "政策文本清单（部分）")
    assert [row[0] for row in whole.rows] == ["1", "2", "3"] and len(part.rows) == 2
    assert rectangular(whole)


def test_new_words_are_the_leading_ones(small: ReportView) -> None:
    left = small.new_words.iloc[1:]
    shown = tables.new_words(changed(small, leading_new_words=left), 30)
    words = {cell for row in shown.rows for cell in row}
    assert set(left["word"]) <= words and small.new_words["word"].iloc[0] not in words


def test_keywords_of_each_document_stand_with_their_weights(small: ReportView) -> None:
    rows = tables.weights(small, 3).rows
    first = small.documents["doc_id"][0]
    own = small.keywords[small.keywords["doc_id"] == first]
    expected = "、".join(f"{row.word}（{row.weight:.2f}）" for row in own.itertuples())
    assert rows[0][-1] == expected
    added = small.keywords.assign(weight=0.0)
    assert "（新增）" in tables.weights(changed(small, keywords=added), 1).rows[0][-1]


def test_coding_tables_hold_the_codes_that_documents_have(small: ReportView) -> None:
    axial, selective = tables.axial_coding(small), tables.selective_coding(small)
    assert rectangular(axial) and rectangular(selective)
    told = "".join(cell for row in axial.rows for cell in row)
    assert "防贫预警（2" in told and "扶贫产业（2" in told
    assert {row[-1] for row in selective.rows} == {"防贫预警", "扶贫产业"}
    assert selective.merged == 1


def test_of_each_code_no_more_sentences_are_shown_than_fit(small: ReportView) -> None:
    table = tables.open_coding(small)
    counts = pd.Series([row[-1] for row in table.rows]).value_counts()
    assert set(counts.index) == {"防贫预警", "扶贫产业"} and counts.max() <= tables.SENTENCES
    texts = "".join(document.text for document in small.texts)
    assert all(row[1] in texts for row in table.rows)


def test_where_documents_name_no_group_there_is_no_table(small: ReportView) -> None:
    assert tables.by_group(small, "region", "selective") == []


@pytest.mark.parametrize(("across", "count"), [(10, 1), (1, 2)])
def test_codes_that_do_not_go_across_go_on_in_a_further_table(
    small: ReportView, monkeypatch: pytest.MonkeyPatch, across: int, count: int
) -> None:
    monkeypatch.setattr(tables, "ACROSS", across)
    named = changed(small, documents=small.documents.assign(region="云南"))
    drawn = tables.by_group(named, "region", "axial")
    assert len(drawn) == count and all(map(rectangular, drawn))
    assert drawn[0].caption.endswith("（1）") is (count > 1)
    assert drawn[0].rows[-1][0] == "合计"


def test_frequencies_are_ranked(small: ReportView) -> None:
    table = tables.frequency(small, 4)
    told = [cell for row in table.rows for cell in row]
    assert all(word in told for word in small.frequency["keyword"].head(4))
