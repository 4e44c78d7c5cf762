"""`casemine pmc`: the PMC index of policies, from the codings and a sheet in which it is confirmed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemine.cli.localised import say
from casemine.cli.options import output_format

if TYPE_CHECKING:
    from casemine.pipeline.pmc import Evaluated


def _limits(ctx: click.Context, param: click.Parameter, value: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in value.replace("，", ",").split(",") if part.strip())
    except ValueError as error:
        raise click.BadParameter("write three numbers such as 8,6,4.", ctx, param) from error


@click.command()
@click.argument("folder", metavar="STUDY", type=click.Path(path_type=Path, file_okay=False))
@click.option("--codebook", required=True, metavar="NAME",
              help="Codebook the study was coded with, such as the template policy-pmc.")  # fmt: skip
@click.option("--level", type=click.Choice(["axial", "open"]), default="axial", show_default=True,
              help="Level of the sub-variables below the selective categories.")  # fmt: skip
@click.option("--grades", default="", metavar="A,B,C", callback=_limits,
              help="From what index on 完美, 优秀, 可接受.  [default: 8,6,4 of 9; 9,7,5 of 10]")  # fmt: skip
@click.option("--sheet", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.xlsx",
              help="Write the matrix to confirm in Excel into this file.")  # fmt: skip
@click.option("--apply", "filled", type=click.Path(path_type=Path, dir_okay=False, exists=True),
              metavar="SHEET", help="Take such a sheet over.")  # fmt: skip
@output_format("table", "csv", "json")
def pmc(
    folder: Path, codebook: str, level: str, grades: tuple[float, ...], sheet: Path | None,
    filled: Path | None, form: str,
) -> None:  # fmt: skip
    """Evaluate policies by the PMC index (Ruiz Estrada 2011).

    Main variables are the selective categories of a codebook, sub-variables what is below them: 1 where
    the document has a coding of it, until a person says otherwise in the sheet (--sheet, then --apply).
    A variable is the mean of its sub-variables, the index their sum. Also the strength of a policy (力度 x
    措施), by the same sheet. Writes STUDY/tables/pmc_NAME*.csv and xlsx and the PMC surfaces.
    """
    from casemine import pipeline
    from casemine.cli import show
    from casemine.study import Study

    study = Study(folder)
    if filled is not None:
        taken = pipeline.pmc.apply(study, codebook, filled, level=level)
        say(f"{taken:,} documents confirmed by {filled}.", err=True)
    found = pipeline.pmc.pmc(study, codebook, level=level, grades=grades)
    if form == "csv":
        show.csv(found.table)
    elif form == "json":
        names = ("table", "variables", "matrix")
        click.echo(show.as_json({name: show.records(getattr(found, name)) for name in names}))
    else:
        say(_table(found, folder))
    if sheet is not None:
        pipeline.pmc.write_sheet(study, codebook, sheet, level=level)
        say(f"Wrote {sheet}. Next: confirm its cells, then the same with --apply {sheet}", err=True)


def _table(found: Evaluated, folder: Path) -> str:
    from casemine.cli import show

    rows = found.table[["rank", "doc_id", "index", "grade", "confirmed", "strength"]].copy()
    rows["confirmed"] = rows["confirmed"].map({True: "是", False: "否"})
    rows["strength"] = rows["strength"].map(lambda value: "" if value != value else str(int(value)))
    counts = found.table["grade"].value_counts(sort=False)
    told = "，".join(f"{name} {count}" for name, count in counts.items())
    lines = [
        f"{len(found.table):,} documents, mean index {found.table['index'].mean():.2f}: {told}.",
        "",
        show.table(("排名", "文档编号", "PMC指数", "等级", "已确认", "力度"), rows.itertuples(index=False)),
        "",
        f"Wrote into {folder}: {', '.join(found.files)}.",
    ]
    if not found.table["confirmed"].all():
        lines.append(
            "Proposed from the codings where not confirmed: --sheet FILE.xlsx, then --apply FILE.xlsx."
        )
    return "\n".join([*lines, *(f"Not drawn: {reason}" for reason in found.not_drawn)])
