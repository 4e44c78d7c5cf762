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

from casemine.ingest.authority import kind_field, level_of
from casemine.ingest.dates import dates_in
from casemine.ingest.document_number import (
    NUMBER,
    ORDER,
    labelled_number,
    number_in_head,
    number_in_name,
    stands_alone,
)
from casemine.ingest.fields import NARROW, NOTHING, Field, Line, first, lines_of
from casemine.ingest.organs import bodies, body_of_title

_HEAD_LINES = 24
_LONGEST_HEAD = 100  # code points of a line that belongs to the head of a document
_LONGEST_PREFACE = 220
_PREFACE = re.compile(r"《.{4,60}》.{0,150}(?:通过|批准|同意).{0,40}公布|《.{4,60}》.{0,60}公布")
_SIGNED_LINE = 60  # code points of the longest line that bears signature and date
_DAY_LABELLED = r")\s*[:：]\s*(?P<value>[0-9０-９][^\s:：|]{4,16})"
_LABELS = {
    "issuer": re.compile(
        r"(?:发文机关|制定机关|发文单位|制发机关|颁布单位|发布单位|发布机构|发布机关|公布机关)\s*[:：]\s*"
        r"(?P<value>[^\s:：；;|]+(?:[ 、，][^\s:：；;|]+)*)"
    ),
    "document_number": re.compile(
        r"(?:发文字号|发文文号|文\s*号|公文编号)\s*[:：]\s*(?P<value>\S[^\n:：|]{0,40}?号)"
    ),
    "issued": re.compile(r"(?:成文日期|发文日期|签发日期|通过日期|成文时间" + _DAY_LABELLED),
    "published": re.compile(r"(?:发布日期|发布时间|公布日期|公布时间|印发日期|公开日期" + _DAY_LABELLED),
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


@dataclass(frozen=True)
class Official:
    """What an official document says of itself; a field is empty where it says nothing."""

    issuer: Field = NOTHING
    document_number: Field = NOTHING
    issued: Field = NOTHING
    published: Field = NOTHING
    document_kind: Field = NOTHING
    authority: Field = NOTHING


def read_official(title: Field, text: str, stem: str, *, articles: bool = False) -> Official:
    """Return issuing body, number, dates, kind and level of a document.

    `title` is the title with its place; `articles` tells whether the text is divided into articles (条).
    """
    lines = lines_of(text)
    head = _head(lines)
    signature = _signature(lines)
    labelled = {name: _labelled(head, name) for name in _LABELS}
    number = first(labelled_number(labelled["document_number"]), number_in_head(head), number_in_name(stem))
    issuer = first(_bodies_label(labelled["issuer"]), _issuer(title, head, signature, text))
    issued = first(_date_label(labelled["issued"]), _adopted(head), signature.date, _dated(head))
    published = first(
        _date_label(labelled["published"]), _made_public(head), _order_signed(head), _printed(lines)
    )
    kind = kind_field(title, bool(number.value or issuer.value or articles))
    level = level_of(issuer, kind.value, number.value, _adoption(head), articles)
    return Official(issuer, number, issued, published, kind, level)


def _head(lines: Sequence[Line]) -> list[Line]:
    """Return the short lines before the text proper: up to its first sentence, article or salutation."""
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


def _labelled(head: Sequence[Line], name: str) -> Field:
    for line in head:
        match = _LABELS[name].search(line.text)
        if match:
            return Field.at(
                match["value"].strip(), line.start + match.start("value"), line.start + match.end("value")
            )
    return Field()


# ---------------------------------------------------------------------------------------- issuing body


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
    return first(_adopting(head), signature.body, _ordering(head), _reporting(head, text))


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
        order = ORDER.search(line.text.translate(NARROW))
        named = bodies(order["body"]) if order and stands_alone(line.text.translate(NARROW), order) else []
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


# ----------------------------------------------------------------------------------------------- dates


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
    """Return the day of a line that is a day alone, or says the meeting or the speaker with it."""
    for line, day, rest in _full_dates(head):
        before = line.text.translate(NARROW)
        label = re.search(r"日期|时间|来源|更新", before)
        short = (
            len(rest.strip(" \u3000）)】")) <= 4
            or _DELIVERED.search(rest)
            or NUMBER.search(rest.translate(NARROW))
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


def _adoption(head: Sequence[Line]) -> str:
    """Return who adopted a document: congress (with its place), council or nobody."""
    body = _adopting(head).value
    if body:
        return body
    return "国务院" if any(_COUNCIL.search(line.text) for line in head) else ""
