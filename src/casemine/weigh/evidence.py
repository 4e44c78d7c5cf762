"""What says of a keyword which kind of word it is: its letters and words, and where it stands in its text.

Every value is a number by name, for `casemine.weigh.kinds`; the rules over dictionary words are made by hand,
what each is worth is measured.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import exp, log2
from typing import NamedTuple

from casemine.document import Document
from casemine.kinds.clauses import is_clause
from casemine.kinds.name_characters import given_odds, place_odds
from casemine.lexicon.surnames import ALSO_WORDS, SURNAMES
from casemine.resources import action_words, place_names, plain_words, regions
from casemine.segment import Segmenter
from casemine.weigh.background import background, dull_words, says_nothing
from casemine.weigh.lexicon import SETTLEMENTS
from casemine.weigh.meanings import known
from casemine.weigh.names import is_role


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NAMES = frozenset({"nr", "nrt", "nrfg"})
_FOREIGN = frozenset(
    "阿艾安奥巴白贝比波博布达德迪丹杜尔法菲费弗盖格古哈海赫华吉加卡科克库拉莱兰劳雷里丽利丽莉列林卢鲁伦罗洛马玛迈曼"
    "米莫姆穆纳娜内尼尔妮诺帕佩皮珀普奇恰齐乔热日荣瑞萨塞沙什斯苏索塔泰坦特图吐托瓦旺维温沃乌吾西希夏谢辛休许逊雅亚扬耶"
    "依伊尤于扎泽扎珍卓孜姆木买提江肯合力买曲措仁增次旦顿珠桑央宗巴登嘉木"
)
# Characters that make a thing of what stands before them, so that it is no given name.
_THINGS = frozenset(
    "性化率度量值法区型式类系统力权学论品物者员工师生户家村镇县市省乡州部局所院校站厂场园地田林河湖江海山说是等在和对"
    "向把被从将为到让有的水气土石油电车机器械具书报表图片线点面层级期制税费金款价券业税病症炎药剂素酸盐体质料菜果树花草虫鱼"
    "路屋房堂馆店站桥坝渠井库塘棚圈舍苗种粮米面茶酒猪牛羊鸡鸭鹅兔蜂蚕"
)
_LANDFORMS = frozenset("沟湾滩坝坪山河江湖岛岭坡坞堡庄峪塬川洲泉潭")
_PEOPLE = _words(
    "群众 村民 农民 百姓 老百姓 居民 同胞 人民 人 两地 当地 村 乡 县 镇 各地 山区 地区 牧民 干部 游客 农户"
    " 贫困户 乡亲"
)
_DIRECTED = _words("引导 带领 帮助 组织 发动 动员 鼓励 教 帮 让 请 安排 走访 服务 号召 带动 培训")
# Verbs that say of a thing what it did: they end a clause, not a term.
_PREDICATES = _words(
    "超过 达到 增加 减少 提高 出发 瞄准 继续 落后 变成 成为 来到 走进 看到 开始"
    " 告诉 介绍 实现 完成 突破 位居 到达 采访"
)
_AMOUNTS = frozenset("多万亿余几数百千元") | {"万元", "亿元", "多万"}
_ASPECT = frozenset("了着过的地得们吗呢吧之")
_BODIES = tuple(
    sorted(
        _words(
            "大学 学院 研究所 研究院 委员会 基金会 有限公司 公司 集团 办公室 领导小组 党校 科学院 联合会"
            " 党支部 党委 村委会 政府 法院 检察院 医院 中学 小学 银行 党总支 管委会 人大 政协 省委 市委"
            " 县委 日报 电视台"
        )
    )
)
_SLOGANS = re.compile(
    r"十[八九]大|二十大|[一二三四五六七]中全会|新征程|新时代|新篇章|中国梦|初心|答卷|伟业|新实践|治国理政|行进中国|走基层|时代先锋|"
    r"决胜|决战|奋斗|硬骨头|致富路|小康路|脱贫路|奔小康|砥砺|辉煌|启航"
)
# Ends of verbs that say what came of it: they are followed by what came, not by a thing of their name.
_RESULTS = frozenset("起了着过到出成入下上")
_REGIONS = ("地区", "流域", "盆地", "高原", "平原", "半岛", "绿洲", "库区", "城市群", "经济带", "三角洲")
_EVALUATING = frozenset("新小大好老美")
# The sides of a name: what a person is before it, what a person does after it.
_BEFORE = re.compile(r"[\u4e00-\u9fff]{0,6}$")
_AFTER = re.compile(
    r"说|介绍|告诉|表示|坦言|回忆|感慨|带领|带着|：|:|家里|一家|今年|夫妇|老人|大爷|大妈|同志"
)

_KIND_OF_COUNTY = re.compile(r"(?:[^族]{1,5}族)*(?:自治)?[县区市旗]$")
# Occurrences in jieba's dictionary under which the name of a county is nothing else.
_SELDOM = 100
# Looks that a name of a person may have: only then is it asked how the word stands in its document.
NAME_LIKE = ("named", "apart", "dictionary_name", "foreign")
_SETTLED = ("社区", "街道", "村委会", "自治县", "自治州")
_TAGS = ("v", "n", "vn", "a", "ad", "d", "f", "m", "q", "r", "t", "p", "j", "b", "l", "ns", "nr", "nz", "nt")


@dataclass(frozen=True)
class Piece:
    """A dictionary word inside a keyword, with its tag."""

    text: str
    tag: str


@cache
def _counties() -> frozenset[str]:
    """Return the names of counties as they are said: 织金, 江华, 七星关."""
    names = [row["name"] for row in regions() if row["level"] == "county"]
    short = (_KIND_OF_COUNTY.sub("", name) for name in names)
    return frozenset(name for name in (*names, *short) if len(name) > 1)


class Facts(NamedTuple):
    """What is known of a candidate of a document, as `casemine.weigh.candidates` has it."""

    termhood: float
    least: float
    surprisal: float
    frequency: float
    nested: float
    titled: bool
    in_title_alone: bool
    discovered: bool
    begins: float
    ends: float
    first: float
    scholarly: float  # of the document, 0 to 1: `scholarly`


def of_facts(word: str, facts: Facts) -> dict[str, float]:
    """Return what the candidate says for its kind."""
    return {
        "termhood": min(max(facts.termhood, -6.0), 6.0) / 2,
        "termhood_none": float(facts.termhood < -2),
        "least": facts.least / 5,
        "surprisal": min(facts.surprisal, 30.0) / 10,
        "common_two": (len(word) == 2) * max(0.0, 12 - facts.least) / 3,
        "frequency": log2(facts.frequency),
        "once": float(facts.frequency == 1),
        "nested": facts.nested / facts.frequency,
        "titled": float(facts.titled),
        "title_alone": float(facts.in_title_alone),
        "discovered": float(facts.discovered),
        "begins": facts.begins,
        "ends": facts.ends,
        "first": exp(-facts.first / 600),
        "scholarly": facts.scholarly,
        "scholarly_termhood": facts.scholarly * min(max(facts.termhood, -6.0), 6.0) / 2,
    }


@dataclass(frozen=True)
class Evidence:
    """Says what the letters and the words of a keyword say."""

    segmenter: Segmenter

    @cached_property
    def _by_dictionary(self) -> Segmenter:
        return Segmenter(engine=self.segmenter.engine)

    def pieces(self, word: str) -> list[Piece]:
        """Cut a keyword into dictionary words."""
        cut = self._by_dictionary
        return [Piece(text, self.segmenter.tag(text)) for text in cut.cut(word)]

    def of(self, word: str, tag: str, pieces: Sequence[Piece]) -> dict[str, float]:
        """Return what is not 0 of the evidence of a keyword with a tag, which is cut into `pieces`."""
        # 和平 and 同心 are counties too, but seldom meant.
        seldom = word in _counties() and self.segmenter.frequency(word) < _SELDOM
        found: dict[str, float] = {"county": 1.0} if seldom else {}
        if is_clause([(piece.text, piece.tag) for piece in pieces]):
            found["whole_clause"] = 1.0
        for evidence in (
            _shape(word, tag, pieces),
            _clause(pieces),
            _dull(word, pieces),
            _person(word, pieces),
            _place(word, pieces),
            _body(word, pieces),
            _common(word, pieces),
            _unknown(word, pieces),
        ):
            found |= {name: float(value) for name, value in evidence.items() if value}
        return found


def _shape(word: str, tag: str, pieces: Sequence[Piece]) -> dict[str, float]:
    first, last = pieces[0], pieces[-1]
    singles = sum(len(piece.text) == 1 for piece in pieces)
    return {
        "one": len(pieces) == 1,
        "pieces": len(pieces) - 1,
        "two": len(word) == 2,
        "three": len(word) == 3,
        "long": max(0, len(word) - 6),
        "singles": singles / len(pieces),
        "first_single": len(first.text) == 1 and len(pieces) > 1,
        "last_single": len(last.text) == 1 and len(pieces) > 1,
        f"tag_{tag}": tag in {"nr_new", "ns_new", "nt_new", "v_new"},
        f"first_{first.tag if first.tag in _TAGS else first.tag[:1]}": len(pieces) > 1,
        f"last_{last.tag if last.tag in _TAGS else last.tag[:1]}": len(pieces) > 1,
        f"one_{pieces[0].tag if pieces[0].tag in _TAGS else pieces[0].tag[:1]}": len(pieces) == 1,
    }


def _clause(pieces: Sequence[Piece]) -> dict[str, float]:
    if len(pieces) == 1:
        return {}
    first, last, middle = pieces[0], pieces[-1], pieces[1:-1]
    action = first.text in action_words()
    directed = first.text in _DIRECTED or (action and len(pieces) == 2)
    manner = first.tag in ("d", "ad", "vd") or action
    verbs = [piece.tag == "v" for piece in pieces]
    return {
        "aspect": any(piece.text in _ASPECT or piece.text[-1] in "了着" for piece in pieces),
        "cut": len(last.text) == 1 and last.tag[0] in "vdpacrfm",
        "timed": first.tag[0] == "t",
        "amount": first.tag[0] == "m" and (first.text in _AMOUNTS or pieces[1].tag[0] == "q"),
        "predicate": last.text in _PREDICATES,
        "placed_verb": first.tag[:2] in ("ns", "s") and last.tag == "v",
        "tail": len(first.text) == 1 and first.tag[0] in "qpcuv",
        "odd_end": last.tag[0] in "dfrqmt" or last.tag == "b",
        "directed": directed and (last.text in _PEOPLE or action),
        "manner": manner,
        "manner_verb": manner and (last.tag == "v" or any(piece.tag == "v" for piece in middle)),
        "action_first": action,
        "action_last": last.text in action_words(),
        "verb_inside": any(piece.tag == "v" for piece in middle),
        "verb_object": first.tag == "v" and last.tag[0] == "n",
        "subject_verb": first.tag[0] in "ns" and last.tag == "v",
        "two_verbs": sum(verbs) > 1,
        "particle": any(piece.tag[0] in "pcrdtu" for piece in middle),
        "risen": any(len(piece.text) > 1 and piece.text[-1] in _RESULTS and piece.tag[0] == "v"
                     for piece in pieces),
    }  # fmt: skip


def _dull(word: str, pieces: Sequence[Piece]) -> dict[str, float]:
    dull = [says_nothing(piece.text) for piece in pieces]
    return {
        "listed_generic": word in dull_words(),
        "dull": sum(dull) / len(pieces),
        "all_dull": all(dull) and len(pieces) > 1,
        "plain_first": pieces[0].text in plain_words() and len(pieces) > 1,
        "plain_last": pieces[-1].text in plain_words() and len(pieces) > 1,
        "evaluating": word[0] in _EVALUATING and len(word) <= 4 and len(pieces[0].text) == 1,
        "role": is_role(word),
        "people": pieces[-1].text in _PEOPLE,
        "slogan": bool(_SLOGANS.search(word)),
    }


def _common(word: str, pieces: Sequence[Piece]) -> dict[str, float]:
    """Say how common the word and its parts are in texts of every subject."""
    known, none = background(), (0.0, 0.0)
    reports, papers = known.get(word, none)
    several = len(pieces) > 1
    return {
        "reports": reports,
        "papers": papers,
        "reports_one": 0.0 if several else reports,
        "papers_one": 0.0 if several else papers,
        "reports_least": several * min(known.get(piece.text, none)[0] for piece in pieces),
        "reports_last": several * known.get(pieces[-1].text, none)[0],
        "papers_last": several * known.get(pieces[-1].text, none)[1],
    }


def _unknown(word: str, pieces: Sequence[Piece]) -> dict[str, float]:
    """Say what of the word official texts seldom have, so that its vector says little."""
    lacking = [not known(piece.text) for piece in pieces]
    return {
        "official": known(word),
        "unknown": sum(lacking) / len(pieces),
        "unknown_first": lacking[0],
        "unknown_last": lacking[-1],
    }


def _person(word: str, pieces: Sequence[Piece]) -> dict[str, float]:
    named = word[0] in SURNAMES and len(word) in (2, 3)
    single = all(len(piece.text) == 1 or piece.tag in _NAMES for piece in pieces)
    things = bool(set(word[1:]) & _THINGS)
    return {
        "named": named,
        "named_sure": named and word[0] not in ALSO_WORDS,
        "named_apart": named and single and len(pieces) > 1,
        "named_thing": named and things,
        "given": given_odds(word[1:]) if named else 0.0,
        "given_apart": given_odds(word[1:]) if named and single and not things else 0.0,
        "dictionary_name": len(pieces) == 1 and pieces[0].tag in _NAMES,
        "dictionary_given": given_odds(word) if len(pieces) == 1 and pieces[0].tag in _NAMES else 0.0,
        "foreign": len(word) > 2 and set(word) <= _FOREIGN,
        "people_of": word.endswith("族") and not word.endswith("民族"),
        "people_first": pieces[0].text.endswith("族") and not pieces[0].text.endswith("民族"),
        "apart": single and len(pieces) > 1,
    }


def _place(word: str, pieces: Sequence[Piece]) -> dict[str, float]:
    settled = len(word) > 2 and word[-1] in SETTLEMENTS
    placed = pieces[0].tag[:2] == "ns"
    return {
        "dictionary_place": len(pieces) == 1 and placed,
        "settled": settled,
        "settled_name": place_odds(word[:-1]) if settled else 0.0,
        "settled_bare": _settled(pieces),
        "settled_inside": any(_settled(pieces[: at + 1]) for at in range(1, len(pieces) - 1)),
        "placed": placed and len(pieces) > 1,
        "placed_short": placed and len(pieces) > 1 and len(pieces[-1].text) == 1,
        "placed_people": placed and pieces[-1].text in _PEOPLE,
        "place_last": len(pieces) > 1 and pieces[-1].tag[:2] == "ns",
        "landform": len(pieces) > 1 and len(word) <= 4 and word[-1] in _LANDFORMS,
        "landform_bare": len(pieces) > 1 and len(word) <= 4 and word[-1] in _LANDFORMS
        and _bare(pieces[:-1], "mqdfrpcu"),
        "place_odds": place_odds(word) if len(word) < 4 and len(pieces) > 1 else 0.0,
        "region": word.endswith(_REGIONS),
        "gazetteer": word in place_names(),
        "gazetteer_first": len(pieces) > 1 and pieces[0].text in place_names(),
    }  # fmt: skip


def _settled(pieces: Sequence[Piece]) -> bool:
    """Tell whether the pieces are a bare name and what it is the name of: 大 + 石桥 + 村, 南郡 + 社区."""
    if len(pieces) < 2:
        return False
    last = pieces[-1]
    named = last.text[-1] in SETTLEMENTS and last.tag.startswith(("ns", "nr"))
    return (last.text in SETTLEMENTS or last.text in _SETTLED or named) and _bare(pieces[:-1])


def _bare(pieces: Sequence[Piece], saying: str = "mqadfrpcu") -> bool:
    """Tell whether pieces are nothing but a name: single characters that say nothing, or names."""
    return all(
        piece.tag[:2] in ("ns", "nr", "nz") or (len(piece.text) == 1 and piece.tag[0] not in saying)
        for piece in pieces
    )


def _body(word: str, pieces: Sequence[Piece]) -> dict[str, float]:
    ending = next((ending for ending in _BODIES if word.endswith(ending)), "")
    return {
        "dictionary_body": len(pieces) == 1 and pieces[0].tag[:2] == "nt",
        "body": bool(ending),
        "body_whole": bool(ending) and word == ending,
    }


def in_document(word: str, document: Document) -> dict[str, float]:
    """Return whether a document shows that a word is a name: a role before it, a verb of speech after it."""
    text, shown, before = document.text, False, set()
    for match in re.finditer(re.escape(word), text):
        start, end = match.span()
        role = _BEFORE.search(text[max(0, start - 6) : start])
        shown = shown or bool((role and is_role(role[0])) or _AFTER.match(text, end))
        before.add(text[start - 1 : start])
    follows = len(before) == 1 and before <= SURNAMES
    named = len(word) < 5
    return {
        "shown": float(shown),
        "shown_name": float(shown and named),
        "follows_surname": float(follows and named),
    }
