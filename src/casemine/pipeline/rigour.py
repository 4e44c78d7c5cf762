"""What reviewers ask for: agreement of coders, saturation, tables of codes."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from casemine import schema, sheets
from casemine.bounded import MOST_A_MEMBER, read_file
from casemine.coding import adjudication
from casemine.coding.agreement import Agreement, agreement
from casemine.coding.saturation import PERMUTATIONS, Saturation
from casemine.coding.saturation import saturation as saturate
from casemine.document import Document
from casemine.errors import StudyError, UsageError
from casemine.pipeline import engine
from casemine.pipeline.context import ExtractContext
from casemine.pipeline.engine import Parameters, Stage
from casemine.pipeline.products import column_meant
from casemine.pipeline.view import StudyView, book_files, codings_of, first_of_several, followed
from casemine.review import csv_rows, decision_meant
from casemine.study import Study, replacing
from casemine.tables import crosstab
from casemine.terms import LEVELS, PROGRAM, codebook_name

Tables: TypeAlias = "dict[str, pd.DataFrame]"
# Matrices of more keywords than this are read by nobody; codes are always all there.
_KEYWORDS_TOGETHER = 100
# A level of which no document has a code among its keywords.
_NONE = pd.DataFrame()


# What coders agreed on, and how they came to it, beside the sheet in which they settled it.
CONSENSUS, CONSENSUS_HISTORY = "consensus.csv", "consensus_history.csv"
_SHOWN = {"doc_id": 24, "start": 8, "end": 8, "code": 14, "text": 50, "adjudicated": 10, "note": 20}


def list_disagreements(paths: Sequence[Path], agreed: Agreement, file: Path) -> int:
    """Write each unit the coders answered differently to `file`, xlsx or CSV; return how many there are.

    Its text comes from the study that stands at or above one of `paths`; with none, quotations are empty.
    """
    texts = {document.doc_id: document.text for document in _texts_of(paths)}
    table = adjudication.disagreements(agreed, texts)
    answers = [name for name in table.columns if name not in schema.DISAGREEMENTS.names]
    first = [name for name in schema.DISAGREEMENTS.names if name not in ("adjudicated", "note")]
    headers = schema.DISAGREEMENTS.headers
    shown = table[[*first, *answers, "adjudicated", "note"]].rename(columns=headers)
    with replacing(file) as temporary:
        if file.suffix.lower() == ".csv":
            sheets.write_csv(shown, temporary)
        else:
            sheets.write_form(
                {"裁定": shown},
                temporary,
                open_columns=[headers["adjudicated"], headers["note"]],
                choices={headers["adjudicated"]: [adjudication.GIVEN, adjudication.NOT_GIVEN]},
                hidden=[],
                widths={headers[name]: width for name, width in _SHOWN.items()},
            )
    return len(table)


def _texts_of(paths: Sequence[Path]) -> list[Document]:
    for path in paths:
        for folder in (path, *path.resolve().parents):
            if (folder / "run.json").is_file():
                return Study(folder).texts
    return []


def adjudicate(
    paths: Sequence[Path], agreed: Agreement, file: Path, *, codebook: str = "", now: datetime | None = None
) -> tuple[adjudication.Consensus, tuple[Path, Path]]:
    """Make a coder `consensus` of what the coders agree on and what `file` settles, and keep the history.

    Writes consensus.csv (a table `schema.CODINGS`) and consensus_history.csv beside `file`. Raises
    `UsageError` with every cell that is wrong, and for decisions about keywords, which a review settles.
    """
    files = [_codings_or_decisions(_file(path), codebook) for path in paths]
    if any("start" not in table for table in files):
        raise UsageError(
            "decisions about keywords are settled in a sheet of `casemine review`.", place=str(file)
        )
    names = {header: name for name, header in schema.DISAGREEMENTS.headers.items()}
    rows = _table_rows(file)
    header = [names.get(cell.strip(), cell.strip()) for cell in rows[0][1]] if rows else []
    lacking = [column.header for column in schema.DISAGREEMENTS.columns if column.name not in header]
    if lacking:
        raise UsageError(f"has no column {', '.join(lacking)}.", place=str(file),
                         advice="Take a file that `casemine agree --disagreements` wrote.")  # fmt: skip
    cells = [[*line, *[""] * len(header)][: len(header)] for _, line in rows[1:]]
    filled = pd.DataFrame(cells, columns=header, dtype=str)
    first_row = rows[1][0] if len(rows) > 1 else 2
    made = adjudication.consensus(agreed, files, filled, str(file), first_row)
    targets = (file.with_name(CONSENSUS), file.with_name(CONSENSUS_HISTORY))
    history = consensus_history(targets[1], made.settled, list(agreed.raters), file.name, now)
    for target, frame in zip(targets, (made.codings, history), strict=True):
        with replacing(target) as temporary:
            sheets.write_csv(frame, temporary)
    return made, targets


def _table_rows(file: Path) -> list[tuple[int, list[str]]]:
    """Return the rows of a workbook's first sheet or of a CSV, numbered; `UsageError` when it is neither."""
    try:
        data = read_file(file, MOST_A_MEMBER)
        if not data.startswith(b"PK"):
            return csv_rows(data)
        return next((list(rows) for _, rows in sheets.read_xlsx_rows(file)), [])
    except (OSError, ValueError, csv.Error) as error:
        raise UsageError(f"cannot be read ({error}).", place=str(file)) from error


