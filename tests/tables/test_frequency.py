import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine import schema
from casemine.document import Document, Passage
from casemine.tables.frequency import frequency, leading
from casemine.terms import ADDED


def keywords(*pairs):
    return pd.DataFrame(pairs, columns=["doc_id", "word"])


def rows(table):
    return {
        row.keyword: (row.documents, row.containing, row.occurrences, row.distinct, row.share)
        for row in table.itertuples(index=False)
    }


def test_documents_containing_and_occurrences_are_three_things():
    documents = [Document("a", "扶贫车间和扶贫车间"), Document("b", "村里有扶贫车间"), Document("c", "没有")]
    table = frequency(keywords(("a", "扶贫车间")), documents)
    schema.FREQUENCY.check(table)
    assert rows(table) == {"扶贫车间": (1, 2, 3, 3, pytest.approx(1 / 3, abs=1e-4))}


def test_every_place_counts_and_the_longest_match_is_distinct():
    documents = [Document("a", "扶贫产业园带动扶贫产业，扶贫产业园很大")]
    table = frequency(keywords(("a", "扶贫产业园"), ("a", "扶贫产业"), ("a", "产业")), documents)
    assert rows(table) == {
        "扶贫产业园": (1, 1, 2, 2, 1.0),
        "扶贫产业": (1, 1, 3, 1, 1.0),
        "产业": (1, 1, 3, 0, 1.0),
    }


def test_a_longer_keyword_goes_before_one_that_begins_earlier():
    documents = [Document("a", "产业扶贫车间")]
    table = frequency(keywords(("a", "产业扶贫"), ("a", "扶贫车间队"), ("a", "扶贫车")), documents)
    assert rows(table)["产业扶贫"] == (1, 1, 1, 1, 1.0)
    documents = [Document("a", "甲乙丙丁戊")]
    table = frequency(keywords(("a", "甲乙丙"), ("a", "丙丁戊己"), ("a", "乙丙丁戊")), documents)
    assert {word: row[3] for word, row in rows(table).items()} == {"甲乙丙": 0, "丙丁戊己": 0, "乙丙丁戊": 1}


def test_a_word_does_not_overlap_itself():
    assert rows(frequency(keywords(("a", "天天")), [Document("a", "天天天天天")]))["天天"][2] == 2


def test_latin_words_are_whole_and_one_character_counts():
    documents = [Document("a", "AI与CHAIN，AI2、AI；水中有水")]
    table = frequency(keywords(("a", "AI"), ("a", "水")), documents)
    assert {word: row[2] for word, row in rows(table).items()} == {"AI": 2, "水": 2}


def test_uncounted_text_does_not_count():
    documents = [
        Document("a", "扶贫车间\n扶贫车间", passages=(Passage(0, 4, "references"), Passage(5, 9, "body")))
    ]
    assert rows(frequency(keywords(("a", "扶贫车间")), documents))["扶贫车间"] == (1, 1, 1, 1, 1.0)


def test_rows_go_by_documents_then_occurrences_then_keyword():
    documents = [Document("a", "乙丙丙甲甲"), Document("b", "丁")]
    pairs = (("a", "乙"), ("a", "丙"), ("a", "甲"), ("a", "丁"), ("b", "丁"))
    assert frequency(keywords(*pairs), documents)["keyword"].tolist() == ["丁", "丙", "甲", "乙"]


def test_nothing_in_nothing_out():
    assert frequency(keywords(), []).empty
    assert rows(frequency(keywords(("a", "扶贫")), [])) == {"扶贫": (1, 0, 0, 0, 1.0)}


@given(
    st.lists(st.text("甲乙丙A1", min_size=1, max_size=3), min_size=1, max_size=4),
    st.text("甲乙丙A1 。", max_size=30),
)
def test_distinct_spans_never_cover_more_than_the_text(words, text):
    table = frequency(keywords(*(("a", word) for word in words)), [Document("a", text)])
    assert sum(row.distinct * len(row.keyword) for row in table.itertuples()) <= len(text)
    assert (table["containing"] <= 1).all()
    assert (
        table["occurrences"].tolist() == [text.count(word) for word in table["keyword"]]
        or "A" in text
        or "1" in text
    )
    assert (table["containing"] <= table["occurrences"]).all()
    assert (table["distinct"] <= table["occurrences"]).all()


def test_variants_inside_each_other_count_once():
    documents = [Document("a", "扶贫车间和扶贫车间队，车间")]
    merged = {"*": {"扶贫车间队": "扶贫车间", "车间": "扶贫车间"}}
    table = frequency(keywords(("a", "扶贫车间")), documents, merged)
    assert rows(table) == {"扶贫车间": (1, 1, 3, 3, 1.0)}


def test_a_word_inside_longer_latin_ones_alone_stands_there_all_the_same():
    table = frequency(keywords(("a", "G基站")), [Document("a", "5G基站多，5G基站好")])
    assert rows(table) == {"G基站": (1, 1, 2, 0, 1.0)}


def test_a_found_and_an_added_word_count_by_one_rule() -> None:
    texts = [Document("a", "办电子商务。"), Document("b", "学电子商务。"), Document("c", "建网店。")]
    base = {"rank": 1, "weight": 1.0, "frequency": 1, "new": False, "context": "", "start": 0, "end": 0}
    found = [{**base, "doc_id": "a", "word": "电子商务", "pos": "n"}]
    added = [{**base, "doc_id": "b", "word": "电子商务", "pos": ADDED}]
    both = schema.KEYWORDS.frame([*found, *added])
    kept = frequency(schema.KEYWORDS.frame(found), texts, given=frozenset())
    assert frequency(both, texts, given=frozenset()).equals(kept)
    assert kept[["documents", "containing"]].to_numpy().tolist() == [[1, 2]]
    # Given to that document by a person it is one of its own.
    assert frequency(both, texts, given={("b", "电子商务")})["documents"].tolist() == [2]
    assert leading(both, frozenset())["doc_id"].tolist() == ["a"]
