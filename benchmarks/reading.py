"""How the time of reading grows with texts made to hold a reader up: processor seconds at sizes 1, 2 and 4.

    python benchmarks/reading.py [NAME ...] [--size CHARACTERS] [--rounds N]

Each text is read (the reader of its format, then the repair of its layout) at three sizes, the shortest of N
rounds of each. The slope is that of seconds against size on logarithms: 1 is linear, 2 quadratic. A reading
that ends in a message counts like one that ends in a text.
"""

from __future__ import annotations

import argparse
import io
import math
import time
import zipfile
from collections.abc import Callable

from casemine.ingest.compose import compose
from casemine.ingest.readers import read_file
from casemine.ingest.source import Record

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(**members: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return data.getvalue()


def docx(body: str) -> bytes:
    return packed(word__document_xml=f"<w:document {W}><w:body>{body}</w:body></w:document>")


def odt(body: str) -> bytes:
    spaces = 'xmlns:office="o" xmlns:text="t" xmlns:table="b"'
    content = (
        f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
    )
    return packed(
        mimetype="application/vnd.oasis.opendocument.text", content_xml=f"{content}</office:document-content>"
    )


def ofd(objects: str) -> bytes:
    o = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    return packed(
        OFD_xml=f"<ofd:OFD {o}><ofd:DocBody><ofd:DocRoot>D.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        D_xml=f'<ofd:Document {o}><ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages></ofd:Document>',
        P_xml=f"<ofd:Page {o}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>",
    )


def placed(number: int, x: Callable[[int], float], y: Callable[[int], float]) -> str:
    code = "<ofd:TextCode X='0' Y='0'>村</ofd:TextCode>"
    return "".join(
        f"<ofd:TextObject Boundary='{x(at)} {y(at)} 5 5' Size='5'>{code}</ofd:TextObject>"
        for at in range(number)
    )


def pdf(content: str) -> bytes:
    """Return a PDF of one page with a content stream of its own."""
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R "
        "/Resources << /Font << /F 3 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    ]
    body = "".join(f"{number} 0 obj\n{part}\nendobj\n" for number, part in enumerate(parts, start=1))
    return f"%PDF-1.4\n{body}trailer\n<< /Size 6 /Root 1 0 R >>\n%%EOF".encode("ascii")


def message(parts: str) -> str:
    return f"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n{parts}--B--\n"


# By name: the ending, and the file of about so many characters.
TEXTS: dict[str, tuple[str, Callable[[int], str | bytes]]] = {
    "txt: one run of blanks": ("txt", lambda n: "村里" + " " * n + "开会。"),
    "txt: blanks between characters": ("txt", lambda n: "村 " * (n // 2) + "。"),
    "txt: short lines": ("txt", lambda n: "村里\n" * (n // 3)),
    "txt: numbered lines": ("txt", lambda n: "".join(f"{at} 村\n" for at in range(n // 8))),
    "txt: page numbers": ("txt", lambda n: "".join(f"— {at} —\n村里的事情\n" for at in range(n // 16))),
    "txt: wrapped lines": ("txt", lambda n: ("村里办起了合作社" * 5 + "\n") * (n // 41)),
    "txt: blank lines": ("txt", lambda n: "村里\n" + "\n" * n + "开会"),
    "txt: one line": ("txt", lambda n: "村里开会，大家都来。" * (n // 10)),
    "txt: digits and blanks": ("txt", lambda n: "12 345 " * (n // 7)),
    "txt: open brackets": ("txt", lambda n: "村[1" * (n // 3)),
    "txt: open quotations": ("txt", lambda n: "“村 里" * (n // 4) + "。"),
    "txt: hyphens and blanks": ("txt", lambda n: "- " * (n // 2)),
    "txt: full stops of print": ("txt", lambda n: "村里." * (n // 3)),
    "txt: tabs": ("txt", lambda n: "村\t" * (n // 2)),
    "txt: bytes of two encodings": ("txt", lambda n: ("村里\n".encode() + "开会\n".encode("gbk")) * (n // 6)),
    "txt: damaged bytes": ("txt", lambda n: ("村里".encode("gbk") + b"\xff\xfe") * (n // 4)),
    "txt: one damaged line": ("txt", lambda n: "村里".encode() * (n // 2) + b"\xff" + "开会".encode("gbk")),
    "md: open brackets": ("md", lambda n: "[村" * (n // 2)),
    "md: stars": ("md", lambda n: "*村 " * (n // 3)),
    "md: marks of code": ("md", lambda n: "`" * n),
    "md: underscores": ("md", lambda n: "_村 " * (n // 3)),
    "md: strokes": ("md", lambda n: "~~村" * (n // 3)),
    "md: rules": ("md", lambda n: "- " * (n // 2) + "村"),
    "md: bars": ("md", lambda n: "|:-" * (n // 3) + "村"),
    "md: open comments": ("md", lambda n: "<!--" * (n // 4)),
    "md: quotations": ("md", lambda n: ">" * n),
    "html: nested": ("html", lambda n: "<div>" * (n // 5) + "村里开会。"),
    "html: nested spans": ("html", lambda n: "<span>村" * (n // 7)),
    "html: attributes": ("html",
        lambda n: "<p " + "".join(f"a{at}='1' " for at in range(n // 9)) + ">村里</p>"),
    "html: breaks": ("html", lambda n: "村<br>" * (n // 5)),
    "html: blanks": ("html", lambda n: f"<p>村{' ' * n}里</p>"),
    "html: line ends": ("html", lambda n: f"<p>村{chr(10) * n}a</p>"),
    "html: long title": ("html", lambda n: f"<title>{'村 - ' * (n // 4)}</title><p>村里</p>"),
    "html: open comments": ("html", lambda n: "<html>" + "<!--" * (n // 4)),
    "html: tables in tables": ("html", lambda n: "<table><tr><td>" * (n // 15) + "村里"),
    "xls: cells": ("xls", lambda n: "<table>" + "<tr><td rowspan=9>村</td></tr>" * (n // 30)),
    "xls: tables in tables": ("xls", lambda n: "<table><tr><td>" * (n // 15) + "村里"),
    "xml: nested": ("xml", lambda n: "<a>" * (n // 7) + "村里" + "</a>" * (n // 7)),
    "xml: elements": ("xml", lambda n: "<a>" + "<b>村</b>" * (n // 8) + "</a>"),
    "xml: ampersands": ("xml", lambda n: "<a>村" + "&" * n + "</a>"),
    "xml: attributes": ("xml", lambda n: "<a " + "".join(f"a{at}='1' " for at in range(n // 9)) + ">村</a>"),
    "feed: items": ("rss", lambda n: "<rss>" + "<item><title>村</title></item>" * (n // 30) + "</rss>"),
    "csv: quotations": ("csv", lambda n: "a,b\n" + '"村",' * (n // 4)),
    "csv: columns": ("csv", lambda n: "a," * (n // 4) + "\n" + "村," * (n // 4)),
    "csv: rows": ("csv", lambda n: "题,正文\n" + "村,村里开会大家都来\n" * (n // 12)),
    "json: nested": ("json", lambda n: "[" * n),
    "jsonl: lines": ("jsonl", lambda n: '{"text": "村里开会"}\n' * (n // 17)),
    "docx: runs": ("docx", lambda n: docx("<w:p>" + "<w:r><w:t>村</w:t></w:r>" * (n // 25) + "</w:p>")),
    "docx: paragraphs": ("docx", lambda n: docx("<w:p><w:r><w:t>村里</w:t></w:r></w:p>" * (n // 38))),
    "docx: nested": ("docx", lambda n: docx("<w:sdt>" * (n // 15) + "</w:sdt>" * (n // 15))),
    "odt: spans": ("odt", lambda n: odt("<text:p>" + "<text:span>村</text:span>" * (n // 25) + "</text:p>")),
    "odt: rows": ("odt",
        lambda n: odt("<table:table>" + "<table:table-row/>" * (n // 18) + "</table:table>")),
    "rtf: groups": ("rtf", lambda n: "{\\rtf1 " + "{" * (n // 2) + "x" + "}" * (n // 2) + "}"),
    "rtf: open notes": ("rtf", lambda n: "{\\rtf1 x" + "{\\footnote " * (n // 11)),
    "rtf: escapes": ("rtf", lambda n: "{\\rtf1\\ansi\\ansicpg936 " + "\\'b4\\'e5" * (n // 8) + "\\par}"),
    "eml: header lines": ("eml",
        lambda n: "MIME-Version: 1.0\n" + "Received: x\n" * (n // 12) + "\n村里开会"),
    "eml: parts": ("eml", lambda n: message("--B\nContent-Type: text/plain\n\nx\n" * (n // 31))),
    "mht: nested parts": ("mht", lambda n: "".join(message(f"--B{at}\n") for at in range(n // 70))),
    "ofd: characters in one place": ("ofd", lambda n: ofd(placed(n // 90, lambda at: 5, lambda at: 5))),
    "ofd: characters on one line": ("ofd", lambda n: ofd(placed(n // 90, lambda at: 9 * at, lambda at: 5))),
    "ofd: steps": ("ofd", lambda n: ofd(placed(n // 90, lambda at: 7 * at, lambda at: 1.1 * at))),
    "ofd: columns": ("ofd",
        lambda n: ofd(placed(n // 90, lambda at: 40 * (at % 7), lambda at: 8 * (at // 7)))),
    "pdf: characters on one line": ("pdf", lambda n: pdf(f"BT /F 9 Tf 5 700 Td ({'x ' * (n // 2)}) Tj ET")),
    "pdf: lines": ("pdf", lambda n: pdf("BT /F 9 Tf 5 700 Td " + "(xy) Tj 0 -1 Td " * (n // 16) + "ET")),
    "pdf: one place": ("pdf", lambda n: pdf("BT /F 9 Tf 5 700 Td " + "(x) Tj 0 0 Td " * (n // 14) + "ET")),
}  # fmt: skip


def seconds(data: bytes, ending: str, rounds: int) -> float:
    """Return the shortest time of reading and repairing a file."""
    best = math.inf
    for _ in range(rounds):
        start = time.process_time()
        for item in read_file(data, f"a.{ending}"):
            if isinstance(item, Record):
                compose(item.blocks)
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="the beginnings of names of texts; all without")
    parser.add_argument("--size", type=int, default=100_000, help="characters at the first size")
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    print("| text | 1x (s) | 2x (s) | 4x (s) | slope |\n|---|---:|---:|---:|---:|")
    for name, (ending, text) in TEXTS.items():
        if given.names and not name.startswith(tuple(given.names)):
            continue
        times = []
        for factor in (1, 2, 4):
            content = text(given.size * factor)
            data = content.encode() if isinstance(content, str) else content
            times.append(seconds(data, ending, given.rounds))
        slope = math.log(times[2] / times[0]) / math.log(4)
        row = [name, *(f"{value:.3f}" for value in times), f"{slope:.2f}"]
        # Each as soon as it is known.
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
