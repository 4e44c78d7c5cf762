"""`casemine discover`: new words alone, as CSV to a file or a pipe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from casemine.cli.extract import say_left_out
from casemine.cli.options import (
    CONFIG,
    INPUTS,
    JOBS,
    QUIET,
    ProgressLine,
    base_settings,
    chosen,
    setting_options,
)


@click.command()
@INPUTS
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="CSV file for Excel; without it CSV goes to stdout.",
)
@click.option(
    "--to-dict",
    "dictionary",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the words as a jieba user dictionary.",
)
@setting_options("ingest", "words", "discover")
@CONFIG
@JOBS
@QUIET
@click.pass_context
def discover(
    ctx: click.Context,
    /,
    inputs: tuple[str, ...],
    output: Path | None,
    dictionary: Path | None,
    config: Path | None,
    jobs: int,
    quiet: bool,
    **options: Any,
) -> None:
    """Discover the words of documents that no dictionary has.

    INPUT is what `casemine extract` takes. No study folder is made.
    """
    from casemine import pipeline, sheets, study

    settings = chosen(base_settings(config, None), options)
    progress = ProgressLine(quiet=quiet)
    try:
        words, left_out = pipeline.discover(inputs, settings, jobs=jobs, progress=progress)
    finally:
        progress.close()
    if output is not None:
        study.replace_file(output, "\ufeff" + sheets.to_csv_text(words))
    else:
        click.echo(sheets.to_csv_text(words), nl=False)
    if dictionary is not None:
        study.replace_file(dictionary, pipeline.jieba_dictionary(words))
    say_left_out(left_out, listed="", verbose=True)
    ctx.exit(1 if (left_out["status"] == "failed").any() else 0)
