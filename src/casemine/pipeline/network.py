"""`casemine network`: words or codes that stand together, their measures, and a map by group."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from casemine import schema
from casemine.arguments import whole_number
from casemine.document import units
from casemine.errors import StudyError, UsageError
from casemine.networks import formats, measures
from casemine.networks.correspondence import correspondence
from casemine.networks.together import WEIGHTS, Together
from casemine.pipeline import content_words, engine, paragraphs
from casemine.pipeline.context import ExtractContext, Progress, quiet
from casemine.pipeline.engine import Parameters, Stage
from casemine.pipeline.products import column_meant, groups_of, put_figures, put_tables
from casemine.pipeline.sections import Analysis, Drawing
from casemine.pipeline.view import StudyView, book_files, first_of_several, followed
from casemine.report.analyses import network_method
from casemine.report.section import Section, SectionTable
from casemine.similarity.vectors import counted
from casemine.study import Call, Study
from casemine.terms import LEVELS, NO_GROUP, UNITS, groups_in_order

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from casemine.figures.style import Style

KINDS = ("words", "codes")
_KIND = {"words": "词语", "codes": "编码"}


@dataclass(frozen=True)
class NetworkFound:
    """What `network` found: nodes and edges (`schema.NETWORK_NODES`, `NETWORK_EDGES`), the modularity of the
    communities, the map by group (`schema.CORRESPONDENCE`, `CORRESPONDENCE_AXES`; empty without one), the
    files written, and figures not drawn with the reason.
    """  # fmt: skip

    nodes: pd.DataFrame
    edges: pd.DataFrame
    modularity: float
    points: pd.DataFrame
    axes: pd.DataFrame
    files: tuple[str, ...]
    not_drawn: tuple[str, ...]


def network(
    study: Study | str | os.PathLike[str],
    *,
    of: str = "words",
    unit: str = "sentence",
    top: int = 60,
    weight: str = "count",
    least: int = 0,
    communities: str = "louvain",
    by: str = "",
    level: str = "open",
    codebook: str = "",
    progress: Progress = quiet,
) -> NetworkFound:
    """Make the network of the words, or of the codes, of a study that stand in the same unit of text.

    Writes tables/network_OF*.csv and network_OF.xlsx, figures, and exports/network_OF as .gexf, .graphml,
    .net (Pajek) and .dl (UCINET).

    Parameters
    ----------
    study : Study or path
        The study, or its folder.
    of : {"words", "codes"}
        The nouns and terms of the texts, or the codes of the codings.
    unit : {"sentence", "paragraph", "document"}
        Where two must stand to stand together; for codes "sentence" is the unit the study was coded by.
    top : int
        Items taken, those of most units.
    weight : {"count", "equivalence", "jaccard"}
        The weight of a tie: units that have both, Callon's equivalence index, or Jaccard's coefficient.
    least : int
        Units that both must share to be tied; 0: more than the mean of the pairs that share any, as matrices
        are dichotomised.
    communities : {"louvain", "greedy"}
        How communities are found; both are the same at every call.
    by : str
        A column of documents.csv: correspondence analysis of the items by its values.
    level : {"open", "axial", "selective"}
        The level of codes.
    codebook : str
        The codebook, where the study was coded with several.

    Returns
    -------
    NetworkFound
        The tables, as pandas frames.

    Examples
    --------
    >>> import casemine, tempfile
    >>> from casemine import resources
    >>> folder = tempfile.mkdtemp()
    >>> made = casemine.extract([resources.corpus("cases") / "08-jiangxi.txt"], folder)
    >>> found = casemine.network(made, top=10, unit="paragraph")
    >>> len(found.nodes), list(found.edges.columns[:3])
    (10, ['first', 'second', 'count'])
    """
    for name, value, known in (
        ("of", of, KINDS), ("unit", unit, UNITS), ("weight", weight, WEIGHTS),
        ("level", level, tuple(LEVELS)),
        ("communities", communities, measures.COMMUNITIES),
    ):  # fmt: skip
        if value not in known:
            raise UsageError(f"is {value!r}.", place=name, advice=f"Use one of {', '.join(known)}.")
    top = whole_number(top, name="top", least=2, most=1000)
    least = whole_number(least, name="least", least=0)
    study = Study.of(study)
    by = column_meant(study, by)
    groups_of(study, by)
    if of == "codes":
        followed(study, codebook)  # says which codebooks there are, where it is not clear
    parameters = {
        "of": of, "unit": unit, "top": top, "weight": weight, "least": least, "communities": communities,
        "by": by, "level": level, "codebook": codebook,
    }  # fmt: skip
    with study.locked():
        found: NetworkFound = engine.make(ExtractContext.of(study, progress), NETWORK, parameters)
    return found


@dataclass(frozen=True)
class _Incidence:
    """Units x items, and the document of each unit."""

    matrix: Any
    items: list[str]
    documents: list[str]

    def leading(self, top: int) -> _Incidence:
        """Return the items of most units."""
        standing = np.bincount(self.matrix.indices, minlength=len(self.items))
        kept = np.argsort(-standing, kind="stable")[:top]
        kept = kept[standing[kept] > 0]
        return _Incidence(self.matrix[:, kept], [self.items[at] for at in kept], self.documents)


def _network(context: ExtractContext, **asked: Any) -> NetworkFound:
    study = context.study
    of = asked["of"]
    read = _of_words if of == "words" else _of_codes
    incidence = read(context, asked).leading(asked["top"])
    if len(incidence.items) < 2:
        raise StudyError(f"has fewer than two {of} to stand together.", place=str(study.folder))
    together = Together.of(incidence.matrix, incidence.items)
    asked["least"] = asked["least"] or together.mean()
    made = measures.graph(together, asked["weight"], asked["least"])
    groups = measures.communities(made, asked["communities"])
    nodes, edges = measures.nodes(made, groups), together.edges(asked["least"])
    points, axes = _by_group(study, incidence, asked["by"])
    ties = together.weights(asked["weight"]) * (together.counts >= max(asked["least"], 1))
    files = _write(study, of, nodes, edges, points, axes, asked["by"])
    files += _export(study, of, made, together.items, ties, nodes)
    recipes = {name: draw for name, _, draw in _figures(asked, nodes, edges, points, axes)}
    drawn, not_drawn = put_figures(study, recipes)
    return NetworkFound(
        nodes, edges, measures.modularity(made, groups), points, axes, (*files, *drawn), not_drawn
    )


def _of_words(context: ExtractContext, asked: Parameters) -> _Incidence:
    cut = content_words.ContentWords(context, nouns=True)
    documents: list[str] = []
    total = len(context.study.documents)

    def words() -> Iterator[Iterator[str]]:
        for number, document in enumerate(context.study.iter_texts(), start=1):
            context.progress("read", number, total)
            text = document.counted
            spans = [(0, len(text))] if asked["unit"] == "document" else units(text, asked["unit"])
            for start, end in spans:
                documents.append(document.doc_id)
                yield cut(text[start:end])

    matrix, vocabulary = counted(words())
    return _Incidence(matrix, vocabulary, documents)


def _of_codes(context: ExtractContext, asked: Parameters) -> _Incidence:
    study = context.study
    placed = StudyView(study, followed(study, asked["codebook"] or first_of_several(study))).placed
    placed = placed[placed["level"] == asked["level"]]
    if asked["unit"] == "document":
        keys = placed["doc_id"].map(lambda doc_id: (doc_id, 0))
    elif asked["unit"] == "paragraph":
        lines = _paragraphs(study)
        pairs = zip(placed["doc_id"], placed["start"], strict=True)
        keys = pd.Series([(name, int(np.searchsorted(lines[name], at, "right"))) for name, at in pairs])
    else:
        keys = pd.Series(list(zip(placed["doc_id"], placed["start"], strict=True)))
    codes: dict[tuple[str, int], list[str]] = {}
    for key, code in zip(keys, placed["code"], strict=True):
        codes.setdefault(key, []).append(code)
    matrix, vocabulary = counted(codes.values())
    return _Incidence(matrix, vocabulary, [doc_id for doc_id, _ in codes])


def _paragraphs(study: Study) -> dict[str, list[int]]:
    """Return doc_id -> where its paragraphs begin."""
    return {
        document.doc_id: [start for start, _ in units(document.text, "paragraph")]
        for document in study.iter_texts()
    }


def _by_group(study: Study, incidence: _Incidence, by: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return points and axes of the map of items by group: units of each group that have each item."""
    empty = schema.CORRESPONDENCE.frame([]), schema.CORRESPONDENCE_AXES.frame([])
    if not by:
        return empty
    group_of = groups_of(study, by)
    own = [group_of[name] or NO_GROUP for name in incidence.documents]
    names = groups_in_order(own)
    number = {name: at for at, name in enumerate(names)}
    rows = np.array([number[name] for name in own])
    standing = (incidence.matrix > 0).astype(np.float64)
    table = np.vstack([np.asarray(standing[rows == at].sum(axis=0)).ravel() for at in range(len(names))]).T
    made = correspondence(table, incidence.items, names)
    return (made.points, made.axes) if made else empty


