"""`casemine network`: words or codes that stand together, and their map by group."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemine.cli.localised import say
from casemine.cli.options import QUIET, ProgressLine, output_format

if TYPE_CHECKING:
    from casemine.pipeline.network import NetworkFound

_SHOWN = 15


@click.command()
@click.argument("folder", metavar="STUDY", type=click.Path(path_type=Path, file_okay=False))
@click.option("--of", type=click.Choice(["words", "codes"]), default="words", show_default=True,
              help="The words of the texts, or the codes of the codings.")  # fmt: skip
@click.option("--unit", type=click.Choice(["sentence", "paragraph", "document"]), default="sentence",
              show_default=True, help="Where two must stand to stand together.")  # fmt: skip
@click.option("--top", type=click.IntRange(min=2, max=1000), default=60, show_default=True, metavar="N",
              help="Items taken: those of most units.")  # fmt: skip
@click.option("--weight", type=click.Choice(["count", "equivalence", "jaccard"]), default="count",
              show_default=True, help="Weight of a tie.")  # fmt: skip
@click.option("--least", type=click.IntRange(min=0), default=0, metavar="N",
              help="Units two must share to be tied.  [default: the mean of all pairs]")  # fmt: skip
@click.option("--communities", type=click.Choice(["louvain", "greedy"]), default="louvain",
              show_default=True, help="How communities are found.")  # fmt: skip
@click.option("--by", default="", metavar="FIELD",
              help="Correspondence analysis by a column of documents.csv (year, region, ...).")  # fmt: skip
@click.option("--level", type=click.Choice(["open", "axial", "selective"]), default="open", show_default=True,
              help="Level of the codes.")  # fmt: skip
@click.option("--codebook", default="", metavar="NAME",
              help="Codebook, where the study was coded with several.")  # fmt: skip
@output_format("table", "csv", "json")
@QUIET
def network(
    folder: Path, of: str, unit: str, top: int, weight: str, least: int, communities: str, by: str,
    level: str, codebook: str, form: str, quiet: bool,
) -> None:  # fmt: skip
    """Make the network of words or codes that stand together.

    Ties by sentence, paragraph or document; degree, betweenness, closeness and eigenvector centrality;
    communities; with --by a map of the items and the groups (correspondence analysis). Writes
    STUDY/tables/network_OF*.csv and xlsx, figures, and STUDY/exports/network_OF as .gexf and .graphml
    (Gephi), .net (Pajek) and .dl (UCINET). --format csv prints the nodes.
    """
    from casemine import pipeline
    from casemine.cli import show

    with ProgressLine(quiet=quiet) as progress:
        found = pipeline.network.network(
            folder, of=of, unit=unit, top=top, weight=weight, least=least, communities=communities, by=by,
            level=level, codebook=codebook, progress=progress,
        )  # fmt: skip
    if form == "csv":
        show.csv(found.nodes)
    elif form == "json":
        frames = {name: show.records(getattr(found, name)) for name in ("nodes", "edges", "points", "axes")}
        click.echo(show.as_json({**frames, "modularity": round(found.modularity, 4)}))
    else:
        say(_table(found, folder))


def _table(found: NetworkFound, folder: Path) -> str:
    from casemine.cli import show

    sizes = found.nodes.groupby("community").size()
    columns = ["item", "units", "degree", "strength", "betweenness", "closeness", "eigenvector", "community"]
    headers = ("节点", "出现单元数", "度数", "加权度", "中介", "接近", "特征向量", "社群")
    lines = [
        f"{len(found.nodes):,} nodes, {len(found.edges):,} ties, {len(sizes):,} communities "
        f"(modularity {found.modularity:.2f}).",
        "",
        show.table(headers, found.nodes[columns].head(_SHOWN).itertuples(index=False)),
    ]
    if len(found.axes):
        shown = found.axes.head(2)["together"].iloc[-1]
        lines += ["", f"Two axes of the map by group show {shown:.0%} of the inertia."]
    lines += ["", f"Wrote into {folder}: {', '.join(found.files)}."]
    return "\n".join([*lines, *(f"Not drawn: {reason}" for reason in found.not_drawn)])
