"""PDFs of known text in twenty layouts, made through pdfium with the font that casemine ships."""

from __future__ import annotations

import ctypes
import math
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casemine import resources

WIDTH, HEIGHT = 595.0, 842.0
SIZE, STEP = 12.0, 20.0
TOP, LEFT, RIGHT, FOOT = 760.0, 72.0, 523.0, 90.0


@dataclass(frozen=True)
class Text:
    """A piece of text drawn at once: base line in points from the lower left, size, angle in degrees."""

    x: float
    y: float
    text: str
    size: float = SIZE
    angle: float = 0.0


@dataclass
class Made:
    """The pieces of each page in the order of drawing, and the lines of the true text in reading order."""

    pages: list[list[Text]] = field(default_factory=list)
    truth: list[str] = field(default_factory=list)


def wrapped(paragraphs: Iterable[str], width: float, size: float = SIZE) -> list[str]:
    """Return the lines of paragraphs set in a width in points, the first indented by two characters."""
    lines: list[str] = []
    room = int(width / size)
    for paragraph in paragraphs:
        rest = "　　" + paragraph
        while rest:
            cut = room - 1 if len(rest) > room and rest[room] in "，。、；：？！”）》" else room
            lines.append(rest[:cut])
            rest = rest[cut:]
    return lines


def column(
    lines: Sequence[str], left: float, top: float, size: float = SIZE, step: float = STEP
) -> list[Text]:
    """Draw lines one below the other; an indent is a place, not a character, as word processors do."""
    drawn = []
    for at, line in enumerate(lines):
        text = line.lstrip("　")
        drawn.append(Text(left + size * (len(line) - len(text)), top - step * at, text, size))
    return drawn


def pages_of(lines: Sequence[str], rows: int) -> list[Sequence[str]]:
    return [lines[at : at + rows] for at in range(0, len(lines), rows)]


# ------------------------------------------------------------------------------------------------ layouts


def single(paragraphs: list[str]) -> Made:
    lines = wrapped(paragraphs, RIGHT - LEFT)[:60]
    return Made([column(page, LEFT, TOP) for page in pages_of(lines, 32)], lines)


def bottom_up(paragraphs: list[str]) -> Made:
    made = single(paragraphs)
    return Made([page[::-1] for page in made.pages], made.truth)


def columned(paragraphs: list[str], number: int, *, by_row: bool, rows: int = 30, top: float = TOP) -> Made:
    gap = 24.0
    width = (RIGHT - LEFT - gap * (number - 1)) / number
    size = 12.0 if number == 2 else 9.0
    lines = wrapped(paragraphs, width, size)[: 2 * number * rows - 7]
    pages = []
    for page in pages_of(lines, number * rows):
        columns = [
            column(part, LEFT + at * (width + gap), top, size) for at, part in enumerate(pages_of(page, rows))
        ]
        drawn = [piece for part in columns for piece in part]
        pages.append(sorted(drawn, key=lambda piece: (-piece.y, piece.x)) if by_row else drawn)
    return Made(pages, lines)


def title_then_columns(paragraphs: list[str]) -> Made:
    made = columned(paragraphs[1:], 2, by_row=True, rows=22, top=600)
    title = Text(150, 770, "乡村产业发展的实地调查与思考", 18)
    abstract = column(wrapped(["摘要：" + paragraphs[0][:90]], RIGHT - LEFT, 10), LEFT, 720, 10, 16)
    made.pages[0] = [*made.pages[0], title, *abstract]
    return Made(made.pages, [title.text, *(piece.text for piece in abstract), *made.truth])


def with_notes(paragraphs: list[str]) -> Made:
    lines = wrapped(paragraphs, RIGHT - LEFT)[:56]
    pages = [column(page, LEFT, TOP) for page in pages_of(lines, 28)]
    notes = []
    for number, page in enumerate(pages, start=1):
        note = (
            f"{'①②③④'[number - 1]}课题组第{number}次入户访谈记录，访谈地点为村民活动室，访谈人已作匿名处理。"
        )
        drawn = column([note[:44], note[44:]] if len(note) > 44 else [note], LEFT, 130, 9, 13)
        notes += [piece.text for piece in drawn]
        page += [*drawn, Text(290, 60, str(number), 9)]
    return Made(pages, lines + notes)


def columns_with_notes(paragraphs: list[str]) -> Made:
    made = columned(paragraphs, 2, by_row=False, rows=26)
    notes = []
    for number, page in enumerate(made.pages, start=1):
        note = column([f"[{number}] 数据来自县统计局历年公报。"], LEFT, 150, 8)
        notes += [piece.text for piece in note]
        page += note
    return Made(made.pages, made.truth + notes)


