"""What reviewers ask for: agreement of coders, saturation, tables of codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from casemine import coding, schema, sheets, study
from casemine.coding.agreement import Agreement, agreement
from casemine.coding.saturation import PERMUTATIONS, Saturation
from casemine.coding.saturation import saturation as saturate
from casemine.errors import StudyError, UsageError
from casemine.pipeline.following import following
from casemine.pipeline.walk import Tables, read_table
from casemine.review.columns import decision_meant
from casemine.review.read import csv_rows
from casemine.tables import crosstab
from casemine.terms import LEVELS, PROGRAM, codebook_name

# Matrices of more keywords than this are read by nobody; codes are always all there.
_KEYWORDS_TOGETHER = 100


def agree(paths: Sequence[Path], *, unit: str = "document", codebook: str = "", seed: int = 0) -> Agreement:
    """Compare coders: files decisions.csv or codings.csv, or study folders, whose codings count.

    `codebook` names the one to compare where codings name several. Raises `UsageError` when there
    are not two coders to compare, `StudyError` when a file cannot be read as one of the two tables.
    """
    files = [path / "codings.csv" if path.is_dir() else path for path in paths]
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
        table = schema.DECISIONS if "decision" in texts else schema.CODINGS
        lacking = [name for name in table.key if name not in texts]
        if lacking:
            raise StudyError(f"has no column {', '.join(lacking)}.", place=str(path))
        read = table.parse(_filled(texts, table))
    except ValueError as error:
        raise StudyError(f"cannot be read ({error}).", place=str(path)) from error
    if table is schema.CODINGS:
        return _of_codebook(read, codebook, path)
    return read.assign(decision=read["decision"].map(decision_meant))


def _filled(texts: pd.DataFrame, table: schema.Table) -> pd.DataFrame:
    """Return the columns of a table; what a file made by hand lacks or leaves empty is "" or 0."""
    empty = {column.name: "" if column.kind == "text" else "0" for column in table.columns}
    return pd.DataFrame(
        {name: texts[name].replace("", none) if name in texts else none for name, none in empty.items()},
        index=texts.index,
    )


def _of_codebook(codings: pd.DataFrame, codebook: str, place: Path) -> pd.DataFrame:
    """Return the codings of one codebook: the one named, else the only one there is."""
    names = codings["codebook"].map(codebook_name)
    there = sorted(set(names))
    if (codebook and codebook not in there) or (not codebook and len(there) > 1):
        raise UsageError(
            f"holds codings by {', '.join(there) or 'no codebook'}.",
            place=str(place),
            advice="Name one of them with --codebook.",
        )
    return codings[names == (codebook or there[0])] if there else codings


def coded(folder: Path, codebook: str) -> tuple[coding.Codebook, pd.DataFrame, pd.DataFrame]:
    """Return a codebook of a study, its codings, and these at every level of it.

    Without `codebook` it is the only one the codings name. Raises `UsageError` when they name several,
    `StudyError` when there is none or it changed since.
    """
    codings = _of_codebook(
        read_table(folder / "codings.csv", schema.CODINGS), codebook, folder / "codings.csv"
    )
    if codings.empty:
        raise StudyError(
            "holds no coding.", place=str(folder / "codings.csv"), advice=f"Run `casemine code {folder}`."
        )
    name = codebook_name(codings["codebook"].iloc[0])
    book = coding.load(folder / "codebooks" / f"{name}.toml")
    if set(codings["codebook"]) != {book.label}:
        raise StudyError(
            f"was made with another version of the codebook {name}.",
            place=str(folder / "codings.csv"),
            advice=f"Run `casemine code {folder}` again.",
        )
    return book, codings, crosstab.at_levels(codings, book.codes)


def saturation(
    folder: Path,
    *,
    codebook: str = "",
    held_out: float = 1 / 3,
    seed: int = 0,
    permutations: int = PERMUTATIONS,
) -> Saturation:
    """Measure whether the codes of a study are saturated; write tables/saturation*.csv."""
    study.read_run(folder)
    _, _, placed = coded(folder, codebook)
    documents = read_table(folder / "documents.csv", schema.DOCUMENTS)["doc_id"].tolist()
    found = saturate(placed, documents, held_out=held_out, seed=seed, permutations=permutations)
    parameters = {"codebook": codebook, "held_out": held_out, "seed": seed, "permutations": permutations}
    with following(folder, "saturation", parameters) as staging:
        (staging / "tables").mkdir()
        sheets.write_csv(found.curve, staging / "tables" / "saturation.csv")
        sheets.write_csv(found.summary, staging / "tables" / "saturation_summary.csv")
    return found


def tables(folder: Path, by: Sequence[str], *, codebook: str = "", codebooks: Sequence[str] = ()) -> Tables:
    """Write the tables of codes of a study into its tables/, as CSV and xlsx; return them by name.

    `by` are columns of documents.csv; `codebooks`, two of them, adds their cross table. Without
    `codebook` every codebook that codings name gets its tables.
    """
    study.read_run(folder)
    documents = read_table(folder / "documents.csv", schema.DOCUMENTS)
    unknown = [name for name in by if name not in documents]
    if unknown:
        raise UsageError(
            f"documents.csv has no column {', '.join(unknown)}.",
            place=str(folder),
            advice=f"Its columns are {', '.join(documents.columns)}.",
        )
    named = read_table(folder / "codings.csv", schema.CODINGS)["codebook"].map(codebook_name)
    made: Tables = {}
    parameters = {"by": list(by), "codebook": codebook, "codebooks": list(codebooks)}
    with following(folder, "tables", parameters) as staging:
        (staging / "tables").mkdir()
        # No name: a study without codings gets its message from there.
        for name in [codebook] if codebook else sorted(set(named)) or [""]:
            made |= _code_tables(folder, name, documents, by, staging / "tables")
        keywords = read_table(folder / "keywords_final.csv", schema.KEYWORDS).rename(columns={"word": "item"})
        together = crosstab.cooccurrence(keywords, top=_KEYWORDS_TOGETHER)
        made |= _write(
            staging / "tables", "cooccurrence_keywords", together.pairs("keyword"), together.sheets("关键词")
        )
        if codebooks:
            first, second = (coded(folder, name)[2] for name in codebooks)
            crossed = crosstab.codebooks(first, second)
            wide = crosstab.codebook_sheets(crossed, *codebooks)
            made |= _write(staging / "tables", f"codebooks_{'_'.join(codebooks)}", crossed, wide)
    return made


def _code_tables(
    folder: Path, codebook: str, documents: pd.DataFrame, by: Sequence[str], target: Path
) -> Tables:
    book, codings, placed = coded(folder, codebook)
    made: Tables = {}
    for title, table, frame in (
        ("编码表", schema.CODING_TABLE, crosstab.coding_table(placed, book.codes)),
        ("开放式编码表", schema.OPEN_CODING, crosstab.open_coding(codings, book.codes)),
    ):
        made |= _write(
            target, f"{table.name}_{book.name}", frame, {title: frame.rename(columns=table.headers)}
        )
    for column in by:
        groups = dict(zip(documents["doc_id"], documents[column].astype(str), strict=True))
        grouped = crosstab.by_group(placed, book.codes, groups)
        made |= _write(target, f"codes_by_{column}_{book.name}", grouped, crosstab.group_sheets(grouped))
    of_level = {
        level: crosstab.cooccurrence(rows.rename(columns={"code": "item"}))
        for level, rows in placed.groupby("level", sort=False)
    }
    pairs = pd.concat([found.pairs(str(level)) for level, found in of_level.items()], ignore_index=True)
    wide = [found.sheets(LEVELS[str(level)]) for level, found in of_level.items()]
    sheets_of = {title: sheet for of in wide for title, sheet in of.items()}
    return made | _write(target, f"cooccurrence_{book.name}", pairs, sheets_of)


def _write(target: Path, name: str, frame: pd.DataFrame, wide: Mapping[str, pd.DataFrame]) -> Tables:
    # A column of documents.csv may be called anything.
    name = "".join(char if char.isalnum() or char in "_-." else "_" for char in name)
    sheets.write_csv(frame, target / f"{name}.csv")
    sheets.write_xlsx(wide, target / f"{name}.xlsx")
    return {f"tables/{name}.csv": frame}
