import json

from casemine.errors import DocumentError
from casemine.ingest.readers import read_file
from ingest.readers.reading import PROSE, failure, texts


def test_json_records_are_documents():
    rows = {
        "total": 2,
        "list": [{"t": {"content": f"<p>{PROSE}</p>", "title": "一"}, "n": 3}, {"t": {"content": None}}],
    }
    first, second = read_file(json.dumps(rows).encode(), "a.json")
    assert (first.record_id, texts(first)) == ("#1", [("title", "一"), ("paragraph", PROSE)])
    assert first.metadata == {"title": "一", "n": "3"}
    assert isinstance(second, DocumentError) and second.place == "a.json#2"


def test_jsonl_goes_on_after_a_bad_line():
    lines = f'{{"id": 7, "text": "{PROSE}"}}\n{{oops\n\n{{"id": 8, "text": "{PROSE}"}}\n'
    bad, *good = read_file(lines.encode(), "a.jsonl")
    assert (bad.place, bad.cause) == ("a.jsonl#2", "line 2 is not valid JSON.")
    assert [record.record_id for record in good] == ["#1", "#4"]
    assert failure("{oops", "b.json") == "the file is not valid JSON."
