"""`casemine pmc`: the PMC index of policies, proposed from the codings and confirmed in a sheet."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from casemine import review, schema, sheets
from casemine.coding import Codebook
from casemine.errors import UsageError
from casemine.evaluation import index as pmc_index
from casemine.lexicon.script import matched_form
from casemine.pipeline import engine
from casemine.pipeline.code import load_codebook
from casemine.pipeline.context import ExtractContext
from casemine.pipeline.engine import Parameters, Stage
from casemine.pipeline.products import put_figures, put_tables, titles_of
from casemine.pipeline.sections import Analysis, Drawing
from casemine.pipeline.view import StudyView, book_files
from casemine.report.analyses import pmc_method
from casemine.report.section import Section, SectionTable
from casemine.study import Call, Study, replacing

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from casemine.figures.style import Style

CONFIRMED = "pmc_confirmed.csv"
LEVELS = ("axial", "open")
STRENGTH, MEASURES = "strength", "measures"
_SHEET = {STRENGTH: "力度（1-5）", MEASURES: "措施（1-5）"}
_ID, _TITLE = "文档编号", "标题"


class SubVariable(NamedTuple):
    """A sub-variable: X1-1, the main variable it belongs to, its own name."""

    number: str
    variable: str
    name: str

    @property
    def header(self) -> str:
        """The header of its column in the sheet."""
        return f"{self.number} {self.name}"


@dataclass(frozen=True)
class Evaluated:
    """What `pmc` found: tables `schema.PMC`, `PMC_VARIABLES`, `PMC_MATRIX`, the files, figures not drawn."""

    table: pd.DataFrame
    variables: pd.DataFrame
    matrix: pd.DataFrame
    files: tuple[str, ...]
    not_drawn: tuple[str, ...]


def pmc(
    study: Study | str | os.PathLike[str],
    codebook: str,
    *,
    level: str = "axial",
    grades: Sequence[float] = (),
) -> Evaluated:
    """Evaluate the policies of a coded study by the PMC index (Ruiz Estrada 2011).

    Writes tables/pmc_NAME*.csv and pmc_NAME.xlsx and figures/pmc_NAME. What `apply` took from a sheet
    counts; the rest is as proposed: 1 where the document has a coding of the sub-variable.

    Parameters
    ----------
    study : Study or path
        The study, or its folder, coded with `codebook`.
    codebook : str
        Its selective categories are the main variables X1, X2, ...
    level : {"axial", "open"}
        The level of the sub-variables below them.
    grades : three numbers
        From what index on a policy is 完美, 优秀, 可接受; without them 8, 6, 4 of nine main variables and
        9, 7, 5 of ten.

    Returns
    -------
    Evaluated
        The tables, as pandas frames.

    Examples
    --------
    >>> import casemine, tempfile
    >>> from casemine import pipeline, resources
    >>> folder = tempfile.mkdtemp()
    >>> made = casemine.extract([resources.corpus("cases") / "08-jiangxi.txt"], folder)
    >>> coded = pipeline.code.code(made, "policy-pmc", vectors="none")
    >>> casemine.pmc(made, "policy-pmc").table[["doc_id", "rank"]].values.tolist()
    [['08-jiangxi.txt', 1]]
    """
    if level not in LEVELS:
        raise UsageError(f"is {level!r}.", place="level", advice=f"Use one of {', '.join(LEVELS)}.")
    limits = [float(limit) for limit in grades]
    if limits and (len(limits) != 3 or limits != sorted(limits, reverse=True)):
        raise UsageError("are not three falling numbers.", place="grades", advice="Write 8,6,4.")
    study = Study.of(study)
    book = _book(study, codebook)
    parameters = {"codebook": book.name, "level": level, "grades": limits}
    with study.locked():
        found: Evaluated = engine.make(ExtractContext.of(study), PMC, parameters)
    return found


def _book(study: Study, codebook: str) -> Codebook:
    if codebook not in study.coded_by:
        known = ", ".join(study.coded_by) or "none"
        raise UsageError(
            f"the study was not coded with {codebook or 'any codebook'} (but with: {known}).",
            place=str(study.folder),
            advice=f"Run `casemine code {study.folder} --codebook policy-pmc`, then --codebook policy-pmc.",
        )
    return load_codebook(study, codebook)


def sub_variables(book: Codebook, level: str) -> list[SubVariable]:
    """Return the sub-variables of a codebook in its order; a main variable without any is its own."""
    found = []
    for at, main in enumerate(book.at("selective"), start=1):
        below = [code.name for code in book.at(level) if main.name in book.chain(code.name)] or [main.name]
        found += [
            SubVariable(f"X{at}-{number}", main.name, name) for number, name in enumerate(below, start=1)
        ]
    return found


def _pmc(context: ExtractContext, codebook: str, level: str, grades: Sequence[float]) -> Evaluated:
    study = context.study
    book = load_codebook(study, codebook)
    subs = sub_variables(book, level)
    proposed = _proposed(study, book, subs)
    confirmed = _confirmed(study, book.name, subs)
    matrix, variables, rows = [], [], []
    mains = list(dict.fromkeys(sub.variable for sub in subs))
    limits = tuple(grades) or pmc_index.cuts(len(mains))
    titles = titles_of(study)
    for document in study.documents.to_dict("records"):
        name = document["doc_id"]
        own = confirmed.get(name, {})
        values = {sub: own.get(sub.number, proposed[name][sub.number]) for sub in subs}
        matrix += [
            {"doc_id": name, "number": sub.number, "variable": sub.variable, "sub_variable": sub.name,
             "value": value, "proposed": proposed[name][sub.number]} for sub, value in values.items()
        ]  # fmt: skip
        scores = [
            pmc_index.variable([value for sub, value in values.items() if sub.variable == main])
            for main in mains
        ]
        variables += [
            {"doc_id": name, "number": f"X{at}", "variable": main, "value": score}
            for at, (main, score) in enumerate(zip(mains, scores, strict=True), start=1)
        ]
        total = pmc_index.index(scores)
        rows.append({
            "doc_id": name, "title": document["title"], "index": total,
            "grade": pmc_index.grade(total, limits),
            "confirmed": any(sub.number in own for sub in subs), **_strength(document, own),
        })  # fmt: skip
    table = _ranked(rows)
    return _write(study, codebook, table, schema.PMC_VARIABLES.frame(variables),
                  schema.PMC_MATRIX.frame(matrix), titles)  # fmt: skip


def _ranked(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    frame["rank"] = frame["index"].round(4).rank(method="min", ascending=False).astype("int64")
    frame["total"] = frame[STRENGTH] * frame[MEASURES]
    return schema.PMC.frame(frame.sort_values(["rank", "doc_id"], ignore_index=True))


def _strength(document: Mapping[Any, Any], own: Mapping[str, int]) -> dict[str, float]:
    issuer = matched_form(document["issuer"])  # of a traditional document it is as it stands there
    proposed = pmc_index.strength_of(document["authority"], document["document_kind"], issuer)
    strength, measures = own.get(STRENGTH, proposed), own.get(MEASURES, 0)
    return {STRENGTH: strength or float("nan"), MEASURES: measures or float("nan")}


def _proposed(study: Study, book: Codebook, subs: Sequence[SubVariable]) -> dict[str, dict[str, int]]:
    """Return doc_id -> number of a sub-variable -> 1 where the document has a coding of it, else 0."""
    placed = StudyView(study, book).placed
    having = set(zip(placed["doc_id"], placed["code"], strict=True))
    return {
        name: {sub.number: int((name, sub.name) in having) for sub in subs}
        for name in study.documents["doc_id"]
    }


def _confirmed(study: Study, codebook: str, subs: Sequence[SubVariable]) -> dict[str, dict[str, int]]:
    """Return what a person confirmed: doc_id -> number -> value; what the codebook calls otherwise is not."""
    table = study.table_or_empty(schema.PMC_CONFIRMED)
    names = {sub.number: sub.name for sub in subs} | _SHEET
    found: dict[str, dict[str, int]] = {}
    for row in table[table["codebook"] == codebook].to_dict("records"):
        if names.get(row["number"]) == row["name"]:
            found.setdefault(row["doc_id"], {})[row["number"]] = int(row["value"])
    return found


def _write(
    study: Study, codebook: str, table: pd.DataFrame, variables: pd.DataFrame, matrix: pd.DataFrame,
    titles: Mapping[str, str],
) -> Evaluated:  # fmt: skip
    name = f"pmc_{codebook}"
    files = put_tables(study, name, [
        (schema.PMC, "", "PMC指数", table), (schema.PMC_VARIABLES, "variables", "一级变量", variables),
        (schema.PMC_MATRIX, "matrix", "投入产出表", matrix),
    ])  # fmt: skip
    drawn, not_drawn = put_figures(study, {name: _surfaces(table, variables, titles)})
    return Evaluated(table, variables, matrix, (*files, *drawn), not_drawn)


def _surfaces(
    table: pd.DataFrame, variables: pd.DataFrame, titles: Mapping[str, str]
) -> Callable[[Style], Figure]:
    """Return what draws the surfaces of policies, that of the highest index first."""
    from casemine.figures import pmc as figure

    scores = {doc_id: own["value"].tolist() for doc_id, own in variables.groupby("doc_id", sort=False)}
    shown = [row for row in table.to_dict("records") if len(scores[row["doc_id"]]) >= pmc_index.SURFACE]
    matrices = [pmc_index.surface(scores[row["doc_id"]]) for row in shown]
    captions = [f"{titles[row['doc_id']]}\n{row['index']:.2f}，{row['grade']}" for row in shown]
    return lambda style: figure.surfaces(matrices, captions, style)


def write_sheet(study: Study, codebook: str, path: Path, *, level: str = "axial") -> None:
    """Write the sheet in which a person confirms the matrix: a row a document, a column a sub-variable.

    Raises `UsageError` where the file is there already: what was filled in is not replaced.
    """
    if path.exists():
        raise UsageError("exists already; nothing was written.", place=str(path),
                         advice="Take it over with --apply, or give another --sheet.")  # fmt: skip
    book = _book(study, codebook)
    subs = sub_variables(book, level)
    proposed, confirmed = _proposed(study, book, subs), _confirmed(study, book.name, subs)
    rows = []
    for document in study.documents.to_dict("records"):
        own = confirmed.get(document["doc_id"], {})
        strength = _strength(document, own)
        rows.append({
            _ID: document["doc_id"], _TITLE: document["title"],
            **{sub.header: own.get(sub.number, proposed[document["doc_id"]][sub.number]) for sub in subs},
            **{header: strength[key] for key, header in _SHEET.items()},
        })  # fmt: skip
    headers = [sub.header for sub in subs]
    choices = {header: ["0", "1"] for header in headers}
    choices |= {header: [str(number) for number in pmc_index.STRENGTHS] for header in _SHEET.values()}
    with replacing(path) as temporary:
        sheets.write_form(
            {"PMC": pd.DataFrame(rows), "说明": _explained(book, subs)}, temporary,
            open_columns=[*headers, *_SHEET.values()], choices=choices, hidden=[],
            widths={_ID: 22, _TITLE: 30, **dict.fromkeys([*headers, *_SHEET.values()], 11)},
        )  # fmt: skip


def _explained(book: Codebook, subs: Sequence[SubVariable]) -> pd.DataFrame:
    rows = [(sub.number, sub.variable, sub.name, book.by_name[sub.name].definition) for sub in subs]
    rows.append(
        ("力度", "", "", "发文机关层级与文种：法律5，行政法规4，规章、条例、规定3，意见、办法、规划2，通知1")
    )
    rows.append(("措施", "", "", "措施的具体程度：1 只有原则，3 有措施，5 有措施、主体、期限、资金或考核"))
    return pd.DataFrame(rows, columns=["编号", "一级变量", "二级变量", "定义"])


def apply(study: Study, codebook: str, path: Path, *, level: str = "axial") -> int:
    """Take a filled sheet over; return how many documents it confirms. Nothing changes when a cell is wrong.

    What was confirmed of documents that the sheet does not have, or leaves blank, stays: several people may
    share the work.
    Raises `UsageError` naming every cell that is neither 0 nor 1 (1 to 5 for strength and measures).
    """
    book = _book(study, codebook)
    subs = sub_variables(book, level)
    columns: dict[str, tuple[str, str, tuple[int, ...]]] = {
        sub.header: (sub.number, sub.name, (0, 1)) for sub in subs
    }
    columns |= {header: (key, header, pmc_index.STRENGTHS) for key, header in _SHEET.items()}
    numbered = _rows(path)
    header = [cell.strip() for cell in numbered[0][1]] if numbered else []
    lacking = [name for name in (_ID, *(sub.header for sub in subs)) if name not in header]
    if lacking:
        raise UsageError(f"has no column {', '.join(lacking[:3])}.", place=str(path),
                         advice="Take a sheet that `casemine pmc` wrote for this codebook.")  # fmt: skip
    known, seen = set(study.documents["doc_id"]), set[str]()
    rows, wrong = [], []
    for number, line in numbered[1:]:
        cells = dict(zip(header, (cell.strip() for cell in line), strict=False))
        if cells[_ID] not in known:
            wrong.append(f"row {number}: no document {cells[_ID]!r}")
            continue
        if cells[_ID] in seen:
            wrong.append(f"row {number}: {cells[_ID]!r} for the second time")
            continue
        seen.add(cells[_ID])
        for name, (key, told, allowed) in columns.items():
            value = cells.get(name, "")
            if value not in (*map(str, allowed), ""):
                wrong.append(f"row {number}, {name}: {value!r} is none of {allowed[0]} to {allowed[-1]}")
            elif value:
                rows.append({"codebook": book.name, "doc_id": cells[_ID], "number": key, "name": told,
                             "value": int(value)})  # fmt: skip
    if wrong:
        listed = "".join(f"\n  {reason}" for reason in wrong)
        raise UsageError(f"nothing was taken over:{listed}", place=str(path))
    done = {row["doc_id"] for row in rows}
    with study.locked(), study.transaction():
        before = study.table_or_empty(schema.PMC_CONFIRMED)
        kept = before[(before["codebook"] != book.name) | ~before["doc_id"].isin(done)]
        both = pd.concat([kept, pd.DataFrame(rows, columns=schema.PMC_CONFIRMED.names)])
        study.put_table(schema.PMC_CONFIRMED, schema.PMC_CONFIRMED.frame(both), CONFIRMED)
    return len(done)


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    try:
        data = path.read_bytes()
        if data.startswith(b"PK"):
            return next((list(rows) for _, rows in sheets.read_xlsx_rows(path)), [])
        return review.csv_rows(data)
    except (OSError, ValueError, KeyError, SyntaxError) as error:
        raise UsageError(f"cannot be read ({error}).", place=str(path)) from error


def _reads(context: ExtractContext, parameters: Parameters) -> list[str]:
    return ["documents.csv", "codings.csv", CONFIRMED, *book_files(context.study)]


PMC = Stage(
    "pmc", _reads, _pmc, libraries=("matplotlib", "numpy", "openpyxl"),
    identity=lambda parameters: str(parameters["codebook"]), replaces=True,
)  # fmt: skip


def _section(study: Study, call: Call, draw: Drawing) -> Section:
    """Show in a report the index, grade and strength of each policy, its main variables, and surfaces."""
    name = f"pmc_{call.parameters['codebook']}"
    table = study.table(schema.PMC, f"tables/{name}.csv")
    variables = study.table(schema.PMC_VARIABLES, f"tables/{name}_variables.csv")
    wide = variables.pivot(index="doc_id", columns="number", values="value")
    wide = wide.loc[table["doc_id"], sorted(wide.columns, key=lambda number: int(number[1:]))].reset_index()
    mains = variables.drop_duplicates("number")
    note = "；".join(f"{row.number} {row.variable}" for row in mains.itertuples())
    confirmed = int(table["confirmed"].sum())
    limits = call.parameters["grades"] or pmc_index.cuts(len(mains))
    return Section(
        f"pmc-{call.parameters['codebook']}", "政策的 PMC 指数",
        f"{len(table):,} 篇文档的 PMC 指数平均为 {table['index'].mean():.2f}；"
        f"其中 {confirmed:,} 篇的二级变量经人工确认，其余按编码建议。",
        *pmc_method(limits, len(mains)),
        (
            SectionTable("PMC 指数、等级与政策力度", table.rename(columns=schema.PMC.headers)),
            SectionTable("一级变量得分", wide.rename(columns={"doc_id": "文档编号"}), note),
        ),
        draw(name.replace("_", "-"), "PMC 曲面", _surfaces(table, variables, titles_of(study))),
    )  # fmt: skip


SECTION = Analysis("pmc", _section)
