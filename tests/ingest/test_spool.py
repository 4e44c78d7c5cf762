from casemine.document import Document, Passage
from casemine.ingest.spool import Spool, Spooled

DOCUMENTS = [
    Document("b", "山村", passages=(Passage(0, 2, "body"),)),
    Document("a", "水乡", "记", "浙江", "2020"),
]


def test_documents_come_back_whole_in_the_order_asked_for() -> None:
    spool = Spool()
    left = [spool.put(document) for document in DOCUMENTS]
    assert [(each.doc_id, each.title, each.text, each.passages) for each in left] == [
        ("b", "", "", ()),
        ("a", "记", "", ()),
    ]
    spooled = Spooled(spool, ["a", "b"])
    assert list(spooled) == list(spooled) == DOCUMENTS[::-1]
    assert (len(spooled), spooled[0], list(spooled[1:])) == (2, DOCUMENTS[1], DOCUMENTS[:1])