def _write(
    study: Study, of: str, nodes: pd.DataFrame, edges: pd.DataFrame,
    points: pd.DataFrame, axes: pd.DataFrame, by: str,
) -> list[str]:  # fmt: skip
    tables = [(schema.NETWORK_NODES, "nodes", "节点", nodes), (schema.NETWORK_EDGES, "edges", "共现", edges)]
    if by:
        tables += [
            (schema.CORRESPONDENCE, "correspondence", "对应分析", points),
            (schema.CORRESPONDENCE_AXES, "correspondence_axes", "维度", axes),
        ]
    return put_tables(study, f"network_{of}", tables)


def _export(
    study: Study, of: str, made: Any, items: Sequence[str], ties: Any, nodes: pd.DataFrame
) -> list[str]:
    from casemine.exchange.graph import gexf_of, graphml_of

    for row in nodes.to_dict("records"):
        made.nodes[row["item"]].update({key: row[key] for key in ("betweenness", "closeness", "eigenvector")})
        made.nodes[row["item"]]["community"] = int(row["community"])
    written = {
        "gexf": gexf_of(made), "graphml": graphml_of(made),
        "net": formats.pajek(made), "dl": formats.dl(items, ties),
    }  # fmt: skip
    for form, data in written.items():
        study.new_file(f"exports/network_{of}.{form}").write_bytes(data)
    return [f"exports/network_{of}.{form}" for form in written]


