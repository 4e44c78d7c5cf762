"""`casemine find`: a word, a regular expression or a rule in its context, and quotations coded from it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casemine.cli.localised import say
from casemine.cli.options import output_format

if TYPE_CHECKING:
    from casemine.coding.concordance import Counts, Line


@click.command()
@click.argument("folder", metavar="STUDY", type=click.Path(path_type=Path, file_okay=False))
@click.argument("pattern", metavar="PATTERN")
@click.option("--regex", "kind", flag_value="regex", help="PATTERN is a regular expression.")
@click.option("--rule", "kind", flag_value="rule",
              help="PATTERN is a rule of codebooks: '全部 贷款 | 任一 贴息；免息 | 相距 10'.")  # fmt: skip
@click.option("--sort", type=click.Choice(["text", "left", "right"]), default="text", show_default=True,
              help="Order: as in the texts, by what stands before it, or by what follows.")  # fmt: skip
@click.option("--by", default="", metavar="FIELD",
              help="Count by the values of a column of documents.csv (region, year, ...).")  # fmt: skip
@click.option("--width", type=click.IntRange(min=0, max=2000), default=20, show_default=True, metavar="N",
              help="Characters of context on either side.")  # fmt: skip
@click.option("--limit", type=click.IntRange(min=0), default=0, metavar="N",
              help="Show the first N lines; all places are counted.")  # fmt: skip
@click.option("--code", default="", metavar="NAME",
              help="Give the sentences shown this open code, as a person's coding.")  # fmt: skip
@click.option("--codebook", default="", metavar="NAME",
              help="With --code: the codebook, where the study was coded with several.")  # fmt: skip
@click.option("--coder", default="", metavar="NAME",
              help="With --code: whose coding it is.  [default: the main coder]")  # fmt: skip
@output_format("table", "csv", "json")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write the lines to FILE.csv or FILE.xlsx instead; as STUDY/tables/NAME.csv they are a "
                   "product of the study, which casemine run keeps up to date.")  # fmt: skip
def find(
    folder: Path,
    pattern: str,
    kind: str | None,
    sort: str,
    by: str,
    width: int,
    limit: int,
    code: str,
    codebook: str,
    coder: str,
    form: str,
    output: Path | None,
) -> None:
    """Find a word, pattern or rule: every place in its context.

    PATTERN is a literal word, with --regex a regular expression, with --rule a rule as codebooks have
    them. --code takes every sentence shown into the study as a person's coding, with its history, undone
    in casemine review. A pattern that would search for ever is stopped.
    """
    from casemine import pipeline
    from casemine.study import Study

    study = Study(folder)
    asked: dict[str, Any] = {
        "pattern": pattern, "kind": kind or "word", "sort": sort, "by": by, "width": width, "limit": limit
    }  # fmt: skip
    if output is not None:
        counts = pipeline.find.write(study, output, **asked)
        say(f"Wrote {output}: {sum(counts.occurrences.values()):,} places.", err=form != "table")
    else:
        shown, counts = pipeline.find.stream(study, **asked)
        _show(shown, counts, form, by=by, width=width)
    if code:
        shown, _ = pipeline.find.stream(study, **asked)
        made = pipeline.find.code_found(study, shown, code, pattern=pattern, codebook=codebook, coder=coder)
        say(
            f"Coded {made.added:,} sentences with {made.code} ({made.codebook}, coder {made.coder}); "
            f"{made.already:,} had it already.",
            err=True,
        )
        if not made.counts:
            say("They are no codings of the study: another coder's decisions count there.", err=True)


def _show(shown: Iterator[Line], counts: Counts, form: str, *, by: str, width: int) -> None:
    if form == "csv":
        from casemine.cli import options
        from casemine.coding.concordance import Line
        from casemine.pipeline.find import write_csv

        click.echo(options.encoding_mark(), nl=False)
        write_csv(shown, sys.stdout, options.headers_asked(Line._fields))
        return
    if form == "json":
        _as_json(shown, counts)
        return
    lines = _table(shown, 2 * width)
    occurrences, containing = (sum(of.values()) for of in (counts.occurrences, counts.containing))
    if by:
        _groups(counts, by)
    documents = sum(counts.documents.values())
    if lines < occurrences:
        say(f"\n{occurrences:,} places in {containing:,} of {documents:,} documents; {lines:,} shown.")
    else:
        say(f"\n{occurrences:,} places in {containing:,} of {documents:,} documents.")


def _table(shown: Iterable[Line], room: int) -> int:
    """Print the lines, the matches below one another `room` columns from the left; return how many."""
    from casemine.sheets import width

    count = 0
    for line in shown:
        gap = " " * (room - width(line.left))
        click.echo(f"{gap}{line.left}【{line.match}】{line.right}  [{line.doc_id}:{line.start}]")
        count += 1
    return count


def _groups(counts: Counts, by: str) -> None:
    from casemine.cli import show

    rows = counts.table()[["group", "documents", "containing", "occurrences", "per_10k"]]
    headers = (by, "文档数", "出现文档数", "出现次数", "每万字次数")
    click.echo()
    click.echo(show.table(headers, rows.itertuples(index=False)))


def _as_json(shown: Iterable[Line], counts: Counts) -> None:
    """Print one object, its lines as they come."""
    import json

    from casemine.cli import show

    click.echo('{"lines": [', nl=False)
    for number, line in enumerate(shown):
        comma = "," if number else ""
        click.echo(f"{comma}\n  {json.dumps(line._asdict(), ensure_ascii=False)}", nl=False)
    groups = json.dumps(show.records(counts.table()), ensure_ascii=False)
    click.echo(f'\n], "groups": {groups}}}')
