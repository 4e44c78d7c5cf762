from casemine.pipeline.report import ReportView
from casemine.report.page_data import group_of, spans, texts, tree
from casemine.terms import NO_GROUP


def test_the_tree_is_that_of_the_codebook_with_cases_and_quotations(small: ReportView) -> None:
    branches = tree(small)
    tops = small.codebook.loc[small.codebook["level"] == "selective", "code"].tolist()
    assert [branch["code"] for branch in branches] == tops
    leaves = [leaf for top in branches for middle in top["members"] for leaf in middle["members"]]
    given = {leaf["code"]: (leaf["cases"], leaf["quotations"]) for leaf in leaves if leaf["cases"]}
    assert given == {"防贫预警": (2, 3), "扶贫产业": (2, 3)}
    numbers = [leaf["number"] for leaf in leaves]
    assert small.codebook["code"][numbers[0]] == leaves[0]["code"]


def test_a_quotation_is_a_place_in_a_text_with_its_keywords(small: ReportView) -> None:
    told = spans(small)
    documents, codes = small.documents["doc_id"].tolist(), small.codebook["code"].tolist()
    text_of = {document.doc_id: document.text for document in small.texts}
    assert len(told["quotations"]) == 6
    for code, document, start, end, coder, _, word, offset, length, *_ in told["quotations"]:
        sentence = text_of[documents[document]][start:end]
        assert codes[code] in ("防贫预警", "扶贫产业") and told["coders"][coder] == "程序"
        assert sentence[offset : offset + length] == told["words"][word]
    assert told["quotations"] == sorted(told["quotations"], key=lambda row: (row[1], row[2], row[3], row[0]))


def test_each_keyword_has_the_sentence_it_stands_in(small: ReportView) -> None:
    told = spans(small)
    documents = small.documents["doc_id"].tolist()
    text_of = {document.doc_id: document.text for document in small.texts}
    assert len(told["contexts"]) == len(small.keywords)
    for code, document, start, end, _, _, word, offset, length in told["contexts"]:
        sentence = text_of[documents[document]][start:end]
        assert code == -1 and sentence[offset : offset + length] == told["words"][word]


def test_documents_without_a_group_are_said_to_have_none(small: ReportView) -> None:
    groups = group_of(small)
    assert set(groups) == set(small.groups)
    assert groups["region"] == [NO_GROUP] * 3


def test_texts_stand_in_the_order_of_the_documents(small: ReportView) -> None:
    assert [text["text"] for text in texts(small)] == [document.text for document in small.texts]
    for text in texts(small):
        assert all(kind in (1, 2) and start < end for start, end, kind in text["passages"])
