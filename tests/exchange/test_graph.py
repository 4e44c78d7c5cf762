"""Networks: what their nodes and edges say, and files that Gephi and VOSviewer take."""

from dataclasses import replace
from pathlib import Path

import networkx
import pandas as pd
import pytest
from lxml import etree

from casemine import exchange, schema
from casemine.exchange.graph import graph
from exchange.coded_study import call

GEXF = "{http://gexf.net/1.3}"


def table(of: schema.Table, *rows: dict[str, object]) -> pd.DataFrame:
    empty = {column.name: "" if column.kind == "text" else 0 for column in of.columns}
    return of.frame([empty | row for row in rows])


HAVING = (("a", "预警", 9.5), ("a", "产业\t园", 2), ("b", "预警", 3), ("b", "水利", 1))
COUNTS = (("预警", 2, 8), ("产业\t园", 1, 5), ("水利", 1, 1))
CODES = (("防贫", "selective", ""), ("监测", "axial", "防贫"), ("预警", "open", "监测"))
PLACED = {"keyword": "预警", "status": "placed", "selective_status": "placed", "score": 1}


@pytest.fixture
def network() -> exchange.Network:
    keywords = ({"doc_id": doc_id, "word": word, "weight": weight} for doc_id, word, weight in HAVING)
    counted = ({"keyword": word, "documents": of, "occurrences": at} for word, of, at in COUNTS)
    codes = ({"code": code, "level": level, "parent": parent} for code, level, parent in CODES)
    pairs = [("预警", "产业\t园", 1, 0.5, 0.7071), ("水利", "预警", 1, 0.5, 0.7071)]
    first = {"doc_id": "a", "title": "甲\x01", "region": "云南", "year": "2019", "chars": 7}
    return exchange.Network(
        table(schema.DOCUMENTS, first, {"doc_id": "b", "year": "2022"}),
        table(schema.KEYWORDS, *keywords),
        table(schema.FREQUENCY, *counted),
        table(schema.CODEBOOK, *codes),
        table(
            schema.PLACEMENTS,
            {**PLACED, "open": "预警", "selective": "防贫"},
            {"keyword": "水利", "open": "预警", "status": "suggested", "selective_status": "suggested"},
        ),
        pd.DataFrame(pairs, columns=["first", "second", "documents", "jaccard", "ochiai"]),
    )


def test_nodes_and_edges_have_kinds_and_weights(network: exchange.Network) -> None:
    made = graph(network)
    kinds = networkx.get_node_attributes(made, "kind")
    assert sorted(kinds.values()) == ["code"] * 3 + ["document"] * 2 + ["keyword"] * 3
    assert made.nodes["document:a"] == {
        "label": "甲",
        "kind": "document",
        "region": "云南",
        "year": "2019",
        "chars": 7,
    }
    assert made.nodes["keyword:预警"] == {
        "label": "预警",
        "kind": "keyword",
        "documents": 2,
        "occurrences": 8,
    }
    assert made.nodes["code:监测"] == {"label": "监测", "kind": "code", "level": "axial"}
    edges = {(one, other): (data["kind"], data["weight"]) for one, other, data in made.edges(data=True)}
    assert edges == {
        ("document:a", "keyword:预警"): ("document-keyword", 9.5),
        ("document:a", "keyword:产业\t园"): ("document-keyword", 2.0),
        ("document:b", "keyword:预警"): ("document-keyword", 3.0),
        ("document:b", "keyword:水利"): ("document-keyword", 1.0),
        ("keyword:预警", "code:预警"): ("keyword-code", 1.0),
        ("keyword:预警", "keyword:产业\t园"): ("co-occurrence", 1.0),
        ("keyword:预警", "keyword:水利"): ("co-occurrence", 1.0),
        ("code:防贫", "code:监测"): ("code-parent", 1.0),
        ("code:监测", "code:预警"): ("code-parent", 1.0),
    }


def test_gexf_is_1_3_without_a_date(network: exchange.Network) -> None:
    data = exchange.gexf(network)
    root = etree.fromstring(data)
    assert root.tag == f"{GEXF}gexf" and root.get("version") == "1.3" and b"lastmodifieddate" not in data
    declared = {one.get("id") for one in root.iter(f"{GEXF}attribute")}
    nodes = {one.get("id") for one in root.iter(f"{GEXF}node")}
    edges = list(root.iter(f"{GEXF}edge"))
    assert {one.get("for") for one in root.iter(f"{GEXF}attvalue")} <= declared
    assert len(nodes) == 8 and len(edges) == 9 and len({edge.get("id") for edge in edges}) == 9
    assert all(edge.get("source") in nodes and edge.get("target") in nodes for edge in edges)
    assert {edge.get("weight") for edge in edges} == {"9.5", "3.0", "2.0", "1.0"}
    assert not any("viz" in str(one.tag) for one in root.iter())


def test_graphml_comes_back_as_the_same_graph(network: exchange.Network) -> None:
    data = exchange.graphml(network)
    came, made = networkx.parse_graphml(data.decode()), graph(network)
    assert dict(came.nodes(data=True)) == dict(made.nodes(data=True))
    assert dict(came.adj) == dict(made.adj)
    keys = [key.get("id") for key in etree.fromstring(data) if str(key.tag).endswith("key")]
    assert len(keys) == len(set(keys))


def test_vosviewer_takes_a_map_and_a_network(network: exchange.Network) -> None:
    items, links = exchange.vosviewer(network)
    assert items == (
        "id\tlabel\tcluster\tweight<Occurrences>\tweight<Documents>\tscore<Avg. year>\n"
        "1\t预警\t1\t8\t2\t2020.5\n2\t产业 园\t2\t5\t1\t2019.0\n3\t水利\t2\t1\t1\t2022.0\n"
    )
    assert links == "1\t2\t1\n1\t3\t1\n"


def test_vosviewer_finds_its_own_clusters_and_no_score_where_there_is_none(network: exchange.Network) -> None:
    undated = network.documents.assign(year=["2019", ""])
    plain = replace(network, documents=undated, codes=network.codes.iloc[:0])
    assert exchange.vosviewer(plain)[0].splitlines()[0] == "id\tlabel\tweight<Occurrences>\tweight<Documents>"


def test_top_bounds_the_keywords_and_is_said(study: Path) -> None:
    result = call("export", study, "--format", "vosviewer", "--top", 2, "-o", study / "maps" / "m.txt")
    assert result.exit_code == 0 and "the 2 keywords of most documents, of" in result.stdout
    assert len((study / "maps" / "m-map.txt").read_text(encoding="utf-8").splitlines()) == 3
    assert (study / "maps" / "m-network.txt").is_file()


def test_a_study_without_codes_has_a_network_of_documents_and_keywords(uncoded: Path) -> None:
    assert call("export", uncoded, "--format", "graphml").exit_code == 0
    made = networkx.read_graphml(uncoded / "exports" / f"{uncoded.name}.graphml")
    assert set(networkx.get_node_attributes(made, "kind").values()) == {"document", "keyword"}
