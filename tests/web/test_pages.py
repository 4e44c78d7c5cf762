"""What every page has: what is refused is told as a page or as an answer, never as a traceback."""

from pathlib import Path

from web.calling import Caller


def test_a_broken_file_is_told_on_the_page(caller: Caller, study: Path) -> None:
    (study / "quote_decisions.csv").write_text("kaputt\n", encoding="utf-8")
    page = caller.get("/coders", headers={"accept": "text/html"})
    assert page.status_code == 422
    assert "quote_decisions.csv" in page.text
    assert "Traceback" not in page.text


def test_every_page_names_where_it_is(caller: Caller) -> None:
    for address in ("/", "/texts", "/book", "/coders", "/results", "/start"):
        text = caller.get(address).text
        assert text.count('aria-current="page"') == 1, address
