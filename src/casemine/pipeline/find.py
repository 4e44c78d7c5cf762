"""`casemine find`: a concordance of the texts of a study, and quotations coded from it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO

import pandas as pd

from casemine import review, schema, sheets
from casemine.arguments import instance, whole_number
from casemine.coding.concordance import SORTS, Counts, Line, in_order, lines, quotations
from casemine.coding.search import KINDS, search_for
from casemine.document import Document
from casemine.errors import StudyError, UsageError
from casemine.pipeline import engine
from casemine.pipeline.code import known_codes
from casemine.pipeline.context import ExtractContext
from casemine.pipeline.engine import Parameters, Stage
from casemine.pipeline.products import groups_of, put_tables
from casemine.pipeline.review import code_again, record, review_book
from casemine.review.decision_words import ADD
from casemine.review.quotes.columns import QuoteKey, QuoteState
from casemine.study import Study, replacing
from casemine.terms import safe_name

# Excel takes hardly more rows, and a workbook of them is made in memory.
MOST_ROWS = 200_000
# Lines written together.
_CHUNK = 10_000


@dataclass(frozen=True)
class Found:
    """A concordance: its lines, the table `schema.CONCORDANCE`, and counts, `schema.CONCORDANCE_GROUPS`."""

    lines: pd.DataFrame
    groups: pd.DataFrame

    @property
    def occurrences(self) -> int:
        """How many places were found, shown or not."""
        return int(self.groups["occurrences"].sum())


def find(
    study: Study | str | os.PathLike[str],
    pattern: str,
    *,
    kind: str = "word",
    sort: str = "text",
    by: str = "",
    width: int = 20,
    limit: int = 0,
) -> Found:
    """Find a word, a regular expression or a rule in the counted text of a study, each place in its context.

    Parameters
    ----------
    study : Study or path
        The study, or its folder.
    pattern : str
        A literal word; with `kind` "regex" a regular expression; with "rule" a rule as codebooks have them,
        such as ``全部 贷款 | 任一 贴息；免息 | 相距 10``.
    kind : {"word", "regex", "rule"}
        What `pattern` is.
    sort : {"text", "left", "right"}
        Order: by document and place, by what stands before (read backwards), or by match and what follows.
    by : str
        A column of documents.csv whose values make the groups of the counts.
    width : int
        Characters of context on either side.
    limit : int
        Lines returned at most; 0 for all. Every place is counted all the same.

    Returns
    -------
    Found
        `lines` (`schema.CONCORDANCE`, one row a place) and `groups` (`schema.CONCORDANCE_GROUPS`).

    Raises
    ------
    UsageError
        For a pattern that cannot be read or takes too long, and a column that documents.csv lacks.

    Examples
    --------
    >>> import casemine, tempfile
    >>> from casemine import resources
    >>> folder = tempfile.mkdtemp()
    >>> made = casemine.extract([resources.corpus("cases") / "08-jiangxi.txt"], folder)
    >>> found = casemine.find(folder, "防贫", sort="right", width=4)
    >>> found.occurrences == len(found.lines) > 0
    True
    """
    study = Study.of(study)
    shown, counts = stream(study, pattern, kind=kind, sort=sort, by=by, width=width, limit=limit)
    table = schema.CONCORDANCE.frame([line._asdict() for line in shown])
    return Found(table, counts.table())


def stream(
    study: Study,
    pattern: str,
    *,
    kind: str,
    sort: str,
    by: str,
    width: int,
    limit: int = 0,
    texts: Iterable[Document] | None = None,
) -> tuple[Iterator[Line], Counts]:
    """Return the lines of a concordance one by one, and counts that are whole when all were taken.

    Neither texts nor lines are kept: memory does not grow with the study. `texts` are its texts, where
    somebody keeps them already.
    """
    for name, value, known in (("kind", kind, KINDS), ("sort", sort, SORTS)):
        if value not in known:
            raise UsageError(f"is {value!r}.", place=name, advice=f"Use one of {', '.join(known)}.")
    instance(pattern, str, name="pattern", advice="Give a word, or a pattern or rule with its kind.")
    width = whole_number(width, name="width", least=0, most=2000)
    limit = whole_number(limit, name="limit", least=0)
    groups = groups_of(study, by)
    counts = Counts()
    unit = coded_unit(study)
    search = search_for(pattern, kind, unit=unit)
    texts = study.iter_texts() if texts is None else texts
    found = lines(texts, search, groups, counts, width=width, unit=unit)
    return _limited(in_order(found, sort), limit), counts


def _limited(shown: Iterator[Line], limit: int) -> Iterator[Line]:
    yield from islice(shown, limit or None)
    for _ in shown:  # what is not shown counts too
        pass


def coded_unit(study: Study, codebook: str = "") -> str:
    """Return what a quotation of a study is: the unit it was coded by, else a sentence."""
    calls = [call for call in study.record.of("code") if codebook in ("", call.parameters.get("codebook"))]
    return str(calls[-1].parameters.get("unit", "sentence")) if calls else "sentence"


def write(study: Study, file: Path, **asked: str | int) -> Counts:
    """Write a concordance as CSV or xlsx, by the ending of `file`; return the counts.

    `asked` are the parameters of `stream`. A file STUDY/tables/NAME.csv is a product of the study: beside
    it stands NAME.xlsx with Chinese headers, `info` knows it and `run` makes it again.
    """
    inside = file.resolve().parent == (study.folder / "tables").resolve()
    if inside:
        _check_name(study, file)
        parameters = {**asked, "name": file.stem}
        with study.locked():
            counts: Counts = engine.make(ExtractContext.of(study), FIND, parameters)
        return counts
    if file.resolve().is_relative_to(study.folder.resolve()):
        raise UsageError("is among the files of the study.", place=str(file),
                         advice=f"Give a place outside it, or in {study.folder / 'tables'}.")  # fmt: skip
    shown, counts = stream(study, **asked)  # type: ignore[arg-type]
    with replacing(file) as temporary:
        if file.suffix.lower() == ".xlsx":
            frame = schema.CONCORDANCE.frame([line._asdict() for line in _rows(shown, file)])
            headers = schema.CONCORDANCE.headers
            sheets.write_xlsx(
                {"检索": frame.rename(columns=headers), "分组": _with_headers(counts)}, temporary
            )
        else:
            with temporary.open("w", encoding="utf-8-sig", newline="") as target:
                write_csv(shown, target)
    return counts


def _check_name(study: Study, file: Path) -> None:
    """Raise `UsageError` for the name of another product, or one that not every system takes."""
    name, safe = f"tables/{file.stem}.csv", safe_name(file.stem)
    if any(name in call.outputs for call in study.record.calls if call.stage != FIND.name):
        raise UsageError("is another product of the study.", place=str(file), advice="Give another name.")
    if safe != file.stem:
        other = file.with_stem(safe).name
        advice = f"Give {other}."
        raise UsageError("is no name for a table of a study.", place=str(file), advice=advice)


def _rows(shown: Iterator[Line], file: Path) -> list[Line]:
    rows = list(islice(shown, MOST_ROWS))
    if beyond := sum(1 for _ in shown):
        raise UsageError(
            f"would have {len(rows) + beyond:,} rows; Excel takes no more than a million.",
            place=str(file),
            advice="Write .csv, or less with --limit.",
        )
    return rows


def _with_headers(counts: Counts) -> pd.DataFrame:
    return counts.table().rename(columns=schema.CONCORDANCE_GROUPS.headers)


def write_csv(shown: Iterator[Line], target: IO[str], headers: Mapping[str, str] | None = None) -> int:
    """Write lines as CSV, a few thousand at a time; return how many there were.

    `headers` gives names of columns other headers.
    """
    names = [(headers or {}).get(name, name) for name in Line._fields]
    count = 0
    while True:
        rows = list(islice(shown, _CHUNK))
        if not rows and count:
            return count
        columns = zip(*rows, strict=True) if rows else ([] for _ in Line._fields)
        text = sheets.csv_text(dict(zip(names, map(list, columns), strict=True)))
        target.write(text.partition("\n")[2] if count else text)
        count += len(rows)
        if not rows:
            return count


def _find(context: ExtractContext, name: str, **asked: str | int) -> Counts:
    study = context.study
    shown, counts = stream(study, **asked)  # type: ignore[arg-type]
    first = list(islice(shown, MOST_ROWS))
    rest = next(shown, None)
    if rest is None:
        frame = schema.CONCORDANCE.frame([line._asdict() for line in first])
        tables = [
            (schema.CONCORDANCE, "", "检索", frame),
            (schema.CONCORDANCE_GROUPS, "groups", "分组", counts.table()),
        ]
        put_tables(study, name, tables)
        return counts
    # Too many for a workbook: the lines go straight into the file.
    with study.new_file(f"tables/{name}.csv").open("w", encoding="utf-8-sig", newline="") as target:
        write_csv(chain(first, [rest], shown), target)
    put_tables(study, f"{name}_groups", [(schema.CONCORDANCE_GROUPS, "", "分组", counts.table())])
    return counts


def _reads(context: ExtractContext, parameters: Parameters) -> Sequence[str]:
    return ("documents.csv", "passages.csv")


FIND = Stage("find", _reads, _find, libraries=("regex",), identity=lambda parameters: str(parameters["name"]),
             replaces=True)  # fmt: skip


@dataclass(frozen=True)
class CodedByHand:
    """What coding from a concordance did: the code, its coder, sentences coded, and those that had it."""

    code: str
    codebook: str
    coder: str
    added: int
    already: int
    counts: bool


def code_found(
    study: Study, shown: Iterator[Line], code: str, *, pattern: str, codebook: str = "", coder: str = ""
) -> CodedByHand:
    """Give the sentences of a concordance a code, as a person's coding, through the decisions on quotations.

    They are decisions as those of a review sheet: with history, undone there, kept when the study is coded
    again. Only those of the study's main coder (the default) change its codings. Raises `StudyError` for a
    study that is not coded, `UsageError` for a code that is none or a category.
    """
    with study.locked():
        book = review_book(study, codebook)
        if book is None:
            advice = f"Run `casemine code {study.folder}`."
            raise StudyError("is not coded yet.", place=str(study.folder), advice=advice)
        name = _open_code(study, book.name, code)
        judged = review.QUOTATIONS.read(study.folder)
        main = review.main_coder(judged, study.settings.review.coder)
        who = coder or main
        codings = study.codings
        own = codings[(codings["codebook"] == book.label) & (codings["code"] == name)]
        coded = set(own[["doc_id", "start", "end"]].itertuples(index=False, name=None))
        decisions = review.QUOTATIONS.states(judged)
        added = already = 0
        for doc_id, spans in quotations(shown).items():
            for start, end, quote in spans:
                key = QuoteKey(who, book.name, doc_id, start, end, name)
                if (doc_id, start, end) in coded or key in decisions:
                    already += 1
                    continue
                decisions[key] = QuoteState(ADD, name, quote, f"检索：{pattern}")
                added += 1
        if added:
            with study.transaction():
                record(study, review.QUOTATIONS, decisions, "casemine find")
                code_again(ExtractContext.of(study))
    return CodedByHand(name, book.name, who, added, already, who == main)


def _open_code(study: Study, codebook: str, code: str) -> str:
    known = known_codes(study)[codebook]
    if code not in known:
        advice = f"See them with: casemine codebook show {codebook}"
        raise UsageError(f"the codebook {codebook} has no code {code}.", place="--code", advice=advice)
    if not known[code]:
        raise UsageError(f"{code} is a category; quotations take open codes.", place="--code")
    return known[code]
