"""`casemine review` and `casemine keywords`: the researcher's decisions, and the keywords they leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casemine.cli import completion
from casemine.cli.localised import listed, say, tally
from casemine.cli.options import JSON, output_format, working
from casemine.errors import UsageError
from casemine.terms import RESEARCHER

if TYPE_CHECKING:
    import pandas as pd

    from casemine.review import QuotesTaken, WordsTaken
    from casemine.study import Study

_STUDY = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False)
_SHOWN_NOTES = 20
_SHOWN_AS = {"code": "sentences coded", "none": "without any code"}


@click.command()
@click.argument("folder", metavar="STUDY", type=_STUDY)
@click.option(
    "--apply", "filled", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE",
    help="Take over a filled sheet (xlsx or csv) instead of writing one.",
)  # fmt: skip
@click.option(
    "-o", "--output", type=_FILE, metavar="FILE", help="The sheet to write. [default: STUDY/review.xlsx]"
)
@click.option("--csv", is_flag=True, help="Write the sheet as CSV too.")
@click.option("--quotes", is_flag=True, help="A sheet of quotations (codings.csv), not of keywords.")
@click.option("--codebook", default="", metavar="NAME", shell_complete=completion.codebooks,
              help="Whose codes and quotations, where the study was coded with several.")  # fmt: skip
@click.option("--by-document", is_flag=True, help="One row a document and keyword, not one a keyword.")
@click.option("--coder", metavar="NAME", default="",
              help=f"Whose decisions: another coder's are kept apart.  [default: {RESEARCHER}]")  # fmt: skip
@click.option(
    "--sample", type=float, default=1.0, metavar="SHARE", help="Only this share of the rows, such as 0.2."
)
@click.option("--seed", type=int, default=0, show_default=True, metavar="N", help="Which sample is drawn.")
@click.option("--blind", is_flag=True, help="Show neither suggestions nor anyone's answers (with --coder).")
@JSON
@click.pass_context
def review(
    ctx: click.Context,
    folder: Path,
    filled: Path | None,
    output: Path | None,
    csv: bool,
    quotes: bool,
    codebook: str,
    by_document: bool,
    coder: str,
    sample: float,
    seed: int,
    blind: bool,
    as_json: bool,
) -> None:
    """Write a sheet of keywords to decide on in Excel; with --apply, take the filled sheet over.

    In the sheet choose keep, drop, generic (says nothing in this study), merge (into the standard term
    beside it) or add for each keyword, or take what is suggested; write words of your own below the last row.
    For every word dropped the next of its document moves up. Words of one document stand last, in groups
    for which one decision may be made. What is left blank stays undecided. Writing the sheet
    again loses nothing that was decided or typed. --apply checks every row, names all that is wrong
    with row and column, and then changes nothing; else it writes decisions.csv, history.csv and the
    final tables. Those follow the decisions of researcher, or of the first coder when there are none.
    The sheet suggests codes (--codebook none: it does not); the codes you accept win in casemine code.

    --quotes does the same for quotations: keep, drop, recode into another code, or add one below the
    last row (document, text, code). --apply knows the sheet by itself, writes quote_decisions.csv and
    quote_history.csv, and codes the study anew.

    A second coder: casemine review STUDY --quotes --coder B --sample 0.2 --seed 1 --blind
    """
    from casemine import review as review_
    from casemine.study import Study

    study = Study(folder)
    if filled is None:
        plan = review_.SheetPlan(coder.strip() or RESEARCHER, by_document, sample, seed, blind)
        if quotes and by_document:
            raise UsageError("--by-document does not go with --quotes.")
        write = _write_quotes if quotes else _write_sheet
        write(study, plan, output, codebook, csv=csv, as_json=as_json)
        return
    given = [name for name, value in ctx.params.items() if _was_given(ctx, name) and value]
    foreign = [
        name.replace("_", "-")
        for name in given
        if name not in ("folder", "filled", "coder", "quotes", "as_json")
    ]
    if foreign:
        raise UsageError(f"--{foreign[0]} does not go with --apply.")
    if review_.is_quote_sheet(filled):
        _apply_quotes(study, filled, coder.strip(), as_json=as_json)
    elif quotes:
        raise UsageError("is no sheet of quotations.", place=str(filled), advice="Leave --quotes out.")
    else:
        _apply_sheet(study, filled, coder.strip(), as_json=as_json)


def _was_given(ctx: click.Context, name: str) -> bool:
    return ctx.get_parameter_source(name) == click.core.ParameterSource.COMMANDLINE


def _xlsx(path: Path) -> Path:
    if path.suffix.lower() != ".xlsx":
        raise UsageError(
            "the sheet is an xlsx file.", place=str(path), advice="Give -o NAME.xlsx, and --csv for CSV."
        )
    return path


def _write_sheet(
    study: Study, plan: Any, output: Path | None, codebook: str, *, csv: bool, as_json: bool
) -> None:
    from casemine import pipeline

    path = _xlsx(output or study.folder / plan.file_name)
    with working("review"):
        sheet, files = pipeline.review.write_words(study, path, plan, codebook=codebook, csv=csv)
    if as_json:
        _written_as_json(sheet, files)
        return
    _say_written(study.folder, sheet, files, plan, "决定")
    _say_to_read(sheet)


def _written_as_json(sheet: pd.DataFrame, files: list[Path]) -> None:
    from casemine.cli import show

    counts = Counter(status for status in sheet["status"] if status) if "status" in sheet else {}
    click.echo(show.as_json({"files": list(map(str, files)), "rows": len(sheet), "status": dict(counts)}))


def _say_to_read(sheet: pd.DataFrame) -> None:
    """Say how many rows are to be decided one by one, and how many a group at a time."""
    groups = [word for word in sheet["word"] if word.startswith("▼")]
    if groups:
        open_rows = sheet[(sheet["decision"] == "") & ~sheet["word"].str.startswith("▼")]
        single = int(open_rows["group"].str.startswith("单案例").sum())
        say(
            f"To read: {len(open_rows) - single:,} rows of several documents; {single:,} words of one "
            f"document stand last in {len(groups)} groups, each with one decision for all of it (▼)."
        )


def _write_quotes(
    study: Study, plan: Any, output: Path | None, codebook: str, *, csv: bool, as_json: bool
) -> None:
    from casemine import pipeline, review

    path = _xlsx(output or study.folder / review.quote_file_name(plan))
    with working("review"):
        sheet, files = pipeline.review.write_quotes(study, path, plan, codebook=codebook, csv=csv)
    if as_json:
        _written_as_json(sheet, files)
    else:
        _say_written(study.folder, sheet, files, plan, "新编码" if plan.blind else "决定")


def _say_written(folder: Path, sheet: pd.DataFrame, files: list[Path], plan: Any, column: str) -> None:
    say(f"Wrote {', '.join(map(str, files))}: {len(sheet):,} rows{_counted(sheet)}.")
    who = f" --coder {plan.coder}" if plan.coder != RESEARCHER else ""
    say(f"Next: fill in {column} in Excel, save, then: casemine review {folder} --apply {files[0]}{who}")


def _counted(sheet: pd.DataFrame) -> str:
    if "status" not in sheet:
        return ""
    counts = Counter(status for status in sheet["status"] if status)
    told = tally((count, status) for status, count in sorted(counts.items()))
    return listed(["", told]) if told else ""


def _apply_sheet(study: Study, filled: Path, coder: str, *, as_json: bool) -> None:
    from casemine import pipeline

    with working("review"):
        taken, changed = pipeline.review.apply_review(study, filled, coder)
    if as_json:
        _taken_as_json(taken, changed, coded_by=study.coded_by if changed else [])
        return
    _say_notes(taken.notes)
    say(_said(taken, changed))
    if changed and study.coded_by:
        say(f"Coded anew by {', '.join(study.coded_by)}.")
    say(f"Next: casemine keywords {study.folder}")


def _taken_as_json(taken: WordsTaken | QuotesTaken, changed: int, **more: list[str]) -> None:
    from casemine.cli import show

    own = [state.decision for key, state in taken.decisions.items() if key.coder == taken.coder]
    said = {
        "coder": taken.coder,
        "decided": dict(sorted(Counter(filter(None, own)).items())),
        "changed": changed,
        "undecided": taken.undecided,
        "notes": list(taken.notes),
    }
    click.echo(show.as_json({**said, **more}))


def _say_notes(notes: Sequence[str]) -> None:
    for note in notes[:_SHOWN_NOTES]:
        say(f"  {note}", err=True)
    if len(notes) > _SHOWN_NOTES:
        say(f"  and {len(notes) - _SHOWN_NOTES} more notes", err=True)


def _apply_quotes(study: Study, filled: Path, coder: str, *, as_json: bool) -> None:
    from casemine import pipeline

    with working("review"):
        applied = pipeline.review.apply_quotes(study, filled, coder)
    taken = applied.taken
    if as_json:
        compared = list(map(str, applied.compared))
        _taken_as_json(taken, applied.changed, lost=list(applied.lost), compared=compared)
        return
    _say_notes(
        [*taken.notes, *(f"without effect, its text or code is gone: {lost}" for lost in applied.lost)]
    )
    counts = Counter(state.decision for key, state in taken.decisions.items() if key.coder == taken.coder)
    names = ("keep", "drop", "recode", "add", "code", "none")
    decided = tally((counts[name], _SHOWN_AS.get(name, name)) for name in names if counts[name])
    say(
        f"{taken.coder}: {decided or 'nothing decided'}; {applied.changed:,} changed now, "
        f"{taken.undecided:,} of the sheet undecided."
    )
    if applied.compared:
        say("To compare with the study at the same sentences:")
        say(f"  casemine agree --unit sentence {' '.join(map(str, applied.compared))}")
    else:
        say(f"Next: casemine quotes {study.folder}")


def _said(taken: WordsTaken, changed: int) -> str:
    from casemine import review

    own = [state.decision for key, state in taken.decisions.items() if key.coder == taken.coder]
    counts = Counter(decision for decision in own if decision)
    names = ("keep", "drop", "generic", "merge", "add")
    decided = tally((counts[name], name) for name in names if counts[name])
    main = review.main_coder(review.as_table(taken.decisions))
    return (
        f"{taken.coder}: {decided or 'nothing decided'}; {changed:,} changed now, "
        f"{taken.undecided:,} of the sheet undecided.\nThe final tables follow the decisions of {main}."
    )


@click.command()
@click.argument("folder", metavar="STUDY", type=_STUDY)
@click.option(
    "--top", type=click.IntRange(min=1), metavar="N", help="Keywords a document, and entries of the list."
)
@output_format("table", "csv", "json")
def keywords(folder: Path, top: int | None, form: str) -> None:
    """Print the final keywords of each document, and over all cases how many have each.

    The list has the form 扶贫产业/23,防贫预警/18: the keyword and the cases that have it.
    """
    from casemine.cli import show
    from casemine.study import Study

    study = Study(folder)
    final, frequency = study.keywords, study.frequency
    final, frequency = (final[final["rank"] <= top], frequency.head(top)) if top else (final, frequency)
    listed = [f"{row.keyword}/{row.documents}" for row in frequency.itertuples()]
    words = {str(doc_id): list(group["word"]) for doc_id, group in final.groupby("doc_id", sort=True)}
    if form == "csv":
        show.csv(final)
    elif form == "json":
        cases = dict(zip(frequency["keyword"], map(int, frequency["documents"]), strict=True))
        click.echo(show.as_json({"reviewed": study.record.reviewed, "keywords": words, "frequency": cases}))
    else:
        click.echo(
            show.table(("文档", "关键词"), [(doc_id, "、".join(own)) for doc_id, own in words.items()])
        )
        click.echo("\n" + ",".join(listed))
    if not study.record.reviewed:
        say(f"Not reviewed yet: as the program found them. Next: casemine review {folder}", err=True)
