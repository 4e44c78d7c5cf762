"""`casemine words`: the word list of a study, and the words that mark its groups."""

from __future__ import annotations

from pathlib import Path

import click

from casemine.cli.localised import say
from casemine.cli.options import QUIET, ProgressLine, output_format

# Words that a terminal takes, in the list and of each group.
_LISTED, _OF_GROUP = 30, 8


def _letters(ctx: click.Context, param: click.Parameter, value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


@click.command()
@click.argument("folder", metavar="STUDY", type=click.Path(path_type=Path, file_okay=False))
@click.option("--by", multiple=True, default=("region", "year"), show_default=True, metavar="FIELD",
              help="Column of documents.csv that makes the groups; may be repeated.")  # fmt: skip
@click.option("--pos", default="", callback=_letters, metavar="TAGS",
              help="Parts of speech to keep, as n,v.  [default: words of content]")  # fmt: skip
@click.option("--keyness", type=click.Choice(["g2", "chi2"]), default="g2", show_default=True,
              help="What tells how much a word marks a group.")  # fmt: skip
@click.option("--top", type=click.IntRange(min=1), default=500, show_default=True, metavar="N",
              help="Words to keep, in all and of each group.")  # fmt: skip
@output_format("table", "csv", "json")
@QUIET
def words(
    folder: Path, by: tuple[str, ...], pos: list[str], keyness: str, top: int, form: str, quiet: bool
) -> None:
    """Count plain words: the most frequent (高频词), those that mark a group, their trend.

    Writes STUDY/tables/words.csv (occurrences, documents), words_by_FIELD.csv (each group against all others:
    G2 or chi2, log ratio, p corrected by Benjamini and Hochberg) and words_over_FIELD.csv (the leading words
    over the groups), each also as xlsx, and figures; the report gains a section.

    All words of content count here, not keywords alone: for keywords see frequency.csv.
    """
    from casemine import pipeline
    from casemine.cli import show
    from casemine.study import Study

    with ProgressLine(quiet=quiet) as progress:
        counted = pipeline.words.count_words(
            Study(folder), by=by, pos=pos, keyness=keyness, top=top, progress=progress
        )
    listed = counted.tables["tables/words.csv"]
    if form == "json":
        click.echo(show.as_json({name: show.records(frame) for name, frame in counted.tables.items()}))
    elif form == "csv":
        show.csv(listed)
    else:
        shown = listed[["word", "pos", "occurrences", "documents"]].head(_LISTED)
        say(show.table(("词语", "词性", "频次", "文档数"), shown.itertuples(index=False)))
        for name, frame in counted.tables.items():
            if name.startswith("tables/words_by_") and len(frame):
                click.echo("")
                rows = [
                    (group, "、".join(own["word"].head(_OF_GROUP)))
                    for group, own in frame.groupby("group", sort=False)
                ]
                say(show.table((name.removeprefix("tables/words_by_")[:-4], "特征词"), rows))
    if form == "table" and not quiet:
        say(f"\nWrote into {folder}, each also as xlsx:")
        say("\n".join(f"  {name} ({len(frame):,} rows)" for name, frame in counted.tables.items()))
        for reason in counted.not_drawn:
            say(f"Not drawn: {reason}")
