"""`casemine similar`: documents that are near one another, the passages they share, who wrote what first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemine.cli.localised import say
from casemine.cli.options import QUIET, ProgressLine, output_format

if TYPE_CHECKING:
    from casemine.pipeline.similar import Similar

_SHOWN = 10


@click.command()
@click.argument("folder", metavar="STUDY", type=click.Path(path_type=Path, file_okay=False))
@click.option("--least", type=click.IntRange(min=16), default=40, show_default=True, metavar="N",
              help="Letters and digits of the shortest shared passage that is told.")  # fmt: skip
@click.option("--alike", type=click.FloatRange(0, 1), default=0.3, show_default=True, metavar="X",
              help="Least cosine of documents that are called near.")  # fmt: skip
@click.option("--neighbours", type=click.IntRange(min=1), default=10, show_default=True, metavar="N",
              help="Nearest documents told of each.")  # fmt: skip
@click.option("--common", type=click.FloatRange(0, 1), default=0.1, show_default=True, metavar="SHARE",
              help="What more of the documents (and more than 30) have is listed apart.")  # fmt: skip
@output_format("table", "csv", "json")
@QUIET
def similar(
    folder: Path, least: int, alike: float, neighbours: int, common: float, form: str, quiet: bool
) -> None:
    """Tell which documents are near which, what they share, and who wrote it first.

    Nearness by words (TF-IDF, cosine) and its clusters; passages that documents share, with their places
    in both; what passed from earlier documents to later ones. Writes STUDY/tables/similar*.csv and
    similar.xlsx, figures similar and diffusion, STUDY/exports/similar.gexf. --format csv prints the passages.
    """
    from casemine import pipeline
    from casemine.cli import show

    with ProgressLine(quiet=quiet) as progress:
        found = pipeline.similar.similar(
            folder, least=least, alike=alike, neighbours=neighbours, common=common, progress=progress
        )
    if form == "csv":
        show.csv(found.passages)
    elif form == "json":
        names = ("pairs", "documents", "passages", "common", "diffusion")
        click.echo(show.as_json({name: show.records(getattr(found, name)) for name in names}))
    else:
        say(_table(found, folder))


def _table(found: Similar, folder: Path) -> str:
    from casemine.cli import show

    near = found.pairs.dropna(subset=["cosine"])
    clusters = found.documents.loc[found.documents["cluster"] > 0].groupby("cluster")
    lines = [
        f"{len(found.documents):,} documents: {len(near):,} near pairs in {clusters.ngroups:,} clusters, "
        f"{len(found.passages):,} shared passages, {len(found.common):,} set phrases."
    ]
    if len(near):
        rows = near[["first", "second", "cosine", "passages", "share"]].head(_SHOWN)
        headers = ("文档甲", "文档乙", "余弦相似度", "相同段落数", "占文档乙比例")
        lines += ["", show.table(headers, rows.itertuples(index=False))]
        sizes = [(number, len(own), own["words"].iloc[0]) for number, own in clusters]
        lines += ["", show.table(("聚类", "文档数", "主题词"), sizes[:_SHOWN])]
    if len(found.diffusion):
        rows = found.diffusion[["source", "target", "passages", "letters", "share"]].head(_SHOWN)
        headers = ("源文档", "承袭文档", "段落数", "字数", "占承袭文档比例")
        lines += ["", show.table(headers, rows.itertuples(index=False))]
    lines += ["", f"Wrote into {folder}: {', '.join(found.files)}."]
    lines += [f"Not drawn: {reason}" for reason in found.not_drawn]
    return "\n".join(lines)
