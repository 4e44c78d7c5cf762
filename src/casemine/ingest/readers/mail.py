"""Mails (.eml) and pages saved whole (.mht, .mhtml): MIME messages, RFC 2045 and RFC 2557."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser

from casemine.errors import DocumentError
from casemine.ingest.readers.html import html_blocks, read_html
from casemine.ingest.readers.options import Item, ReadOptions
from casemine.ingest.readers.plain import decode_text, read_txt
from casemine.ingest.source import NO_TEXT, Block, PassedOver, Record

_HEADER = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){1,80}", re.IGNORECASE
)
_MIME = re.compile(
    rb"^(?:MIME-Version|Content-Type|Message-ID|Received|Snapshot-Content-Location):", re.I | re.M
)
_MOST_PARTS = 10_000


def is_message(data: bytes) -> bool:
    """Tell whether the bytes open with the header of a MIME message."""
    header = _HEADER.match(data[:8192])
    return bool(header and _MIME.search(header[0]))


def read_mht(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read a page saved whole, through its HTML part."""
    page = _part(_message(data), "text/html") or _part(_message(data), "text/plain")
    if page is None:
        raise DocumentError(
            "the saved page holds no text.", advice="Open it in a browser and save it as .html."
        )
    read = read_html if page.get_content_type() == "text/html" else read_txt
    for item in read(_declared(page), options):
        if isinstance(item, Record):
            yield Record(item.blocks, "mht", item.encoding, item.damaged, metadata=item.metadata)
        else:
            yield item


def read_eml(data: bytes, options: ReadOptions) -> Iterator[Item]:
    """Read a mail as one document: subject, then text; attachments are passed over by name."""
    message = _message(data)
    subject = _header(message, "Subject")
    body = _part(message, "text/plain") or _part(message, "text/html")
    blocks = [Block(subject, "title")] if subject else []
    encoding, damaged = "", 0
    if body is not None:
        decoded = decode_text(_declared(body) or b"\n", options, declared=body.get_content_charset() or "")
        encoding, damaged = decoded.encoding, decoded.damaged
        if body.get_content_type() == "text/html":
            blocks += html_blocks(decoded.text)
        else:
            blocks += [
                Block(line, "line") if line.strip() else Block("", "blank")
                for line in decoded.text.split("\n")
            ]
    if any(block.text.strip() for block in blocks[bool(subject) :]):
        yield Record(tuple(blocks), "eml", encoding, damaged, metadata=_metadata(message, subject))
    elif next(_attached(message), None) is None:
        raise DocumentError("the mail holds no text.", advice=NO_TEXT)
    for name in _attached(message):
        yield PassedOver(f"!{name}", "attached to a mail; save it apart to have it read")


def html_of(data: bytes) -> bytes:
    """Return the bytes of the HTML (or text) part of a message, empty when there is none."""
    message = _message(data)
    part = _part(message, "text/html") or _part(message, "text/plain")
    return b"" if part is None else _declared(part)


def _message(data: bytes) -> Message:
    return BytesParser(policy=policy.compat32).parsebytes(data.lstrip(b"\xef\xbb\xbf\r\n "))


def _parts(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            raise DocumentError(f"the message holds over {_MOST_PARTS:,} parts; it was not read.")
        if not part.is_multipart():
            yield part


def _part(message: Message, kind: str) -> Message | None:
    """Return the first part of a content type that is not attached."""
    return next(
        (
            part
            for part in _parts(message)
            if part.get_content_type() == kind and part.get_content_disposition() != "attachment"
        ),
        None,
    )


def _declared(part: Message) -> bytes:
    """Return the bytes of a part, in UTF-8 where its header says another character set that explains them."""
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    charset = (part.get_content_charset() or "").lower()
    if charset in ("", "utf-8", "us-ascii", "ascii"):
        return content
    try:
        return content.decode(
            {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(charset, charset)
        ).encode()
    except (LookupError, UnicodeError):
        return content


def _attached(message: Message) -> Iterator[str]:
    for part in _parts(message):
        if part.get_content_disposition() == "attachment":
            yield _decoded(part.get_filename() or "attachment")


def _metadata(message: Message, subject: str) -> dict[str, str]:
    """Return what the header of a mail says, under the names of columns."""
    said = {"title": subject, "sender": _header(message, "From"), "sent": _header(message, "Date")}
    return {name: value for name, value in said.items() if value}


def _header(message: Message, name: str) -> str:
    return " ".join(_decoded(str(message.get(name) or "")).split())


def _decoded(text: str) -> str:
    """Return a header as people read it; one that is encoded wrongly stays as it is."""
    try:
        return str(make_header(decode_header(text)))
    except (ValueError, LookupError, UnicodeError):
        return text
