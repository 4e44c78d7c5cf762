"""`casemine agree`, `casemine saturation` and `casemine tables`: what a reviewer of a study asks for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemine.cli import completion
from casemine.cli.code import say_stale
from casemine.cli.localised import colon, say
from casemine.cli.options import QUIET, output_format, working
from casemine.messages import translate

if TYPE_CHECKING:
    import pandas as pd

    from casemine.coding.agreement import Agreement
    from casemine.coding.saturation import Saturation

_STUDY = click.Path(path_type=Path, file_okay=False)
_FORM = output_format("table", "csv", "json")
_SEED = click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, metavar="N",
                     help="Seed of what is drawn; the same seed gives the same figures.")  # fmt: skip
_CODEBOOK = click.option("--codebook", default="", metavar="NAME", shell_complete=completion.codebooks,
                         help="Codebook, where the study was coded with several.")  # fmt: skip
_MEASURES = ("percent", "holsti", "cohen", "fleiss", "alpha")
_SHOWN_APART = 10


@click.command()
@click.argument("paths", metavar="A B...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--unit", type=click.Choice(["document", "sentence"]), default="document", show_default=True,
              help="Compare each code in each document, or in each sentence that anybody coded.")  # fmt: skip
@click.option("--fail-under", type=click.FloatRange(-1, 1), metavar="X",
              help="Exit with status 1 when agreement on all codes is below X, or undefined.")  # fmt: skip
@click.option("--measure", type=click.Choice(_MEASURES), default="alpha", show_default=True,
              help="The coefficient that --fail-under looks at.")  # fmt: skip
@_CODEBOOK
@_SEED
@_FORM
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Also write the coefficients to this CSV file; as STUDY/tables/agreement.csv they go "
                   "into report, figures and exports.")  # fmt: skip
@click.option("--disagreements", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="List each unit answered differently (xlsx or csv): its text, every answer, a cell for "
                   "the one agreed on.")  # fmt: skip
@click.option("--adjudicate", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE",
              help="Take such a file filled in: beside it consensus.csv, the codings of a coder consensus, "
                   "and their history.")  # fmt: skip
@click.pass_context
def agree(
    ctx: click.Context,
    paths: tuple[Path, ...],
    unit: str,
    fail_under: float | None,
    measure: str,
    codebook: str,
    seed: int,
    form: str,
    output: Path | None,
    disagreements: Path | None,
    adjudicate: Path | None,
) -> None:
    """Measure how far coders agree, per code and overall.

    A, B, ... are one coder each: files codings.csv or decisions.csv, or study folders (their
    codings). A single file is divided by its column coder. Percent agreement, Holsti, Cohen's
    and Fleiss' kappa, and Krippendorff's alpha with its 95% bootstrap interval. A code that is not given
    counts as a value; what one person only coded is reported apart and not counted. What was decided about
    the program's codings is no coding of its own: both are the study.

    Exit status: 1 when --fail-under is not reached.
    """
    from casemine import pipeline, sheets
    from casemine.cli import show
    from casemine.study import replacing

    with working("agree"):
        agreement = pipeline.rigour.agree(paths, unit=unit, codebook=codebook, seed=seed)
    overall = show.records(agreement.table)[0]
    if output is not None:
        with replacing(output) as temporary:
            sheets.write_csv(show.headed(agreement.table), temporary)
    if form == "json":
        parts = {"raters": agreement.raters, "unit": unit, "codes": show.records(agreement.table)}
        click.echo(show.as_json({**parts, "apart": show.records(agreement.apart)}))
    elif form == "csv":
        show.csv(agreement.table)
    else:
        say(_agreement(agreement, unit))
    _settle(paths, agreement, codebook, disagreements, adjudicate)
    if fail_under is not None and (overall[measure] is None or overall[measure] < fail_under):
        reached = _number(overall[measure])
        say(f"casemine: {measure} is {reached}, below {fail_under:g}. {overall['note']}".rstrip(), err=True)
        ctx.exit(1)


def _settle(
    paths: tuple[Path, ...], agreed: Agreement, codebook: str, listed: Path | None, filled: Path | None
) -> None:
    """Write the list of disagreements, or take a filled one over."""
    from casemine.pipeline import rigour

    if listed is not None:
        count = rigour.list_disagreements(paths, agreed, listed)
        say(
            f"Wrote {listed}: {count:,} units answered differently. Next: fill in 裁定 (有 or 无), then "
            f"the same with --adjudicate {listed}",
            err=True,
        )
    if filled is not None:
        made, files = rigour.adjudicate(paths, agreed, filled, codebook=codebook)
        say(
            f"Wrote {files[0]} and {files[1].name}: {len(made.settled):,} units settled, {made.open_units:,} "
            "still open (counted as not given).",
            err=True,
        )


def _number(value: float | None) -> str:
    return translate("undefined") if value is None else f"{value:.3f}"


def _agreement(agreement: Agreement, unit: str) -> str:
    from casemine.cli import show

    rows = []
    for row in show.records(agreement.table):
        interval = "" if row["alpha_low"] is None else f"{row['alpha_low']:.3f} to {row['alpha_high']:.3f}"
        code = translate("all codes") if row["code"] == "*" else row["code"]
        numbers = (_number(row[name]) for name in _MEASURES)
        rows.append(
            (code, row["units"], row["given"], row["apart"], *numbers, interval, translate(row["note"]))
        )
    headers = (
        "编码",
        "共同单元",
        "有编码",
        "单人单元",
        "一致率",
        "Holsti",
        "Cohen κ",
        "Fleiss κ",
        "α",
        "α 95%",
        "",
    )
    lines = [f"Coders: {', '.join(agreement.raters)}. Unit: {translate(unit)} x code, absence being a value."]
    lines += [f"{agreement.units}.", *(f"Note: {note}" for note in agreement.notes), ""]
    lines += [show.table(headers, rows)]
    alone = show.records(agreement.apart[["place", "rater"]].drop_duplicates())
    if alone:
        lines += ["", f"Coded by one person only, not counted ({len(agreement.apart)} units):"]
        lines += [f"  {row['place']}: {row['rater']}" for row in alone[:_SHOWN_APART]]
        lines += [f"  and {len(alone) - _SHOWN_APART} more (--format json)"] * (len(alone) > _SHOWN_APART)
    return "\n".join(lines)


@click.command()
@click.argument("folder", metavar="STUDY", type=_STUDY)
@_CODEBOOK
@click.option("--held-out", default=0.333, metavar="SHARE",
              type=click.FloatRange(0, 1, min_open=True, max_open=True), show_default=True,
              help="Share of the documents that is held out.")  # fmt: skip
@_SEED
@_FORM
def saturation(folder: Path, codebook: str, held_out: float, seed: int, form: str) -> None:
    """Tell whether more documents would bring new codes.

    Holds out a third of the documents, drawn by --seed, and counts the codes that appear only there;
    and draws the curve of new codes by document, in the order of documents.csv and averaged over 100
    permutations. Writes STUDY/tables/saturation.csv (the curve) and saturation_summary.csv. At most 5%
    of new codes counts as saturated (Guest, Namey & Chen 2020).
    """
    from casemine import pipeline
    from casemine.cli import show
    from casemine.study import Study

    study = Study(folder)
    say_stale(study)
    with working("saturation"):
        measured = pipeline.rigour.saturation(study, codebook=codebook, held_out=held_out, seed=seed)
    if form == "json":
        click.echo(
            show.as_json({"summary": show.records(measured.summary), "curve": show.records(measured.curve)})
        )
    elif form == "csv":
        show.csv(measured.curve)
    else:
        say(_saturation(measured))
        say(f"\nWrote {folder / 'tables' / 'saturation.csv'} (the curve) and saturation_summary.csv.")


def _saturation(measured: Saturation) -> str:
    from casemine.cli import show

    summary = show.records(measured.summary)
    headers = (
        "层级",
        "编码数",
        "基础编码数",
        "新编码数",
        "新编码占比",
        "平均占比",
        "末次新增位置",
        "单文档编码",
    )
    columns = ("level", "codes", "base", "new", "share", "mean_share", "last_new", "single")
    lines = [f"{summary[0]['documents']} documents, {summary[0]['held_out']} of them held out.", ""]
    lines += [
        show.table(
            headers, [[translate(row["level"]), *(row[name] for name in columns[1:])] for row in summary]
        ),
        "",
    ]
    lines += [f"{translate(row['level'])}{colon()}{_verdict(row['verdict'])}" for row in summary]
    only = [f"  {translate(row['level'])}{colon()}{row['new_codes']}" for row in summary if row["new_codes"]]
    return "\n".join([*lines, *(["", "Codes of the part held out alone:", *only] if only else [])])


def _verdict(said: str) -> str:
    verdict, _, why = said.partition(": ")
    return f"{translate(verdict)}{colon()}{translate(why)}"


@click.command()
@click.argument("folder", metavar="STUDY", type=_STUDY)
@click.option("--by", multiple=True, default=("region", "year"), show_default=True, metavar="FIELD",
              shell_complete=completion.fields,
              help="Column of documents.csv that makes the groups; may be repeated.")  # fmt: skip
@_CODEBOOK
@click.option("--codebooks", nargs=2, default=None, metavar="A B",
              help="Also cross two codebooks of the study.")  # fmt: skip
@QUIET
@_FORM
def tables(
    folder: Path,
    by: tuple[str, ...],
    codebook: str,
    codebooks: tuple[str, str] | None,
    quiet: bool,
    form: str,
) -> None:
    """Write tables of codes: by group, together with one another, the coding tables.

    Writes into STUDY/tables/, each as CSV and as xlsx: codes by group (documents, quotations and
    shares at each level), co-occurrence of codes and of keywords (counts, Jaccard, Ochiai), the coding
    table (开放式编码 / 轴心编码 / 选择式编码) and the open-coding table (原始语句, 概念化, 初始范畴, 编号).
    """
    from casemine import pipeline
    from casemine.cli import show
    from casemine.study import Study

    study = Study(folder)
    say_stale(study)
    with working("tables", quiet=quiet):
        written = pipeline.rigour.tables(study, by, codebook=codebook, codebooks=codebooks or ())
    grouped = next(frame for name, frame in written.items() if name.startswith("tables/codes_by_"))
    if form == "json":
        click.echo(show.as_json({name: show.records(frame) for name, frame in written.items()}))
    elif form == "csv":
        show.csv(grouped)
    elif not quiet:
        say(_groups(grouped, by[0]))
        say(f"\nWrote into {folder}, each also as xlsx:")
        say("\n".join(f"  {name} ({len(frame):,} rows)" for name, frame in written.items()))


def _groups(grouped: pd.DataFrame, by: str) -> str:
    """Show the selective categories by group: the largest table that a terminal takes."""
    from casemine.cli import show

    selective = grouped[grouped["level"] == "selective"]
    codes = selective["code"].unique().tolist()
    rows = [
        (group, rows["group_documents"].iloc[0], *rows["documents"])
        for group, rows in selective.groupby("group", sort=False)
    ]
    return show.table((by, "文档数", *codes), rows)
