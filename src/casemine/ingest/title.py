"""The title of a document: which lines bear it, and what stands around it and is none of it.

An official document (GB/T 9704-2012) opens with its secrecy and urgency, the mark of the issuing body
and the number; a speech with the day and the meeting, the office and the name of the speaker. None of
these is a title. Where no line is one, the file name is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from casemine.document import Passage
from casemine.ingest.dates import dates_in
from casemine.ingest.organs import KIND_END, is_body
from casemine.ingest.regions import gazetteer

LONGEST = 80  # code points of a title
_LONGEST_LINE = 400  # code points of a line that may bear a title and more
_LINES = 14  # lines at the head in which a title may stand
_JOINED = 45  # code points of the longest line that goes on with the title above it
_ENDED = re.compile(r"[。！？!?；;，,、…：:][”’」』）)】》]*$")
_NUMERAL = "[一二三四五六七八九十百零〇0-9]"

# Marks that web pages set before a title.
_TAG = re.compile(
    r"^(?:[\[【(（](?:视频|音频|图文|图片|组图|高清|图|动图|专题|直播|原创|转载|独家|头条|滚动|政策|解读)[\]】)）]\s*)+"
)
_LABELLED = re.compile(r"^(?:标\s*题|题\s*名|名\s*称|文件名称|信息名称)\s*[:：]\s*(?=\S)")
_ANNEX_BEFORE = re.compile(rf"^附\s*件\s*{_NUMERAL}{{0,3}}\s*[:：]\s*(?=\S)")
_SITE_AFTER = re.compile(
    r"\s*[_|｜—–-]{1,2}\s*[^_|｜\s—–-]{2,24}(?:网|网站|门户|频道|平台|官网|公众号|新华社)$"
)
# A dateline on the line of the title: 某市人民政府工作报告——2021年1月5日在某市人民代表大会上.
_DATELINE_AFTER = re.compile(
    r"\s*(?:[—─―–-]{1,2}|[（(])\s*(?=[^—─（(]*(?:年|月)[^—─]{0,60}(?:上|会议|日)[）)]?\s*$)"
)

_CALLOUT = re.compile(r"^\[![A-Za-z]+\]|^>|^!\[|^<!--")
_ANNEX = re.compile(rf"^[（(]?附\s*(?:件|录|表|图)?\s*{_NUMERAL}{{0,3}}\s*[）)]?\s*[:：]?$")
_DATED = re.compile(
    r"^\s*[—─―\-–（(【]*\s*(?:[12][0-9]{3}|[一二][一二三四五六七八九〇○零ＯO]{3})\s*(?:年|[-./])\s*[0-9一二三四五六七八九十]{1,3}"
)
_MEETING = re.compile(
    r"^[—─―–-]{1,3}\s*(?:[^。]{0,30}在.*|[^。]{0,30})(?:会议?|大会|仪式|论坛|座谈会|全会)(?:第?\S{0,6}次?(?:全体)?会议)?上?(?:的?(?:讲话|报告|说明|发言|致辞))?$"
    r"|^[（(]?在.{4,50}(?:会议|大会|仪式|论坛|座谈会|全会)上[）)]?$"
)
_AGENCY = re.compile(r"^(?:新华社|新华网|人民日报|本报|央视|中新社|央广网).{0,24}(?:电|讯|消息|报道)?$")
_OFFICE = (
    r"(?:省长|市长|州长|县长|区长|旗长|盟长|镇长|乡长|自治区主席|国家主席|总理|委员长|检察长|院长|厅长|局长|部长|主任|书记|秘书长"
    r"|人民政府.{0,4}主席|政府主席)"
)
_SPEAKER = re.compile(
    rf"^(?:[\u4e00-\u9fff]{{0,16}}(?:省|市|州|县|区|旗|盟|镇|乡|政府|国务院|委员会|委|院|厅|局|部|代|副|第一)?)?(?:代理?|副|常务副)?{_OFFICE}"
    r"(?:兼[\u4e00-\u9fff]{2,16}(?:主任|部长|书记))?[\u4e00-\u9fff·]{0,4}$"
)
_OFFICE_ALONE = re.compile(
    r"(?P<unit>[省市州县区旗盟])(?:代理?|副|常务副)?(?P=unit)长|^(?:代理?|副)?(?:省|市|州|县|区|旗|盟)长|^自治区(?:代|副)?主席|人民政府|国务院|委书记|^(?:代理?|副)?主席"
)
# The commonest family names, about nine of ten people.
_FAMILY = frozenset(
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝聂齐向申葛柴伍覃骆关焦柳欧祝纪尚毕耿芦左季管符辛苗詹曲欧靳祁路涂兰甘裴梅童翁霍游阮尤岳柯牟滕谷舒卜成饶宁凌盛查单冉鲍华包屈房喻解蒲卫简时连车项闵邬吉党阳费卞巴陇"
)
_HEAD_LINE = re.compile(
    r"^(?:绝密|机密|秘密)?\s*(?:★\s*.{0,6})?$|^(?:特急|加急|平急|特提|急件)$|^(?:签\s*发\s*人|会\s*签\s*人)\s*[:：]?"
    r"|^[0-9]{6}$|^目\s*录$|^contents$|^(?:当前|您的?|你的?)(?:所在)?位置|^首\s*页\s*[>》/]|^https?://|^www\."
    r"|^[【\[（(]?(?:字体|字号|打印|分享|浏览|阅读|点击|来源|作者|编辑|责任编辑|时间|日期|发布|发文|成文|公布|生效|失效|文号|索\s*引\s*号|主题分类|主题词|信息分类|信息来源"
    r"|有效性|效力|体裁|公开|统一登记号|发布机构|制发|制定|施行|主办单位|扫一扫)[^。]{0,60}$|^（?(?:此件|本文)[^。]{2,20}）?$",
    re.I,
)
_NUMBER_LINE = re.compile(
    r"^[（(]?[\u4e00-\u9fff（）()×xX* ]{0,20}[〔\[（(【]\s*[0-9×xX*]{4}\s*[〕\]）)】]\s*第?\s*[0-9×xX*]+\s*号"
)
_ORDER = re.compile(r"(?:令|公告|文件)$|^第?\s*[0-9一二三四五六七八九十百零〇]+\s*号$")
_PROMULGATED = re.compile(r"^[《](?P<name>[^》]{4,60})[》].{0,120}(?:公布|发布|施行|颁布)")
_STRUCTURE = re.compile(
    rf"第{_NUMERAL}{{1,6}}(?:编|篇|章|节|条|部分)|[一二三四五六七八九十]{{1,3}}、|[（(]{_NUMERAL}{{1,3}}[）)]"
)
# A chapter that is a document of its own: its heading is the title. The first one opens a whole document.
_CHAPTER = re.compile(r"第(?![一1](?![0-9十百]))[^条]{1,6}[章讲课]\s*\S")
_MASTHEAD = re.compile(
    r"第?\s*\d+\s*[卷期]|[12]\d{3}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?$|.*(?:学报|院刊)(?:（[^）]*）)?$|ISSN|DOI|doi|中图分类号|收稿日期"
)
_DOI = re.compile(r"(?:(?:https?://)?(?:dx\.)?doi(?:\.org/|\s*[:：]?\s*))?10\.\d{4,9}/\S+", re.I)
_NAME_NOISE = re.compile(
    r"^(?:\d{4,14}|[A-Za-z]{1,12}\d*|\d{1,4})[-_. ]+|[-_. ]+(?:\d{4}(?:-?\d{2}){0,2}|\d{1,4})$"
)
_REPORT = re.compile(
    r"我(?:谨|受|现)?代表[\u4e00-\u9fff]{0,20}(?:人民)?政府[，,]?(?:向(?:大会|本次大会))[，,]?(?:作|做|报告)?(?:关于)?"
    r"(?P<title>政府工作报告|报告工作|政府工作|作?工作报告|作?报告工作|报告政府工作|作?报告(?=[，,。]))"
)
_REPORT_TITLE = "政府工作报告"
_SALUTED = re.compile(r"^(?:各位代表|同志们)")


class TitleLines(NamedTuple):
    """The lines `[first, last]` of a title, and the span of code points in the first that is none of it.

    `skip` code points at the beginning of the first line (a mark) and all from `stop` on in the last (a
    dateline, the name of a site) stand on the line and are no title.
    """

    first: int
    last: int
    skip: int
    stop: int


def find_title(lines: Sequence[str], plain: Sequence[bool]) -> TitleLines | None:
    """Return the lines that bear the title, None when no line does.

    `plain` says of each line whether it may be part of a title (no table, no references).
    """
    for index, line in enumerate(lines[:_LINES]):
        if not plain[index]:
            continue
        text = line.strip()
        if name := _PROMULGATED.match(text):
            return _repeated(lines, plain, index, name["name"])
        if len(text) > _LONGEST_LINE:
            return None
        if _passed_over(text, lines, index):
            continue
        skip, stop = _title_span(line)
        title = line[skip:stop].strip()
        if (
            not is_bare(title, LONGEST)
            or (_STRUCTURE.match(title) and not _CHAPTER.match(title))
            or not title
        ):
            return None
        return _with_next(TitleLines(index, index, skip, stop), lines, plain)
    return None


def without_marks(title: str) -> str:
    """Return a title without the marks a web page sets around it: [视频], the name of the site.

    >>> without_marks("[视频]山村的茶_某某新闻网")
    '山村的茶'
    """
    skip, stop = _title_span(title) if len(title) <= _LONGEST_LINE else (0, len(title))
    return title[skip:stop].strip() or title


def is_bare(text: str, length: int) -> bool:
    """Tell whether `text` is short and no sentence."""
    return len(text) <= length and not _ENDED.search(text) and "。" not in text


def is_doi(text: str) -> bool:
    """Tell whether a text is a DOI and nothing else (ISO 26324).

    >>> is_doi("DOI: 10.1000/182"), is_doi("https://doi.org/10.1000/182"), is_doi("移民搬迁三年记")
    (True, True, False)
    """
    return _DOI.fullmatch(text.strip()) is not None


def is_title(text: str) -> bool:
    """Tell whether a line that a reader gives as the title can be one: no dateline, office, annex mark."""
    return bool(text.strip()) and not _passed_over(text.strip(), (text,), 0)


def _passed_over(text: str, lines: Sequence[str], index: int) -> bool:
    """Tell whether a line at the head of a document stands beside the title and is none."""
    solid = "".join(text.split())
    if not solid or _MASTHEAD.match(text) or _CALLOUT.match(text) or _ANNEX.match(solid):
        return True
    if _HEAD_LINE.match(text) or _NUMBER_LINE.match(text) or _is_dateline(text):
        return True
    if is_speaker(text) or is_place(solid):
        return True
    if solid.endswith("文件") and re.search("[×xX✕*]{2}", solid):
        return True
    if _ORDER.search(solid) and (
        solid.endswith("号") or is_body(solid.removesuffix("令").removesuffix("文件"))
    ):
        return True
    if _is_person(text) and _beside_speech(lines, index):
        return True
    return is_body(solid) and not _goes_on(lines, index)


def _is_dateline(text: str) -> bool:
    """Tell whether a line says when or where: （2018年1月2日）, ——2021年1月5日在某市…会议上, 新华社…电."""
    if _MEETING.match(text) or _AGENCY.match(text):
        return True
    if re.match(r"[0-9]{1,2}月[0-9]{1,2}日[，,上下]", text):
        return True
    if not _DATED.match(text):
        return False
    date = next(dates_in(text), None)
    if date is None:
        return False
    rest = text[date.end :].strip(" \u3000）)】")
    meeting = re.search(r"会议|大会|全会|通过|批准|公布|施行|修订|修正|发布|印发|上$", rest)
    return (
        not rest
        or bool(meeting)
        or text[:1] in "（(—─―"
        or _is_person(rest)
        or bool(_NUMBER_LINE.match(rest))
    )


def is_speaker(text: str) -> bool:
    """Tell whether a line is an office, mostly with the name of who holds it: 某某市市长 李四."""
    solid = re.sub(r"[\s?？:：]", "", text)
    if not _SPEAKER.match(solid) or len(solid) > 32:
        return False
    office = list(re.finditer(_OFFICE, solid))[-1]
    name = solid[office.end() :]
    named = not name or (2 <= len(name) <= 4 and name[0] in _FAMILY)
    official = (
        bool(_OFFICE_ALONE.search(solid))
        or bool(gazetteer().provinces(solid))
        or bool(gazetteer().counties_in(solid))
    )
    return official and (named or bool(re.search(r"[\s?？]", text)))


def is_place(solid: str) -> bool:
    """Tell whether a line, without its blanks, is the name of a place and nothing else."""
    known = solid in gazetteer().places or solid in gazetteer().counties
    return known or bool(re.fullmatch(r"[\u4e00-\u9fff]{2,8}(?:省|市|自治区|自治州|县)", solid))


def _is_person(text: str) -> bool:
    """Tell whether a line is a name alone, set close or letter by letter: 李四, 王 小 明."""
    solid = "".join(text.split()).strip("（）()")
    return 2 <= len(solid) <= 4 and solid[0] in _FAMILY and bool(re.fullmatch(r"[\u4e00-\u9fff·]+", solid))


def _beside_speech(lines: Sequence[str], index: int) -> bool:
    """Tell whether a dateline or a salutation stands next to a line."""
    before = index > 0 and (_is_dateline(lines[index - 1].strip()) or is_speaker(lines[index - 1]))
    after = index + 1 < len(lines) and bool(
        _SALUTED.match(lines[index + 1].strip()) or _is_dateline(lines[index + 1].strip())
    )
    return before or after


def _goes_on(lines: Sequence[str], index: int) -> bool:
    """Tell whether the line after the name of a body goes on with a title: 关于…的通知."""
    following = next((line.strip() for line in lines[index + 1 : index + 3] if line.strip()), "")
    if is_body("".join(following.split())):
        return _goes_on(lines, index + 1) if index + 2 < len(lines) else False
    return following.startswith(("关于", "印发", "转发", "批转")) and is_bare(following, LONGEST)


def _title_span(line: str) -> tuple[int, int]:
    """Return the span of a line without the marks before and what follows the title on its line."""
    skip = len(line) - len(line.lstrip())
    for mark in (_TAG, _LABELLED, _ANNEX_BEFORE, re.compile(r"^#{1,6}\s+")):
        if match := mark.match(line[skip:]):
            skip += match.end()
    stop = len(line.rstrip())
    for tail in (_DATELINE_AFTER, _SITE_AFTER):
        match = tail.search(line[:stop], skip)
        if match and match.start() - skip >= 4:
            stop = match.start()
    return skip, stop


def _with_next(title: TitleLines, lines: Sequence[str], plain: Sequence[bool]) -> TitleLines:
    """Add the lines on which a title goes on: the bodies above 关于…, or a line that ends with its kind."""
    while title.stop == len(lines[title.last].rstrip()) and title.last - title.first < 4:
        after = title.last + 1
        if after >= len(lines) or not plain[after]:
            break
        text, last = lines[after].strip(), lines[title.last].strip()
        if not is_bare(text, LONGEST) or _is_dateline(text) or _STRUCTURE.match(text) or is_speaker(text):
            break
        bodies = is_body("".join(last.split())) and (
            is_body("".join(text.split())) or text.startswith(("关于", "印发", "转发", "批转"))
        )
        begun = "关于" in "".join(lines[title.first : after]) and not KIND_END.search(last)
        finished = (
            begun and len(text) <= _JOINED and bool(KIND_END.search(text)) and not text.startswith("关于")
        )
        if not (bodies or finished):
            break
        title = title._replace(last=after, stop=len(lines[after].rstrip()))
    return title


def _repeated(lines: Sequence[str], plain: Sequence[bool], index: int, name: str) -> TitleLines | None:
    """Return the line below an order (《某某条例》已经…通过，现予公布) that is the name it promulgates."""
    wanted = "".join(name.split())
    for later in range(index + 1, min(len(lines), index + 12)):
        if plain[later] and "".join(lines[later].split()) == wanted:
            return TitleLines(later, later, 0, len(lines[later].rstrip()))
    return None


def title_with_origin(text: str, passages: Sequence[Passage], stem: str) -> tuple[str, str]:
    """Return the title and where it stands: text[start:end] or name.

    It is the passages of that kind, else what the text calls itself, else the file name. A report to a
    people's congress that bears no title is what it says it is: a 政府工作报告.
    """
    for passage in passages:
        if passage.kind == "title":
            lines = [" ".join(line.split()) for line in text[passage.start : passage.end].split("\n")]
            return _joined(lines), f"text[{passage.start}:{passage.end}]"
    opening = text[:600]
    if any(_SALUTED.match(line.strip()) for line in opening.split("\n")[:6]):
        report = _REPORT.search(opening)
        if report:
            return _REPORT_TITLE, f"text[{report.start()}:{report.end()}]"
    return name_title(stem), "name"


def _joined(lines: Sequence[str]) -> str:
    """Join the lines of a title, with a blank only between Latin letters."""
    title = ""
    for line in lines:
        title += " " + line if title[-1:].isascii() and line[:1].isascii() and title else line
    return title


def name_title(stem: str) -> str:
    """Return a file name without date and numbering; whole where no more than a place would be left.

    >>> name_title("20210305_某村的茶"), name_title("report_四川省_2021")
    ('某村的茶', 'report 四川省 2021')
    """
    bare = _NAME_NOISE.sub("", _NAME_NOISE.sub("", stem))
    named = bare.replace("_", " ").strip()
    place = all(is_place(part) for part in named.split())
    return stem.replace("_", " ").strip() if place or not any(map(str.isalpha, named)) else named
