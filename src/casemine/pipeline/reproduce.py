"""The 117-case study again: its steps on the sample corpus, its published tables beside the results."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from casemine import reproduction, resources, schema, sheets
from casemine.coding import placement
from casemine.errors import UsageError
from casemine.pipeline import engine
from casemine.pipeline.code import code
from casemine.pipeline.context import ExtractContext, Progress, quiet
from casemine.pipeline.engine import Stage
from casemine.pipeline.extract import extract
from casemine.pipeline.figures import figures, pictures
from casemine.pipeline.report import report
from casemine.pipeline.review import apply_review
from casemine.pipeline.rigour import saturation, tables
from casemine.pipeline.view import StudyView, book_files, view
from casemine.segment import Segmenter
from casemine.settings import Settings
from casemine.study import Study, is_study
from casemine.terms import RESEARCHER

BOOK = "six-in-one"
FOLDER = "reproduction"
_TITLE = "巩固拓展脱贫攻坚成果的机制与路径：三十二篇示例案例（虚构）"
_JIANGXI = "08-jiangxi.txt"


@dataclass(frozen=True)
class Reproduced:
    """What `reproduce` leaves: the study, and the table `schema.REPRODUCTION`."""

    study: Study
    table: pd.DataFrame


def reproduce(folder: str | os.PathLike[str], *, progress: Progress = quiet) -> Reproduced:
    """Run the steps of the 117-case study on the sample corpus and set the published results beside them.

    Extracts corpora/cases into the study `folder`, takes over the review that comes with the sample,
    codes by six-in-one, makes tables, figures and report, and writes `folder`/reproduction/. Raises
    `UsageError` when `folder` holds other things.
    """
    study = Study.at(folder)
    if is_study(study.folder) and not (study.folder / FOLDER).is_dir():
        raise UsageError(
            "is a study of yours; the reproduction would change its settings and decisions.",
            place=str(folder),
            advice="Give another -o.",
        )
    settings = Settings().changed({"discover": {"by": "document"}})
    extract([resources.corpus("cases")], study, settings, progress=progress)
    steps: tuple[Callable[[], object], ...] = (
        lambda: code(study, BOOK, sources="keywords"),  # the study's own method; the review names codes
        lambda: apply_review(study, resources.corpus("review.csv"), RESEARCHER),
        lambda: tables(study, ("region", "year")),
        lambda: saturation(study),
        lambda: figures(study),
        lambda: report(study, title=_TITLE),
    )
    for number, step in enumerate(steps, start=1):
        progress("reproduce", number, len(steps))
        step()
    return Reproduced(study, engine.make(ExtractContext.of(study), REPRODUCTION))


def _make(context: ExtractContext) -> pd.DataFrame:
    """Write what was published and the table that compares it into reproduction/; return the table."""
    study = context.study
    published = reproduction.published()
    shown = view(study, BOOK)
    table = schema.REPRODUCTION.frame(_rows(published, shown))
    study.put_table(schema.REPRODUCTION, table, f"{FOLDER}/reproduction.csv")
    sheets.write_xlsx(_sheets(table, published), study.new_file(f"{FOLDER}/reproduction.xlsx"))
    study.put_text(f"{FOLDER}/keyword_list.txt", reproduction.keyword_list(published.cases) + "\n")
    drawings, _ = pictures(StudyView(study, shown.book, coded=False), only=("framework",))
    for picture in drawings:
        study.new_file(f"{FOLDER}/framework.png").write_bytes(picture.png)
        study.put_text(f"{FOLDER}/framework.svg", picture.svg)
    return table


_READ = ("documents.csv", "codings.csv", "tables/new_words_by_document.csv")
REPRODUCTION = Stage(
    "reproduction",
    lambda context, parameters: (*_READ, *book_files(context.study)),
    _make,
    libraries=("jieba", "matplotlib", "openpyxl"),
)


def _rows(published: reproduction.Published, shown: StudyView) -> list[reproduction.ComparedRow]:
    assert shown.book is not None
    documents = len(shown.documents)
    coding_table = shown.coding_table
    code_documents = dict(zip(coding_table["open"], coding_table["open_documents"], strict=True))
    leading = reproduction.leading_category(shown.placed)
    words = shown.study.table(schema.NEW_WORDS_BY, "tables/new_words_by_document.csv")
    jiangxi = words[words["group"] == _JIANGXI]
    placed = placement.place(published.coding["open_code"].tolist(), shown.book, {}, None)
    return [
        *reproduction.print_rows(published),
        *reproduction.new_word_rows(published, jiangxi, _known(published)),
        *reproduction.frequency_rows(published, code_documents, documents),
        *reproduction.coding_rows(published, placed),
        *reproduction.framework_rows(published, shown.book.codes),
        *reproduction.share_rows(published, coding_table, documents),
        *reproduction.region_rows(published, leading, shown.group_of("region")),
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
