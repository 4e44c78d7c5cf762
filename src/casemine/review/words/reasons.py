"""Why a keyword may say nothing about a policy: an office, a place, a person, a time, a slogan."""

from __future__ import annotations

import re
from functools import cache

from casemine import resources
from casemine.segment import Segmenter

_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟习"
    "汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_NUMERAL = "[一二三四五六七八九十百零〇0-9０-９]"
_TIME = re.compile(
    rf"(?:{_NUMERAL}{{2,4}}年.*|{_NUMERAL}{{1,3}}月(?:份|底|初|{_NUMERAL}+日)?|.*世纪.*|[今去明前当]年.*|[上下]半年"
    rf"|本届.*|近年来|[“]?十{_NUMERAL}五[”]?(?:时期|期间|以来|末)?)"
)
_MEETING = re.compile(
    rf"(?:党的)?(?:十{_NUMERAL}|二十)大(?:报告|精神|以来)?|.*{_NUMERAL}届.*(?:全会|人大|政协|会议).*"
    r"|.*(?:代表大会|中央经济工作会议|全会精神|[两]会)"
)
_OFFICE = re.compile(
    r"中共.*(?:委|委员会|中央|国务院|办公厅|部)|.*(?:国务院|人民政府|办公厅|常委会|组织部|宣传部|统战部|发改委|财政部|扶贫办"
    r"|政协|关工委|社科联|人民银行|人民法院|检察院)|.*[省市县州区旗][委府]|全国人大|中央军委"
    r"|.*[省市县州区旗](?:.{2,6})[局厅办]"
)
_TITLE = re.compile(
    r".*(?:总书记|[党支委]书记|支书|[省市县州区乡镇村]长|主席|总理|部长|厅长|局长|主任|同志|代表委员)"
)
# What ends as a place or an office does and is a notion of policy all the same.
_NOTION = re.compile(
    r".*(?:第一书记|村支书|村主任|.*立[省市县]|.*产业|.*小吃|移民新村|驻村.*|村民.*|居民.*|.*城市群|.*经济[带区]|.*流域|.*示范[区村镇]|.*试验区|.*先行区|.*片区|.*贫困.*|.*地区"
    r"|.*开发区|.*园区|.*景区|.*库区|.*灾区|.*牧区|.*山区|.*城区|.*老区|.*农区|.*新区|.*产区|.*功能区|.*自贸区|.*小[镇区]"
    r"|.*(?:特色|美丽|生态|文明|数字|智慧|自然|行政|中心|空心|城中|重点|试点|移民|安置|搬迁|出列|脱贫|专业|旅游|产业|民族|古)"
    r"(?:[村乡镇县]|社区|乡村)|[农乡]村|.*[城乡]镇|[全各强进].*|城乡社区|.*振兴|.*下乡|返乡|.*[强大][省市县]|模范.*|建设.*|.*[进入]村|.*网省)"
)
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,5}(?:省|自治[区州县]|[县乡镇村]|社区|街道)|[\u4e00-\u9fff]{2}[江滩]")
_SLOGAN = re.compile(
    r".*(?:马克思主义|毛泽东思想|邓小平理论|三个代表|科学发展观|新时代中国特色社会主义|中国特色社会主义.*|社会主义现代化强国"
    r"|伟大(?:旗帜|梦想|斗争|工程|事业|复兴|胜利|征程|成就|飞跃)|民族复兴|中国梦|不忘初心|牢记使命|初心使命|四个(?:意识|自信|全面|伟大)"
    r"|两个(?:维护|确立|一百年)|砥砺奋进|感恩奋进|撸起袖子|新征程|答卷|行进中国|精彩故事|最美.{2,4}|历史性.{2}|新篇章|新局面|新气象|新成就"
    r"|光辉历程|奋斗目标|超级大国|改革开放以来).*|(?:坚决|坚定|坚持以|高举|牢记|全面贯彻|深入贯彻|认真贯彻|大力弘扬|奋力|砥砺).{3,}"
)
# Whose the people and bodies of one village are: 旦村村委会, 独龙族群众.
_OF_PLACE = re.compile(
    r"(?P<place>(?P<name>[\u4e00-\u9fff]{1,6})[村乡镇县])(?:村民|村委会|贫困户|群众|党支部|支部|农户|干部)"
)
_OF_PEOPLE = re.compile(r"(?P<people>[\u4e00-\u9fff]{1,5}族)(?:村民|贫困户|群众|农户|干部)?")
# A single character before 村 says which villages are meant, not which one.
_NO_NAMES = frozenset("包县农乡城全各本每该进入驻跨民小新老山同多贫")
_AROUND = re.compile(r"[\u4e00-\u9fff]{2,}(?:两地|三地|多地|一带|等地)")
_TITLES = re.compile(
    r".*(?:行进中国|一线见闻|进行时|新闻特写|致富路|时代先锋|新春走基层|记者手记)|小康生活|全面推进.{4}"
)
_PLACES = ("ns", "ns_new")
_NAMES = ("ns", "nr", "nrt", "nz")
_PERSONS = ("nr", "nr_new", "nrfg")


