"""The page to start with: files put in under names that lead nowhere, a study begun, a codebook chosen."""

from pathlib import Path
from typing import Any

import pytest

from casemine import resources
from casemine.study import Study
from casemine.web.bench import Bench
from casemine.web.start import file_name, inbox
from web.calling import HERE, Caller


def put(caller: Caller, *files: tuple[str, bytes]) -> Any:
    given = [("files", (name, data)) for name, data in files]
    return caller.client.post("/start/upload", files=given, headers={"origin": HERE})


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("报告.docx", "报告.docx"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\a\\b.TXT", "b.txt"),
        ("a b?.pdf", "a_b.pdf"),
        ("x.exe", ""),
        ("..", ""),
        ("", ""),
        (".txt", ""),
        ("name", ""),
        ("x.tx/t", ""),
        ("字" * 300 + ".txt", "字" * 120 + ".txt"),
    ],
)
def test_a_name_leads_nowhere(given: str, kept: str) -> None:
    assert file_name(given) == kept


def test_from_files_to_a_coded_study_by_pages_alone(tmp_path: Path) -> None:
    folder = tmp_path / "新研究"
    caller = Caller(Bench(folder))
    assert caller.get("/").headers["location"] == "/start"
    assert caller.get("/start").status_code == 200
    assert caller.post("/start/read", {}).status_code == 422
    data = (resources.corpus("cases") / "08-jiangxi.txt").read_bytes()
    told = put(caller, ("../江西.txt", data), ("坏.exe", b"MZ"), ("空.txt", b"")).json()
    assert told["taken"] == ["江西.txt", "空.txt"]
    assert told["refused"] == [{"file": "坏.exe", "reason": "unknown_kind"}]
    assert sorted(path.name for path in inbox(folder).iterdir()) == ["江西.txt", "空.txt"]
    assert caller.post("/start/read", {}).json()["started"]
    caller.bench.jobs.wait(120)
    assert caller.bench.jobs.error == ""
    page = caller.get("/start").text
    assert "空.txt" in page  # left out, and why
    assert caller.post("/start/code", {"codebook": "../x"}).status_code == 422
    assert caller.post("/start/code", {"codebook": "six-in-one"}).json()["started"]
    caller.bench.jobs.wait(120)
    assert Study(folder).coded_by == ["six-in-one"]
    assert caller.get("/texts/list").json()["codes"]
    second = put(caller, ("另一篇.txt", "村里办起扶贫车间，就业有了着落。".encode())).json()
    assert second["waiting"] == 3
    caller.post("/start/read", {})
    caller.bench.jobs.wait(120)
    assert caller.bench.jobs.error == ""
    assert len(Study(folder).documents) == 2


def test_what_was_read_before_is_read_with_what_is_put_in(caller: Caller, study: Path) -> None:
    before = len(Study(study).documents)
    put(caller, ("另一篇.txt", "村里办起扶贫车间，就业有了着落。".encode()))
    caller.post("/start/read", {})
    caller.bench.jobs.wait(120)
    assert caller.bench.jobs.error == ""
    assert len(Study(study).documents) == before + 1


def test_read_only_takes_no_file(study: Path) -> None:
    assert put(Caller(Bench(study, read_only=True)), ("x.txt", b"x")).status_code == 403
    assert not inbox(study).exists()
