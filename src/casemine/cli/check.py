"""`casemine check`: whether a study is whole, and how to mend it."""

from __future__ import annotations

from pathlib import Path

import click

from casemine.cli.localised import say
from casemine.messages import translate


@click.command()
@click.argument("folder", metavar="STUDY", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--rescue", is_flag=True, help="Make run.json, and passages.csv, again where they are missing or damaged."
)
@click.option("--json", "as_json", is_flag=True, help="Say what is wrong as JSON, for programs.")
@click.pass_context
def check(ctx: click.Context, folder: Path, rescue: bool, as_json: bool) -> None:
    """Verify a study: every hash, text, span, decision and codebook; say how to mend what is wrong.

    Exit status 1 when something is wrong. --rescue keeps decisions, histories, codebooks and texts as they
    are, and a damaged run.json as run.json.damaged.
    """
    from casemine import pipeline
    from casemine.cli import show

    if rescue:
        study = pipeline.check.rescue(folder)
        say(
            f"{folder} has its run.json. Decisions, histories, codebooks and texts are as they were.",
            err=as_json,
        )
        missing = "" if study.has("documents.csv") else " documents.csv is lost: read the inputs again."
        command = f"casemine run {folder}" if not missing else f"casemine extract INPUT -o {folder}"
        say(f"Next:{missing} {command}; then casemine code {folder}, as you did.", err=as_json)
    faults = pipeline.check.check(folder)
    if as_json:
        click.echo(show.as_json([fault._asdict() for fault in faults]))
    for fault in [] if as_json else faults:
        click.echo(f"{fault.place}: {translate(fault.cause)} {translate(fault.advice)}")
    if not (faults or as_json):
        say(f"{folder}: nothing is wrong.")
    ctx.exit(1 if faults else 0)
