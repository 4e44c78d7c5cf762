"""Exporting a study to other programs: REFI-QDA, Excel, Gephi, VOSviewer, R and pandas."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from casemine import exchange, review, schema
from casemine.errors import StudyError, UsageError
from casemine.messages import in_chinese
from casemine.pipeline import engine
from casemine.pipeline import memos as memos_
from casemine.pipeline.context import ExtractContext
from casemine.pipeline.engine import Parameters, Stage
from casemine.pipeline.view import GROUPS, StudyView, book_files, first_view, view
from casemine.schema import AGREEMENT, HELD_OUT, SATURATION
from casemine.study import Study, check_own, replacing, transaction, write_text
from casemine.tables import crosstab
from casemine.terms import CORPUS, FROM, KEYWORD, KINDS, LEVELS, METHODS, PERSON, TEXT

# Beyond this a map of keywords is a ball of wool.
TOP = 500
_EXPORTS = "exports"
# What the cells of these columns say, for people.
_STATES = {"placed": "已归类", "suggested": "待定建议", "unplaced": "未归类"}
_IN_CHINESE = {
    "level": LEVELS,
    "kind": KINDS,
    "status": _STATES,
    "selective_status": _STATES,
    "method": METHODS,
    FROM: {TEXT: "正文", KEYWORD: "关键词", PERSON: "人"},
}


@dataclass(frozen=True)
class Exported:
    """What an export wrote, and what it was made of."""

    files: tuple[Path, ...]
    found: StudyView


def export(
    study: Study | str | os.PathLike[str],
    form: str,
    output: Path | None = None,
    *,
    codebook: str = "",
    blind: bool = False,
    top: int = TOP,
    formulas: bool = False,
) -> Exported:
    """Write a study as `form`, one of `FORMATS`, by default into its exports/; return the files.

    `codebook` names the one to follow where the study was coded with several. `blind` leaves the
    codings of a qdpx out; `top` bounds the keywords of a network. `output` is a folder for csv and
    parquet, for vosviewer the beginning of both names. The same study gives the same bytes.
    `formulas` leaves texts of a csv as they are that a spreadsheet could run; else they get one ' in front.
    What is written into exports/ is a product of the study, which `casemine run` keeps up to date.

    Raises `StudyError` where the study lacks what `form` is made of, `UsageError` for an `output` that
    would replace other files.
    """
    study = Study.of(study)
    shown = view(study, codebook)
    name = _name(study, form, output, codebook, blind=blind)
    if output is not None and output.resolve().parent != (study.folder / _EXPORTS).resolve():
        return Exported(_write_elsewhere(shown, form, output, blind=blind, top=top, formulas=formulas), shown)
    if output is not None:
        _check_target(study.folder, output, form)
    parameters = {"form": form, "name": name, "codebook": codebook, "blind": blind, "top": top}
    parameters |= {"formulas": True} if formulas else {}
    with study.locked():
        files: list[str] = engine.make(ExtractContext.of(study), EXPORT, parameters)
    return Exported(tuple(study.folder / file for file in files), shown)


def _name(study: Study, form: str, output: Path | None, codebook: str, *, blind: bool) -> str:
    """Return what an export is called: the beginning of its files' names, or its folder."""
    if form in _FOLDERS:
        return output.name if output else form
    if output is None:
        # A project for a second coder never takes the place of the one with the codings.
        return (codebook or study.folder.resolve().name) + ("-blind" if blind else "")
    ending = "txt" if form == "vosviewer" else form
    return output.name.removesuffix(f".{ending}")


def _export(
    context: ExtractContext,
    form: str,
    name: str,
    codebook: str,
    blind: bool,
    top: int,
    formulas: bool = False,
) -> list[str]:
    study = context.study
    if form in _FOLDERS:  # of an earlier export, of what the study has no more
        for old in (study.folder / _EXPORTS / name).glob(f"*.{form}"):
            study.remove(f"{_EXPORTS}/{name}/{old.name}")
    with TemporaryDirectory() as folder:
        files = [
            f"{_EXPORTS}/{file}"
            for file in _write(first_view(study, codebook), form, Path(folder), name, blind, top, formulas)
        ]
        for file in files:
            study.new_file(file).write_bytes((Path(folder) / Path(file).relative_to(_EXPORTS)).read_bytes())
    return files


def _write(
    shown: StudyView, form: str, folder: Path, name: str, blind: bool, top: int, formulas: bool
) -> list[str]:
    """Write an export into a folder; return its files, as named from there."""
    if form in _FOLDERS:
        (folder / name).mkdir(parents=True)
        writer = partial(exchange.write_csv, formulas=formulas) if form == "csv" else _FOLDERS[form]
        writer(tables(shown), folder / name)
        return [f"{name}/{path.name}" for path in sorted((folder / name).iterdir())]
    if form == "vosviewer":
        files = [f"{name}-{part}.txt" for part in ("map", "network")]
        for file, text in zip(files, exchange.vosviewer(network(shown, top)), strict=True):
            write_text(folder / file, text)
        return files
    _write_one(shown, form, folder / f"{name}.{form}", blind=blind, top=top)
    return [f"{name}.{form}"]


