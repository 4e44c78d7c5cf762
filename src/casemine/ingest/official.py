"""What an official document says of itself: issuing body, number, dates, kind and level.

Only what stands at its place counts: the labelled lines of a web page, the lines around the title, the
formula of adoption below it, the signature at the end (GB/T 9704-2012). What is quoted in the text is
another document's. Where nothing stands, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from casemine.ingest.dates import dates_in
from casemine.ingest.organs import bodies, body_of_title, kind_of

_HEAD_LINES = 24
_LONGEST_HEAD = 100  # code points of a line that belongs to the head of a document
_LONGEST_PREFACE = 220
_PREFACE = re.compile(r"《.{4,60}》.{0,150}(?:通过|批准|同意).{0,40}公布|《.{4,60}》.{0,60}公布")
_SIGNED_LINE = 60  # code points of the longest line that bears signature and date
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")

_NUMBER = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{1,10}(?:[（(][\u4e00-\u9fff]{1,6}[）)])?[\u4e00-\u9fff]{0,8})\s*[〔\[（(【［﹝]\s*(?P<year>[12][0-9]{3})\s*[〕\]）)】］﹞]\s*第?\s*(?P<serial>[0-9]{1,5})\s*号"
)
_ORDER = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{2,30}?)令\s*[（(]?\s*第?\s*(?P<serial>[0-9]{1,5}|[一二三四五六七八九十百]{1,5})\s*号"
)
_SERIAL = re.compile(r"^[（(]?\s*第\s*(?P<serial>[0-9]{1,5}|[一二三四五六七八九十百]{1,5})\s*号\s*[）)]?$")
_LABELS = {
    "issuer": re.compile(
        r"(?:发文机关|制定机关|发文单位|制发机关|颁布单位|发布单位|发布机构|发布机关|公布机关)\s*[:：]\s*(?P<value>[^\s:：；;|]+(?:[ 、，][^\s:：；;|]+)*)"
    ),
    "document_number": re.compile(
        r"(?:发文字号|发文文号|文\s*号|公文编号)\s*[:：]\s*(?P<value>\S[^\n:：|]{0,40}?号)"
    ),
    "issued": re.compile(
        r"(?:成文日期|发文日期|签发日期|通过日期|成文时间)\s*[:：]\s*(?P<value>[0-9０-９][^\s:：|]{4,16})"
    ),
    "published": re.compile(
        r"(?:发布日期|发布时间|公布日期|公布时间|印发日期|公开日期)\s*[:：]\s*(?P<value>[0-9０-９][^\s:：|]{4,16})"
    ),
}
_ADOPTED = re.compile(r"通过|批准")
_MADE_PUBLIC = re.compile(r"公布|发布|颁布|印发")
_CONGRESS = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{0,20}?)第?[一二三四五六七八九十百0-9]{1,4}届(?P<national>全国)?人民代表大会(?P<standing>常务委员会)?第[一二三四五六七八九十百0-9]{1,4}次(?:会议)?[^。，]{0,12}通过"
)
_COUNCIL = re.compile(r"国务院第?[一二三四五六七八九十百0-9]{1,4}次常务会议[^。，]{0,12}通过")
_REPORTED = re.compile(r"我(?:谨|受|现)?代表(?P<body>[\u4e00-\u9fff]{2,20}人民政府)[，,]?向大会")
_OFFICE_BODY = re.compile(
    r"^(?P<body>国务院|[\u4e00-\u9fff]{2,18}人民政府)\s*(?:代理?|副|代)?(?:省长|市长|州长|县长|区长|旗长|盟长|主席|总理)"
)
_MARK = re.compile(r"^(?P<body>.{4,60}?)文件$")
_PRINTED = re.compile(r"(?P<date>[0-9０-９]{4}\s*年\s*[0-9０-９]{1,2}\s*月\s*[0-9０-９]{1,2}\s*日)\s*印发")
_DELIVERED = re.compile(r"在.{0,60}(?:会议|大会|会)上?|人民代表大会|代表大会")
_PAPER = re.compile(r"^[（(【]?\s*|\s*[）)】]?$")


class Field(NamedTuple):
    """A finding and where it stands: "text[start:end]", "name" (of the file) or "given"."""

    value: str = ""
    origin: str = ""

    @classmethod
    def at(cls, value: str, start: int, end: int) -> Field:
        """Return a finding at the span `[start, end)` of the text."""
        return cls(value, f"text[{start}:{end}]")


class Line(NamedTuple):
    """A line of the text and the code point at which it begins."""

    text: str
    start: int


@dataclass(frozen=True)
class Official:
    """What an official document says of itself; a field is empty where it says nothing."""

    issuer: Field = Field()
    document_number: Field = Field()
    issued: Field = Field()
    published: Field = Field()
    document_kind: Field = Field()
    authority: Field = Field()


def read_official(title: Field, text: str, stem: str, *, articles: bool = False) -> Official:
    """Return issuing body, number, dates, kind and level of a document.

    `title` is the title with its place; `articles` tells whether the text is divided into articles (条).
    """
    lines = _lines(text)
    head = _head(lines)
    signature = _signature(lines)
    labelled = {name: _labelled(head, name) for name in _LABELS}
    number = _first(_number_label(labelled["document_number"]), _number(head, title), _number_in_name(stem))
    issuer = _first(_bodies_label(labelled["issuer"]), _issuer(title, head, signature, text))
    issued = _first(_date_label(labelled["issued"]), _adopted(head), signature.date, _dated(head))
    published = _first(
        _date_label(labelled["published"]), _made_public(head), _order_signed(head), _printed(lines)
    )
    kind = _kind(title, bool(number.value or issuer.value or articles))
    level = _level(issuer, kind.value, number.value, _adoption(head), articles)
    return Official(issuer, number, issued, published, kind, level)


def _first(*fields: Field) -> Field:
    return next((item for item in fields if item.value), Field())


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    at = 0
    for line in text.split("\n"):
        lines.append(Line(line, at))
        at += len(line) + 1
    return lines


def _head(lines: Sequence[Line]) -> list[Line]:
    """Return the short lines before the text proper: its first sentence, its first article, its salutation."""
    head: list[Line] = []
    for line in lines[:_HEAD_LINES]:
        text = line.text.strip()
        prose = (
            "。" in text.rstrip("。") or len(text) > _LONGEST_HEAD or (text.endswith("。") and len(text) > 30)
        )
        order = _PREFACE.match(text) and len(text) <= _LONGEST_PREFACE
        if (prose and not order) or re.match(r"第[一1]\s*[条章编篇]|一、", text):
            break
        head.append(line)
        if text.startswith(("各位代表", "同志们")):
            break
    return head


# ---------------------------------------------------------------------------------------------------- number


def _labelled(head: Sequence[Line], name: str) -> Field:
    for line in head:
        match = _LABELS[name].search(line.text)
        if match:
            return Field.at(
                match["value"].strip(), line.start + match.start("value"), line.start + match.end("value")
            )
    return Field()


def _number_label(label: Field) -> Field:
    written = label.value.translate(_NARROW)
    match = _NUMBER.search(written) or _ORDER.search(written)
    return Field(_written_number(match), label.origin) if match else Field()


def _number(head: Sequence[Line], title: Field) -> Field:
    """Return the number on a line of its own, in brackets below the title, or in the title's brackets."""
    for index, line in enumerate(head):
        written = line.text.translate(_NARROW)
        for pattern in (_NUMBER, _ORDER):
            match = pattern.search(written)
            if match and _alone(written, match):
                return Field.at(_written_number(match), line.start + match.start(), line.start + match.end())
        serial = _SERIAL.match(written.strip())
        above = head[index - 1].text.strip() if index else ""
        if serial and above.endswith("令") and bodies("".join(above.split())[:-1]):
            value = f"{''.join(above.split())}第{serial['serial']}号"
            return Field.at(value, head[index - 1].start, line.start + len(line.text.rstrip()))
    return Field()


