"""`casemine info`, `casemine run` and `casemine init`: what a study holds, redoing it, its settings."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemine.cli.extract import report
from casemine.cli.localised import say
from casemine.cli.options import JOBS, JSON, QUIET, ProgressLine, output_format
from casemine.errors import UsageError
from casemine.messages import translate

if TYPE_CHECKING:
    from casemine.study import Study

_STUDY = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("folder", metavar="STUDY", type=_STUDY)
@output_format("table", "json")
def info(folder: Path, form: str) -> None:
    """Show what a study holds, how it was made, and which stages are stale."""
    from casemine import pipeline
    from casemine.cli import show
    from casemine.study import Study

    study = Study(folder)
    record = study.record
    stale = pipeline.run.stale(study)
    kept = "up to date" if pipeline.run.inputs_there(study) else "as read; the inputs are not there now"
    labels = pipeline.run.products(study)
    states = [(label, stale.get(label, kept if label == "ingest" else "up to date")) for label in labels]
    names = dict.fromkeys(name for call in record.calls for name in call.outputs if name.endswith(".csv"))
    counts = {name: _rows(study, name) for name in names}
    if form == "json":
        click.echo(show.as_json({**asdict(record), "rows": counts, "stale": stale}))
        return
    say(f"Study: {folder}\nInputs: {', '.join(record.inputs)}\nKeywords: {record.selection}")
    say(f"Reviewed: {translate('yes' if record.reviewed else 'no')}\n")
    shown = ((name, "?" if count is None else count) for name, count in counts.items())
    click.echo(show.table(("table", "rows"), shown) + "\n")
    click.echo(show.table(("stage", "state"), [(label, translate(state)) for label, state in states]))
    if stale:
        say(f"\nNext: casemine run {folder}")


def _rows(study: Study, name: str) -> int | None:
    """Return the number of rows of a table, None when it is missing or broken: its stage is stale then."""
    from casemine import sheets

    try:
        return len(study.read(name, sheets.read_csv))
    except (OSError, ValueError):
        return None


@click.command()
@click.argument("folder", metavar="STUDY", type=_STUDY)
@JOBS
@QUIET
@output_format("table", "json")
@click.pass_context
def run(ctx: click.Context, folder: Path, jobs: int, quiet: bool, form: str) -> None:
    """Redo the stages of a study that are stale: inputs, settings or dictionaries changed.

    Settings are those of STUDY/casemine.toml: edit it, then run this.
    """
    from casemine import pipeline

    with ProgressLine(quiet=quiet) as progress:
        refreshed = pipeline.run.refresh(folder, jobs=jobs, progress=progress)
    left_out = (refreshed.study.left_out["status"] == "failed").any()
    if form == "json":
        from casemine.cli import show

        click.echo(show.as_json({"done": list(refreshed.done), "failed": dict(refreshed.failed)}))
        ctx.exit(1 if left_out or refreshed.failed else 0)
    read = {"ingest", "discover", "weigh", "tabulate"} & set(refreshed.done)
    # Where only the review or what follows it changed, the words as extracted say nothing new.
    report(refreshed.study, form="table", quiet=quiet or not read, verbose=False)
    if not quiet:
        say(f"Redone: {', '.join(refreshed.done) or 'nothing; all was up to date'}.")
    for stage, reason in refreshed.failed.items():
        say(f"casemine: {stage} could not be redone: {reason}", err=True)
    ctx.exit(1 if left_out or refreshed.failed else 0)


@click.command()
@click.argument(
    "path", metavar="[FILE]", default="casemine.toml", type=click.Path(path_type=Path, dir_okay=False)
)
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@JSON
def init(path: Path, force: bool, as_json: bool) -> None:
    """Write a commented settings file with the default of every setting."""
    from casemine import settings
    from casemine.study import replace_file

    if path.exists() and not force:
        raise UsageError("exists already.", place=str(path), advice="Give another name, or --force.")
    replace_file(path, settings.to_toml(settings.Settings()))
    if as_json:
        from casemine.cli import show

        click.echo(show.as_json({"file": str(path)}))
    else:
        say(f"Wrote {path}. Next: edit it, then casemine extract INPUT --config {path}")
