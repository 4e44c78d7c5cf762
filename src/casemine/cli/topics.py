"""`casemine topics`: topics of a corpus."""

from __future__ import annotations

import re
from pathlib import Path

import click

from casemine.cli.localised import say
from casemine.cli.options import QUIET, ProgressLine, output_format


def _numbers(ctx: click.Context, param: click.Parameter, value: str) -> list[int]:
    """Return the numbers of 5:40 (every fifth) or 5:40:5."""
    if not value:
        return []
    match = re.fullmatch(r"(\d+):(\d+)(?::(\d+))?", value)
    first, last, step = (int(part or 5) for part in match.groups()) if match else (0, 0, 0)
    if not 2 <= first < last or step < 1:
        raise click.BadParameter(f"{value} is no range of numbers such as 5:40 or 4:12:2.", ctx, param)
    return list(range(first, last + 1, step))


@click.command()
@click.argument("folder", metavar="STUDY", type=click.Path(path_type=Path, file_okay=False))
@click.option("--topics", "count", type=click.IntRange(min=2), default=10, show_default=True, metavar="N",
              help="How many topics.")  # fmt: skip
@click.option("--choose", default="", callback=_numbers, metavar="FROM:TO[:STEP]",
              help="Choose how many by coherence and stability; steps of 5 unless given.")  # fmt: skip
@click.option("--by", multiple=True, default=("region", "year"), show_default=True, metavar="FIELD",
              help="Column of documents.csv to show shares by; may be repeated.")  # fmt: skip
@click.option("--engine", type=click.Choice(["nmf", "lda"]), default="nmf", show_default=True,
              help="gensim's Nmf over TF-IDF, or its LdaModel.")  # fmt: skip
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, metavar="N",
              help="Seed; the same one gives the same bytes.")  # fmt: skip
@click.option("--to-codebook", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Draft a codebook of the topics there are, and do nothing else.")  # fmt: skip
@output_format("table", "csv", "json")
@QUIET
def topics(
    folder: Path, count: int, choose: list[int], by: tuple[str, ...], engine: str, seed: int,
    to_codebook: Path | None, form: str, quiet: bool,
) -> None:  # fmt: skip
    """Find what a corpus is about without a codebook: topics of its paragraphs.

    Writes STUDY/tables/topics.csv (words), topics_summary.csv, document_topics.csv, topics_by_FIELD.csv,
    topic_quotes.csv (the paragraphs that show a topic best) and topics_choice.csv (coherence, stability),
    each also as xlsx, and figures; the report gains a section. A topic is a list of words that stand
    together: its name, and whether it is one, is for a person to say.

    Use it to see a corpus before there is a codebook; use casemine code to count what a codebook says.
    """
    from casemine import pipeline
    from casemine.cli import show
    from casemine.study import Study

    study = Study(folder)
    if to_codebook:
        path = pipeline.topics.to_codebook(study, to_codebook)
        say(f"Wrote {path}: a draft made by the program. Name, define, move.")
        say(f"Next: casemine codebook check {path}")
        return
    with ProgressLine(quiet=quiet) as progress:
        found = pipeline.topics.find_topics(
            study, topics=count, choose=choose, by=by, engine=engine, seed=seed, progress=progress
        )
    summary = found.tables["tables/topics_summary.csv"]
    if form == "json":
        click.echo(show.as_json({name: show.records(frame) for name, frame in found.tables.items()}))
        return
    if form == "csv":
        show.csv(found.tables["tables/topics.csv"])
        return
    rows = [
        (row["topic"], f"{100 * row['share']:.1f}%", row["coherence"], row["words"])
        for row in summary.to_dict("records")
    ]
    say(show.table(("主题", "占比", "一致性", "主要词语"), rows))
    measured = found.tables["tables/topics_choice.csv"]
    one = measured[measured["chosen"]].iloc[0]
    coherence, stability = f"{one['coherence']:.3f}", f"{one['stability']:.2f}"
    say(f"\n{found.topics} topics: mean coherence (c_npmi) {coherence}, stability {stability}.")
    if not quiet:
        say(f"Wrote into {folder}, each also as xlsx:")
        say("\n".join(f"  {name} ({len(frame):,} rows)" for name, frame in found.tables.items()))
        for reason in found.not_drawn:
            say(f"Not drawn: {reason}")
