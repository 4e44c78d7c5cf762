"""What kind of word a keyword is: a term, or a person, place, body, series, clause piece or generic word.

Rules over the dictionary words a keyword is made of and over what stands beside it in its text, made while
reading keywords of news cases; how often they agree with another reader was not measured.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from casemine.document import Document
from casemine.lexicon.surnames import SURNAMES
from casemine.resources import dictionary, word_list
from casemine.segment import Segmenter
from casemine.weigh.lexicon import SETTLEMENTS
from casemine.weigh.names import is_role

TERM = ""
# What may be left out of keywords, in the order in which a word is tried.
KINDS = ("person", "place", "body", "series", "clause", "generic")

# Surprisal in nats under which a dictionary word of two characters is too common to say what a text is about.
COMMON = 10.0
# Logarithm of the odds from which a word is a term whatever its parts look like.
LIKELY = 0.0


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
_AGENTS = _words("政府 银行 大家 公司 记者 党委 部门 村里 县里 镇里 乡里")
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
_EVALUATING = frozenset("新小大好老美")
# The sides of a name: what a person is before it, what a person does after it.
_BEFORE = re.compile(r"[\u4e00-\u9fff]{0,6}$")
_AFTER = re.compile(
    r"说|介绍|告诉|表示|坦言|回忆|感慨|带领|带着|：|:|家里|一家|今年|夫妇|老人|大爷|大妈|同志"
)


@dataclass(frozen=True)
class Piece:
    """A dictionary word inside a keyword, with its tag."""

    text: str
    tag: str


@dataclass(frozen=True)
class Kinds:
    """Tells kinds apart; `listed` words are terms whatever they look like, `generic` ones generic."""

    segmenter: Segmenter
    listed: frozenset[str] = frozenset()
    generic: frozenset[str] = frozenset()

    @cached_property
    def _by_dictionary(self) -> Segmenter:
        return Segmenter(engine=self.segmenter.engine)

    @cached_property
    def _actions(self) -> frozenset[str]:
        return word_list(dictionary("action-words.txt"))

    @cached_property
    def _plain(self) -> frozenset[str]:
        return word_list(dictionary("plain-words.txt"))

    def of(
        self, word: str, tag: str, document: Document, *, in_title_alone: bool = False, termhood: float = -9.0
    ) -> str:
        """Return the kind of a keyword of a document, TERM for a term.

        `tag` is its part of speech; `in_title_alone` says that it stands nowhere else in the document;
        `termhood` is the logarithm of its odds of being a term by what it is made of: from `LIKELY` on it is
        no clause piece, and generic only when it is listed.
        """
        if word in self.listed:
            return TERM
        pieces = self._pieces(word, tag)
        tried = {
            "person": _is_person(word, tag, pieces, document),
            "place": _is_place(word, tag, pieces),
            "body": _is_body(word, tag, pieces),
            "series": bool(_SLOGANS.search(word)) or (in_title_alone and len(pieces) > 2),
            "clause": termhood < LIKELY and self._is_clause(pieces),
            "generic": word in self.generic or (termhood < LIKELY and self._is_generic(word, pieces)),
        }
        return next((kind for kind in KINDS if tried[kind]), TERM)

    def _pieces(self, word: str, tag: str) -> list[Piece]:
        if word in self.segmenter and word not in self.segmenter.words:
            return [Piece(word, tag)]
        return [Piece(text, self.segmenter.tag(text)) for text in self._by_dictionary.cut(word)]

    def _is_clause(self, pieces: Sequence[Piece]) -> bool:
        if len(pieces) == 1:
            return False
        first, last = pieces[0], pieces[-1]
        if any(piece.text in _ASPECT or piece.text[-1] in "了着" for piece in pieces):
            return True
        if len(last.text) == 1 and last.tag[0] in "vdpacrfm":
            return True
        if first.tag[0] == "t" or (
            first.tag[0] == "m" and (first.text in _AMOUNTS or pieces[1].tag[0] == "q")
        ):
            return True
        if last.text in _PREDICATES or (first.tag[:2] in ("ns", "s") and last.tag == "v"):
            return True
        if len(first.text) == 1 and first.tag[0] in "qpcuv" and len(pieces) > 2:
            return True
        if first.tag[0] == "q" or last.tag[0] in "dfrqmt" or last.tag == "b":
            return True
        if first.text in _AGENTS and last.tag[0] == "v":
            return True
        directed = first.text in _DIRECTED or (first.text in self._actions and len(pieces) == 2)
        if directed and (last.text in _PEOPLE or first.text in self._actions):
            return True
        manner = first.tag in ("d", "ad", "vd") or first.text in self._actions
        return manner and (last.tag == "v" or any(piece.tag == "v" for piece in pieces[1:-1]))

    def _is_generic(self, word: str, pieces: Sequence[Piece]) -> bool:
        if len(pieces) == 1:
            dull = pieces[0].tag[0] in "dtsfqmrazbi" or (pieces[0].tag == "v" and len(word) <= 3)
            return dull or (len(word) == 2 and self._surprisal(word) < COMMON)
        if word[0] in _EVALUATING and len(word) <= 4 and (len(pieces[0].text) == 1 or len(word) <= 3):
            return True
        if is_role(word) and (pieces[-1].text in _PEOPLE or len(word) > 4):
            return all(self._is_dull(piece.text) for piece in pieces)
        return all(self._is_dull(piece.text) for piece in pieces)

    def _is_dull(self, word: str) -> bool:
        return word in self._plain or word in self._actions or word in self.generic

    def _surprisal(self, word: str) -> float:
        return log(self.segmenter.total / max(1, self.segmenter.frequency(word)))


def _is_person(word: str, tag: str, pieces: Sequence[Piece], document: Document) -> bool:
    if tag == "nr_new":
        return True
    if any(piece.text.endswith("族") and not piece.text.endswith("民族") for piece in pieces):
        return word.endswith("族") or pieces[-1].text in _PEOPLE
    if len(pieces) == 1:
        likely = word[0] in SURNAMES or len(word) > 2 or set(word) <= _FOREIGN or _shown(word, document)
        return pieces[0].tag in _NAMES and likely
    if word[0] in SURNAMES and word.endswith("书记") and len(word) <= 4:
        return True
    single = all(len(piece.text) == 1 or piece.tag in _NAMES for piece in pieces)
    if word[0] in SURNAMES and len(word) in (2, 3):
        bare = single and not set(word[1:]) & _THINGS
        return (bare and len(word) == 3) or _shown(word, document)
    given = single and len(word) == 2 and _follows_surname(word, document)
    return given or (single and len(word) <= 6 and _shown(word, document))


def _follows_surname(word: str, document: Document) -> bool:
    """Tell whether the same surname stands before the word everywhere, as before a given name."""
    before = {
        document.text[at.start() - 1 : at.start()] for at in re.finditer(re.escape(word), document.text)
    }
    return len(before) == 1 and before <= SURNAMES


def _shown(word: str, document: Document) -> bool:
    """Tell whether a role stands before the word, or what persons do after it, anywhere in the document."""
    for match in re.finditer(re.escape(word), document.text):
        before = _BEFORE.search(document.text[max(0, match.start() - 6) : match.start()])
        if (before and before[0] and is_role(before[0])) or _AFTER.match(document.text, match.end()):
            return True
    return False


def _is_place(word: str, tag: str, pieces: Sequence[Piece]) -> bool:
    if tag == "ns_new" or (len(pieces) == 1 and pieces[0].tag.startswith("ns")):
        return True
    if len(word) > 2 and all(character in _FOREIGN for character in word) and len(pieces) > 1:
        return True
    if len(pieces) == 1:
        return False
    if pieces[0].tag.startswith("ns") and (pieces[-1].text in _PEOPLE or len(pieces[-1].text) == 1):
        return True
    return any(_named(pieces[: at + 1]) for at in range(1, len(pieces))) or (
        len(word) <= 4
        and word[-1] in _LANDFORMS
        and _bare(pieces[:-1], "mqdfrpcu")
        and len(pieces[-1].text) == 1
    )


def _named(pieces: Sequence[Piece]) -> bool:
    """Tell whether the pieces are a bare name and what it is the name of: 大 + 石桥 + 村, 南郡 + 社区."""
    last = pieces[-1].text
    settlement = last in SETTLEMENTS or last in {"社区", "街道", "村委会", "自治县", "自治州"}
    if (
        not settlement
        and len(pieces) > 1
        and last[-1] in SETTLEMENTS
        and pieces[-1].tag.startswith(("ns", "nr"))
    ):
        settlement = True
    return settlement and _bare(pieces[:-1])


def _bare(pieces: Sequence[Piece], saying: str = "mqadfrpcu") -> bool:
    """Tell whether pieces are nothing but a name: single characters that say nothing, or names."""
    return all(
        piece.tag[:2] in ("ns", "nr", "nz") or (len(piece.text) == 1 and piece.tag[0] not in saying)
        for piece in pieces
    )


def _is_body(word: str, tag: str, pieces: Sequence[Piece]) -> bool:
    if tag == "nt_new" or (len(pieces) == 1 and pieces[0].tag.startswith("nt")):
        return not word.endswith(("合作社", "工作队"))
    ending = next((ending for ending in _BODIES if word.endswith(ending)), "")
    if not ending or len(pieces) == 1:
        return False
    return word == ending or pieces[0].tag.startswith("ns") or _bare(pieces[:1])