def consensus_history(
    path: Path, settled: pd.DataFrame, raters: Sequence[str], source: str, now: datetime | None
) -> pd.DataFrame:
    """Return the history of a consensus with what was settled since, or otherwise than before."""
    table = schema.CONSENSUS_HISTORY
    before = table.parse(sheets.read_csv(path)) if path.is_file() else table.frame([])
    unit = ["doc_id", "start", "end", "code"]
    held = {tuple(map(str, row[:-1])): row[-1] for row in before[[*unit, "new"]].itertuples(index=False)}
    time = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    rows: list[dict[str, object]] = []
    for row in settled.to_dict("records"):
        old = held.get(tuple(str(row[name]) for name in unit), "")
        if old != row["adjudicated"]:
            answers = "；".join(f"{rater}：{row.get(rater, '')}" for rater in raters)
            named = {name: row[name] for name in unit} | {"note": row.get("note", ""), "answers": answers}
            rows.append({"number": len(before) + len(rows) + 1, "time": time, **named,
                         "old": old, "new": row["adjudicated"], "source": source})  # fmt: skip
    return table.frame(pd.concat([before, table.frame(rows)])) if rows else before


def _file(path: Path) -> Path:
    return path / "codings.csv" if path.is_dir() else path


def agree(paths: Sequence[Path], *, unit: str = "document", codebook: str = "", seed: int = 0) -> Agreement:
    """Compare coders: files decisions.csv or codings.csv, or study folders, whose codings count.

    `codebook` names the one to compare where codings name several. Raises `UsageError` when there
    are not two coders to compare, `StudyError` when a file cannot be read as one of the two tables.
    """
    files = [_file(path) for path in paths]
    given = [(str(path), _codings_or_decisions(path, codebook)) for path in files]
    if len(given) > 1 and all(_by_program_alone(table) for _, table in given):
        raise UsageError(
            "are all the program's own codings: that it agrees with itself says nothing.",
            place=", ".join(place for place, _ in given),
            advice="Give the codings of a person, or of two.",
        )
    return agreement(given, unit=unit, seed=seed)


def _by_program_alone(table: pd.DataFrame) -> bool:
    return "start" in table and set(table["coder"]) == {PROGRAM}


def _codings_or_decisions(path: Path, codebook: str) -> pd.DataFrame:
    """Read a table of decisions or codings, in whatever encoding Excel saved it."""
    if not path.is_file():
        raise UsageError(
            "is missing.", place=str(path), advice="Give decisions.csv or codings.csv, or a study."
        )
    try:
        header, *rows = [cells for _, cells in csv_rows(path.read_bytes())] or [[]]
        texts = pd.DataFrame(rows, columns=header, dtype=str)
        decided = {"decision", schema.DECISIONS.headers["decision"]} & set(texts)
        table = schema.DECISIONS if decided else schema.CODINGS
        texts = texts.rename(columns=table.machine_names)
        lacking = [name for name in table.key if name not in texts]
        if lacking:
            raise StudyError(f"has no column {', '.join(lacking)}.", place=str(path))
        read = table.parse(_filled(texts, table))
    except ValueError as error:
        raise StudyError(f"cannot be read ({error}).", place=str(path)) from error
    if table is schema.CODINGS:
        return codings_of(read, codebook, str(path))
    return read.assign(decision=read["decision"].map(decision_meant))


def _filled(texts: pd.DataFrame, table: schema.Table) -> pd.DataFrame:
    """Return the columns of a table; what a file made by hand lacks or leaves empty is "" or 0."""
    empty = {column.name: "" if column.kind == "text" else "0" for column in table.columns}
    return pd.DataFrame(
        {name: texts[name].replace("", none) if name in texts else none for name, none in empty.items()},
        index=texts.index,
    )


def saturation(
    study: Study | str | os.PathLike[str],
    *,
    codebook: str = "",
    held_out: float = 1 / 3,
    seed: int = 0,
    permutations: int = PERMUTATIONS,
) -> Saturation:
    """Measure whether the codes of a study are saturated; write tables/saturation*.csv."""
    study = Study.of(study)
    parameters = {"codebook": codebook, "held_out": held_out, "seed": seed, "permutations": permutations}
    followed(study, codebook)  # says which codebooks there are, where it is not clear
    with study.locked():
        measured: Saturation = engine.make(ExtractContext.of(study), SATURATION, parameters)
    return measured