def _write_one(shown: StudyView, form: str, path: Path, *, blind: bool, top: int) -> None:
    if form == "xlsx":
        exchange.write_workbook(_sheets(shown), path)
    else:
        path.write_bytes(_bytes(shown, form, blind=blind, top=top))


def _write_elsewhere(
    shown: StudyView, form: str, output: Path, *, blind: bool, top: int, formulas: bool
) -> tuple[Path, ...]:
    """Write an export to a place outside the study, whole or not at all."""
    _check_target(shown.folder, output, form)
    if form in _FOLDERS:
        check_own(output, f"{schema.DICTIONARY.name}.{form}")
        removed = [path.name for path in output.glob(f"*.{form}")]
        with TemporaryDirectory() as folder, transaction(output, removed) as staging:
            files = [
                Path(file).name for file in _write(shown, form, Path(folder), form, blind, top, formulas)
            ]
            for file in files:
                (staging / file).write_bytes((Path(folder) / form / file).read_bytes())
        return tuple(output / file for file in files)
    if form == "vosviewer":
        with transaction(output.parent) as staging:
            files = _write(shown, form, staging, output.name.removesuffix(".txt"), blind, top, formulas)
        return tuple(output.parent / file for file in files)
    with replacing(output) as temporary:
        _write_one(shown, form, temporary, blind=blind, top=top)
    return (output,)


def _check_target(folder: Path, target: Path, form: str) -> None:
    """Raise `UsageError` for a folder where a file is asked for, and for a file that no export made."""
    if form in _FOLDERS or form == "vosviewer":
        return
    if target.is_dir():
        raise UsageError("is a folder.", place=str(target), advice="Give the name of a file.")
    inside = target.resolve().is_relative_to(folder.resolve())
    if inside and target.resolve().parent != (folder / _EXPORTS).resolve():
        advice = f"Leave -o out, or give a place outside the study or in {folder / _EXPORTS}."
        raise UsageError("is among the files of the study.", place=str(target), advice=advice)


def _bytes(shown: StudyView, form: str, *, blind: bool, top: int) -> bytes:
    if form == "gexf":
        return exchange.gexf(network(shown, top))
    if form == "graphml":
        return exchange.graphml(network(shown, top))
    if shown.book is None:
        raise StudyError(
            f"is not coded yet, and a .{form} holds a codebook.",
            place=str(shown.folder),
            advice=f"Run `casemine code {shown.folder}`, or export xlsx, csv or a network.",
        )
    if form == "qdc":
        return exchange.codebook(shown.book.codes, shown.book.name)
    content = exchange.ProjectContent(
        shown.folder.resolve().name,
        shown.documents,
        shown.texts,
        shown.book.codes,
        shown.codings.iloc[:0] if blind else shown.codings[shown.codings["code"] != ""],
        () if blind else memos(shown),
    )
    return exchange.project(content, shown.book.name)


_FOLDERS: dict[str, Callable[[Sequence[exchange.ExportTable], Path], None]] = {
    "csv": exchange.write_csv,
    "parquet": exchange.write_parquet,
}
FORMATS = ("qdc", "qdpx", "xlsx", "gexf", "graphml", "vosviewer", *_FOLDERS)


def tables(shown: StudyView) -> list[exchange.ExportTable]:
    """Return every table of a study that has rows, documents first."""
    sheets = [
        exchange.ExportTable(schema.DOCUMENTS, "文档", exchange.with_numbers(shown.documents)),
        exchange.ExportTable(schema.NEW_WORDS, "新词", shown.new_words),
        exchange.ExportTable(schema.KEYWORDS, "关键词", shown.keywords),
        exchange.ExportTable(schema.FREQUENCY, "词频", shown.frequency),
        exchange.ExportTable(schema.CODEBOOK, "编码本", shown.codebook),
        exchange.ExportTable(schema.PLACEMENTS, "关键词归类", shown.placements),
        exchange.ExportTable(schema.CODING_TABLE, "编码表", shown.coding_table),
        exchange.ExportTable(schema.OPEN_CODING, "开放式编码表", shown.open_coding),
        *(
            exchange.ExportTable(
                replace(schema.BY_GROUP, name=f"{schema.BY_GROUP.name.removesuffix('group')}{column}"),
                f"编码×{schema.DOCUMENTS.headers[column]}",
                shown.by_group(column),
            )
            for column in GROUPS
        ),
        exchange.ExportTable(schema.CODINGS, "引文", shown.codings),
        exchange.ExportTable(SATURATION, "饱和度曲线", shown.saturation),
        exchange.ExportTable(HELD_OUT, "饱和度检验", shown.saturation_summary),
        exchange.ExportTable(AGREEMENT, "编码一致性", shown.agreement),
    ]
    return [sheet for sheet in sheets if len(sheet.frame) or sheet.table is schema.DOCUMENTS]


