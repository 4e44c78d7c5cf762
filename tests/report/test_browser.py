"""The page in a browser: what a reader does with it, from disk, and that it asks nobody for anything."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from casemine import pipeline, sheets
from casemine.document import Document
from casemine.study import Study

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium")
FLAGS = [
    "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def address(attacking: Path) -> str:
    (path,) = pipeline.report.report(attacking, formats=["html"]).files
    return path.as_uri()


@contextmanager
def opened(browser: Any, address: str) -> Iterator[Any]:
    """Open a page; afterwards see that its console has no complaint, and that it asked for nothing else."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address)
    yield page
    page.close()
    assert complaints == []
    assert {url.partition("#")[0] for url in requests if not url.startswith("data:")} == {address}


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    with opened(browser, address) as page:
        yield page


@pytest.fixture
def plain(browser: Any, reported: Path) -> Iterator[Any]:
    (path,) = pipeline.report.report(reported, formats=["html"]).files
    with opened(browser, path.as_uri()) as page:
        yield page


def cells(page: Any, table: str, column: int) -> list[str]:
    found: list[str] = page.locator(f"[data-table='{table}'] tbody td:nth-child({column})").all_inner_texts()
    return found


def test_a_table_is_filtered(plain: Any, reported: Path) -> None:
    known = sheets.read_csv(reported / "new_words.csv")["word"].tolist()
    wanted = known[20]
    assert wanted not in cells(plain, "new-words", 1)
    plain.locator("[data-table='new-words'] input").fill(wanted[:2])
    words = cells(plain, "new-words", 1)
    assert [word for word in known if wanted[:2] in word] == [word for word in words if wanted[:2] in word]
    assert plain.locator("[data-table='new-words'] output").inner_text() == f"{len(words)} 行"


def test_a_table_is_sorted_by_number_and_by_name(page: Any, attacking: Path) -> None:
    head = page.locator("[data-table='documents'] th", has_text="字数")
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    sizes = sheets.read_csv(attacking / "documents.csv")["chars"].astype(int).tolist()
    assert cells(page, "documents", 4) == [f"{size:,}" for size in sorted(sizes, reverse=True)]
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert cells(page, "documents", 4) == [f"{size:,}" for size in sorted(sizes)]
    page.get_by_role("columnheader", name="地区").get_by_role("button").click()
    assert cells(page, "documents", 2) == ["", "四川", "云南"]


def test_a_code_unfolds_to_its_quotations_in_portions(page: Any, attacking: Path) -> None:
    codings = sheets.read_csv(attacking / "codings.csv").drop_duplicates(["doc_id", "start", "code"])
    count = (codings["code"] == "扶贫产业").sum()
    assert count > 20
    code = page.locator("details.open", has=page.locator("summary .name", has_text="扶贫产业"))
    assert code.locator("li").count() == 0
    code.locator("summary").click()
    code.locator("li").first.wait_for()
    assert code.locator("li").count() == 20
    assert code.locator("li mark").first.inner_text() == "扶贫产业"
    while code.locator(".more").is_visible():
        code.locator(".more").click()
    assert code.locator("li").count() == count


def test_a_quotation_leads_to_its_place_and_back(page: Any, attacking: Path) -> None:
    second = texts(attacking)[1]
    code = page.locator("details.open", has=page.locator("summary .name", has_text="特色产业"))
    code.locator("summary").click()
    link = code.locator("li", has_text="特色产业。").first.locator("a")
    link.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    assert before > 0
    link.click()
    reader = page.locator("dialog")
    reader.locator(".found").first.wait_for()
    assert reader.is_visible()
    assert reader.locator("h2").inner_text() == second.title
    assert "".join(reader.locator(".found").all_inner_texts()) == "特色产业。"
    assert reader.locator(".found mark").inner_text() == "特色产业"
    assert {"防贫预警", "扶贫产业"} <= set(reader.locator(".chip").all_inner_texts())
    page.go_back()
    reader.wait_for(state="hidden")
    assert page.evaluate("scrollY") == before


def texts(folder: Path) -> list[Document]:
    return Study(folder).texts


