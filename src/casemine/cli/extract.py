"""`casemine extract`: documents to new words, keywords and frequency tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casemine.cli.localised import colon, say
from casemine.cli.options import (
    CONFIG,
    INPUTS,
    JOBS,
    MEMORY,
    QUIET,
    SCHEDULER,
    SPILL,
    ProgressLine,
    base_settings,
    chosen,
    output_format,
    setting_options,
    with_stdin,
)
from casemine.messages import language, translate
from casemine.tables.new_words import leading_terms

if TYPE_CHECKING:
    from casemine.study import Study

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
@SCHEDULER
@SPILL
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
    scheduler: str,
    spill: str,
    force: bool,
    quiet: bool,
    verbose: bool,
    form: str,
    **options: Any,
) -> None:
    """Read documents, discover new words, weigh keywords, write a study folder.

    INPUT is a file, a folder or a pattern such as "reports/*.docx"; several may be given. - is one text
    on stdin, which is kept beside STUDY as STUDY-stdin.txt. Documents:
    txt, md, docx, pdf, html, and csv, tsv, xlsx or jsonl with one document a row, and zip files of
    these; doc, wps, rtf and odt with LibreOffice; scans and images with casemine[ocr]. The files
    themselves are never touched.

    STUDY gets documents.csv, new_words.csv, keywords.csv, frequency.csv (for Excel), the texts, and
    run.json, which records how they were made. A second run does again only what changed.
    """
    from casemine import pipeline

    settings = chosen(base_settings(config, folder, quiet=quiet), options)
    inputs = with_stdin(inputs, folder.with_name(f"{folder.name}-stdin.txt"))
    with ProgressLine(quiet=quiet) as progress:
        study = pipeline.extract.extract(
            inputs,
            folder,
            settings,
            jobs=jobs,
            memory=memory,
            scheduler=scheduler,
            spill=spill,
            force=force,
            progress=progress,
        )
    report(study, form=form, quiet=quiet, verbose=verbose)
    ctx.exit(1 if _failed(study) else 0)


def _failed(study: Study) -> int:
    return int((study.left_out["status"] == "failed").sum())


def report(study: Study, *, form: str, quiet: bool, verbose: bool) -> None:
    """Say what an extraction found: as tables to read, or as CSV or JSON for programs."""
    from casemine.cli import show

    if form == "json":
        click.echo(show.as_json(_summary(study)))
    elif form == "csv":
        show.csv(study.extracted_frequency)
    elif not quiet:
        say(_tables(study))
    say_left_out(study.left_out.to_dict("records"), listed="left_out.csv", verbose=verbose)
    if form == "table" and not quiet:
        if verbose:
            click.echo(_timings(study))
        say(_closing(study))


def _tables(study: Study) -> str:
    from casemine.cli import show

    documents = study.documents
    words = leading_terms(study.new_words).head(_LEADING)
    frequency = study.extracted_frequency.head(_LEADING)
    many = "" if len(documents) == 1 else "s"
    return "\n".join(
        [
            f"Read {len(documents):,} document{many}, {documents['chars'].sum():,} characters.",
            "",
            f"Leading new words ({len(study.new_words):,} in new_words.csv)",
            show.table(
                ("词语", "词性", "权重", "频次"),
                words[["word", "pos", "weight", "frequency"]].itertuples(index=False),
            ),
            "",
            f"Leading keywords ({len(study.extracted_frequency):,} in frequency.csv)",
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
    if listed:
        say(f"\nLeft out: {failed} failed, {len(rows) - failed} passed over ({listed})", err=True)
    else:
        say(f"\nLeft out: {failed} failed, {len(rows) - failed} passed over", err=True)
    for row in rows if verbose else rows[:_SHOWN_LEFT_OUT]:
        space = "" if language() == "zh" else " "
        told = f"{translate(row['reason'])}{space}{translate(row['advice'])}".rstrip()
        click.echo(f"  {row['file']}{colon()}{told}", err=True)
    if not verbose and len(rows) > _SHOWN_LEFT_OUT:
        say(f"  and {len(rows) - _SHOWN_LEFT_OUT} more; all are in left_out.csv", err=True)


def _timings(study: Study) -> str:
    from casemine.cli import show

    rows = [
        (call.stage, translate("done now" if call.stage in study.done else "kept"), call.seconds)
        for call in study.record.calls
    ]
    return "\n" + show.table(("stage", "", "seconds"), rows)


def _closing(study: Study) -> str:
    kept = "" if study.done else " Nothing had changed; every table was kept."
    keywords = study.folder / "keywords.csv"
    return f"\nStudy: {study.folder}.{kept}\nNext: look at {keywords}, then: casemine review {study.folder}"


def _summary(study: Study) -> dict[str, Any]:
    from casemine.cli import show

    documents = study.documents
    return {
        "study": str(study.folder),
        "documents": len(documents),
        "chars": int(documents["chars"].sum()),
        "selection": study.record.selection,
        "stages_done": list(study.done),
        "new_words": show.records(leading_terms(study.new_words).head(_LEADING)),
        "keywords": show.records(study.extracted_frequency.head(_LEADING)),
        "left_out": show.records(study.left_out),
    }
