"""The workbench in a browser: by keyboard alone, in two tabs, killed, attacked, in both languages."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from casemine import review, sheets
from casemine.pipeline.review import apply_review, write_words
from casemine.study import Study
from web.calling import Served

Start = Callable[..., Served]
DESK, PHONE = {"width": 1366, "height": 800}, {"width": 390, "height": 844}


@contextmanager
def opened(browser: Any, address: str, size: Any = DESK) -> Iterator[Any]:
    """Open the workbench; afterwards see that no page complained, and that none asked another machine."""
    context = browser.new_context(viewport=size)
    context.set_default_timeout(20_000)
    complaints: list[str] = []
    hosts: set[str] = set()
    page = context.new_page()
    context.on("console", lambda message: complaints.append(message.text))
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.goto(address)
    page.home = address.partition("/?")[0]
    yield page
    context.close()
    assert complaints == []
    assert hosts == {address.split("/")[2]}


def at_words(page: Any) -> Any:
    page.goto(page.home + "/")
    page.locator("#card h2").wait_for()
    return page


def at_texts(page: Any) -> Any:
    page.goto(page.home + "/texts")
    page.locator(".text .sentence").first.wait_for()
    return page


def settled(page: Any) -> None:
    page.wait_for_load_state("networkidle")


def decisions(folder: Path) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = sheets.read_csv(folder / "decisions.csv").to_dict("records")
    return rows


def test_fifty_keywords_by_keyboard_alone_give_the_bytes_of_the_sheet(
    browser: Any, served: Start, study: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(study, tmp_path / "other"))
    sheet, _ = write_words(Study(other), tmp_path / "review.xlsx", review.SheetPlan())
    into = set(sheet["suggested_standard"])
    with opened(browser, served(study).address) as page:
        at_words(page)
        # What is shown before the codes are suggested may have fewer words.
        page.wait_for_function("fetch('/version').then(a => a.json()).then(v => !v.advice)", polling=500)
        at_words(page)
        count = min(50, int(page.evaluate("document.body.dataset.words")))
        said: dict[str, tuple[str, str]] = {}
        for number in range(count):
            word = page.locator("#card h2").inner_text()
            # What others may be merged into has to stay.
            key = "k" if word in into else ("Enter", "k", "d", "g")[number % 4]
            if number == 7:
                page.keyboard.press("m")
                page.locator("#merge[open]").wait_for()
                page.keyboard.type(first := list(said)[1])  # one that was kept
                page.keyboard.press("Enter")
                page.locator("#merge[open]").wait_for(state="hidden")
                said[word] = ("合并", first)
            else:
                page.keyboard.press(key)
                said[word] = ({"Enter": "按建议", "k": "保留", "d": "删除", "g": "泛化"}[key], "")
            page.wait_for_function(
                "word => document.querySelector('#card h2').textContent !== word", arg=word
            )
        settled(page)
    assert len(said) == count
    filled = sheet.copy()
    at = {word: number for number, word in enumerate(sheet["word"])}
    for word, (decision, standard) in said.items():
        filled.loc[at[word], ["decision", "standard"]] = [decision, standard]
    review.write_sheet(filled, tmp_path / "review.xlsx")
    apply_review(other, tmp_path / "review.xlsx")
    assert (study / "decisions.csv").read_bytes() == (other / "decisions.csv").read_bytes()


def test_undo_add_filter_bulk_and_help_by_keyboard(browser: Any, served: Start, study: Path) -> None:
    with opened(browser, served(study).address) as page:
        at_words(page)
        page.keyboard.press("?")
        assert "泛化" in page.locator("#help").inner_text()
        page.keyboard.press("Escape")
        first = page.locator("#card h2").inner_text()
        page.keyboard.press("d")
        page.get_by_role("status").get_by_text(f"{first}：删除").wait_for()
        page.keyboard.press("z")
        page.get_by_role("status").get_by_text("已撤销").wait_for()
        assert decisions(study) == []
        page.keyboard.press("a")
        page.keyboard.type("晒谷场")
        page.keyboard.press("Enter")
        page.get_by_role("status").get_by_text("晒谷场：新增").wait_for()
        page.keyboard.press("/")
        page.keyboard.type("扶贫")
        page.keyboard.press("Enter")
        shown = page.locator("#list .row .name").all_inner_texts()
        assert shown
        assert all("扶贫" in row for row in page.locator("#card h2").all_inner_texts())
        page.keyboard.press("b")
        page.locator("#bulk-ask[open]").wait_for()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        settled(page)
    assert {"晒谷场"} < {row["word"] for row in decisions(study)}


def test_a_text_is_coded_by_keyboard_alone(browser: Any, served: Start, study: Path) -> None:
    with opened(browser, served(study).address) as page:
        at_texts(page)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Shift+ArrowLeft")
        quote = page.locator("#quote").inner_text()
        page.keyboard.press("c")
        page.keyboard.type("扶贫车间")
        assert page.locator("#definition dd").count() > 0
        page.keyboard.press("Enter")
        page.get_by_role("status").get_by_text("✓").wait_for()
        settled(page)
        (row,) = sheets.read_csv(study / "quote_decisions.csv").to_dict("records")
        assert (row["decision"], row["new_code"], row["quote"]) == ("add", "扶贫车间", quote)
        page.keyboard.press("z")
        page.get_by_role("status").get_by_text("已撤销").wait_for()
        assert len(sheets.read_csv(study / "quote_decisions.csv")) == 0


def test_what_was_done_on_a_text_is_undone_in_its_order(browser: Any, served: Start, study: Path) -> None:
    with opened(browser, served(study).address) as page:
        at_texts(page)
        page.keyboard.press("c")
        page.keyboard.type("扶贫车间")
        page.keyboard.press("Enter")
        page.get_by_role("status").get_by_text("✓").wait_for()
        page.keyboard.press("Shift+ArrowLeft")
        page.keyboard.press("w")
        page.keyboard.press("z")  # before the answer to the first is there
        page.get_by_role("status").get_by_text("已撤销").wait_for()
        settled(page)
        assert decisions(study) == []
        assert len(sheets.read_csv(study / "quote_decisions.csv")) == 1
        page.keyboard.press("z")
        page.locator("#given").get_by_text("本人").wait_for(state="detached")
        settled(page)
        assert len(sheets.read_csv(study / "quote_decisions.csv")) == 0


def test_memos_are_written_by_keyboard(browser: Any, served: Start, study: Path) -> None:
    with opened(browser, served(study).address) as page:
        at_texts(page)
        page.keyboard.press("m")
        page.keyboard.type("材料偏宣传")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.locator("#memo").get_by_text("材料偏宣传").wait_for()
        page.goto(page.home + "/book")
        page.locator(".tree a").first.click()
        page.locator("#memo textarea").fill("边界？")
        page.locator("#memo button").click()
        page.get_by_role("status").get_by_text("备忘已保存").wait_for()
    rows = sheets.read_csv(study / "memos.csv")
    assert sorted(rows["memo"]) == ["材料偏宣传", "边界？"]


def test_a_text_that_attacks_the_page_stays_a_text(browser: Any, served: Start, study: Path) -> None:
    attacking = next(one for one in Study(study).texts if "<script>" in one.text)
    with opened(browser, served(study).address) as page:
        page.goto(f"{page.home}/texts#doc={attacking.doc_id}&at=0")
        page.locator(".text .line").first.wait_for()
        assert "<script>document.title='run'</script>" in page.locator("#text").inner_text()
        assert page.title() != "run"
        assert page.locator("#text script, #text img").count() == 0
        for address in ("/", "/start", "/book", "/coders", "/results"):
            page.goto(page.home + address)
            settled(page)
            assert page.title() != "run"


def test_of_two_tabs_the_one_behind_says_so_and_loads_again(browser: Any, served: Start, study: Path) -> None:
    with opened(browser, served(study).address) as page:
        at_words(page)
        word = page.locator("#card h2").inner_text()
        second = page.context.new_page()
        second.goto(page.home + "/")
        second.locator("#card h2").wait_for()
        second.keyboard.press("k")
        second.get_by_role("status").get_by_text("保留").wait_for()
        page.get_by_text("已经过时").wait_for()
        page.wait_for_event("load")
        page.locator("#card h2").wait_for()
        page.locator("#which").select_option("decided")
        assert page.locator("#list .row .name").all_inner_texts() == [word]
        second.close()


def test_killed_in_the_midst_of_saving_nothing_is_lost(browser: Any, served: Start, study: Path) -> None:
    first = served(study)
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    page.goto(first.address)
    page.locator("#card h2").wait_for()
    for _ in range(5):
        page.keyboard.press("k")
    page.locator("#list .row .decision.is-keep").first.wait_for()
    first.kill()
    page.keyboard.press("d")
    page.get_by_text("工作台已停止").wait_for()
    context.close()
    Study(study)  # who opens it next finishes a write that was being moved into place
    states = review.WORDS.states(review.read_decisions(study))
    assert states
    assert review.replay(review.read_history(study)) == states
    with opened(browser, served(study).address) as again:
        at_words(again)
        again.locator("#which").select_option("decided")
        assert again.locator("#list .row").count() == len(states)


def test_the_pages_speak_english_when_asked(browser: Any, served: Start, study: Path) -> None:
    with opened(browser, served(study).address) as page:
        at_words(page)
        assert page.evaluate("document.documentElement.lang") == "zh-CN"
        page.get_by_role("link", name="English").click()
        page.locator("#card h2").wait_for()
        assert page.evaluate("document.documentElement.lang") == "en"
        assert page.get_by_role("button", name="Keep").count() == 1
        page.get_by_role("link", name="Texts", exact=True).click()
        page.get_by_text("Give a code").first.wait_for()


@pytest.mark.parametrize("address", ["/", "/texts", "/book?code=扶贫车间", "/coders", "/results", "/start"])
def test_a_phone_needs_no_sideways_scrolling(browser: Any, served: Start, made: Path, address: str) -> None:
    with opened(browser, served(made, "--read-only").address, PHONE) as page:
        page.goto(page.home + address)
        settled(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_twenty_thousand_keywords_and_a_long_text_scroll_at_once(
    browser: Any, served: Start, tmp_path: Path
) -> None:
    from casemine import pipeline

    cases = tmp_path / "cases"
    cases.mkdir()
    (cases / "长.txt").write_text("村里办起扶贫车间，带动困难群众就业。" * 17_000, encoding="utf-8")
    folder = tmp_path / "study"
    pipeline.extract.extract([str(cases)], folder)
    with opened(browser, served(folder).address) as page:
        page.goto(page.home + "/texts")
        page.locator(".text .line").first.wait_for()
        assert len(page.locator("#text").text_content()) >= 300_000
        started = time.perf_counter()
        page.evaluate("document.querySelector('article').scrollTop = 1e7; document.body.offsetHeight")
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert time.perf_counter() - started < 5
        many = page.evaluate(
            """async () => {
              const { Rows } = await import('/static/rows.js');
              const list = new Rows(document.querySelector('#list'), 44, (row) => [row]);
              list.show(Array.from({ length: 20000 }, (_, at) => String(at)));
              list.move(19999);
              const rows = document.querySelectorAll('#list .row');
              return [rows.length, rows[rows.length - 1].textContent];
            }"""
        )
        assert many[0] < 100
        assert many[1] == "19999"