def _alone(line: str, match: re.Match[str]) -> bool:
    """Tell whether a number is the line's own, not that of a document the line speaks of."""
    before, after = line[: match.start()], line[match.end() :]
    rest = before + after
    for date in reversed(list(dates_in(rest))):
        rest = rest[: date.start] + rest[date.end :]
    rest = re.sub(r"[\s（()）【】\[\]，,、;；.。]|公布|发布|颁布|签发人[:：].*", "", rest)
    return not rest or (
        before.rstrip().endswith(("（", "(")) and after.strip() in ("）", ")") and "《" not in before
    )


def _written_number(match: re.Match[str]) -> str:
    """Return a number as it is written in print: 国发〔2021〕3号, 国务院令第456号."""
    parts = match.groupdict()
    if "code" in parts:
        return f"{''.join(parts['code'].split())}〔{parts['year']}〕{int(parts['serial'])}号"
    body = parts["body"].removeprefix("中华人民共和国") or parts["body"]
    return f"{body}令第{parts['serial']}号"


def _number_in_name(stem: str) -> Field:
    match = _NUMBER.search(stem.translate(_NARROW))
    return Field(_written_number(match), "name") if match else Field()


# ------------------------------------------------------------------------------------------------ issuing body


class _Signature(NamedTuple):
    body: Field
    date: Field


