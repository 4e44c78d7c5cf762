"""Repairs of characters and spaces: text in, text out, each fault undone by one small function.

The patterns begin with the character they are about and look back from there, for that is what a search
is quick to find: ` (?<=A ) *(?=B)` are the spaces between A and B.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f\u2e80-\u2fdf〇"
_NUMERAL = "一二三四五六七八九十百零〇\\d"

# The CJK radicals supplement has no compatibility mapping in Unicode; these stand for characters in PDF text.
_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⺫⺮⻅",
        "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟目竹见",
        strict=True,
    )
)
_SPACES = "\t\v\f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_REMOVED = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
_REMOVED += "\ufe00-\ufe0f\ue000-\uf8ff\U000f0000-\U0010ffff"
_UNCLEAN = re.compile(
    f"[{_SPACES}{_REMOVED}«»\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06\u0300-\u036f\uff01-\uff5e\u0340-\u037e\u1e00-\u1eff]"
)
_ANY_SPACE = re.compile(f"[{_SPACES}]")
_NOTHING = re.compile(f"[{_REMOVED}]")
_MAPPED = "０-９Ａ-Ｚａ-ｚ％＋＝／＆＃＠＊＄＜＞｜＼＾＿｛｝ﬀ-ﬆ\u2e80-\u2fdf«»"
_CHANGED = re.compile(f"[{_SPACES}{_REMOVED}{_MAPPED}]")
_DOTTED = re.compile(r"[．－](?<=[0-9A-Za-z].)(?=[0-9A-Za-z])|．(?<=[0-9]．)")


@cache
def _plain(character: str) -> str:
    """Return what stands for one of the characters that change."""
    if _ANY_SPACE.match(character):
        return " "
    if _NOTHING.match(character):
        return ""
    if character in "«»":
        return "《" if character == "«" else "》"
    return _RADICALS.get(character) or unicodedata.normalize("NFKC", character)


def clean_characters(text: str) -> str:
    """Return `text` in plain characters: NFC, half-width letters and digits, no invisible ones.

    Chinese punctuation stays; every kind of space becomes an ordinary one. Radicals that PDF fonts
    put for characters (U+2E80 to U+2FDF) become the characters; private use and controls go.
    """
    if not _UNCLEAN.search(text):
        return text
    text = _CHANGED.sub(lambda match: _plain(match[0]), text)
    text = _DOTTED.sub(lambda match: "." if match[0] == "．" else "-", text)
    return unicodedata.normalize("NFC", text)


_HAN_RUN = re.compile(f"[{HAN}]+")
_NOT_LATIN = bytes(code for code in range(128) if not chr(code).isalpha())


def count_han(text: str) -> int:
    """Return how many Han characters `text` has."""
    return sum(map(len, _HAN_RUN.findall(text)))


def has_han(text: str) -> bool:
    """Tell whether `text` has a Han character."""
    return _HAN_RUN.search(text) is not None


def count_latin(text: str) -> int:
    """Return how many Latin letters `text` has."""
    return len(text.encode("ascii", "ignore").translate(None, _NOT_LATIN))


# What a citation mark stands behind, beside Han and the last letters of a word.
_CITING = "”’）)》」』，。；：、,.;:?？！%0-9"
# A number or a list of numbers up to the closing bracket; three digits at most, so that a year stays.
_NUMBERS = r"(?!0)\d{1,3}(?:[ ]?[,，、;；\-－—–~～][ ]?\d{1,3})*[\]］]"
_CITATION = re.compile(
    rf"(?: (?<=[{HAN}{_CITING}] )[\[［]|[\[［](?:(?<=[{HAN}{_CITING}].)|(?<=[A-Za-z]{{3}}.))){_NUMBERS}"
)


def drop_citations(text: str) -> str:
    """Return `text` without citation marks such as [12], [2,3] or ［5-7］.

    The number that opens an entry of a reference list stays, as do years and document numbers 〔2021〕7号.
    """
    return _CITATION.sub("", text) if "[" in text or "［" in text else text


_LETTERSPACED = re.compile(rf"(?<![{HAN}])[{HAN}](?:\s+[{HAN}])+(?![{HAN}])")
_SPACED_LETTERS = re.compile(rf"\s(?<=[{HAN}]\s)\s*[{HAN}]")
_THOUSANDS = re.compile(rf"(?<![\d.,])\d{{1,3}}(?: \d{{3}})+(?= ?[{HAN}%])(?!\d)")
_SPACED_THOUSANDS = re.compile(r" (?<=\d )\d{3}")
_ENUMERATOR = (
    rf"第[{_NUMERAL}]{{1,6}}(?:章|节|条|编|篇|部分|款)|[{_NUMERAL}]{{1,2}}(?:\.\d+)*[、.．]?|附件\d*"
    rf"|[（(][{_NUMERAL}]{{1,3}}[）)]"
)
_OPENING = re.compile(rf" *(?:{_ENUMERATOR}|(?:摘要|关键词|作者|来源|图|表) ?\d*) +(?![年月日万亿个人户元%])")
_BESIDE_NUMBER = f"{HAN}（）“”《》，。、；："
_NUMBER_GAP = re.compile(rf" (?:(?<=[{_BESIDE_NUMBER}] ) *(?=\d)|(?<=[\d%] ) *(?=[{_BESIDE_NUMBER}]))")
_PUNCTUATION_GAP = re.compile(
    r"(?<! ) (?: *+(?=[，。、；：？！）”’》」』】%])|(?<=[（“‘《「『【，、；：？！] ) *)"
)
_HAN_GAP = re.compile(rf" (?<=[{HAN}] ) *(?=[{HAN}])")
_QUOTED = re.compile("(“[^“”]*”|【[^【】]*】)")
_SENTENCE = re.compile("[。，；]")


def close_letterspacing(text: str) -> str:
    """Return `text` with a word set apart letter by letter closed: 目 录 becomes 目录."""
    if not _SPACED_LETTERS.search(text):
        return text
    return _LETTERSPACED.sub(lambda match: "".join(match[0].split()), text)


def _close_han(text: str) -> str:
    """Close the gaps between Han outside quotations, where a space parts two slogans."""
    if not _HAN_GAP.search(text):
        return text
    parts = _QUOTED.split(text)
    parts[::2] = [_HAN_GAP.sub("", part) for part in parts[::2]]
    return "".join(parts)


def close_spaces(text: str) -> str:
    """Return `text` without the spaces that justification left between Han and digits.

    A space stays between Latin words, after a number that opens the line, and between the halves of a
    heading or title (a line without sentence punctuation), where it parts two phrases.
    """
    text = text.strip()
    if " " not in text:
        return text
    text = close_letterspacing(text)
    if _SPACED_THOUSANDS.search(text):
        text = _THOUSANDS.sub(lambda match: match[0].replace(" ", ""), text)
    opening = _OPENING.match(text)
    head, rest = (opening[0], text[opening.end() :]) if opening else ("", text)
    rest = _PUNCTUATION_GAP.sub("", _NUMBER_GAP.sub("", rest))
    if _SENTENCE.search(rest):
        rest = _close_han(rest)
    return head + rest


_LATIN_STOP = re.compile(rf"\.(?<=[{HAN}”’)）％%]\.)(?=[{HAN}“‘(（《]|$)")


def restore_full_stops(paragraphs: Sequence[str]) -> list[str]:
    """Return the paragraphs with 。 where the printer set `.` after Han, if that is their habit."""
    latin = sum(len(_LATIN_STOP.findall(text)) for text in paragraphs)
    if latin < 3 or latin < sum(text.count("。") for text in paragraphs):
        return list(paragraphs)
    # An entry of a reference list keeps the stops of its format.
    return [text if text.startswith("[") else _LATIN_STOP.sub("。", text) for text in paragraphs]
