"""The sentences that the method paragraph gains by an analysis, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from casemine import schema
from casemine.terms import LEVELS, UNITS


def topics_method(
    asked: Mapping[str, Any], chosen: Mapping[Any, Any], looked_at: int, shortest: int, seeds: int
) -> tuple[str, str]:
    """Return what a paper says of its topics, in Chinese and English.

    `asked` are the parameters of the call, `chosen` is the row of `schema.TOPICS_CHOICE` taken, out of
    `looked_at`; a paragraph has `shortest` different words at least; stability is over `seeds` samples.
    """
    nmf = asked["engine"] == "nmf"
    how_zh = "TF-IDF加权的非负矩阵分解（gensim Nmf，NNDSVD初始化）" if nmf else "LDA（gensim LdaModel）"
    how_en = "non-negative matrix factorisation over TF-IDF (gensim Nmf, NNDSVD start)" if nmf else (
        "latent Dirichlet allocation (gensim LdaModel)")  # fmt: skip
    zh = (
        f"主题分析以段落为单位（不同实词不少于{shortest}个的段落{chosen['paragraphs']:,}个），保留名词、动词、形容词和新词，"
        f"去除泛化词、虚词、人名和地名以及出现于不足{chosen['least']}个或超过{chosen['most']:.0%}段落的词语"
        f"（余{chosen['vocabulary']:,}个词语），"
        f"采用{how_zh}（随机种子{asked['seed']}），得到{chosen['topics']}个主题"
        + (f"（由{looked_at}个备选主题数中按一致性与稳定性选定）" if looked_at > 1 else "")
        + f"：前十个词语的平均一致性（c_npmi）为{chosen['coherence']:.3f}，"
        f"与{seeds}次八成段落抽样所得主题的平均吻合度（Jaccard）为{chosen['stability']:.2f}。"
    )
    en = (
        f"Topics were found in {chosen['paragraphs']:,} paragraphs (at least {shortest} different "
        "words of content: nouns, verbs, adjectives and new words, without generic and function words and "
        "names of persons and places, nor "
        f"words in fewer than {chosen['least']} or more than {chosen['most']:.0%} of them; "
        f"{chosen['vocabulary']:,} words) by {how_en}, "
        f"seed {asked['seed']}: {chosen['topics']} topics"
        + (f", chosen from {looked_at} numbers by coherence and stability" if looked_at > 1 else "")
        + f". The mean coherence (c_npmi) of their ten leading words was {chosen['coherence']:.3f}; their "
        f"mean agreement (Jaccard) with topics of {seeds} samples of four fifths of the paragraphs "
        f"{chosen['stability']:.2f}."
    )
    return zh, en


def words_method(asked: Mapping[str, Any], least: int) -> tuple[str, str]:
    """Return what a paper says of its word lists, in Chinese and English.

    `asked` are the parameters of the call; a word tested has `least` occurrences at least.
    """
    statistic = "G2" if asked["keyness"] == "g2" else "χ2"
    kinds = "、".join(asked["pos"]) or "名词、动词、形容词和新词"
    kept = ", ".join(asked["pos"]) or "nouns, verbs, adjectives and new words"
    zh = f"高频词统计保留{kinds}，去除泛化词、虚词"
    en = f"Word frequencies keep {kept}, without generic and function words"
    if not asked["pos"]:
        zh, en = f"{zh}、人名和地名", f"{en} and names of persons and places"
    if not asked["by"]:
        return f"{zh}。", f"{en}."
    fields = "、".join(schema.DOCUMENTS.headers.get(name, name) for name in asked["by"])
    zh += (
        f"；各组（{fields}）的特征词以{statistic}检验（该组与其余各组相比，词语至少出现{least}次），"
        "效应量为相对频率之比的对数（以2为底），p值经Benjamini-Hochberg校正。"
    )
    en += (
        "; the words that mark the groups "
        f"({', '.join(asked['by'])}) were tested by {'G2' if asked['keyness'] == 'g2' else 'chi-squared'} "
        f"against all other groups (words of at least {least} occurrences), with the binary log "
        "ratio as effect size and p values corrected by Benjamini and Hochberg."
    )
    return zh, en


def network_method(asked: Mapping[str, Any], items: int) -> tuple[str, str]:
    """Return what a paper says of its network, in Chinese and English.

    `asked` are the parameters of the call, `items` the nodes there are.
    """
    unit_zh, words = UNITS[asked["unit"]], asked["of"] == "words"
    item_zh = "词语（名词与术语，不含泛化词和人名地名）" if words else f"{LEVELS[asked['level']]}的编码"
    item_en = "nouns and terms" if words else f"codes ({asked['level']} level)"
    least_zh = f"{asked['least']}{unit_zh}" if asked["least"] else "各共现对的平均次数"
    least_en = str(asked["least"] or "the mean of all pairs that stand together")
    weight_zh, weight_en = _WEIGHTS[asked["weight"]]
    zh = (
        f"共现网络取出现最多的{items}个{item_zh}，在同一{unit_zh}中出现为共现，共现不低于{least_zh}的连线，"
        f"权重为{weight_zh}；度、中介与接近中心性只计连线有无，特征向量中心性按权重；"
        f"社群以{_COMMUNITIES[asked['communities']]}划分"
    )
    en = (
        f"The network has the {items} {item_en} found in most {asked['unit']}s; two are tied that share at "
        f"least {least_en}, the weight being {weight_en}. Degree, betweenness and closeness regard ties as "
        f"present or absent, eigenvector centrality their weights; communities by {asked['communities']}"
    )
    if asked["by"]:
        field = schema.DOCUMENTS.headers.get(asked["by"], asked["by"])
        zh += f"；{item_zh.partition('（')[0]}与{field}的对应分析取主坐标（Greenacre 1984）"
        en += f". Correspondence analysis by {asked['by']}, principal coordinates (Greenacre 1984)"
    return f"{zh}。", f"{en}."


def pmc_method(limits: Sequence[float], variables: int) -> tuple[str, str]:
    """Return what a paper says of its PMC index, in Chinese and English: cut points, main variables."""
    perfect, excellent, acceptable = (f"{limit:.3g}" for limit in limits)
    zh = (
        f"PMC指数（Ruiz Estrada 2011）有{variables}个一级变量：二级变量取0或1，按编码建议，以人工确认为准；"
        "一级变量为其二级变量的均值，指数为一级变量之和；"
        f"不低于{perfect}为完美，不低于{excellent}为优秀，不低于{acceptable}为可接受，其余为不良。"
        "政策力度按效力级别、机关与文种取1至5分（参照彭纪生、仲为国、孙文祥 2008）。"
    )
    en = (
        f"The PMC index (Ruiz Estrada 2011) has {variables} main variables: sub-variables are 0 or 1 as "
        "proposed by the codings, or as a person confirmed them, a main variable is their mean, the index "
        f"the sum of the main variables; perfect from {perfect}, excellent from {excellent}, acceptable from "
        f"{acceptable}. The strength of a policy is 1 to 5 by level, body and kind (after Peng, Zhong & Sun "
        "2008)."
    )
    return zh, en


_WEIGHTS = {
    "count": ("共现次数", "the count"),
    "equivalence": ("等价系数（Callon等1991）", "the equivalence index (Callon et al. 1991)"),
    "jaccard": ("Jaccard系数", "Jaccard's coefficient"),
}
_COMMUNITIES = {
    "louvain": "Louvain算法（Blondel等2008）",
    "greedy": "贪心模块度算法（Clauset等2004）",
}