def _sheets(shown: StudyView) -> dict[str, pd.DataFrame]:
    """Return the tables under their Chinese headers; groups stand side by side, documents in the cells."""
    by_title: dict[str, pd.DataFrame] = {}
    for table, title, frame in tables(shown):
        if {"code", "group"} <= set(table.key):
            counted = schema.BY_GROUP.headers["documents"]
            wide = crosstab.group_sheets(frame)
            by_title |= {title.replace("编码", name): wide[name + counted] for name in LEVELS.values()}
        else:
            by_title[title] = _for_people(frame).rename(columns=table.headers)
    return by_title


def _for_people(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose cells are in Chinese where they are words of casemine's own."""
    said = {name: frame[name].replace(words) for name, words in _IN_CHINESE.items() if name in frame}
    if "verdict" in frame:
        parts = (verdict.split(": ", 1) for verdict in frame["verdict"])
        said["verdict"] = pd.Series(["：".join(map(in_chinese, part)) for part in parts], frame.index, str)
    return frame.assign(**said)


def network(shown: StudyView, top: int = TOP) -> exchange.Network:
    """Return what a network shows: documents, the `top` keywords of most documents, codes."""
    frequency = shown.frequency.head(top)
    keywords = shown.leading[shown.leading["word"].isin(frequency["keyword"])]
    together = crosstab.cooccurrence(keywords.rename(columns={"word": "item"}))
    return exchange.Network(
        shown.documents,
        keywords,
        frequency,
        shown.codebook,
        shown.placements,
        together.pairs("keyword"),
    )


def memos(shown: StudyView) -> list[exchange.Memo]:
    """Return the notes of the researchers: on quotations by the codebook followed, and on keywords."""
    texts = {document.doc_id: document.text for document in shown.texts}
    ledger = review.QUOTATIONS
    notes = []
    for row in _noted(ledger.read(shown.folder), ledger.read_history(shown.folder), ledger.table):
        if shown.book and row["codebook"] == shown.book.name:
            # A quotation that stands in the text no more leaves its note to the document.
            stands = row["quote"] and texts.get(row["doc_id"], "")[row["start"] : row["end"]] == row["quote"]
            title = "：".join(filter(None, (row["code"], row["keyword"]))) or row["quote"]
            notes.append(_memo(row, title, row["start"] if stands else 0, row["end"] if stands else 0))
    decisions, history = review.read_decisions(shown.folder), review.read_history(shown.folder)
    notes += [_memo(row, row["word"]) for row in _noted(decisions, history, schema.DECISIONS)]
    notes += _memos(shown)
    return [memo for memo in notes if memo.doc_id in {*texts, ""}]


def _memos(shown: StudyView) -> list[exchange.Memo]:
    """Return the memos on documents, and those on codes of the codebook followed."""
    book, written = shown.book, memos_.times(shown.study)
    found = []
    for row in memos_.memos(shown.study).to_dict("records"):
        time = written.get(tuple(row[name] for name in schema.MEMOS.key), "")
        if row["doc_id"]:
            found.append(exchange.Memo(memos_.TITLE, row["memo"], row["coder"], row["doc_id"], time=time))
        elif book and row["codebook"] == book.name and (code := book.resolve(row["code"])):
            found.append(exchange.Memo(code, row["memo"], row["coder"], time=time, code=code))
    return found


def _noted(decisions: pd.DataFrame, history: pd.DataFrame, table: schema.Table) -> list[dict[Any, Any]]:
    """Return the decisions that bear a note, each with the time it was written, "" where it is not known."""
    key = list(table.key)
    times = history[history["field"] == "note"].drop_duplicates(key, keep="last")[[*key, "time"]]
    noted = decisions[decisions["note"] != ""].merge(times, on=key, how="left")
    return noted.fillna({"time": ""}).to_dict("records")


def _memo(row: dict[Any, Any], title: str, start: int = 0, end: int = 0) -> exchange.Memo:
    doc_id = "" if row["doc_id"] == CORPUS else row["doc_id"]
    return exchange.Memo(title, row["note"], row["coder"], doc_id, start, end, row["time"])


def _identity(parameters: Parameters) -> str:
    """Name an export as its file or folder is called."""
    name, form = str(parameters["name"]), str(parameters["form"])
    return name if form in _FOLDERS else f"{name}.{form}"


def _reads(context: ExtractContext, parameters: Parameters) -> list[str]:
    return [*_READ, *memos_.files(context.study), *book_files(context.study)]


_READ = (
    "documents.csv", "passages.csv", "new_words.csv", "keywords_final.csv", "frequency_final.csv",
    "placements.csv", "codings.csv", "decisions.csv", "quote_decisions.csv", "tables/saturation.csv",
    "tables/saturation_summary.csv", "tables/agreement.csv",
)  # fmt: skip
EXPORT = Stage("export", _reads, _export, libraries=("lxml", "networkx", "openpyxl"), identity=_identity)