def _saturation(
    context: ExtractContext, codebook: str, held_out: float, seed: int, permutations: int
) -> Saturation:
    study = context.study
    placed = StudyView(study, followed(study, codebook or first_of_several(study))).placed
    documents = study.documents["doc_id"].tolist()
    measured = saturate(
        placed,
        documents,
        held_out=held_out,
        seed=seed,
        permutations=permutations,
        leading=crosstab.of_keywords(placed),
    )
    study.put_table(schema.SATURATION, measured.curve, "tables/saturation.csv")
    study.put_table(schema.HELD_OUT, measured.summary, "tables/saturation_summary.csv")
    return measured


def tables(
    study: Study | str | os.PathLike[str],
    by: Sequence[str],
    *,
    codebook: str = "",
    codebooks: Sequence[str] = (),
) -> Tables:
    """Write the tables of codes of a study into its tables/, as CSV and xlsx; return them by name.

    `by` are columns of documents.csv, by their name or Chinese header; `codebooks`, two of them, adds their
    cross table. Without `codebook` every codebook that codings name gets its tables.
    """
    study = Study.of(study)
    fields = [column_meant(study, name) for name in by]
    parameters = {"by": fields, "codebook": codebook, "codebooks": list(codebooks)}
    with study.locked():
        written: Tables = engine.make(ExtractContext.of(study), TABLES, parameters)
    return written


def _tables(context: ExtractContext, by: Sequence[str], codebook: str, codebooks: Sequence[str]) -> Tables:
    study = context.study
    unknown = [name for name in by if name not in study.documents]
    if unknown:
        raise UsageError(
            f"documents.csv has no column {', '.join(unknown)}.",
            place=str(study.folder),
            advice=f"Its columns are {', '.join(study.documents.columns)}.",
        )
    named = sorted(set(study.codings["codebook"].map(codebook_name)))
    written: Tables = {}
    # No name: a study without codings gets its message from there.
    for name in [codebook] if codebook else named or [""]:
        written |= _code_tables(StudyView(study, followed(study, name)), by)
    having = StudyView(study).leading.rename(columns={"word": "item"})
    together = crosstab.cooccurrence(having, top=_KEYWORDS_TOGETHER)
    pairs = together.pairs("keyword")
    written |= _write(study, "cooccurrence_keywords", pairs, together.sheets("关键词"))
    if codebooks:
        first, second = (StudyView(study, followed(study, name)).placed for name in codebooks)
        crossed = crosstab.codebooks(first, second)
        wide = crosstab.codebook_sheets(crossed, *codebooks)
        written |= _write(study, f"codebooks_{'_'.join(codebooks)}", crossed, wide)
    return written


def _code_tables(view: StudyView, by: Sequence[str]) -> Tables:
    name = view.about["name"]
    written: Tables = {}
    for title, table, frame in (
        ("编码表", schema.CODING_TABLE, view.coding_table),
        ("开放式编码表", schema.OPEN_CODING, view.open_coding),
    ):
        written |= _write(
            view.study, f"{table.name}_{name}", frame, {title: frame.rename(columns=table.headers)}
        )
    for column in by:
        grouped = view.by_group(column)
        written |= _write(view.study, f"codes_by_{column}_{name}", grouped, crosstab.group_sheets(grouped))
    of_level = {
        level: crosstab.cooccurrence(rows.rename(columns={"code": "item"}))
        for level, rows in view.placed.groupby("level", sort=False)
    }
    leading = {
        level: crosstab.cooccurrence(rows.rename(columns={"code": "item"})).counts
        for level, rows in crosstab.of_keywords(view.placed).groupby("level", sort=False)
    }
    pairs = pd.concat(
        [together.pairs(str(level), leading.get(level, _NONE)) for level, together in of_level.items()],
        ignore_index=True,
    )
    wide = [together.sheets(LEVELS[str(level)]) for level, together in of_level.items()]
    sheets_of = {title: sheet for of in wide for title, sheet in of.items()}
    return written | _write(view.study, f"cooccurrence_{name}", pairs, sheets_of)


def _write(study: Study, name: str, frame: pd.DataFrame, wide: Mapping[str, pd.DataFrame]) -> Tables:
    # A column of documents.csv may be called anything.
    name = f"tables/{''.join(char if char.isalnum() or char in '_-.' else '_' for char in name)}"
    sheets.write_csv(frame, study.new_file(f"{name}.csv"))
    sheets.write_xlsx(wide, study.new_file(f"{name}.xlsx"))
    return {f"{name}.csv": frame}


def _reads(context: ExtractContext, parameters: Parameters) -> tuple[str, ...]:
    return ("documents.csv", "codings.csv", "keywords_final.csv", "decisions.csv", *book_files(context.study))


SATURATION = Stage("saturation", _reads, _saturation, libraries=("numpy",))
TABLES = Stage("tables", _reads, _tables, libraries=("numpy", "openpyxl"))
