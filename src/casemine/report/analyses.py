"""The sentences that the method paragraph gains by an analysis, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casemine import schema


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
    fields = "、".join(schema.DOCUMENTS.headers.get(name, name) for name in asked["by"])
    zh = (
        f"高频词统计保留{kinds}，去除泛化词和虚词；"
        f"各组（{fields}）的特征词以{statistic}检验（该组与其余各组相比，词语至少出现{least}次），"
        "效应量为相对频率之比的对数（以2为底），p值经Benjamini-Hochberg校正。"
    )
    kept = ", ".join(asked["pos"]) or "nouns, verbs, adjectives and new words"
    en = (
        f"Word frequencies keep {kept} without generic and function words; the words that mark the groups "
        f"({', '.join(asked['by'])}) were tested by {'G2' if asked['keyness'] == 'g2' else 'chi-squared'} "
        f"against all other groups (words of at least {least} occurrences), with the binary log "
        "ratio as effect size and p values corrected by Benjamini and Hochberg."
    )
    return zh, en
