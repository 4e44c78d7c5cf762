"""`casemine code` and `casemine quotes`: keywords into a codebook, and the sentences behind each code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casemine.cli import completion
from casemine.cli.localised import listed, say, tally
from casemine.cli.options import JOBS, QUIET, SCHEDULER, output_format, working
from casemine.messages import translate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casemine.pipeline.code import Coded
    from casemine.study import Study

_STUDY = click.Path(path_type=Path, file_okay=False)
_SHOWN = 20


@click.command()
@click.argument("folder", metavar="STUDY", type=_STUDY)
@click.option("--codebook", "name", default="six-in-one", show_default=True, metavar="NAME",
              shell_complete=completion.codebooks,
              help="A codebook: of the study, a file, or one that comes with casemine.")  # fmt: skip
@click.option("--vectors", default="work-reports", show_default=True, metavar="FILE",
              help="Word vectors (casemine vectors); none: without.")  # fmt: skip
@click.option("--from", "sources", type=click.Choice(["both", "text", "keywords"]), default="both",
              show_default=True, help="Where codes are looked for: in the text, among the keywords of each "
              "document (the method of the 117-case study), or both.")  # fmt: skip
@click.option("--unit", type=click.Choice(["sentence", "clause", "paragraph", "article"]),
              default="sentence", show_default=True,
              help="What one quotation is; an article is 第…条 with its paragraphs.")  # fmt: skip
@click.option("--headings", is_flag=True, help="Look in titles and headings too.")
@click.option(
    "--open", "open_", is_flag=True, help="No codebook yet: propose categories as a draft codebook to edit."
)
@click.option("--top", type=click.IntRange(min=3), default=100, show_default=True, metavar="N",
              help="With --open: how many keywords become open codes.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.toml",
              help="With --open: the draft to write.  [default: STUDY/codebooks/open-N.toml]")  # fmt: skip
@JOBS
@SCHEDULER
@QUIET
@output_format("table", "csv", "json")
def code(
    folder: Path,
    name: str,
    vectors: str,
    sources: str,
    unit: str,
    headings: bool,
    open_: bool,
    top: int,
    output: Path | None,
    jobs: int,
    scheduler: str,
    quiet: bool,
    form: str,
) -> None:
    """Code a study: keywords placed in a codebook, and the sentences that have each code.

    A sentence has a code by its name, an alias, a rule of the codebook, or a placed keyword. A keyword
    that is a code, an alias or a variant is placed; others get suggestions, never more. Writes
    placements.csv and codings.csv. Answers given in the review sheet stand.
    """
    from casemine import pipeline

    if open_:
        with working("code", quiet=quiet):
            path, book = pipeline.code.open_coding(folder, output, vectors=vectors, top=top)
        if quiet:
            return
        counts = tally((len(book.at(level)), level) for level in ("selective", "axial", "open"))
        say(f"Wrote {path}: {counts}. A draft made by the program: rename, move, define.")
        say(f"Next: edit it, then casemine code {folder} --codebook {path}")
        return
    with working("code", quiet=quiet):
        made = pipeline.code.code(
            folder,
            name,
            vectors=vectors,
            sources=sources,
            unit=unit,
            headings=headings,
            jobs=jobs,
            scheduler=scheduler,
        )
    if form != "table" or not quiet:
        _report(made, form)


def _report(coded: Coded, form: str) -> None:
    from casemine.cli import show

    placements = coded.placements
    if form != "table":
        _print(placements, form)
        return
    counts = placements["status"].value_counts()
    told = tally((counts.get(status, 0), status) for status in ("placed", "suggested", "unplaced"))
    alone = (placements["selective_status"] == "placed").sum()
    say(f"{len(placements)} keywords in {coded.book.label}: {told}; selective category placed for {alone}.")
    found = coded.counts
    sources = listed(f"{count} from {translate(name)}" for name, count in _by_source(found.sources))
    say(f"{found.quotations.total()} quotations of {len(found.quotations)} codes ({sources}).\n")
    rows: list[tuple[Any, ...]] = []
    for name, quotations in sorted(found.quotations.items()):
        chain = [*coded.book.chain(name), "", ""][:3]
        counted = (found.documents[name], found.keyword_documents[name], quotations)
        rows.append((*reversed(chain), *counted))
    rows.sort(key=lambda row: (-row[-3], -row[-1], row[:3]))
    headers = ("开放式编码", "轴心编码", "选择式编码", "案例数", "关键词案例数", "引文数")
    click.echo(show.table(headers, rows[:_SHOWN]))
    waiting = placements[placements["status"] == "suggested"]
    if len(waiting):
        say(f"\nTo be decided ({len(waiting)}, the nearest first):")
        leading = waiting.sort_values(["score", "keyword"], ascending=[False, True]).head(_SHOWN // 2)
        click.echo(
            show.table(("关键词", "备选"), leading[["keyword", "alternatives"]].itertuples(index=False))
        )
    if coded.unknown:
        pairs = "、".join(f"{keyword} -> {code}" for keyword, code in coded.unknown)
        say(f"\nDecided codes that no codebook of the study has, without effect: {pairs}")
    if coded.lacking:
        words = "、".join(f"{word} {cases}" for word, cases in coded.lacking.items())
        say(
            "\nKeywords, and how many of their documents have no sentence with their code (a rule of the "
            f"codebook may ask for more than the word): {words}"
        )
    folder = coded.study.folder
    say(f"\nNext: casemine review {folder}, or casemine quotes {folder} --code {_most(rows)}")


def _by_source(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    named = {"text": "the text", "keyword": "keywords", "person": "a person"}
    return [(name, int(counts[source])) for source, name in named.items() if source in counts] or [
        ("text", 0)
    ]


def _most(rows: list[tuple[Any, ...]]) -> str:
    return next((str(row[0]) for row in rows if row[0]), "CODE")


@click.command()
@click.argument("folder", metavar="STUDY", type=_STUDY)
@click.option("--code", "name", default="", metavar="CODE", shell_complete=completion.codes,
              help="A code or category; all without it.")  # fmt: skip
@click.option("--codebook", default="", metavar="NAME", shell_complete=completion.codebooks,
              help="The codebook, where the study was coded with several.")  # fmt: skip
@click.option("--region", default="", metavar="NAME", shell_complete=completion.regions,
              help="Only documents of this region.")  # fmt: skip
@click.option("--width", type=click.IntRange(min=5), default=24, show_default=True, metavar="N",
              help="Characters either side of the keyword, in the table.")  # fmt: skip
@output_format("table", "csv", "json")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Also write the quotations to this CSV file.")  # fmt: skip
def quotes(
    folder: Path, name: str, codebook: str, region: str, width: int, form: str, output: Path | None
) -> None:
    """Print the quotations of a code, each keyword in its context."""
    from casemine import pipeline, sheets
    from casemine.cli import show
    from casemine.study import Study, replace_file

    study = Study(folder)
    say_stale(study)
    quotations = pipeline.code.quotes(study, code=name, codebook=codebook, region=region)
    if output is not None:
        replace_file(output, "\ufeff" + sheets.to_csv_text(show.headed(quotations)))
    if form != "table":
        _print(quotations, form)
    elif quotations.empty:
        say("No quotation.")
    else:
        for doc_id, rows in quotations.groupby("doc_id", sort=False):
            region_ = rows["region"].iloc[0]
            click.echo(f"\n{doc_id}{f'（{region_}）' if region_ else ''}")
            for row in rows.to_dict("records"):
                left = row["left"][-width:]
                gap = " " * (2 * width - sheets.width(left))
                click.echo(f"  {gap}{left}【{row['match']}】{row['right'][:width]}  [{row['code']}]")
        say(f"\n{len(quotations)} quotations, {quotations['doc_id'].nunique()} document(s).")


def say_stale(study: Study) -> None:
    """Warn that keywords, codebook or decisions changed since a study was coded."""
    from casemine import pipeline

    if pipeline.code.stale_codings(study):
        say(f"The codings are not up to date. To code again: casemine run {study.folder}\n", err=True)


def _print(frame: Any, form: str) -> None:
    from casemine.cli import show

    if form == "csv":
        show.csv(frame)
    else:
        click.echo(show.as_json(show.records(frame)))
