"""Memos on the pages: written by one, read by others, hidden from who codes blindly."""

from pathlib import Path

from casemine.web.bench import Bench
from web.calling import Caller


def test_a_memo_on_a_document_is_written_and_read(caller: Caller, study: Path) -> None:
    doc = caller.get("/texts/list").json()["documents"][0]["doc_id"]
    assert caller.post("/memo", {"doc_id": doc, "memo": "材料偏宣传"}).json()["changed"]
    assert caller.get(f"/texts/one?doc={doc}").json()["memo"] == {"own": "材料偏宣传", "others": []}
    second = Caller(Bench(study, "B"))
    other = second.get(f"/texts/one?doc={doc}").json()["memo"]
    assert other == {"own": "", "others": [{"coder": "researcher", "text": "材料偏宣传"}]}
    blind = Caller(Bench(study, "C", blind=True))
    assert blind.get(f"/texts/one?doc={doc}").json()["memo"] == {"own": "", "others": []}


def test_a_memo_on_a_code_stands_beside_it(caller: Caller) -> None:
    book = caller.bench.book
    code = caller.get("/texts/list").json()["codes"][0]["name"]
    caller.post("/memo", {"codebook": book, "code": code, "memo": "<b>边界？</b>"})
    page = caller.get(f"/book?code={code}").text
    assert "&lt;b&gt;边界？&lt;/b&gt;" in page


def test_a_memo_on_nothing_is_refused(caller: Caller) -> None:
    for body in ({}, {"doc_id": "../x", "memo": "a"}, {"doc_id": ["x"]}, {"code": "扶贫车间", "memo": "a"},
                 {"codebook": caller.bench.book, "code": "无此编码", "memo": "a"},
                 {"codebook": "x", "code": "扶贫车间", "memo": "a"}):  # fmt: skip
        assert caller.post("/memo", body).status_code == 422
