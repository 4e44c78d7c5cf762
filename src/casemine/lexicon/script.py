"""Traditional and simplified characters: a map that keeps every offset, and the conversion of whole texts.

The characters are OpenCC's (https://github.com/BYVoid/OpenCC, Apache-2.0).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casemine.errors import UsageError
from casemine.lexicon.matching import WordMatcher

SCRIPTS = ("keep", "simplified", "auto")
_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))
_FIRST_HAN, _LAST_HAN = 0x3400, 0x9FFF
# A text is traditional when this share of its Han characters is written otherwise in simplified script.
# Traditional prose has about a third of such characters, simplified prose (a quoted name) under one in 500.
_TRADITIONAL = 0.08
_FEWEST = 20
_SAMPLE = 20_000
# Written in simplified texts as well, in another sense: 乾隆, 著名, 藉口, 瞭望, 於 (a name), 徵.
_BOTH = "乾著藉瞭於徵"


@cache
def simplified_table() -> dict[int, str]:
    """Return the table for `str.translate` that writes each character in simplified script, one for one.

    A text keeps its length under it, so that a span in the translated text is the same span in the text.

    >>> "臺灣的鄉村振興".translate(simplified_table())
    '台湾的乡村振兴'
    """
    characters = [chr(code) for start, end in _BLOCKS for code in range(start, end)]
    # On lines of their own, so that no word is made of two of them.
    plain = _converter().convert("\n".join(characters)).split("\n")
    return {
        ord(char): other
        for char, other in zip(characters, plain, strict=True)
        if other != char and len(other) == 1
    }


def simplify(text: str) -> str:
    """Return `text` with each traditional character in simplified script; as long as `text`.

    >>> simplify("對於這個問題")
    '对于这个问题'
    """
    return text if text.isascii() else text.translate(simplified_table())


def matched_form(text: str) -> str:
    """Return a text or a word of a list as the two are matched: in simplified script, as long as `text`.

    Words decide (計畫 is 计划) where they are as long in both scripts, which is nearly everywhere; elsewhere
    each character is written by itself.

    >>> matched_form("青銀共居計畫"), matched_form("乾隆")
    ('青银共居计划', '乾隆')
    """
    if simplify(text) == text:
        return text
    lines = zip(text.split("\n"), in_simplified(text).split("\n"), strict=True)
    return "\n".join(words if len(words) == len(line) else simplify(line) for line, words in lines)


def as_matched(text: str) -> str:
    """Return a traditional text as word lists match it (`matched_form`), any other as it is.

    >>> as_matched("地方政府應該推動鄉村旅遊，對於人口外流問題提出對策，並繼續調查。")
    '地方政府应该推动乡村旅游，对于人口外流问题提出对策，并继续调查。'
    >>> as_matched("《乾隆大藏經》在县里的图书馆，村民都去看，老师带着学生也去看。")
    '《乾隆大藏經》在县里的图书馆，村民都去看，老师带着学生也去看。'
    """
    return matched_form(text) if is_traditional(text) else text


def forms(words: Iterable[str], texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return word -> its commonest form in texts, for the words that they write in traditional characters.

    `texts` are pairs: a text as it is written, and as it is matched (`as_matched`).

    >>> text = "地方政府應該推動鄉村旅遊，對於人口外流問題提出對策，並繼續調查。"
    >>> forms(["乡村旅游"], [(text, as_matched(text))])
    {'乡村旅游': '鄉村旅遊'}
    """
    matcher = WordMatcher(words)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for text, matched in texts:
        # In a simplified text a word stands as it is: that counts too.
        for start, word in matcher.all(matched):
            counts[word][text[start : start + len(word)]] += 1
    commonest = {word: min(each, key=lambda form: (-each[form], form)) for word, each in counts.items()}
    return {word: form for word, form in commonest.items() if form != word}


def in_simplified(text: str) -> str:
    """Return `text` in simplified script as OpenCC converts it, by words: 乾隆 stays, 乾燥 becomes 干燥."""
    return str(_converter().convert(text))


def is_traditional(text: str) -> bool:
    """Tell whether `text` is written in traditional script.

    >>> is_traditional("地方政府應該繼續推動鄉村振興與鄉村旅遊，對於人口外流問題提出對策。")
    True
    >>> is_traditional("县里请来台湾的老师讲臺灣鄉村的经验，村里的干部和群众都来听课。")
    False
    """
    points = np.frombuffer(text[:_SAMPLE].encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
    han = int(np.count_nonzero((points >= _FIRST_HAN) & (points <= _LAST_HAN)))
    if han < _FEWEST:
        return False
    # A name or a quotation in a short text is not its script: the words of grammar are.
    return int(np.count_nonzero(_only_traditional()[points])) >= max(4.0, _TRADITIONAL * han)


@cache
def _only_traditional() -> NDArray[np.bool_]:
    """Flag, by code point, the characters that simplified texts write otherwise."""
    flags = np.zeros(0x10000, dtype=np.bool_)
    flags[[code for code in simplified_table() if _FIRST_HAN <= code <= _LAST_HAN]] = True
    flags[[ord(char) for char in _BOTH]] = False
    return flags


def as_read(text: str, script: str) -> str:
    """Return `text` in the script asked for: "keep" as it stands, "simplified", or "auto": where traditional.

    Raises `UsageError` for any other script.
    """
    if script not in SCRIPTS:
        raise UsageError(
            f"there is no script {script!r}.", place="--script", advice=f"Give one of {', '.join(SCRIPTS)}."
        )
    if script == "keep" or text.isascii() or (script == "auto" and not is_traditional(text)):
        return text
    return in_simplified(text)


@cache
def is_common(char: str) -> bool:
    """Tell whether a character is one of the 3,755 that GB 2312 calls common, in either script.

    >>> is_common("縣"), is_common("鼀")
    (True, False)
    """
    try:
        code = simplify(char).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
