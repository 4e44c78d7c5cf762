"""A small study of our own for the review tests: three cases, seven keywords."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from casemine import review, schema, study
from casemine.document import Document, sentences
from casemine.tables.frequency import frequency

TEXTS = {
    "东岭县.txt": "东岭县建立防贫预警机制。村干部按月核对防贫预警名单，扶贫产业带动三百户。\n"
    "产业扶贫见效快。",
    "南塘镇.txt": "南塘镇办起扶贫产业园。扶贫产业园吸纳搬迁户，防贫预警到户到人。",
    "西河村.txt": "西河村把帮扶政策与乡村全面振兴的规划连起来做。村规民约进了积分制。",
}
KEYWORDS = {
    "东岭县.txt": [("防贫预警机制", 9.0), ("防贫预警", 8.0), ("扶贫产业", 7.0), ("产业扶贫", 2.0)],
    "南塘镇.txt": [("扶贫产业园", 6.0), ("防贫预警", 5.0)],
    "西河村.txt": [("积分制", 4.0)],
}


def keyword_row(document: Document, word: str, rank: int, weight: float) -> dict[str, Any]:
    start = document.text.index(word)
    context = next(document.text[a:b] for a, b in sentences(document.text) if a <= start < b)
    return {
        "doc_id": document.doc_id,
        "word": word,
        "rank": rank,
        "pos": "n_new",
        "weight": weight,
        "frequency": document.text.count(word),
        "new": True,
        "context": context,
        "start": start,
        "end": start + len(word),
    }


@dataclass
class Case:
    """A study in memory and in a folder, and the ways a person works on it."""

    folder: Path
    documents: list[Document] = field(init=False)
    keywords: pd.DataFrame = field(init=False)

    def __post_init__(self) -> None:
        self.documents = [Document(doc_id, text) for doc_id, text in TEXTS.items()]
        self.keywords = schema.KEYWORDS.frame(
            [
                keyword_row(document, word, rank, weight)
                for document in self.documents
                for rank, (word, weight) in enumerate(KEYWORDS[document.doc_id], start=1)
            ]
        )

    @property
    def frequency(self) -> pd.DataFrame:
        return frequency(self.keywords, self.documents)

    @property
    def decisions(self) -> pd.DataFrame:
        return review.read_decisions(self.folder)

    @property
    def history(self) -> pd.DataFrame:
        return review.read_history(self.folder)

    @property
    def final(self) -> pd.DataFrame:
        return review.apply_decisions(self.keywords, self.decisions, self.documents)

    def build(self, plan: review.SheetPlan | None = None, **options: Any) -> pd.DataFrame:
        return review.build_sheet(
            self.keywords, self.frequency, self.decisions, self.documents, plan, **options
        )

    def write(self, plan: review.SheetPlan | None = None, *, csv: bool = False, **options: Any) -> Path:
        path = self.folder / (plan or review.SheetPlan()).file_name
        return review.write_sheet(self.build(plan, **options), path, plan, csv=csv)[0]

    def apply(self, path: Path, coder: str = "") -> list[Any]:
        taken = review.take(
            review.read_sheet(path), self.decisions, self.keywords, self.documents, coder=coder
        )
        with study.transaction(self.folder) as staging:
            return review.record(self.folder, staging, taken.decisions, source=path.name)

    def decide(
        self, *rows: tuple[str, ...], header: str = "词语,决定,规范词,文档编号,引文,备注,编码"
    ) -> list[Any]:
        """Apply rows given as cells of a CSV that somebody wrote by hand."""
        path = self.folder / "by-hand.csv"
        path.write_text("\n".join([header, *(",".join(row) for row in rows)]) + "\n", encoding="utf-8")
        return self.apply(path)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


Edit = Callable[[Path, dict[str, dict[str, str]]], None]


@pytest.fixture
def edit() -> Edit:
    """Fill in cells of a sheet as a person does in Excel: word -> header -> text; new words below."""

    def fill(path: Path, cells: dict[str, dict[str, str]]) -> None:
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        columns = {cell.value: cell.column for cell in sheet[1]}
        rows = {sheet.cell(number, columns["词语"]).value: number for number in range(2, sheet.max_row + 1)}
        for word, texts in cells.items():
            number = rows.setdefault(word, sheet.max_row + 1)
            for header, text in {"词语": word, **texts}.items():
                sheet.cell(number, columns[header]).value = text
        book.save(path)

    return fill


@pytest.fixture(scope="session")
def new_case() -> type[Case]:
    return Case
