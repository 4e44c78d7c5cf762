"""The application: its language, its version, work in the background while which nothing is decided."""

import threading

from web.calling import Caller


def test_the_language_is_chosen_and_kept(caller: Caller) -> None:
    assert '<html lang="zh-CN">' in caller.get("/").text
    chosen = caller.get("/language/en?to=/texts")
    assert chosen.headers["location"] == "/texts"
    english = caller.get("/").text
    assert '<html lang="en">' in english and '"keep": "Keep"' in english
    assert caller.get("/language/fr?to=//evil.example").headers["location"] == "/"


def test_the_version_changes_with_every_action(caller: Caller) -> None:
    before = caller.get("/version").json()["version"]
    word = caller.get("/words").json()["words"][0]["word"]
    after = caller.post("/words/decide", {"word": word, "decision": "keep"}).json()["version"]
    assert before != after == caller.get("/version").json()["version"]


def test_while_work_runs_nothing_is_decided(caller: Caller) -> None:
    ready = threading.Event()
    assert caller.bench.jobs.start(lambda progress: ready.wait(30))
    assert caller.post("/words/decide", {"word": "x", "decision": "keep"}).status_code == 423
    assert caller.get("/version").json()["running"]
    assert "<progress" in caller.get("/bar").text
    ready.set()
    caller.bench.jobs.wait()
    assert not caller.get("/version").json()["running"]


def test_scripts_and_styles_come_from_here(caller: Caller) -> None:
    for name in ("page.css", "common.js", "words.js", "vendor/htmx.min.js", "vendor/htmx-LICENSE.txt"):
        assert caller.get(f"/static/{name}").status_code == 200
    assert caller.get("/static/../app.py").status_code == 404