def reason_to_drop(word: str, tag: str = "") -> str:
    """Return why `word` says nothing about a policy, in Chinese; empty when nothing speaks against it.

    `tag` is its part of speech, as in `schema.KEYWORDS`. Terms of the field that look like names (第一书记,
    示范村, 深度贫困地区) have no reason against them.

    >>> reason_to_drop("中共浙江省委"), reason_to_drop("第一书记")
    ('机构名称，不说明做法', '')
    """
    if _is_of_place(word) or _AROUND.fullmatch(word):
        return "某地的人或机构，不说明做法"
    if _TITLES.fullmatch(word):
        return "栏目名或口号，对本研究没有区分意义"
    if _NOTION.fullmatch(word):
        return ""
    if _TIME.fullmatch(word):
        return "时间，不说明做法"
    if _MEETING.fullmatch(word):
        return "会议名称，不说明做法"
    if _SLOGAN.fullmatch(word):
        return "口号或套语，对本研究没有区分意义"
    if _OFFICE.fullmatch(word):
        return "机构名称，不说明做法"
    if _TITLE.fullmatch(word):
        return "职务或称谓，不说明做法"
    named = tag in _PLACES or word in resources.place_names()
    if named or _PLACE.fullmatch(word) or _begins_with_place(word):
        return "地名，不说明做法"
    if tag in _PERSONS and word[0] in _SURNAMES and 2 <= len(word) <= 3:
        return "人名，不说明做法"
    return ""


def _is_of_place(word: str) -> bool:
    """Tell whether a word is people or a body of one place, or of one people."""
    if found := _OF_PEOPLE.fullmatch(word):
        people = found["people"]
        return any(
            people == one or (people.endswith(one) and _is_name(people.removesuffix(one)))
            for one in _peoples()
        )
    found = _OF_PLACE.fullmatch(word)
    return bool(found and not _NOTION.fullmatch(found["place"]) and _is_name(found["name"]))


def _is_name(text: str) -> bool:
    """Tell whether what stands before 村 or 县 is a name and no word: 花茂, and neither 边境 nor 软弱涣散."""
    words = _words()
    if len(text) > 1 and text in words:
        return words.tag(text) in _NAMES
    parts = words.cut(text)
    return parts[-1] not in _NO_NAMES and any(len(part) == 1 or words.tag(part) in _NAMES for part in parts)


def _begins_with_place(word: str) -> bool:
    """Tell whether a word is a county and what little follows it: 温宿县依希."""
    cut = next((at for at, char in enumerate(word) if char in "县旗" and at), 0)
    return bool(cut) and word[: cut + 1] in resources.place_names() and len(word) - cut <= 4


@cache
def _words() -> Segmenter:
    return Segmenter()


@cache
def _peoples() -> frozenset[str]:
    return resources.word_list(resources.dictionary("peoples.txt"))
