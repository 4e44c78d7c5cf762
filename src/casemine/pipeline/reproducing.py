"""The 117-case study again: its steps on the sample corpus, its published tables beside the results."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from casemine import reproduction, resources, schema, sheets, study
from casemine.coding import placement
from casemine.errors import UsageError
from casemine.pipeline.composition import apply_review, extract
from casemine.pipeline.drawing import figures, pictures
from casemine.pipeline.findings import Findings, findings
from casemine.pipeline.placing import code
from casemine.pipeline.reporting import report
from casemine.pipeline.rigour import saturation, tables
from casemine.pipeline.walk import Progress, quiet, read_table
from casemine.segment import Segmenter
from casemine.settings import Settings
from casemine.tables import crosstab
from casemine.terms import RESEARCHER

BOOK = "six-in-one"
FOLDER = "reproduction"
_TITLE = "巩固拓展脱贫攻坚成果的机制与路径：三十二篇示例案例（虚构）"
_JIANGXI = "08-jiangxi.txt"


@dataclass(frozen=True)
class Reproduced:
    """What `reproduce` leaves: the study, and the table `schema.REPRODUCTION`."""

    folder: Path
    table: pd.DataFrame


def reproduce(folder: Path, *, progress: Progress = quiet) -> Reproduced:
    """Run the steps of the 117-case study on the sample corpus and set the published results beside them.

    Extracts corpora/cases into the study `folder`, takes over the review that comes with the sample,
    codes by six-in-one, makes tables, figures and report, and writes `folder`/reproduction/. Raises
    `UsageError` when `folder` holds other things.
    """
    if study.is_study(folder) and not (folder / FOLDER).is_dir():
        raise UsageError(
            "is a study of yours; the reproduction would change its settings and decisions.",
            place=str(folder),
            advice="Give another -o.",
        )
    settings = Settings().changed({"discover": {"by": "document"}})
    extract([str(resources.corpus("cases"))], folder, settings, progress=progress)
    steps: tuple[Callable[[], object], ...] = (
        lambda: code(folder, BOOK),  # the review names codes of it
        lambda: apply_review(folder, resources.corpus("review.csv"), RESEARCHER),
        lambda: code(folder, BOOK),
        lambda: tables(folder, ("region", "year")),
        lambda: saturation(folder),
        lambda: figures(folder),
        lambda: report(folder, title=_TITLE),
    )
    for number, step in enumerate(steps, start=1):
        progress("reproduce", number, len(steps))
        step()
    return Reproduced(folder, _write(folder, findings(folder, BOOK)))


def _write(folder: Path, found: Findings) -> pd.DataFrame:
    """Write what was published and the table that compares it into reproduction/; return the table."""
    published = reproduction.published()
    table = schema.REPRODUCTION.frame(_rows(published, found))
    with study.transaction(folder) as staging:
        target = staging / FOLDER
        target.mkdir()
        sheets.write_csv(table, target / "reproduction.csv")
        sheets.write_xlsx(_sheets(table, published), target / "reproduction.xlsx")
        study.write_text(target / "keyword_list.txt", reproduction.keyword_list(published.cases) + "\n")
        drawn, _ = pictures(replace(found, placed=found.placed[:0]), only=("framework",))
        for picture in drawn:
            (target / "framework.png").write_bytes(picture.png)
            study.write_text(target / "framework.svg", picture.svg)
    return table


def _rows(published: reproduction.Published, found: Findings) -> list[reproduction.Row]:
    assert found.book is not None
    documents = len(found.documents)
    coding_table = crosstab.coding_table(found.placed, found.book.codes)
    code_documents = dict(zip(coding_table["open"], coding_table["open_documents"], strict=True))
    leading = reproduction.leading_category(found.placed)
    words = read_table(found.folder / "tables" / "new_words_by_document.csv", schema.NEW_WORDS_BY)
    jiangxi = words[words["group"] == _JIANGXI]
    placed = placement.place(published.coding["open_code"].tolist(), found.book, {}, None)
    return [
        *reproduction.print_rows(published),
        *reproduction.new_word_rows(published, jiangxi, _known(published)),
        *reproduction.frequency_rows(published, code_documents, documents),
        *reproduction.coding_rows(published, placed),
        *reproduction.framework_rows(published, found.book.codes),
        *reproduction.share_rows(published, coding_table, documents),
        *reproduction.region_rows(published, leading, found.groups("region")),
        *reproduction.place_rows(published, leading),
    ]


def _known(published: reproduction.Published) -> dict[str, str]:
    """Return the words of Table 2 that jieba's dictionary has, which are no new words here."""
    segmenter = Segmenter()
    return {word: "In jieba's dictionary." for word in published.new_words["word"] if word in segmenter}


def _sheets(table: pd.DataFrame, published: reproduction.Published) -> dict[str, pd.DataFrame]:
    """Lay out the reproduction table, and the published tables in their printed form."""
    headers = schema.REPRODUCTION.headers
    coded = published.coding.set_axis(["开放式编码", "轴心编码", "选择式编码"], axis=1)
    words = published.new_words.set_axis(["词语", "词性", "权重", "频次"], axis=1)
    frequency = published.frequency.set_axis(["关键词", "案例频次"], axis=1)
    return {
        "复现对照": table.rename(columns=headers),
        "表2 新词": words.astype({"权重": float, "频次": int}),
        "关键词频次": frequency.astype({"案例频次": int}),
        "表3 三级编码": coded,
    }