def with_heads(paragraphs: list[str]) -> Made:
    lines = wrapped(paragraphs, RIGHT - LEFT)[:75]
    pages = [column(page, LEFT, TOP) for page in pages_of(lines, 28)]
    for number, page in enumerate(pages, start=1):
        page.insert(0, Text(200, 805, "乡村研究（内部交流）2021年第3期", 9))
        page.append(Text(280, 50, f"— {number} —", 9))
    return Made(pages, lines)


def heads_drawn_last(paragraphs: list[str]) -> Made:
    made = with_heads(paragraphs)
    return Made([[*page[1:], page[0]] for page in made.pages], made.truth)


def twice(paragraphs: list[str]) -> Made:
    made = single(paragraphs)
    return Made(
        [[*page, *(Text(p.x + 0.35, p.y, p.text, p.size) for p in page)] for page in made.pages], made.truth
    )


def letters(page: Sequence[Text]) -> list[Text]:
    return [Text(p.x + p.size * at, p.y, char, p.size) for p in page for at, char in enumerate(p.text)]


def letters_twice(paragraphs: list[str]) -> Made:
    made = single(paragraphs)
    pages = [
        [Text(p.x + shift, p.y, p.text, p.size) for p in letters(page) for shift in (0, 0.4)]
        for page in made.pages
    ]
    return Made(pages, made.truth)


def letters_shuffled(paragraphs: list[str]) -> Made:
    made = single(paragraphs)
    pages = [letters(page) for page in made.pages]
    for page in pages:
        random.Random(7).shuffle(page)
    return Made(pages, made.truth)


def vertical(paragraphs: list[str]) -> Made:
    text = "".join(char for char in "".join(paragraphs) if char > "\u2e7f")[:660]
    lines = [text[at : at + 22] for at in range(0, len(text), 22)]
    drawn = [
        Text(510 - 26 * (number % 15), 760 - 16 * at, char)
        for number, line in enumerate(lines)
        for at, char in enumerate(line)
    ]
    return Made([drawn[: 15 * 22], drawn[15 * 22 :]], lines)


def turned(paragraphs: list[str]) -> Made:
    made = single(paragraphs)
    pages = [[Text(HEIGHT - p.y - 180, p.x, p.text, p.size, 90) for p in page] for page in made.pages]
    return Made(pages, made.truth)


def cells(paragraphs: list[str]) -> Made:
    """A table whose cells are drawn one after the other, each of several lines, as word processors do."""
    made = Made([[]], [])
    sentences = [part + "。" for text in paragraphs for part in text.split("。") if 20 < len(part) < 60]
    y = TOP
    for number in range(7):
        middle, last = (
            wrapped([sentences[2 * number]], 180, 10),
            wrapped([sentences[2 * number + 1]], 150, 10),
        )
        height = 15 * max(len(middle), len(last))
        label = f"第{'一二三四五六七'[number]}项工作"
        made.pages[0] += [Text(LEFT, y - height / 2, label, 10)]
        made.pages[0] += [*column(middle, 150, y, 10, 15), *column(last, 350, y, 10, 15)]
        made.truth += [label, *middle, *last]
        y -= height + 8
    return made


def table_in_prose(paragraphs: list[str]) -> Made:
    lines = wrapped(paragraphs, RIGHT - LEFT)[:24]
    before, after = column(lines[:12], LEFT, TOP), column(lines[12:], LEFT, 300)
    rows, truth = [], []
    for number in range(7):
        row = [f"村庄{number + 1}", str(120 + 7 * number), str(34 + number), f"{20 + number}.5%"]
        rows += [Text(LEFT + 110 * at, 480 - 22 * number, cell, 10) for at, cell in enumerate(row)]
        truth.append("".join(row))
    return Made([[*before, *rows, *after]], [*lines[:12], *truth, *lines[12:]])


def marks_apart(paragraphs: list[str]) -> Made:
    made = single(paragraphs)
    pages = []
    for page in made.pages:
        drawn = []
        for piece in page:
            marks = [at for at, char in enumerate(piece.text) if char in "“”‘’《》"]
            cuts = [0, *(end for at in marks for end in (at, at + 1)), len(piece.text)]
            drawn += [
                Text(piece.x + piece.size * a, piece.y, piece.text[a:b], piece.size)
                for a, b in zip(cuts[::2], cuts[1::2], strict=True)
                if b > a
            ]
            drawn += [Text(piece.x + piece.size * at, piece.y, piece.text[at], piece.size) for at in marks]
        pages.append(drawn)
    return Made(pages, made.truth)


