"""`casemine discover`: new words alone, as CSV to a file or a pipe."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from casemine.cli.extract import say_left_out
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
    encoding_mark,
    headers_asked,
    output_format,
    setting_options,
    with_stdin,
)
from casemine.errors import UsageError
from casemine.settings import KINDS, Settings


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
@click.option(
    "--left-out",
    multiple=True,
    type=click.Choice(KINDS),
    help="Kinds of words that are not listed; may be given several times.",
)
@setting_options("ingest", "words", "discover", without=("by",))
@CONFIG
@JOBS
@MEMORY
@SCHEDULER
@SPILL
@QUIET
@output_format("csv", "json")
@click.pass_context
def discover(
    ctx: click.Context,
    /,
    inputs: tuple[str, ...],
    output: Path | None,
    dictionary: Path | None,
    left_out: tuple[str, ...],
    config: Path | None,
    jobs: int,
    memory: int,
    scheduler: str,
    spill: str,
    quiet: bool,
    form: str,
    **options: Any,
) -> None:
    """Discover the words of documents that no dictionary has.

    INPUT is what `casemine extract` takes; - is one text on stdin. No study folder is made.
    """
    from casemine import pipeline
    from casemine.study import replace_file

    settings = chosen(base_settings(config, None, quiet=quiet or output is None), options)
    _spare_inputs(inputs, [path for path in (output, dictionary) if path], settings)
    with TemporaryDirectory() as kept, ProgressLine(quiet=quiet) as progress:
        discovered = pipeline.discover.discover(
            with_stdin(inputs, Path(kept) / "stdin.txt"),
            settings,
            jobs=jobs,
            memory=memory,
            scheduler=scheduler,
            spill=spill,
            left_out=left_out,
            progress=progress,
        )
    text = _text(discovered.columns, form)
    if output is None:
        click.echo((encoding_mark() if form == "csv" else "") + text, nl=False)
    else:
        replace_file(output, ("\ufeff" if form == "csv" else "") + text)
    if dictionary is not None:
        replace_file(dictionary, pipeline.discover.jieba_dictionary(discovered.columns))
    unread = [item._asdict() for item in discovered.left_out]
    say_left_out(unread, listed="", verbose=True)
    ctx.exit(1 if any(row["status"] == "failed" for row in unread) else 0)


def _text(columns: Mapping[str, Sequence[object]], form: str) -> str:
    """Return the words as CSV, or as JSON with a record a word."""
    if form == "json":
        rows = (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))
        return json.dumps(list(rows), ensure_ascii=False, indent=2) + "\n"
    from casemine import sheets

    headers = headers_asked(list(columns))
    return sheets.csv_text({headers.get(name, name): column for name, column in columns.items()})


def _spare_inputs(inputs: tuple[str, ...], written: list[Path], settings: Settings) -> None:
    """Refuse to write over one of the documents."""
    from casemine import ingest

    inputs = tuple(name for name in inputs if name != "-")
    if not inputs:
        return

    files = ingest.collect(inputs, recursive=settings.ingest.recursive).files
    for path in written:
        if path.exists() and any(path.samefile(file.path) for file in files):
            raise UsageError("is one of the documents to read.", place=str(path), advice="Give another -o.")
