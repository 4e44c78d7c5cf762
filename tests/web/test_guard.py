"""Who may ask the workbench: token, host, origin, and what read only means."""

from pathlib import Path

import pytest

from casemine.web.bench import Bench
from casemine.web.guard import Keys
from web.calling import HERE, PORT, Caller


def test_without_the_token_nothing_is_answered(caller: Caller) -> None:
    caller.client.cookies.clear()
    for address in ("/", "/words", "/static/page.css", "/version", "/?token=wrong", "/?token="):
        assert caller.get(address).status_code == 403


def test_the_token_works_once_and_the_cookie_is_kept_from_scripts(study: Path) -> None:
    caller = Caller(Bench(study))
    keys = Keys(PORT)
    other = Caller(caller.bench, keys)
    assert keys.spent
    other.client.cookies.clear()
    assert other.get(f"/?token={keys.token}").status_code == 403
    fresh = Keys(PORT)
    again = Caller(caller.bench, fresh)
    again.keys.spent = False
    again.client.cookies.clear()
    entered = again.get(f"/?token={fresh.token}")
    assert entered.status_code == 303
    assert entered.headers["location"] == "/"
    cookie = entered.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert fresh.token not in cookie


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8123", "127.0.0.1:9", "localhost", ""])
def test_a_foreign_host_is_refused(caller: Caller, host: str) -> None:
    assert caller.get("/words", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    "origin", ["null", "http://evil.example", f"https://127.0.0.1:{PORT}", "http://127.0.0.1"]
)
def test_a_foreign_origin_is_refused(caller: Caller, origin: str) -> None:
    assert caller.get("/words", headers={"origin": origin}).status_code == 403
    refused = caller.client.post("/words/undo", json={}, headers={"origin": origin})
    assert refused.status_code == 403


def test_a_write_without_an_origin_is_refused(caller: Caller) -> None:
    assert caller.client.post("/words/undo", json={}).status_code == 403
    assert caller.client.post("/words/undo", json={}, headers={"origin": HERE}).status_code == 200


def test_read_only_writes_nothing(study: Path) -> None:
    before = {path: path.read_bytes() for path in study.rglob("*") if path.is_file()}
    caller = Caller(Bench(study, read_only=True))
    for address in ("/", "/words", "/texts", "/book", "/coders", "/results", "/start", "/bar", "/version"):
        assert caller.get(address).status_code == 200, address
    refused = caller.post("/words/decide", {"word": "扶贫车间", "decision": "keep"})
    assert refused.status_code == 403
    caller.bench.advice.wait()
    assert {path: path.read_bytes() for path in study.rglob("*") if path.is_file()} == before


def test_a_page_may_load_nothing_from_elsewhere(caller: Caller) -> None:
    answer = caller.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<script>" not in answer.text
    assert " style=" not in answer.text


def test_an_address_in_numbers_is_this_machine() -> None:
    keys = Keys(80)
    assert keys.is_here("192.168.1.7:80")
    assert keys.is_here("[::1]:80")
    assert not keys.is_here("host.example:80")
    assert not Keys(PORT).is_here("192.168.1.7")


def test_a_broken_cookie_is_no_session() -> None:
    assert not Keys(80).knows("casemine_80=\x00;;;=")


def test_at_the_port_of_http_a_browser_names_none() -> None:
    at_80 = Keys(80)
    assert at_80.is_here("127.0.0.1") and at_80.is_here("127.0.0.1:80") and at_80.is_here("[::1]")
    assert not at_80.is_here("127.0.0.1:8123") and not at_80.is_here("evil.example") and not at_80.is_here("")
    assert not Keys(PORT).is_here("127.0.0.1")