def _figures(
    asked: Parameters, nodes: pd.DataFrame, edges: pd.DataFrame, points: pd.DataFrame, axes: pd.DataFrame
) -> list[tuple[str, str, Callable[[Style], Figure]]]:
    """Return the figures of a network: name, caption, and what draws it in a style."""
    from casemine.figures import correspondence as map_figure
    from casemine.figures.cooccurrence import cooccurrence

    of, kind, unit = asked["of"], _KIND[asked["of"]], UNITS[asked["unit"]]
    groups = dict(zip(nodes["item"], nodes["community"], strict=True))
    found: list[tuple[str, str, Callable[[Style], Figure]]] = [
        (
            f"network_{of}",
            f"{kind}共现网络（颜色与形状为社群，标记大小随出现{unit}数，连线粗细随共现{unit}数）",
            lambda style: cooccurrence(
                _square(nodes, edges), style, of=len(nodes), communities=groups, unit="个节点"
            ),
        )
    ]
    if asked["by"]:
        found.append((
            f"correspondence_{of}", f"{kind}与分组的对应分析",
            lambda style: map_figure.correspondence(points, axes, style),
        ))  # fmt: skip
    return found


def _square(nodes: pd.DataFrame, edges: pd.DataFrame) -> pd.DataFrame:
    """Return units that have both of two items, on the diagonal those that have one, most first."""
    items = nodes.sort_values("units", ascending=False, kind="stable")
    square = pd.DataFrame(np.diag(items["units"].to_numpy(float)), items["item"], items["item"])
    number = {item: at for at, item in enumerate(items["item"])}
    first, second = (edges[side].map(number).to_numpy(int) for side in ("first", "second"))
    values = square.to_numpy(copy=True)
    values[first, second] = values[second, first] = edges["count"]
    return pd.DataFrame(values, square.index, square.columns)


def _reads(context: ExtractContext, parameters: Parameters) -> Sequence[str]:
    if parameters["of"] == "words":
        return content_words.READS
    return ["documents.csv", "passages.csv", "codings.csv", *book_files(context.study)]


def _depends(context: ExtractContext, parameters: Parameters) -> dict[str, str]:
    return paragraphs.depends(context, parameters) if parameters["of"] == "words" else {}


NETWORK = Stage(
    "network", _reads, _network, depends=_depends, replaces=True,
    libraries=("jieba", "matplotlib", "networkx", "numpy", "scipy"),
    identity=lambda parameters: str(parameters["of"]),
)  # fmt: skip


def _section(study: Study, call: Call, draw: Drawing) -> Section:
    """Show in a report the network, its nodes, and the map by group."""
    of = call.parameters["of"]
    nodes = study.table(schema.NETWORK_NODES, f"tables/network_{of}_nodes.csv")
    edges = study.table(schema.NETWORK_EDGES, f"tables/network_{of}_edges.csv")
    points, axes = schema.CORRESPONDENCE.frame([]), schema.CORRESPONDENCE_AXES.frame([])
    kind = _KIND[of]
    tables = [
        SectionTable(f"{kind}网络的节点", nodes.rename(columns=schema.NETWORK_NODES.headers)),
        SectionTable(f"{kind}共现", edges.rename(columns=schema.NETWORK_EDGES.headers), most=30),
    ]
    if call.parameters["by"]:
        points = study.table(schema.CORRESPONDENCE, f"tables/network_{of}_correspondence.csv")
        axes = study.table(schema.CORRESPONDENCE_AXES, f"tables/network_{of}_correspondence_axes.csv")
        tables.append(SectionTable("对应分析的维度", axes.rename(columns=schema.CORRESPONDENCE_AXES.headers),
                                   shares=("惯量占比", "累计占比")))  # fmt: skip
    pictures = [
        picture
        for name, caption, draws in _figures(call.parameters, nodes, edges, points, axes)
        for picture in draw(name.replace("_", "-"), caption, draws)
    ]
    return Section(
        f"network-{of}", f"{kind}共现网络",
        f"{len(nodes):,} 个节点，{len(edges):,} 条连线，{nodes['community'].nunique():,} 个社群。",
        *network_method(call.parameters, len(nodes)), tables, pictures,
    )  # fmt: skip


SECTION = Analysis("network", _section)
