"""`casemine extract`: documents to new words, keywords and frequency tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casemine.cli.options import (
    CONFIG,
    INPUTS,
    JOBS,
    MEMORY,
    QUIET,
    ProgressLine,
    base_settings,
    chosen,
    output_format,
    setting_options,
)

if TYPE_CHECKING:
    from casemine.pipeline import Extraction

_LEADING = 10
_SHOWN_LEFT_OUT = 20


@click.command()
@INPUTS
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="STUDY",
    default="casemine-study",
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Study folder to make or bring up to date.",
)
@setting_options("ingest", "words", "discover", "weigh")
@CONFIG
@JOBS
@MEMORY
@click.option("--force", is_flag=True, help="Redo every stage, and let STUDY take other inputs.")
@QUIET
@click.option("--verbose", "-v", is_flag=True, help="Name every file left out, and the time of each stage.")
@output_format("table", "csv", "json")
@click.pass_context
def extract(
    ctx: click.Context,
    /,
    inputs: tuple[str, ...],
    folder: Path,
    config: Path | None,
    jobs: int,
    memory: int,
    force: bool,
    quiet: bool,
    verbose: bool,
    form: str,
    **options: Any,
) -> None:
    """Read documents, discover new words, weigh keywords, write a study folder.

    INPUT is a file, a folder or a pattern such as "reports/*.docx"; several may be given. Documents:
    txt, md, docx, pdf, html, and csv, tsv, xlsx or jsonl with one document a row, and zip files of
    these; doc, wps, rtf and odt with LibreOffice; scans and images with casemine[ocr]. The files
    themselves are never touched.

    STUDY gets documents.csv, new_words.csv, keywords.csv, frequency.csv (for Excel), the texts, and
    run.json, which records how they were made. A second run does again only what changed.
    """
    from casemine import pipeline

    settings = chosen(base_settings(config, folder), options)
    progress = ProgressLine(quiet=quiet)
    try:
        made = pipeline.extract(
            inputs, folder, settings, jobs=jobs, memory=memory, force=force, progress=progress
        )
    finally:
        progress.close()
    report(made, form=form, quiet=quiet, verbose=verbose)
    ctx.exit(1 if _failed(made) else 0)


def _failed(made: Extraction) -> int:
    return int((made.tables["left_out.csv"]["status"] == "failed").sum())


def report(made: Extraction, *, form: str, quiet: bool, verbose: bool) -> None:
    """Say what an extraction found: as tables to read, or as CSV or JSON for programs."""
    from casemine import sheets
    from casemine.cli import show

    if form == "json":
        click.echo(show.as_json(_summary(made)))
    elif form == "csv":
        click.echo(sheets.to_csv_text(made.tables["frequency.csv"]), nl=False)
    elif not quiet:
        click.echo(_tables(made))
    say_left_out(made.tables["left_out.csv"].to_dict("records"), listed=" (left_out.csv)", verbose=verbose)
    if form == "table" and not quiet:
        if verbose:
            click.echo(_timings(made))
        click.echo(_closing(made))


def leading_new_words(made: Extraction) -> Any:
    """Return the leading new words that are neither generic nor fragments of longer ones."""
    words = made.tables["new_words.csv"]
    return words[~words["generic"] & (words["absorbed_by"] == "")].head(_LEADING)


def _tables(made: Extraction) -> str:
    from casemine.cli import show

    documents = made.tables["documents.csv"]
    words = leading_new_words(made)
    frequency = made.tables["frequency.csv"].head(_LEADING)
    many = "" if len(documents) == 1 else "s"
    return "\n".join(
        [
            f"Read {len(documents):,} document{many}, {documents['chars'].sum():,} characters.",
            "",
            f"Leading new words ({len(made.tables['new_words.csv']):,} in new_words.csv)",
            show.table(
                ("词语", "词性", "权重", "频次"),
                words[["word", "pos", "weight", "frequency"]].itertuples(index=False),
            ),
            "",
            f"Leading keywords ({len(made.tables['frequency.csv']):,} in frequency.csv)",
            show.table(
                ("关键词", "案例频次", "出现文档数", "出现次数"),
                frequency[["keyword", "documents", "containing", "occurrences"]].itertuples(index=False),
            ),
        ]
    )


def say_left_out(left_out: Sequence[Mapping[Any, str]], *, listed: str, verbose: bool) -> None:
    """Name on stderr what was left out (rows of the table): failures first, then what was passed over."""
    if not left_out:
        return
    rows = sorted(left_out, key=lambda row: row["status"] != "failed")
    failed = sum(row["status"] == "failed" for row in rows)
    click.echo(f"\nLeft out: {failed} failed, {len(rows) - failed} passed over{listed}", err=True)
    for row in rows if verbose else rows[:_SHOWN_LEFT_OUT]:
        click.echo(f"  {row['file']}: {row['reason']} {row['advice']}".rstrip(), err=True)
    if not verbose and len(rows) > _SHOWN_LEFT_OUT:
        click.echo(f"  and {len(rows) - _SHOWN_LEFT_OUT} more; all are in left_out.csv", err=True)


def _timings(made: Extraction) -> str:
    from casemine import study
    from casemine.cli import show

    stages = study.read_run(made.folder).stages
    rows = [
        (name, "done now" if name in made.done else "kept", float(stage["seconds"]))
        for name, stage in stages.items()
    ]
    return "\n" + show.table(("stage", "", "seconds"), rows)


def _closing(made: Extraction) -> str:
    kept = "" if made.done else " Nothing had changed; every table was kept."
    keywords = made.folder / "keywords.csv"
    return f"\nStudy: {made.folder}.{kept}\nNext: look at {keywords}, then: casemine review {made.folder}"


def _summary(made: Extraction) -> dict[str, Any]:
    from casemine import study
    from casemine.cli import show

    documents = made.tables["documents.csv"]
    return {
        "study": str(made.folder),
        "documents": len(documents),
        "chars": int(documents["chars"].sum()),
        "selection": study.read_run(made.folder).selection,
        "stages_done": list(made.done),
        "new_words": show.records(leading_new_words(made)),
        "keywords": show.records(made.tables["frequency.csv"].head(_LEADING)),
        "left_out": show.records(made.tables["left_out.csv"]),
    }
