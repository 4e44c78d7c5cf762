"""`casemine report`: the study as a page to open and to send, and as a Word file."""

from __future__ import annotations

import json
from pathlib import Path

import click

from casemine.cli import completion
from casemine.cli.code import say_stale
from casemine.cli.figures import say_lacking
from casemine.cli.localised import say
from casemine.cli.options import JSON, QUIET, working

_FORMATS = ("html", "docx")


@click.command()
@click.argument("folder", metavar="STUDY", type=click.Path(path_type=Path, file_okay=False))
@click.option("--format", "formats", multiple=True, type=click.Choice(_FORMATS), default=_FORMATS,
              show_default=True, help="Form of the report; may be repeated.")  # fmt: skip
@click.option("--title", default="", metavar="TEXT", help="Title of the report.  [default: the study's name]")
@click.option("--codebook", default="", metavar="NAME", shell_complete=completion.codebooks,
              help="Codebook, where there are several; the files are then report_NAME.")  # fmt: skip
@click.option("--font", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE",
              help="Font for the figures instead of the one that comes with casemine.")  # fmt: skip
@QUIET
@JSON
def report(
    folder: Path,
    formats: tuple[str, ...],
    title: str,
    codebook: str,
    font: Path | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Write the report of a study, as a page and as a Word file.

    report.html is one file that needs no network: open it in a browser, send it to a co-author. It
    holds the coding with every quotation, the full texts, codes by group, keywords, new words, figures, and
    the method paragraph in Chinese and English. report.docx holds the tables of a paper as three-line
    tables (三线表), the figures with captions, and the same paragraph.
    """
    from casemine import pipeline
    from casemine.study import Study

    study = Study(folder)
    say_stale(study)
    with working("report", quiet=quiet) as progress:
        reported = pipeline.report.report(
            study, formats=dict.fromkeys(formats), codebook=codebook, title=title, font=font or "",
            progress=progress,
        )  # fmt: skip
    if as_json:
        click.echo(json.dumps({"written": list(map(str, reported.files))}, ensure_ascii=False, indent=2))
        return
    for path in reported.files:
        if not quiet:
            say(f"Wrote {path} ({path.stat().st_size / 1e6:.1f} MB).")
    say_lacking(reported.lacking)
