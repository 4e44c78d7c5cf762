"""Exporting a study to other programs: REFI-QDA, Excel, Gephi, VOSviewer, R and pandas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from casemine import exchange, review, schema, study
from casemine.errors import StudyError, UsageError
from casemine.pipeline.findings import Findings, findings
from casemine.schema import AGREEMENT, HELD_OUT, SATURATION
from casemine.tables import crosstab
from casemine.terms import CORPUS, LEVELS

# Beyond this a map of keywords is a ball of wool.
TOP = 500
_EXPORTS = "exports"
_GROUPS = ("region", "year")


@dataclass(frozen=True)
class Exported:
    """What an export wrote, and what it was made of."""

    files: tuple[Path, ...]
    found: Findings


def export(
    folder: Path,
    form: str,
    output: Path | None = None,
    *,
    codebook: str = "",
    blind: bool = False,
    top: int = TOP,
) -> Exported:
    """Write a study as `form`, one of `FORMATS`, by default into its exports/; return the files.

    `codebook` names the one to follow where the study was coded with several. `blind` leaves the
    codings of a qdpx out; `top` bounds the keywords of a network. `output` is a folder for csv and
    parquet, for vosviewer the beginning of both names. The same study gives the same bytes.

    Raises `StudyError` where the study lacks what `form` is made of, `UsageError` for an `output` that
    would replace other files.
    """
    found = findings(folder, codebook)
    name = codebook or folder.resolve().name
    if form in _FOLDERS:
        files = _write_folder(found, form, output or folder / _EXPORTS / form)
    elif form == "vosviewer":
        files = _write_pair(found, output or folder / _EXPORTS / name, top)
    else:
        target = output or folder / _EXPORTS / f"{name}.{form}"
        _check_target(folder, target)
        with study.replacing(target) as temporary:
            if form == "xlsx":
                exchange.write_workbook(_sheets(found), temporary)
            else:
                temporary.write_bytes(_bytes(found, form, blind=blind, top=top))
        files = [target]
    return Exported(tuple(files), found)


def _check_target(folder: Path, target: Path) -> None:
    """Raise `UsageError` for a folder, and for a file of the study that no export made."""
    if target.is_dir():
        raise UsageError("is a folder.", place=str(target), advice="Give the name of a file.")
    inside = target.resolve().is_relative_to(folder.resolve())
    if inside and target.resolve().parent != (folder / _EXPORTS).resolve():
        advice = f"Leave -o out, or give a place outside the study or in {folder / _EXPORTS}."
        raise UsageError("is among the files of the study.", place=str(target), advice=advice)


def _bytes(found: Findings, form: str, *, blind: bool, top: int) -> bytes:
    if form == "gexf":
        return exchange.gexf(network(found, top))
    if form == "graphml":
        return exchange.graphml(network(found, top))
    if found.book is None:
        raise StudyError(
            f"is not coded yet, and a .{form} holds a codebook.",
            place=str(found.folder),
            advice=f"Run `casemine code {found.folder}`, or export xlsx, csv or a network.",
        )
    if form == "qdc":
        return exchange.codebook(found.book.codes, found.book.name)
    content = exchange.Content(
        found.folder.resolve().name,
        found.documents,
        found.texts,
        found.book.codes,
        found.codings.iloc[:0] if blind else found.codings[found.codings["code"] != ""],
        () if blind else memos(found),
    )
    return exchange.project(content, found.book.name)


_FOLDERS: dict[str, Callable[[Sequence[exchange.Sheet], Path], None]] = {
    "csv": exchange.write_csv,
    "parquet": exchange.write_parquet,
}
FORMATS = ("qdc", "qdpx", "xlsx", "gexf", "graphml", "vosviewer", *_FOLDERS)


def _write_folder(found: Findings, form: str, target: Path) -> list[Path]:
    """Write every table into a folder of its own: one that an export made, or an empty one."""
    study.check_own(target, f"{schema.DICTIONARY.name}.{form}")
    with study.transaction(target) as staging:
        _FOLDERS[form](tables(found), staging)
        names = sorted(path.name for path in staging.iterdir())
    for old in target.glob(f"*.{form}"):  # of an earlier export, of what the study has no more
        if old.name not in names:
            old.unlink()
    return [target / name for name in names]


def _write_pair(found: Findings, target: Path, top: int) -> list[Path]:
    stem = target.with_suffix("").name if target.suffix == ".txt" else target.name
    files = [target.parent / f"{stem}-{part}.txt" for part in ("map", "network")]
    with study.transaction(target.parent) as staging:
        for file, text in zip(files, exchange.vosviewer(network(found, top)), strict=True):
            study.write_text(staging / file.name, text)
    return files


def tables(found: Findings) -> list[exchange.Sheet]:
    """Return every table of a study that has rows, documents first."""
    codes, placed = found.book.codes if found.book else schema.CODEBOOK.frame([]), found.placed
    made = [
        exchange.Sheet(schema.DOCUMENTS, "文档", exchange.with_numbers(found.documents)),
        exchange.Sheet(schema.NEW_WORDS, "新词", found.new_words),
        exchange.Sheet(schema.KEYWORDS, "关键词", found.keywords),
        exchange.Sheet(schema.FREQUENCY, "词频", found.frequency),
        exchange.Sheet(schema.CODEBOOK, "编码本", codes),
        exchange.Sheet(schema.PLACEMENTS, "关键词归类", found.placements),
        exchange.Sheet(schema.CODING_TABLE, "编码表", crosstab.coding_table(placed, codes)),
        exchange.Sheet(schema.OPEN_CODING, "开放式编码表", crosstab.open_coding(found.codings, codes)),
        *(
            exchange.Sheet(
                replace(schema.BY_GROUP, name=f"{schema.BY_GROUP.name.removesuffix('group')}{column}"),
                f"编码×{schema.DOCUMENTS.headers[column]}",
                crosstab.by_group(placed, codes, found.groups(column)),
            )
            for column in _GROUPS
        ),
        exchange.Sheet(schema.CODINGS, "引文", found.codings),
        exchange.Sheet(SATURATION, "饱和度曲线", found.saturation),
        exchange.Sheet(HELD_OUT, "饱和度检验", found.saturation_summary),
        exchange.Sheet(AGREEMENT, "编码一致性", found.agreement),
    ]
    return [sheet for sheet in made if len(sheet.frame) or sheet.table is schema.DOCUMENTS]


def _sheets(found: Findings) -> dict[str, pd.DataFrame]:
    """Return the tables under their Chinese headers; groups stand side by side, documents in the cells."""
    shown: dict[str, pd.DataFrame] = {}
    for table, title, frame in tables(found):
        if {"code", "group"} <= set(table.key):
            counted = schema.BY_GROUP.headers["documents"]
            wide = crosstab.group_sheets(frame)
            shown |= {title.replace("编码", name): wide[name + counted] for name in LEVELS.values()}
        else:
            shown[title] = frame.rename(columns=table.headers)
    return shown


def network(found: Findings, top: int = TOP) -> exchange.Network:
    """Return what a network shows: documents, the `top` keywords of most documents, codes."""
    frequency = found.frequency.head(top)
    keywords = found.keywords[found.keywords["word"].isin(frequency["keyword"])]
    together = crosstab.cooccurrence(keywords.rename(columns={"word": "item"}))
    return exchange.Network(
        found.documents,
        keywords,
        frequency,
        found.book.codes if found.book else schema.CODEBOOK.frame([]),
        found.placements,
        together.pairs("keyword"),
    )


def memos(found: Findings) -> list[exchange.Memo]:
    """Return the notes of the researchers: on quotations by the codebook followed, and on keywords."""
    texts = {document.doc_id: document.text for document in found.texts}
    ledger = review.QUOTATIONS
    made = []
    for row in _noted(ledger.read(found.folder), ledger.read_history(found.folder), ledger.table):
        if found.book and row["codebook"] == found.book.name:
            # A quotation that stands in the text no more leaves its note to the document.
            stands = row["quote"] and texts.get(row["doc_id"], "")[row["start"] : row["end"]] == row["quote"]
            title = "：".join(filter(None, (row["code"], row["keyword"]))) or row["quote"]
            made.append(_memo(row, title, row["start"] if stands else 0, row["end"] if stands else 0))
    held, history = review.read_decisions(found.folder), review.read_history(found.folder)
    made += [_memo(row, row["word"]) for row in _noted(held, history, schema.DECISIONS)]
    return [memo for memo in made if memo.doc_id in {*texts, ""}]


def _noted(decisions: pd.DataFrame, history: pd.DataFrame, table: schema.Table) -> list[dict[Any, Any]]:
    """Return the decisions that bear a note, each with the time it was written, "" where it is not known."""
    key = list(table.key)
    times = history[history["field"] == "note"].drop_duplicates(key, keep="last")[[*key, "time"]]
    noted = decisions[decisions["note"] != ""].merge(times, on=key, how="left")
    return noted.fillna({"time": ""}).to_dict("records")


def _memo(row: dict[Any, Any], title: str, start: int = 0, end: int = 0) -> exchange.Memo:
    doc_id = "" if row["doc_id"] == CORPUS else row["doc_id"]
    return exchange.Memo(title, row["note"], row["coder"], doc_id, start, end, row["time"])
