"""Networks of documents, keywords and codes, for Gephi (GEXF), any graph program (GraphML) and VOSviewer."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from casemine.sheets import printable

if TYPE_CHECKING:
    import networkx

_GEXF = "1.3"
_MODIFIED = re.compile(rb' lastmodifieddate="[^"]*"')
# What ends a cell of VOSviewer's tables.
_BREAKS = re.compile(r"[\t\r\n]+")


@dataclass(frozen=True)
class Network:
    """The tables a network is made of; without a coding `codes` and `placements` are empty.

    `documents`, `keywords`, `frequency` and `placements` are those of the schema, `keywords` of the
    words of `frequency` alone; `codes` is the table `schema.CODEBOOK`; `pairs` gives first, second,
    documents, jaccard, ochiai of keywords that share documents.
    """

    documents: pd.DataFrame
    keywords: pd.DataFrame
    frequency: pd.DataFrame
    codes: pd.DataFrame
    placements: pd.DataFrame
    pairs: pd.DataFrame


def graph(network: Network) -> networkx.Graph[str]:
    """Return the undirected graph of a network.

    Nodes are document:ID, keyword:WORD and code:NAME, each with label and kind. Edges are of the kinds
    document-keyword (weight: the keyword's weight in the document), keyword-code (placed keywords;
    weight: score of the placement), code-parent (weight 1) and co-occurrence (weight: documents that have
    both keywords).
    """
    import networkx

    joined: networkx.Graph[str] = networkx.Graph()
    for row in _rows(network.documents):
        joined.add_node(f"document:{row['doc_id']}", label=printable(row["title"] or row["doc_id"]),
                      kind="document", region=printable(row["region"]), year=printable(row["year"]),
                      chars=int(row["chars"]))  # fmt: skip
    for row in _rows(network.frequency):
        joined.add_node(f"keyword:{row['keyword']}", label=printable(row["keyword"]), kind="keyword",
                      documents=int(row["documents"]), occurrences=int(row["occurrences"]))  # fmt: skip
    for row in _rows(network.codes):
        joined.add_node(f"code:{row['code']}", label=printable(row["code"]), kind="code", level=row["level"])
    for row in _rows(network.keywords):
        _edge(
            joined,
            f"document:{row['doc_id']}",
            f"keyword:{row['word']}",
            "document-keyword",
            row["weight"],
        )
    for row in _rows(_placed(network)):
        _edge(joined, f"keyword:{row['keyword']}", f"code:{row['open']}", "keyword-code", row["score"])
    for row in _rows(network.codes[network.codes["parent"] != ""]):
        _edge(joined, f"code:{row['code']}", f"code:{row['parent']}", "code-parent", 1)
    for row in _rows(network.pairs):
        first, second = f"keyword:{row['first']}", f"keyword:{row['second']}"
        _edge(joined, first, second, "co-occurrence", row["documents"],
              jaccard=float(row["jaccard"]), ochiai=float(row["ochiai"]))  # fmt: skip
    return networkx.relabel_nodes(joined, printable)


def _rows(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    return frame.to_dict("records")


def _edge(
    graph: networkx.Graph[str], source: str, target: str, kind: str, weight: Any, **more: float
) -> None:
    graph.add_edge(source, target, kind=kind, weight=float(weight), **more)


def _placed(network: Network) -> pd.DataFrame:
    placed = network.placements[network.placements["status"] == "placed"]
    return placed[placed["keyword"].isin(network.frequency["keyword"])]


def gexf(network: Network) -> bytes:
    """Return the network as GEXF 1.3, without the date networkx would put in."""
    return gexf_of(graph(network))


def gexf_of(drawn: networkx.Graph[str]) -> bytes:
    """Return any graph as GEXF 1.3, without the date networkx would put in."""
    import networkx

    written = io.BytesIO()
    networkx.write_gexf(drawn, written, version=_GEXF)
    # networkx misspells the namespace of XML Schema.
    return _MODIFIED.sub(b"", written.getvalue(), count=1).replace(b"//w3.org/2001", b"//www.w3.org/2001", 1)


def graphml(network: Network) -> bytes:
    """Return the network as GraphML."""
    return graphml_of(graph(network))


def graphml_of(drawn: networkx.Graph[str]) -> bytes:
    """Return any graph as GraphML."""
    import networkx

    written = io.BytesIO()
    networkx.write_graphml_xml(drawn, written)
    return written.getvalue()


def vosviewer(network: Network) -> tuple[str, str]:
    """Return keywords and their co-occurrence as VOSviewer's map and network files.

    Source: the VOSviewer manual, "Map and network files". Clusters are the selective categories in the
    order of the codebook, the last one what was not placed; without a coding there are none, and VOSviewer
    finds its own. The score is the mean year of the documents that have the keyword; left out unless
    every keyword has one.
    """
    words = network.frequency["keyword"].tolist()
    years = network.documents.assign(at=pd.to_numeric(network.documents["year"], errors="coerce"))
    dated = network.keywords.merge(years[["doc_id", "at"]], on="doc_id").dropna(subset=["at"])
    mean = dated.groupby("word")["at"].mean().round(2).to_dict()
    columns: dict[str, Any] = {
        "id": range(1, len(words) + 1),
        "label": [_BREAKS.sub(" ", word) for word in words],
        **({"cluster": _clusters(network)} if len(network.codes) else {}),
        "weight<Occurrences>": network.frequency["occurrences"],
        "weight<Documents>": network.frequency["documents"],
        **({"score<Avg. year>": [mean[word] for word in words]} if set(words) <= set(mean) else {}),
    }
    number = {word: at for at, word in enumerate(words, start=1)}
    links = sorted(
        (*sorted((number[row["first"]], number[row["second"]])), row["documents"])
        for row in _rows(network.pairs)
    )
    items = pd.DataFrame(columns).to_csv(sep="\t", index=False, lineterminator="\n")
    return items, "".join(f"{first}\t{second}\t{strength}\n" for first, second, strength in links)


def _clusters(network: Network) -> list[int]:
    selective = network.codes.loc[network.codes["level"] == "selective", "code"].tolist()
    number = {code: at for at, code in enumerate(selective, start=1)}
    placed = network.placements[network.placements["selective_status"] == "placed"]
    of_word = dict(zip(placed["keyword"], placed["selective"], strict=True))
    return [number.get(of_word.get(word, ""), len(number) + 1) for word in network.frequency["keyword"]]
