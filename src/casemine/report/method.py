"""The method paragraph of a paper, in Chinese and English: the parameters and counts of this very study."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from casemine.report.content import Content
from casemine.terms import FROM, KEYWORD, RESEARCHER, coder_in_chinese

_WEIGHTS_ZH = {"tfidf": "TF-IDF", "textrank": "TextRank", "contrast": "与通用语料的对比"}
_WEIGHTS_EN = {"tfidf": "TF-IDF", "textrank": "TextRank", "contrast": "contrast with general language"}
_DECISIONS_ZH = {"keep": "保留", "drop": "删除", "generic": "泛化", "merge": "合并", "add": "新增"}
_DECISIONS_EN = {
    "keep": "kept",
    "drop": "dropped",
    "generic": "struck as generic",
    "merge": "merged",
    "add": "added",
}
_UNITS_ZH = {"sentence": "句", "clause": "分句", "paragraph": "段", "article": "条"}
VERDICTS_ZH = {"saturated": "达到饱和", "nearly saturated": "接近饱和", "not saturated": "尚未饱和"}


@dataclass(frozen=True)
class Facts:
    """What the paragraphs say in numbers; each stands in a table of the study or in run.json."""

    documents: int
    chars: int
    new_words: int
    min_count: int
    max_len: int
    generic: tuple[str, ...]
    found: int
    decided: dict[str, int]
    undecided: int
    final: int
    mentions: int
    placed: int
    codes: tuple[int, int, int]
    quotations: int
    coded_documents: int
    keyword_quotations: int
    keyword_documents: int


def facts(content: Content) -> Facts:
    """Count what the method paragraphs say."""
    settings: dict[str, Any] = content.run.settings
    placements, table = content.placements, content.coding_table
    judged = content.decisions[content.decisions["decision"].isin(("keep", "drop", "generic", "merge"))]
    coded = content.quotations[content.quotations["code"] != ""]
    of_keywords = coded[coded[FROM] == KEYWORD]
    return Facts(
        documents=len(content.documents),
        chars=int(content.documents["chars"].sum()),
        new_words=len(content.new_words),
        min_count=content.min_count,
        max_len=settings["discover"]["max_len"],
        generic=tuple(settings["words"]["generic"]),
        found=content.extracted,
        decided=_decided(content),
        undecided=max(0, content.extracted - judged["word"].nunique()),
        final=len(content.frequency),
        mentions=int(content.frequency["documents"].sum()),
        placed=int((placements["status"] == "placed").sum()),
        codes=(_having(table, "open"), _having(table, "axial"), _having(table, "selective")),
        quotations=len(coded[["doc_id", "start", "code"]].drop_duplicates()),
        coded_documents=coded["doc_id"].nunique(),
        keyword_quotations=len(of_keywords[["doc_id", "start", "code"]].drop_duplicates()),
        keyword_documents=of_keywords["doc_id"].nunique(),
    )


def _way(content: Content) -> tuple[str, str, bool]:
    """Return where the codes were looked for, the unit, and whether headings were read."""
    calls = [call for call in content.run.of("code") if call.parameters["codebook"] == content.about["name"]]
    asked = calls[-1].parameters if calls else {}
    return asked.get("sources", "both"), asked.get("unit", "sentence"), bool(asked.get("headings"))


def _having(table: Any, level: str) -> int:
    """Count the codes of a level that documents have."""
    return int(table.loc[table[f"{level}_documents"] > 0, level].nunique())


def method_zh(content: Content) -> str:
    """Return the method paragraph in Chinese."""
    fact, run = facts(content), content.run
    return "".join(
        [
            f"本研究以{fact.documents:,}篇文本（共{fact.chars:,}字符）为语料，",
            f"使用casemine {run.versions.get('casemine', '')}（分词：jieba {run.versions.get('jieba', '')}，"
            f"不启用HMM；Python {run.versions.get('python', '')}）进行文本挖掘。",
            f"首先发现词典未收录的新词：最低频次{fact.min_count}次，最长{fact.max_len}字，"
            "依凝固度（点间互信息）、左右邻字信息熵和词性构成等计算权重，"
            f"共得新词{fact.new_words:,}个；{_generic_zh(fact)}。",
            _keywords_zh(content, fact),
            _review_zh(content, fact),
            _coding_zh(content, fact),
            _rigour_zh(content),
            *(section.method_zh for section in content.sections),
        ]
    )


def _generic_zh(fact: Facts) -> str:
    named = [name for name in fact.generic if name != "none"]
    return f"无实义泛化词（词表：{'、'.join(named)}）不作关键词" if named else "未剔除泛化词"


def _decided(content: Content) -> dict[str, int]:
    """Count the decisions of each kind; of words added those that the texts bear out."""
    decisions = content.decisions
    without = (decisions["decision"] == "add") & ~decisions["word"].isin(content.frequency["keyword"])
    return dict(Counter(decisions.loc[~without, "decision"]))


def _keywords_zh(content: Content, fact: Facts) -> str:
    weigh = content.run.settings["weigh"]
    if weigh["select"] == "new-words":
        how = f"每篇取权重最高的{weigh['top']}个新词"
    else:
        how = f"每篇按{_WEIGHTS_ZH[weigh['method']]}权重取前{weigh['top']}个词语"
    return f"{how}作为候选关键词，共{fact.found:,}个。"


def _review_zh(content: Content, fact: Facts) -> str:
    if not content.run.reviewed:
        return f"关键词未经人工审定，共{fact.final:,}个（案例频次合计{fact.mentions:,}）。"
    said = "、".join(
        f"{word}{fact.decided[name]:,}项" for name, word in _DECISIONS_ZH.items() if fact.decided.get(name)
    )
    rest = f"，其余{fact.undecided:,}个候选词未审定、照程序所得保留" if fact.undecided else ""
    return (
        f"经{coder_in_chinese(content.coder)}审定（{said}）{rest}，得到规范化关键词{fact.final:,}个"
        f"（案例频次合计{fact.mentions:,}）。"
    )


def _coding_zh(content: Content, fact: Facts) -> str:
    about = content.about
    if not about["label"]:
        return "尚未编码。"
    open_, axial, selective = fact.codes
    source = f"；来源：{about['source']}" if about["source"] else ""
    old = "（注意：编码之后关键词或编码本又有改动，以下为改动前的编码。）" if content.stale else ""
    sources, unit, headings = _way(content)
    reach = (
        f"{open_}个开放式编码、{axial}个轴心编码、{selective}个选择式编码，"
        f"涉及{fact.coded_documents:,}篇文本、{fact.quotations:,}条引文"
    )
    begin = (
        f"{old}随后依据编码本《{about['title'] or about['name']}》（{about['label']}{source}）进行三级编码："
    )
    if sources == "keywords":
        return f"{begin}{fact.placed:,}个关键词归入{reach}，编码单位为关键词所在的{_UNITS_ZH[unit]}。"
    both = (
        f"；其中{fact.keyword_documents:,}篇文本、{fact.keyword_quotations:,}条引文的编码得自该篇自身的关键词，"
        "其余得自全文"
    )
    return (
        f"{begin}{fact.placed:,}个关键词归入编码本，并在全文中逐{_UNITS_ZH[unit]}检索编码的名称、别名、"
        f"检索规则和已归类的关键词（{'含' if headings else '不含'}标题；重叠者取最长，"
        f"每{_UNITS_ZH[unit]}每编码计一条引文）；"
        f"共得{reach}{both if sources == 'both' else ''}。"
    )


def _rigour_zh(content: Content) -> str:
    agreed = [
        f"编码员间一致率为{row['percent']:.1%}，Krippendorff α为{row['alpha']:.3f}"
        f"（95%区间{row['alpha_low']:.3f}至{row['alpha_high']:.3f}）。"
        for row in _agreement(content)
    ]
    saturated = [
        f"理论饱和度检验：留出{row['held_out']}篇（共{row['documents']}篇），新增开放式编码"
        f"{row['new']}个（{row['share']:.1%}），{VERDICTS_ZH[row['verdict'].partition(':')[0]]}。"
        for row in _saturation(content)
    ]
    return "".join([*agreed, *saturated])


def _agreement(content: Content) -> list[dict[Any, Any]]:
    """Return the row of all codes together, where alpha is defined."""
    table = content.agreement
    return table[(table["code"] == "*") & table["alpha_low"].notna()].to_dict("records")


def _saturation(content: Content) -> list[dict[Any, Any]]:
    summary = content.saturation_summary
    return summary[summary["level"] == "open"].to_dict("records")


def method_en(content: Content) -> str:
    """Return the method paragraph in English."""
    fact, version = facts(content), content.run.versions
    sentences = [
        f"The corpus is {_many(fact.documents, 'document')} ({fact.chars:,} characters), mined with casemine "
        f"{version.get('casemine', '')} (segmentation: jieba {version.get('jieba', '')} without HMM; Python "
        f"{version.get('python', '')}).",
        "New words, which the dictionary lacks, were discovered with a minimum frequency of "
        f"{fact.min_count} and a maximum length of {fact.max_len} characters, weighted by cohesion "
        "(pointwise mutual information), left and right branching entropy and part-of-speech composition: "
        f"{_many(fact.new_words, 'new word')}; {_generic_en(fact)}.",
        _keywords_en(content, fact),
        _review_en(content, fact),
        _coding_en(content, fact),
        _rigour_en(content),
        *(section.method_en for section in content.sections),
    ]
    return " ".join(filter(None, sentences))


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"


def _generic_en(fact: Facts) -> str:
    named = [name for name in fact.generic if name != "none"]
    lists = f"lists: {', '.join(named)}"
    return f"generic words ({lists}) were passed over as keywords" if named else "none were passed over"


def _keywords_en(content: Content, fact: Facts) -> str:
    weigh = content.run.settings["weigh"]
    if weigh["select"] == "new-words":
        how = f"The {weigh['top']} heaviest new words"
    else:
        how = f"The {weigh['top']} heaviest terms by {_WEIGHTS_EN[weigh['method']]}"
    return f"{how} of each document were taken as candidate keywords, {fact.found:,} in all."


def _coder_en(name: str) -> str:
    return "The researcher" if name == RESEARCHER else f"Coder {name}"


def _review_en(content: Content, fact: Facts) -> str:
    if not content.run.reviewed:
        return f"The {_many(fact.final, 'keyword')} ({fact.mentions:,} document mentions) were not reviewed."
    said = ", ".join(
        f"{fact.decided[name]:,} {word}" for name, word in _DECISIONS_EN.items() if fact.decided.get(name)
    )
    rest = f"; {fact.undecided:,} were not decided on and stayed as found" if fact.undecided else ""
    return (
        f"{_coder_en(content.coder)} reviewed them ({said}{rest}), which left {_many(fact.final, 'keyword')} "
        f"({fact.mentions:,} document mentions)."
    )


def _coding_en(content: Content, fact: Facts) -> str:
    about = content.about
    if not about["label"]:
        return "The study is not coded yet."
    source = f"; source: {about['source']}" if about["source"] else ""
    old = "(Note: keywords or codebook changed since; what follows is the coding before.) "
    return old * content.stale + (
        f"Coding followed the codebook {about['title'] or about['name']} ({about['label']}{source}): "
        + _reach_en(content, fact)
    )


def _reach_en(content: Content, fact: Facts) -> str:
    """Say what was coded, and by what evidence."""
    sources, unit, headings = _way(content)
    open_, axial, selective = fact.codes
    reach = (
        f"{open_} open codes, {axial} axial and {selective} selective "
        f"categories, with {_many(fact.quotations, 'quotation')} from "
        f"{_many(fact.coded_documents, 'document')}"
    )
    placed = _many(fact.placed, "keyword")
    if sources == "keywords":
        return f"{placed} in {reach}; the unit of coding is the {unit} with the keyword."
    both = (
        f" {_many(fact.keyword_quotations, 'quotation')} from {_many(fact.keyword_documents, 'document')} "
        "rest on keywords of the document itself, the others on its text."
    )
    return (
        f"{placed} were placed, and every {unit} of the texts ({'with' if headings else 'without'} headings) "
        "was searched for the names, aliases and rules of the codes and for the placed keywords, the longest "
        f"match first, one quotation a {unit} and code. This gave {reach}.{both if sources == 'both' else ''}"
    )


def _rigour_en(content: Content) -> str:
    agreed = [
        f"Coders agreed in {row['percent']:.1%} of the units; Krippendorff's alpha was {row['alpha']:.3f} "
        f"(95% interval {row['alpha_low']:.3f} to {row['alpha_high']:.3f})."
        for row in _agreement(content)
    ]
    saturated = [
        f"Saturation: {row['held_out']} of {row['documents']} documents held out brought "
        f"{_many(row['new'], 'new open code')} ({row['share']:.1%}): {row['verdict'].partition(':')[0]}."
        for row in _saturation(content)
    ]
    return " ".join([*agreed, *saturated])


def citation(content: Content) -> str:
    """Say how to cite the program, with the version that made the study."""
    version = content.run.versions.get("casemine", "")
    return f"casemine {version} [Computer software]. MIT licence."
