"""Make CasemineSansSC-Regular.ttf, the font of the figures, from Noto Sans CJK SC Regular.

    apt-get install fonts-noto-cjk unicode-data
    python dictionaries/fonts/make_font.py

It is run by hand when the characters change; installing casemine never runs it. It needs fontTools only,
which matplotlib brings. The same sources on the same fontTools give the same bytes.
"""

from __future__ import annotations

import argparse
import bz2
import re
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

HERE = Path(__file__).parent
NOTO = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
# The face of NotoSansCJK-Regular.ttc with the forms of mainland China.
SIMPLIFIED = "Noto Sans CJK SC"
FAMILY = "Casemine Sans SC"
# Latin with diacritics, Greek, Cyrillic, punctuation, arrows, mathematics, shapes, kana, full-width forms.
SIGNS = ((0x20, 0x2FF), (0x370, 0x45F), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x20A0, 0x20BF),
         (0x2100, 0x218F), (0x2190, 0x23FF), (0x2460, 0x24FF), (0x2500, 0x266F), (0x3000, 0x312F),
         (0x3200, 0x32FF), (0xFE10, 0xFE4F), (0xFF00, 0xFFEF))  # fmt: skip
# All of GBK and of Big5 stands here: simplified and traditional.
BASIC_IDEOGRAPHS = (0x4E00, 0x9FFF)
# Largest distance of the new outline from the old, in thousandths of an em: 0.003 mm at 8 pt.
ERROR = 1.0
# Names that stay in the font beside the new one: copyright, designers, licence.
KEPT_NAMES = (0, 8, 9, 10, 12, 13, 14)


def standard_characters(unihan: Path) -> set[int]:
    """Return the 8,105 characters of 通用规范汉字表 (2013), rare ones of names and places among them."""
    lines = bz2.decompress(unihan.read_bytes()).decode("utf-8")
    return {int(code, 16) for code in re.findall(r"^U\+([0-9A-F]+)\tkTGH\t", lines, re.MULTILINE)}


def characters(unihan: Path) -> set[int]:
    """Return every code point asked for; those that Noto lacks drop out."""
    spans = (*SIGNS, BASIC_IDEOGRAPHS)
    return {code for first, last in spans for code in range(first, last + 1)} | standard_characters(unihan)


def reduced(noto: Path, wanted: set[int]) -> TTFont:
    """Return Noto Sans CJK SC with the wanted characters only, without layout features and hints."""
    font = next(
        font
        for number in range(10)
        if (font := TTFont(noto, fontNumber=number, recalcTimestamp=False))["name"].getDebugName(4)
        == SIMPLIFIED
    )
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs, options.name_languages = [*KEPT_NAMES, 4, 5], [0x409]
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    return font


def to_truetype(font: TTFont) -> None:
    """Turn the cubic outlines into quadratic ones: PDF embeds TrueType as every journal takes it."""
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    made = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, ERROR, reverse_direction=True))
        made[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, made
    del font["CFF "]
    font.sfntVersion = "\0\1\0\0"
    most = font["maxp"]
    most.tableVersion, most.maxZones = 0x00010000, 1
    for name in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements",
                 "SizeOfInstructions", "ComponentElements"):  # fmt: skip
        setattr(most, f"max{name}", 0)
    # With its glyphs named, a font is cut down twice as fast when a PDF embeds it.
    font["post"].formatType, font["post"].extraNames, font["post"].mapping = 2.0, [], {}


def rename(font: TTFont) -> None:
    """Give it a name of its own: it is a modified version, and Noto is a trademark."""
    table = font["name"]
    version = table.getDebugName(5).split(";")[0]
    table.names = [record for record in table.names if record.nameID in KEPT_NAMES]
    plain = FAMILY.replace(" ", "")
    own = {1: FAMILY, 2: "Regular", 3: f"{plain}-Regular", 4: FAMILY, 5: f"{version}; subset of {SIMPLIFIED}",
           6: f"{plain}-Regular"}  # fmt: skip
    for number, text in own.items():
        table.setName(text, number, 3, 1, 0x409)


def main() -> None:
    """Make the font beside this script."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--noto", type=Path, default=NOTO)
    parser.add_argument("--unihan", type=Path, default=UNIHAN)
    given = parser.parse_args()
    font = reduced(given.noto, characters(given.unihan))
    to_truetype(font)
    rename(font)
    path = HERE / f"{FAMILY.replace(' ', '')}-Regular.ttf"
    font.save(path)
    print(f"{path.name}: {len(font.getBestCmap()):,} characters, {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
