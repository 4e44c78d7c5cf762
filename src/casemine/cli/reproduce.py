"""`casemine reproduce`: the 117-case study again, as far as it was published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemine.cli.localised import say
from casemine.cli.options import QUIET, ProgressLine, output_format
from casemine.messages import translate

if TYPE_CHECKING:
    import pandas as pd

# Parts shown row by row; of the others the counts are enough on a terminal.
_SHOWN_WHOLE = ("places", "regions by category", "selective shares")


@click.command()
@click.option("-o", "--output", "folder", required=True, metavar="STUDY", help="The study folder to make.",
              type=click.Path(path_type=Path, file_okay=False))  # fmt: skip
@QUIET
@output_format("table", "csv", "json")
def reproduce(folder: Path, quiet: bool, form: str) -> None:
    """Run the 117-case study on the sample cases, and set its published figures beside the results.

    Extracts the 32 sample cases into STUDY, takes over the review that comes with them, codes them by the
    six-in-one framework, makes tables, figures and report. Then each figure that 左停、李颖、李世雄 (2021)
    published stands beside what casemine computes: same, differs and why, or not published. The
    texts of the 117 cases were never published and are not here; the sample is our own writing.

    Writes STUDY/reproduction/: the whole table, the keyword list, the coding table and the framework
    figure as published.
    """
    from casemine import pipeline
    from casemine.cli import show

    with ProgressLine(quiet=quiet) as progress:
        reproduced = pipeline.reproduce.reproduce(folder, progress=progress)
    if form == "json":
        click.echo(show.as_json(show.records(reproduced.table)))
    elif form == "csv":
        show.csv(reproduced.table)
    elif not quiet:
        say(_shown(reproduced.table))
        say(f"\nAll {len(reproduced.table)} rows: {folder / 'reproduction' / 'reproduction.csv'} and .xlsx")


def _shown(table: pd.DataFrame) -> str:
    from casemine.cli import show

    counts = table.groupby(["part", "verdict"], sort=False).size().unstack(fill_value=0)
    verdicts = [name for name in ("same", "differs", "not published") if name in counts]
    rows = [(translate(str(part)), *row[verdicts]) for part, row in counts.iterrows()]
    lines = [show.table(("part", *verdicts), rows)]
    in_print = table[(table["part"] == "in print") & (table["verdict"] == "differs")]
    lines += ["\nWhat does not add up in print:"]
    lines += [
        f"  {row['item']}: {row['published']}, but {row['computed']}. {row['why']}"
        for row in in_print.to_dict("records")
    ]
    for part in _SHOWN_WHOLE:
        own = table[table["part"] == part]
        own = own.assign(verdict=own["verdict"].map(translate))
        own_rows = own[["item", "published", "computed", "verdict"]].itertuples(index=False)
        lines += [
            f"\n{translate(part.capitalize())}",
            show.table(("", "published", "computed", ""), own_rows),
        ]
    return "\n".join(lines)
