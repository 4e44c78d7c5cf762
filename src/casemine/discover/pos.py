"""The part of speech of a new word: nominal, verbal, or the kind of name it is (ICTCLAS letters, `_new`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from casemine.kinds.name_characters import given_odds
from casemine.lexicon.surnames import ALSO_WORDS, SURNAMES

_DIGITS = "0-9０-９〇零一二两三四五六七八九十百千万亿几数"
_NUMERIC = re.compile(f"[第{_DIGITS}]")
_DATE = re.compile(
    rf"[{_DIGITS}]+(年代?|世纪|月份?|日|季度|时期)(初|末|底|中期|以来|间)?"
    r"|[一二三四五六七八九十]{2}(五|规划)?时期"
)
_NUMBER = re.compile(
    rf"第?[{_DIGITS}]+(多|余)?(个|位|名|家|户|人|人次|次|项|件|种|类|条|批|套|座|所|亩|公顷|吨|公斤|千克|斤|克|公里|千米"
    r"|米|厘米|毫米|元|美元|块|倍|度|岁|天|小时|分钟|万|亿|万元|亿元|亿美元|万人|万亩|万户|万吨|百分点|平方米|平方公里|立方米)+"
)
# A character that makes a thing of it (高值区, 白皮书) or goes on with the sentence (杜玲说): no given name.
_THINGS = frozenset(
    "性化率度量值法区型式类系统力权学论品物者员工师生户家村镇县市省乡州部局所院校站厂场园地田林河湖江海山"
    "说是等在和对向把被从将为到让有的"
    "水气土石油电车机器械具书报表图片线点面层级期制税费金款价券业税病症炎药剂素酸盐体质料菜果树花草虫鱼"
)
# Log2 odds from which a character is one of given names.
_GIVEN = 2.0
PLACES = (
    "省", "市", "县", "区", "州", "盟", "旗", "镇", "乡", "村", "街道", "新区", "自治区", "自治州",
    "自治县", "河", "江", "湖", "山", "岛", "流域", "盆地", "高原", "平原", "半岛", "绿洲", "山区",
    "库区", "城市群", "经济区", "经济带", "地区",
)  # fmt: skip
BODIES = (
    "大学", "学院", "研究所", "研究院", "研究中心", "委员会", "基金会", "有限公司", "办公室",
    "领导小组", "出版社", "杂志社", "党校", "科学院", "工程院", "合作社", "联合会", "工作队",
    "党支部",
)  # fmt: skip
_LOCAL_BODIES = (
    "局", "厅", "委", "部", "处", "站", "院", "中心", "协会", "学会", "公司", "集团", "银行",
    "医院", "政府", "法院", "检察院", "学校", "中学", "小学", "智库",
)  # fmt: skip


def word_types(
    words: Sequence[str], tokens: Sequence[Sequence[str]], firsts: Sequence[str], lasts: Sequence[str]
) -> list[str]:
    """Return the part of speech of each word, given its tokens and the tags of the first and the last.

    `n_new` nominal, `v_new` verbal, `nr_new` person, `ns_new` place, `nt_new` organisation, `t_new` date,
    `m_new` number with its unit. Rules over the dictionary segmentation of the word alone.
    """
    return list(map(_type, words, tokens, firsts, lasts))


def by_word(tokens: Iterable[str]) -> list[list[str]]:
    """Deal the tokens of words that were joined by line feeds out to the words."""
    lines: list[list[str]] = [[]]
    for token in tokens:
        if token == "\n":
            lines.append([])
        else:
            lines[-1].append(token)
    return lines if lines[-1] else lines[:-1]


def _type(word: str, tokens: Sequence[str], first: str, last: str) -> str:
    if _NUMERIC.match(word):
        if _DATE.fullmatch(word):
            return "t_new"
        if _NUMBER.fullmatch(word):
            return "m_new"
    if _is_person(word, tokens):
        return "nr_new"
    placed = first[:2] in {"ns", "nt"}
    if word.endswith(BODIES) or (placed and word.endswith(_LOCAL_BODIES)):
        return "nt_new"
    if placed and (last.startswith("ns") or tokens[-1] in PLACES):
        return "ns_new"
    if last == "v" and first in {"v", "d", "ad"}:
        return "v_new"
    return "n_new"


def _is_person(word: str, tokens: Sequence[str]) -> bool:
    """Tell whether the word is a surname and one or two single characters that make no thing.

    One character alone must be one of given names (屈玥, 梁英; not 马村).
    """
    if len(word) == len(tokens) == 2:
        return word[0] in SURNAMES - ALSO_WORDS and given_odds(word[1]) >= _GIVEN and word[1] not in _THINGS
    return (
        len(word) == len(tokens) == 3
        and word[0] in SURNAMES - ALSO_WORDS
        and word[-1] not in _THINGS
        and word[1] not in _THINGS
    )
