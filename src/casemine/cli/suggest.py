"""`casemine suggest`: codes that a language model suggests, as one more coder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemine.cli.localised import say
from casemine.cli.options import QUIET, ProgressLine, output_format

if TYPE_CHECKING:
    from casemine.coding.agreement import Agreement
    from casemine.pipeline.suggest import Suggested


@click.command()
@click.argument("folder", metavar="STUDY", type=click.Path(path_type=Path, file_okay=False))
@click.option("--model", required=True, metavar="NAME", help="Name of the model, as the endpoint knows it.")
@click.option("--endpoint", default="http://127.0.0.1:11434/v1", show_default=True, metavar="URL",
              help="Where it is asked: an address of this computer with /chat/completions.")  # fmt: skip
@click.option("--remote", is_flag=True,
              help="Allow an address beyond this computer: sentences are sent there.")  # fmt: skip
@click.option("--codebook", default="", metavar="NAME",
              help="Codebook, where the study was coded with several.")  # fmt: skip
@click.option("--of", type=click.Choice(["keywords", "uncoded", "all"]), default="keywords",
              show_default=True,
              help="Sentences asked about: with a keyword and no code, without a code, or all.")  # fmt: skip
@click.option("--limit", type=click.IntRange(min=0), default=100, show_default=True, metavar="N",
              help="Sentences asked about at most.")  # fmt: skip
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, metavar="N",
              help="Seed of what is drawn; the same seed gives the same sentences.")  # fmt: skip
@click.option("--unchecked", is_flag=True,
              help="Go on although fewer than 30 sentences were coded blindly by a person.")  # fmt: skip
@click.option("--replay", is_flag=True, help="Ask nothing; take the answers in suggestions.jsonl again.")
@QUIET
@output_format("table", "json")
def suggest(
    folder: Path,
    model: str,
    endpoint: str,
    remote: bool,
    codebook: str,
    of: str,
    limit: int,
    seed: int,
    unchecked: bool,
    replay: bool,
    quiet: bool,
    form: str,
) -> None:
    """Let a language model suggest codes, one sentence a question.

    The model is one more coder, named llm:MODEL: its codes stand in the sheet of quotations (新增 takes one
    over) and in `casemine agree`, and in no table of codings before a person accepts them. First it answers
    for the sentences that a person coded blindly, and how far the two agree is shown. Every question and
    answer is kept in suggestions.jsonl and not asked again. A key, where the endpoint wants one, is read
    from the environment variable CASEMINE_LLM_KEY.
    """
    from casemine import pipeline
    from casemine.coding.llm import Endpoint

    key = os.environ.get("CASEMINE_LLM_KEY", "")
    with ProgressLine(quiet=quiet) as line:
        made = pipeline.suggest.suggest(
            folder,
            Endpoint(endpoint, model, remote, key),
            codebook=codebook,
            of=of,
            limit=limit,
            seed=seed,
            unchecked=unchecked,
            replay=replay,
            progress=line,
            shown=None if quiet or form == "json" else lambda checked, person: _check(checked, person, line),
        )
    if form == "json":
        _as_json(made)
    elif not quiet:
        _say(made)


def _check(checked: Agreement, person: str, line: ProgressLine) -> None:
    from casemine.cli import show

    line.close()
    overall = show.records(checked.table)[0]
    figures = [f"{name} {_shown(overall[name])}" for name in ("percent", "cohen", "alpha")]
    say(f"With {person}, who coded blindly: {', '.join(figures)} ({overall['units']} units).")


def _shown(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.2f}"


def _say(made: Suggested) -> None:
    say(
        f"{made.coder}: {made.coded} sentences with a code, {made.none} with none of these "
        f"({made.asked} asked, {made.replayed} from {made.file.name})."
    )
    if made.unclear or made.unknown:
        say(f"{made.unclear} answers said nothing; {made.unknown} names are no codes of the codebook.")
    say(f"\nNext: casemine review {made.study.folder} --quotes, where 新增 takes a suggestion over.")


def _as_json(made: Suggested) -> None:
    from casemine.cli import show

    checked = show.records(made.checked.table)[0] if made.checked else None
    counts = {
        name: getattr(made, name) for name in ("asked", "replayed", "coded", "none", "unclear", "unknown")
    }
    click.echo(show.as_json({"coder": made.coder, "person": made.person, "checked": checked, **counts}))