def _signature(lines: Sequence[Line]) -> _Signature:
    """Return the body and the day that close the text: two short lines, or one with both."""
    for index in range(min(len(lines), 3), len(lines)):
        line = lines[index]
        text = line.text.strip()
        if len(text) > _SIGNED_LINE or not re.search(r"[日号]\s*[）)]?$", text):
            continue
        date = next(dates_in(line.text), None)
        if date is None or line.text[date.end :].strip(" \u3000）)"):
            continue
        before = line.text[: date.start].strip()
        at = Field.at(date.value, line.start + date.start, line.start + date.end)
        signers = _signers(
            [Line(before, line.start + line.text.index(before))]
            if before
            else lines[max(0, index - 4) : index]
        )
        if signers.value:
            return _Signature(signers, at if len(date.value) == 10 else Field())
    return _Signature(Field(), Field())


def _signers(lines: Sequence[Line]) -> Field:
    """Return the bodies that the last of `lines` name, one or more a line."""
    named: list[str] = []
    start = end = 0
    for line in reversed(lines):
        names = bodies(re.sub(r"[（(](?:盖?章|印)[)）]", "", line.text))
        if not names:
            break
        named = [*names, *named]
        start, end = line.start, end or line.start + len(line.text.rstrip())
    return Field.at("、".join(named), start, end) if named else Field()


def _bodies_label(label: Field) -> Field:
    names = bodies(label.value)
    return Field("、".join(names), label.origin) if names else Field()


def _issuer(title: Field, head: Sequence[Line], signature: _Signature, text: str) -> Field:
    """Return the body in the title, in the mark above it, in the signature, of an adoption, of a report."""
    names, end = body_of_title(title.value)
    if names:
        return Field("、".join(names), _part_of(title, text, end))
    for line in head:
        mark = _MARK.match(line.text.strip())
        named = bodies(mark["body"]) if mark else []
        if named:
            return Field.at("、".join(named), line.start, line.start + len(line.text.rstrip()))
    return _first(_adopting(head), signature.body, _ordering(head), _reporting(head, text))


def _part_of(title: Field, text: str, length: int) -> str:
    """Return the place of the first `length` code points of a title, blanks of the text not counted."""
    span = re.fullmatch(r"text\[(\d+):(\d+)\]", title.origin)
    if not span:
        return title.origin
    start, end = int(span[1]), int(span[2])
    left = len("".join(title.value[:length].split()))
    at = start
    while left and at < end:
        left -= not text[at].isspace()
        at += 1
    return f"text[{start}:{at}]"


def _adopting(head: Sequence[Line]) -> Field:
    """Return the congress, or its standing committee, that adopted a law: below its title."""
    for line in head:
        match = _CONGRESS.search(line.text)
        if match:
            place = "全国" if match["national"] else re.sub(r"^[日\s]+", "", match["place"])
            if place:
                body = f"{place}人民代表大会{match['standing'] or ''}"
                return Field.at(body, line.start + match.start("place"), line.start + match.end())
    return Field()


def _ordering(head: Sequence[Line]) -> Field:
    for line in head:
        order = _ORDER.search(line.text.translate(_NARROW))
        named = bodies(order["body"]) if order and _alone(line.text.translate(_NARROW), order) else []
        if order and named:
            body = named[0].removeprefix("中华人民共和国") or named[0]
            return Field.at(body, line.start + order.start("body"), line.start + order.end("body"))
        alone = "".join(line.text.split())
        if alone.endswith("令") and bodies(alone[:-1]):
            body = alone[:-1].removeprefix("中华人民共和国")
            return Field.at(body, line.start, line.start + len(line.text.rstrip()))
    return Field()


def _reporting(head: Sequence[Line], text: str) -> Field:
    """Return the government that reports to a congress, where it is named in full."""
    for line in head:
        office = _OFFICE_BODY.match(line.text.strip())
        if office and office["body"] not in (
            "省人民政府",
            "市人民政府",
            "县人民政府",
            "自治区人民政府",
            "州人民政府",
        ):
            start = line.start + line.text.index(office["body"])
            return Field.at(office["body"], start, start + len(office["body"]))
    reported = _REPORTED.search(text[:800])
    if reported and len(reported["body"]) > len("自治区人民政府"):
        return Field.at(reported["body"], reported.start("body"), reported.end("body"))
    return Field()


# ------------------------------------------------------------------------------------------------------- dates


def _date_label(label: Field) -> Field:
    date = next(dates_in(label.value), None)
    return Field(date.value, label.origin) if date and len(date.value) == 10 else Field()


def _full_dates(head: Sequence[Line]) -> Iterator[tuple[Line, Field, str]]:
    """Yield the days that lines of the head name: the line, the day, and what the line says after it."""
    for line in head:
        for date in dates_in(line.text):
            if len(date.value) == 10:
                place = Field.at(date.value, line.start + date.start, line.start + date.end)
                rest = re.split(r"[；;，,\s](?=[0-9一二]{4})", line.text[date.end :])[0]
                yield line, place, rest


def _adopted(head: Sequence[Line]) -> Field:
    """Return the day of the first adoption that the head tells of: …会议通过."""
    return next((day for _, day, rest in _full_dates(head) if _ADOPTED.search(rest)), Field())


