"""Networks of words or codes that stand together, and their map by group."""

from __future__ import annotations

from casemine.schema.table import Column, Table

NETWORK_NODES = Table(
    "network_nodes",
    ("item",),
    (
        Column("item", "text", "节点", "word or code"),
        Column("units", "count", "出现单元数", "sentences, paragraphs or documents it stands in"),
        Column("degree", "count", "度数", "others it is tied to"),
        Column("degree_centrality", "number", "度中心性", "degree / all others"),
        Column("strength", "number", "加权度", "sum of the weights of its ties"),
        Column("betweenness", "number", "中介中心性", "share of shortest paths between others through it"),
        Column("closeness", "number", "接近中心性", "nearness to those it can reach, 0 to 1"),
        Column(
            "eigenvector",
            "number",
            "特征向量中心性",
            "by the weights of its ties and of those tied to it, 0 to 1",
        ),
        Column("community", "count", "社群", "its community, 1 the largest"),
    ),
    "the nodes of a network and their measures, most ties first",
)

NETWORK_EDGES = Table(
    "network_edges",
    ("first", "second"),
    (
        Column("first", "text", "甲", "a word or code"),
        Column("second", "text", "乙", "another that stands with it"),
        Column("count", "count", "共现次数", "units that have both"),
        Column("equivalence", "number", "等价系数", "count² / (units of the one x units of the other)"),
        Column("jaccard", "number", "Jaccard系数", "count / units that have either"),
    ),
    "pairs that stand in the same unit, most often first",
)

CORRESPONDENCE = Table(
    "correspondence",
    ("kind", "name"),
    (
        Column("kind", "text", "类型", "item (word or code) or group"),
        Column("name", "text", "名称", "the word, code or group"),
        Column("mass", "number", "质量", "its share of all counts"),
        Column("first", "number", "第一维", "principal coordinate on the first axis"),
        Column("second", "number", "第二维", "principal coordinate on the second axis"),
        Column("first_contribution", "number", "对第一维贡献", "its share of the inertia of the first axis"),
        Column(
            "second_contribution", "number", "对第二维贡献", "its share of the inertia of the second axis"
        ),
        Column("quality", "number", "表示质量", "how much of its distance from the middle the two axes show"),
    ),
    "correspondence analysis of words or codes by group",
)

CORRESPONDENCE_AXES = Table(
    "correspondence_axes",
    ("axis",),
    (
        Column("axis", "count", "维度", "number of the axis"),
        Column("inertia", "number", "惯量", "principal inertia, the square of its singular value"),
        Column("share", "number", "惯量占比", "of the whole inertia"),
        Column("together", "number", "累计占比", "with the axes before it"),
    ),
    "the axes of a correspondence analysis",
)
