"""One question to a model: where it may be asked, and what an answer may be."""

import socket
import threading

import pytest

from casemine.coding.llm import endpoint
from casemine.coding.llm.endpoint import LONGEST, Endpoint, EndpointError
from casemine.errors import UsageError
from fake_model import served


def test_a_question_and_its_answer() -> None:
    with served(lambda body: "好") as (url, bodies):
        assert Endpoint(url, "m", key="k").ask("规则", "问题") == "好"
    (body,) = bodies
    assert (body["path"], body["model"], body["temperature"]) == ("/v1/chat/completions", "m", 0)
    assert [message["content"] for message in body["messages"]] == ["规则", "问题"]
    assert body["key"] == "Bearer k"


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/v1", "http://localhost/v1", "https://[::1]:9/v1"])
def test_addresses_of_this_computer(url: str) -> None:
    assert Endpoint(url, "m").local


@pytest.mark.parametrize(
    "url", ["https://api.example.org/v1", "http://127.0.0.1.example.org/v1", "http://10.0.0.2/v1"]
)
def test_other_addresses_need_a_word(url: str) -> None:
    with pytest.raises(UsageError, match="not this computer"):
        Endpoint(url, "m")
    assert not Endpoint(url, "m", remote=True).local


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://127.0.0.1:abc/v1",
        "http://127.0.0.1/a b",
        "file:///etc/passwd",
        "127.0.0.1:11434",
        "ftp://127.0.0.1/",
    ],
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(UsageError, match="no address"):
        Endpoint(url, "m", remote=True)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (500, "answered 500"),
        (302, "answered 302"),
        (b"<html>", "did not answer as"),
        (b'{"choices": []}', "did not answer as"),
        (b'{"choices": [{"message": {"content": 3}}]}', "with a text"),
        (b" " * (LONGEST + 1), "more than"),
    ],
)
def test_what_is_no_answer(reply: int | bytes, said: str) -> None:
    with served(lambda body: reply) as (url, _), pytest.raises(EndpointError, match=said):
        Endpoint(url, "m").ask("规则", "问题")


def test_a_second_try_and_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "PAUSE", 0)
    replies: list[str | int] = [503, "好"]
    with served(lambda body: replies.pop(0)) as (url, bodies):
        assert Endpoint(url, "m").ask("规则", "问题") == "好"
    assert len(bodies) == 2
    with pytest.raises(EndpointError, match="cannot be reached"):
        Endpoint(url, "m").ask("规则", "问题")


def test_a_refusal_is_not_asked_again() -> None:
    with served(lambda body: 401) as (url, bodies), pytest.raises(EndpointError, match="401"):
        Endpoint(url, "m").ask("规则", "问题")
    assert len(bodies) == 1


def test_a_port_that_speaks_otherwise_is_one_message() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            with server.accept()[0] as caller:
                caller.sendall(b"220 mail ready\r\n")

        thread = threading.Thread(target=greet)
        thread.start()
        with pytest.raises(EndpointError):
            Endpoint(f"http://127.0.0.1:{server.getsockname()[1]}/v1", "m").ask("规则", "问题")
        thread.join()


def test_the_key_is_never_shown() -> None:
    assert "secret" not in repr(Endpoint("http://127.0.0.1/v1", "m", key="secret"))