def _made_public(head: Sequence[Line]) -> Field:
    """Return the day of the first publication that the head tells of: …令第456号公布."""
    days = [
        day for _, day, rest in _full_dates(head) if _MADE_PUBLIC.search(rest) and not _ADOPTED.search(rest)
    ]
    return days[0] if days else Field()


def _order_signed(head: Sequence[Line]) -> Field:
    """Return the day under an order (《某某条例》已经…通过，现予公布), on which it is made public."""
    preface = next((index for index, line in enumerate(head) if _PREFACE.match(line.text.strip())), len(head))
    days = [
        day
        for line, day, _ in _full_dates(head[preface + 1 :])
        if len(line.text.strip()) <= len("二〇二一年十二月三十一日")
    ]
    return days[0] if days else Field()


def _dated(head: Sequence[Line]) -> Field:
    """Return the day of a line that is a day alone, or the day and the meeting of a speech, or its speaker."""
    for line, day, rest in _full_dates(head):
        before = line.text.translate(_NARROW)
        label = re.search(r"日期|时间|来源|更新", before)
        short = (
            len(rest.strip(" \u3000）)】")) <= 4
            or _DELIVERED.search(rest)
            or _NUMBER.search(rest.translate(_NARROW))
        )
        opens = re.match(
            r"^[\s—─―\-–（(【\u4e00-\u9fff〔〕\[\]0-9]*$",
            line.text[: line.text.find(rest)] if rest else line.text,
        )
        if not label and short and opens and len(line.text) <= _LONGEST_HEAD:
            return day
    return Field()


def _printed(lines: Sequence[Line]) -> Field:
    """Return the day of printing at the foot of a document: 某某办公室 2021年3月5日印发."""
    for line in reversed(lines[-12:]):
        match = _PRINTED.search(line.text)
        date = next(dates_in(match["date"]), None) if match and len(line.text) <= _SIGNED_LINE else None
        if match and date:
            return Field.at(date.value, line.start + match.start("date"), line.start + match.end("date"))
    return Field()


# --------------------------------------------------------------------------------------------- kind and level


def _kind(title: Field, official: bool) -> Field:
    """Return the kind at the end of the title, where body, number, articles or 关于 show a document."""
    kind = kind_of(title.value)
    shown = official or "关于" in title.value or (kind == "报告" and "工作报告" in title.value)
    return Field(kind, title.origin) if kind and shown else Field()


def _adoption(head: Sequence[Line]) -> str:
    """Return who adopted a document: congress (with its place), council or nobody."""
    body = _adopting(head).value
    if body:
        return body
    return "国务院" if any(_COUNCIL.search(line.text) for line in head) else ""


_RULES = frozenset({"条例", "规定", "办法", "细则", "规则", "决定", "规程"})
_LOCAL = re.compile(r"[省市州县区旗盟]")


def _level(issuer: Field, kind: str, number: str, adopted: str, articles: bool) -> Field:
    """Return the level (效力级别) that body and kind settle, by the 立法法; none where they do not."""
    body = issuer.value.split("、")[0]
    by = adopted or body
    level = ""
    if "人民代表大会" in by:
        level = _level_of_congress(by, kind)
    elif adopted == "国务院" or number.startswith("国务院令"):
        level = "行政法规" if kind in _RULES else ""
    elif "令第" in number and kind in _RULES and articles:
        level = "地方政府规章" if _LOCAL.search(body) else "部门规章"
    elif body.startswith(("最高人民法院", "最高人民检察院")) and number.startswith("法释"):
        level = "司法解释"
    elif number and kind and kind != "报告":
        level = _level_of_paper(body, kind, articles)
    return Field(level, issuer.origin) if level else Field()


def _level_of_congress(by: str, kind: str) -> str:
    if by.startswith("全国"):
        return "法律" if kind == "法律" else ""
    if kind not in _RULES:
        return ""
    autonomous = re.search(r"自治[州县旗]人民代表大会$", by)
    return "自治条例和单行条例" if autonomous and kind == "条例" else "地方性法规"


def _level_of_paper(body: str, kind: str, articles: bool) -> str:
    """Return the level of a document with a number: whose it is says what it is."""
    if body.startswith("中共中央"):
        return (
            "党内法规"
            if kind in ("条例", "准则", "规定", "办法", "规则", "细则") and articles
            else "党内规范性文件"
        )
    if body.startswith("中共") or "委员会办公" in body:
        return "党内规范性文件" if body.startswith("中共") else ""
    if body.startswith("国务院"):
        return "国务院规范性文件"
    if _LOCAL.search(body):
        return "地方规范性文件"
    return "部门规范性文件" if re.search(r"(?:部|委员会|总局|局|署|银行|办公室)$", body) else ""