def watermarked(paragraphs: list[str]) -> Made:
    lines = wrapped(paragraphs, RIGHT - LEFT)[:75]
    pages = [column(page, LEFT, TOP) for page in pages_of(lines, 28)]
    mark = Text(150, 350, "内部资料严禁外传", 40, 45)
    return Made([[mark, *page] for page in pages], lines)


def side_box(paragraphs: list[str]) -> Made:
    """A narrow box of remarks beside the text, drawn first."""
    lines = wrapped(paragraphs, 300)[:30]
    box = column(wrapped(["编者按：本文所写村庄均已匿名处理，数据由调查组核对。"], 108, 9), 410, 700, 9, 14)
    truth = [*lines, *(piece.text for piece in box)]
    return Made([[*box, *column(lines, LEFT, TOP)]], truth)


LAYOUTS: dict[str, Callable[[list[str]], Made]] = {
    "one column": single,
    "lines from the bottom": bottom_up,
    "two columns, each drawn whole": lambda text: columned(text, 2, by_row=False),
    "two columns, drawn row by row": lambda text: columned(text, 2, by_row=True),
    "three columns, each drawn whole": lambda text: columned(text, 3, by_row=False),
    "three columns, drawn row by row": lambda text: columned(text, 3, by_row=True),
    "title and abstract over two columns": title_then_columns,
    "notes at the foot": with_notes,
    "notes under two columns": columns_with_notes,
    "running heads and numbers": with_heads,
    "running heads drawn last": heads_drawn_last,
    "page drawn twice": twice,
    "each letter drawn twice": letters_twice,
    "letters drawn in any order": letters_shuffled,
    "vertical": vertical,
    "turned by 90 degrees": turned,
    "table of long cells": cells,
    "table between paragraphs": table_in_prose,
    "marks of another font": marks_apart,
    "watermark across": watermarked,
    "box beside the text": side_box,
}


def written(made: Made, path: Path) -> None:
    """Write a PDF."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    font_data = resources.dictionary("fonts/CasemineSansSC-Regular.ttf").read_bytes()
    document = pypdfium2.PdfDocument.new()
    buffer = (ctypes.c_uint8 * len(font_data)).from_buffer_copy(font_data)
    font = pdfium.FPDFText_LoadFont(document, buffer, len(font_data), pdfium.FPDF_FONT_TRUETYPE, True)
    for pieces in made.pages:
        page = document.new_page(WIDTH, HEIGHT)
        for piece in pieces:
            drawn = pdfium.FPDFPageObj_CreateTextObj(document, font, piece.size)
            units = (piece.text + "\0").encode("utf-16-le")
            pdfium.FPDFText_SetText(drawn, (ctypes.c_ushort * (len(units) // 2)).from_buffer_copy(units))
            cos, sin = math.cos(math.radians(piece.angle)), math.sin(math.radians(piece.angle))
            pdfium.FPDFPageObj_Transform(drawn, cos, sin, -sin, cos, piece.x, piece.y)
            pdfium.FPDFPage_InsertObject(page, drawn)
        page.gen_content()
    document.save(path)
    document.close()


def texts() -> list[list[str]]:
    """Return the paragraphs of two stretches of the sample cases, Chinese characters alone."""
    paragraphs: list[str] = []
    for path in sorted(resources.corpus("cases").glob("*.txt")):
        paragraphs += [
            line.strip() for line in path.read_text("utf-8", "ignore").split("\n") if len(line) > 80
        ]
    clean = ["".join(char for char in text if char > "\u2e7f" or char in "“”‘’") for text in paragraphs]
    return [clean[:40], clean[40:80]]


def made(folder: Path) -> list[tuple[str, Path, str, int]]:
    """Write the PDFs into `folder`; return layout, path, true text and number of pages of each."""
    documents = []
    for number, paragraphs in enumerate(texts(), start=1):
        for name, layout in LAYOUTS.items():
            laid_out = layout(paragraphs)
            path = folder / f"{name.replace(' ', '-').replace(',', '')}-{number}.pdf"
            written(laid_out, path)
            truth = "\n".join(laid_out.truth)
            path.with_suffix(".truth.txt").write_text(truth, encoding="utf-8")
            documents.append((name, path, truth, len(laid_out.pages)))
    return documents
