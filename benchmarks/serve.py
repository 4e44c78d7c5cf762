"""How long an action of the workbench takes on a study of 500 documents and 20,000 quotations.

    python benchmarks/serve.py [--documents 500] [--quotations 20000] [--decided 5000] [--study FOLDER]

It writes sentences in which the codes of a shipped codebook stand, makes a study of them, decides about
5,000 of its quotations, starts `casemine serve` on it and posts 100 decisions about keywords and 100 about
quotations (--actions), one after another, each read to the end of its answer as a page would. Median and 95th
percentile go to stdout, with what processors worked for each and the load of the machine. The study is made
in a temporary folder; --study keeps it, or takes the one that is there: a copy of it is worked on.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import quote, urlsplit

from casemine import coding, pipeline, review
from casemine.coding.codebook import Codebook
from casemine.study import Study
from casemine.terms import RESEARCHER

BOOK = "six-in-one"
PLACE = ("doc_id", "start", "end", "code", "keyword")
PLACES = ("青禾", "白石", "云溪", "安丰", "柳河", "东岭", "南塘", "北坪", "西渡", "长岗")
DEEDS = (
    "全县推行{code}，群众得了实惠。",
    "{place}镇把{code}列为年度任务。",
    "{code}在{place}村试点三年，成效明显。",
    "工作队入户讲解{code}的办法。",
)
# Sentences in which no code stands, one after each that has one, as in texts that people write.
OTHERS = (
    "今年雨水好，收成比去年多了一成。",
    "会议开到晚上八点，大家说得很细。",
    "路修到了家门口，车能开进院子。",
)


def write_texts(folder: Path, documents: int, quotations: int, book: Codebook) -> None:
    """Write texts that have about so many quotations by the codes of a codebook."""
    chance = random.Random(0)
    codes = [code.name for code in book.at("open")]
    for number in range(documents):
        place = PLACES[number % len(PLACES)]
        lines = [f"{place}县{2000 + number % 24}年工作总结之{number}"]
        for _ in range(round(1.05 * quotations / documents)):
            said = chance.choice(DEEDS).format(code=chance.choice(codes), place=chance.choice(PLACES))
            lines.append(said + chance.choice(OTHERS))
        (folder / f"{number:04d}.txt").write_text("\n".join(lines), encoding="utf-8")


def make_study(folder: Path, documents: int, quotations: int) -> None:
    with tempfile.TemporaryDirectory() as texts:
        write_texts(Path(texts), documents, quotations, coding.find(BOOK))
        pipeline.extract.extract([texts], folder)
        pipeline.code.code(folder, BOOK, vectors="none")


def decide(study: Study, count: int) -> None:
    """Decide about so many quotations, the last of the table first: the actions are about others."""
    rows = study.codings.tail(count).to_dict("records")
    answers = [
        (
            review.QuoteKey(RESEARCHER, BOOK, *(row[name] for name in PLACE)),
            review.QuoteState("keep", quote=row["quote"]),
        )
        for row in rows
    ]
    pipeline.serve.decide_quotes(study, answers)


class Page:
    """What a page does: it enters by the token, keeps the cookie, sends origin and version."""

    def __init__(self, address: str, process: int) -> None:
        self._stat = Path(f"/proc/{process}/stat")
        parts = urlsplit(address)
        self._host = parts.netloc
        self._line = http.client.HTTPConnection(self._host)
        self._headers = {"origin": f"http://{self._host}", "content-type": "application/json"}
        self._line.request("GET", f"/?{parts.query}")
        entered = self._line.getresponse()
        entered.read()
        self._headers["cookie"] = (entered.headers["set-cookie"] or "").partition(";")[0]

    def worked(self) -> float:
        """Return the milliseconds that processors worked for the workbench; 0 where it cannot be had."""
        if not self._stat.is_file():
            return 0.0
        spent = self._stat.read_text().rpartition(")")[2].split()[11:13]
        return 1000 * sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """Leave."""
        self._line.close()

    def ask(self, method: str, address: str, body: Any = None) -> Any:
        """Return the answer, read to its end. Raises `SystemExit` when it is a refusal."""
        self._line.request(method, address, json.dumps(body) if body else None, self._headers)
        answer = self._line.getresponse()
        said = answer.read().decode("utf-8")
        if answer.status != 200:
            raise SystemExit(f"{address}: {answer.status} {said}")
        given = json.loads(said)
        self._headers["x-casemine-version"] = given["version"]
        return given


@contextmanager
def served(folder: Path) -> Iterator[Page]:
    """Give a page of the workbench of a study, as `casemine serve` starts it."""
    command = [sys.executable, "-m", "casemine", "serve", str(folder), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        try:
            found = next(filter(None, (re.search(r"http://\S+", line) for line in process.stdout)))
            with closing(Page(found[0], process.pid)) as page:
                yield page
        finally:
            process.terminate()


def timed(page: Page, address: str, bodies: Sequence[Any]) -> list[float]:
    """Return the milliseconds of each action."""
    took = []
    for body in bodies:
        begun = time.perf_counter()
        page.ask("POST", address, body)
        took.append(1000 * (time.perf_counter() - begun))
    return took


def word_actions(page: Page, count: int) -> list[dict[str, str]]:
    page.ask("GET", "/words")
    while page.ask("GET", "/version")["advice"]:  # what is suggested is made in the background
        time.sleep(1)
    words = [row["word"] for row in page.ask("GET", "/words")["words"]]
    rounds = [("keep", "generic")[number // len(words) % 2] for number in range(count)]
    return [
        {"word": words[number % len(words)], "decision": decision} for number, decision in enumerate(rounds)
    ]


def quote_actions(page: Page, count: int) -> list[dict[str, Any]]:
    listed = page.ask("GET", f"/texts/list?book={BOOK}")
    documents = [row["doc_id"] for row in listed["documents"]]
    actions: list[dict[str, Any]] = []
    while len(actions) < count:
        doc = documents[7 * len(actions) % len(documents)]
        marks = page.ask("GET", f"/texts/one?doc={quote(doc)}&book={BOOK}")["marks"]
        mark = marks[len(actions) % len(marks)]
        answer = {"doc": doc, "start": mark["start"], "end": mark["end"], "code": mark["of"],
                  "keyword": mark["keyword"], "decision": ("keep", "drop")[len(actions) % 2]}  # fmt: skip
        actions.append({"book": BOOK, "answers": [answer]})
    return actions


def told(name: str, page: Page, address: str, bodies: Sequence[Any]) -> str:
    before = page.worked()
    took = timed(page, address, bodies)
    each = (page.worked() - before) / len(took)
    figures = (median(took), quantiles(took, n=20)[-1], max(took), each)
    return f"| {name} | {len(took)} | " + " | ".join(f"{figure:.0f}" for figure in figures) + " |"


def load() -> str:
    return " ".join(f"{share:.1f}" for share in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--quotations", type=int, default=20_000)
    parser.add_argument("--actions", type=int, default=100)
    parser.add_argument("--decided", type=int, default=5_000, help="quotations decided before")
    parser.add_argument("--study", type=Path)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as kept:
        made = given.study or Path(kept) / "made"
        if not made.exists():
            make_study(made, given.documents, given.quotations)
        folder = Path(shutil.copytree(made, Path(kept) / "study"))
        study = Study(folder)
        print(f"{len(study.documents):,} documents, {len(study.codings):,} quotations, ", end="")
        decide(study, given.decided)
        print(f"{given.decided:,} of them decided, {os.cpu_count()} processors, load before: {load()}\n")
        print("| action | count | median ms | 95% ms | longest ms | processor ms, mean |")
        print("|---|---:|---:|---:|---:|---:|")
        with served(folder) as page:
            print(told("keyword", page, "/words/decide", word_actions(page, given.actions)))
            print(told("quotation", page, "/texts/decide", quote_actions(page, given.actions)))
        print(f"\nload after: {load()}")


if __name__ == "__main__":
    main()