def test_a_link_from_outside_opens_the_text_at_its_sentence(page: Any, address: str, attacking: Path) -> None:
    document = texts(attacking)[1]
    start = document.text.index("全县")  # after two characters that are two units each in JavaScript
    end = document.text.index("\n", start)
    page.goto("about:blank")
    page.goto(f"{address}#doc={document.doc_id.replace('&', '%26').replace('#', '%23')}&at={start}-{end}")
    reader = page.locator("dialog")
    reader.locator(".found").first.wait_for()
    assert "".join(reader.locator(".found").all_inner_texts()) == document.text[start:end]
    assert reader.locator(".found").first.evaluate("part => part.getBoundingClientRect().top > 0")
    assert not reader.locator(".back").is_visible()
    page.keyboard.press("Escape")
    reader.wait_for(state="hidden")
    assert "doc=" not in page.url


def test_a_number_leads_to_its_quotations(page: Any) -> None:
    table = page.locator("[data-field='region'] table")
    page.locator("[data-field='region'] select").first.select_option("open")
    row = table.locator("tbody tr", has=page.get_by_text("扶贫产业", exact=True))
    assert row.locator("td").all_inner_texts()[0] == "扶贫产业"
    at = table.locator("thead th").all_inner_texts().index("四川")
    assert row.locator("td").nth(at).inner_text() == "1"
    page.locator("[data-field='region'] select").nth(1).select_option("quotations")
    row.locator("td").nth(at).locator("a").click()
    reader = page.locator("dialog")
    reader.locator("li").first.wait_for()
    assert reader.locator("h2").inner_text() == "扶贫产业 × 四川"
    assert reader.locator("li").count() == 1
    assert reader.locator("mark").all_inner_texts() == ["扶贫产业"]
    page.go_back()


def test_every_number_of_a_table_is_as_many_quotations(page: Any) -> None:
    level, measure = page.locator("[data-field='region'] select").all()
    measure.select_option("quotations")
    for name in ("selective", "open"):
        level.select_option(name)
        for link in page.locator("[data-field='region'] tbody a").all():
            link.click()
            page.locator("dialog li").first.wait_for()
            told = page.locator("dialog .quiet").first.inner_text()
            page.locator("dialog .close").click()
            page.locator("dialog li").first.wait_for(state="hidden")
            assert f"，{link.inner_text()} 条引文" in told


def test_a_keyword_leads_to_a_sentence_of_each_of_its_documents(page: Any, attacking: Path) -> None:
    frequency = sheets.read_csv(attacking / "frequency_final.csv").set_index("keyword")["documents"]
    for link in page.locator("[data-table='keywords'] td:first-child a").all()[:5]:
        word = link.inner_text()
        link.click()
        page.locator("dialog li").first.wait_for()  # the address changes first, then the page
        assert page.locator("dialog li").count() == int(frequency[word])
        assert word in page.locator("dialog mark").all_inner_texts()
        page.locator("dialog .close").click()
        page.locator("dialog li").first.wait_for(state="hidden")


def test_the_keyboard_is_enough(page: Any) -> None:
    page.locator("#unused").focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.parentElement.matches('details.open')"):
            break
    assert page.evaluate("document.activeElement.matches(':focus-visible')")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.locator("details.open[open] li").first.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    reader = page.locator("dialog")
    reader.locator(".found").first.wait_for()
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    reader.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.matches('details.open[open] li a')")


def test_texts_that_attack_the_page_stay_texts(page: Any, attacking: Path, attack: str) -> None:
    first = texts(attacking)[0]
    page.locator("[data-table='documents'] td a").first.click()
    reader = page.locator("dialog")
    reader.locator(".text p").first.wait_for()
    assert reader.locator("h2").inner_text() == f"{attack}甲"
    assert attack in reader.locator(".text").inner_text()
    assert (
        reader.locator(".text").evaluate("text => [...text.querySelectorAll('p')].length")
        == first.text.count("\n") + 1
    )
    assert page.locator("dialog script").count() == 0
    assert page.title() == attacking.name


def test_the_method_paragraph_is_copied(page: Any) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = page.locator(".copy").first
    button.click()
    page.get_by_role("status").get_by_text("已").wait_for(state="attached")
    paragraph = page.locator(".copied p").first.text_content()
    assert page.evaluate("getSelection().toString()").strip() == paragraph.strip()


def test_a_phone_needs_no_sideways_scrolling(page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
