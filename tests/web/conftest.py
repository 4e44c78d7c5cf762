"""A small coded study for the pages, a client that holds the session, and a browser."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from casemine import messages, pipeline, resources

pytest.importorskip("starlette")
pytest.importorskip("httpx2")

from casemine.web.bench import Bench
from web.calling import CHROMIUM, FLAGS, Caller, Served


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever starts the workbench here speaks Chinese."""
    monkeypatch.setenv("CASEMINE_LANG", "zh")
    before = messages.language()
    messages.choose()
    yield
    messages.choose(before)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of three cases and one text that attacks a page, coded."""
    cases = tmp_path_factory.mktemp("cases")
    for name in ("02-sichuan-luojiang.txt", "07-zhejiang-lishui.txt", "08-jiangxi.txt"):
        shutil.copy(resources.corpus("cases") / name, cases / name)
    attack = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"
    (cases / "09-攻击.txt").write_text(
        f"{attack}扶贫车间\n全县建立防贫预警机制，扶贫产业园{attack}带动增收。\n今天天气很好。\n",
        encoding="utf-8",
    )
    folder = tmp_path_factory.mktemp("studies") / "山村研究"
    pipeline.extract.extract([str(cases)], folder)
    pipeline.code.code(folder)
    return folder


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    """A copy of it to change."""
    return Path(shutil.copytree(made, tmp_path / "山村研究"))


@pytest.fixture
def caller(study: Path) -> Iterator[Caller]:
    opened = Caller(Bench(study))
    yield opened
    opened.bench.advice.wait()
    opened.bench.jobs.wait()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def served() -> Iterator[Callable[..., Served]]:
    started: list[Served] = []

    def start(folder: Path, *options: str) -> Served:
        started.append(Served(folder, *options))
        return started[-1]

    yield start
    for one in started:
        one.kill()
