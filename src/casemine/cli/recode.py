"""`casemine recode`: new corpora coded as a study was, one or twenty of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casemine.cli.extract import say_left_out
from casemine.cli.localised import say
from casemine.cli.options import (
    INPUTS,
    JOBS,
    MEMORY,
    QUIET,
    SCHEDULER,
    SPILL,
    ProgressLine,
    output_format,
    setting_options,
)
from casemine.messages import translate

if TYPE_CHECKING:
    import pandas as pd

    from casemine.pipeline.recode import Recoded, Summary

_FOLDER = click.Path(path_type=Path, file_okay=False)
_SHOWN = 10


@click.command()
@INPUTS
@click.option("--study", "old", required=True, metavar="STUDY", type=_FOLDER,
              help="The coded study whose dictionary, decisions and codebooks are used.")  # fmt: skip
@click.option("-o", "--output", "folder", required=True, metavar="STUDY2", type=_FOLDER,
              help="The study to make; with several inputs, the folder of their studies.")  # fmt: skip
@setting_options("ingest")
@JOBS
@MEMORY
@SCHEDULER
@SPILL
@QUIET
@output_format("table", "csv", "json")
@click.pass_context
def recode(
    ctx: click.Context,
    /,
    inputs: tuple[str, ...],
    old: Path,
    folder: Path,
    jobs: int,
    memory: int,
    scheduler: str,
    spill: str,
    quiet: bool,
    form: str,
    **options: Any,
) -> None:
    """Code new documents with the dictionary, decisions and codebooks of a study.

    INPUT is what `casemine extract` takes. STUDY2 is an ordinary study: it knows the words STUDY found,
    keeps its decisions for the whole corpus and its codebooks, and run.json names where they came from.
    STUDY itself is never changed, nor any codebook replaced. How much the codebook covers, what
    lies outside, new words it lacks, and what only one of the two corpora has, are written to
    STUDY2/tables/recode_*.csv.

    Several INPUTs make a study each below the folder -o, and summary.csv there. One that fails does not
    stop the others; exit status 1 then. With --scheduler each of them is a task of its own, so that STUDY,
    INPUTs and -o must lie where all workers reach them by these names.
    """
    from casemine import pipeline
    from casemine.study import Study

    study = Study(old)
    if pipeline.code.stale_codings(study):
        say(f"Note: the coding of {old} is stale; casemine run {old} first would be better.", err=True)
    given = {name: value for name, value in options.items() if value not in (None, ())}
    sources = list(dict.fromkeys(inputs))
    with ProgressLine(quiet=quiet) as progress:
        if len(sources) == 1:
            recoded = pipeline.recode.recode(
                sources[0],
                study,
                folder,
                ingest=given,
                jobs=jobs,
                memory=memory,
                scheduler=scheduler,
                spill=spill,
                progress=progress,
            )
            batch = None
        else:
            begun = _announcer(quiet=quiet or form != "table", many=len(sources))
            batch = pipeline.recode.recode_all(
                sources,
                study,
                folder,
                ingest=given,
                jobs=jobs,
                memory=memory,
                scheduler=scheduler,
                progress=progress,
                begun=begun,
            )
    if batch is None:
        _report_one(recoded, form, quiet=quiet)
        ctx.exit(1 if (recoded.study.left_out["status"] == "failed").any() else 0)
    _report_batch(batch, folder, form, quiet=quiet)
    ctx.exit(1 if batch.failed or (batch.table["left_out"] > 0).any() else 0)


def _announcer(*, quiet: bool, many: int) -> Any:
    numbers = iter(range(1, many + 1))

    def begun(source: str) -> None:
        number = next(numbers)
        if not quiet:
            say(f"[{number}/{many}] {source}", err=True)

    return begun


def _report_one(recoded: Recoded, form: str, *, quiet: bool) -> None:
    from casemine.cli import show

    if form == "json":
        click.echo(show.as_json({name: show.records(frame) for name, frame in recoded.tables.items()}))
    elif form == "csv":
        show.csv(recoded.tables["recode_coverage"])
    elif not quiet:
        for name in dict.fromkeys(recoded.tables["recode_coverage"]["codebook"]):
            say(_told(recoded, str(name)))
        folder = recoded.study.folder
        say(f"\nWrote {folder / 'tables'}: {', '.join(f'{name}.csv' for name in recoded.tables)}")
        say(f"Next: casemine review {folder}, or casemine quotes {folder} --code CODE")
    say_left_out(recoded.study.left_out.to_dict("records"), listed="left_out.csv", verbose=False)


def _told(recoded: Recoded, codebook: str) -> str:
    from casemine.cli import show

    own = {name: frame[frame["codebook"] == codebook] for name, frame in recoded.tables.items()}
    headers = ("语料", "文档数", "关键词数", "编码本外", "覆盖率", "出现次数", "编码本外次数", "次数覆盖率",
               "编码", "引文")  # fmt: skip
    columns = ["corpus", "documents", "keywords", "outside", "coverage", "occurrences", "occurrences_outside",
               "occurrence_coverage", "codes", "quotations"]  # fmt: skip
    coverage = own["recode_coverage"]
    coverage = coverage.assign(corpus=coverage["corpus"].map(translate))
    rows = coverage[columns].itertuples(index=False)
    lines = [f"Codebook {codebook}", show.table(headers, rows), ""]
    difference = own["recode_difference"]
    for kind, many in (("code", "Codes"), ("keyword", "Keywords")):
        for corpus in ("new", "old"):
            only = difference[(difference["kind"] == kind) & (difference["only_in"] == corpus)]
            of, where = translate(many), translate(corpus)
            lines.append(f"{of} in the {where} corpus only ({len(only):,}): {_named(only, 'item')}")
    outside, lacking = own["recode_outside"], own["recode_candidates"]
    lines.append(f"Keywords outside the codebook ({len(outside):,}): {_named(outside, 'keyword')}")
    leading = lacking[lacking["keyword"]]
    lines.append(
        f"New words that the codebook lacks ({len(lacking):,}, of them {len(leading):,} keywords): "
        f"{_named(leading, 'word')}"
    )
    return "\n".join(lines)


def _named(frame: pd.DataFrame, column: str) -> str:
    names = [str(name) for name in frame[column].head(_SHOWN)]
    return "、".join(names) + (" ..." if len(frame) > _SHOWN else "") if names else translate("none")


def _report_batch(batch: Summary, folder: Path, form: str, *, quiet: bool) -> None:
    from casemine.cli import show

    if form == "json":
        click.echo(show.as_json(show.records(batch.table)))
    elif form == "csv":
        show.csv(batch.table)
    elif not quiet:
        done = batch.table[batch.table["error"] == ""]
        columns = ["study", "codebook", "documents", "keywords", "coverage", "occurrence_coverage", "codes",
                   "new_codes", "candidates", "left_out"]  # fmt: skip
        headers = ("研究", "编码本", "文档数", "关键词数", "覆盖率", "次数覆盖率", "编码", "新编码",
                   "新词候选", "未读入")  # fmt: skip
        click.echo(show.table(headers, done[columns].itertuples(index=False)))
        say(f"\nWrote {folder / 'summary.csv'} and a study for each of {len(batch.made)} inputs.")
    for recoded in batch.made:
        if (recoded.study.left_out["status"] == "failed").any():
            say(f"\n{recoded.source}:", err=True, nl=False)
            say_left_out(
                recoded.study.left_out.to_dict("records"),
                listed=str(recoded.study.folder / "left_out.csv"),
                verbose=False,
            )
    if batch.failed:
        say(f"\n{len(batch.failed)} of the inputs failed:", err=True)
        for source, reason in batch.failed.items():
            say(f"  {reason}" if reason.startswith(source) else f"  {source}: {reason}", err=True)
