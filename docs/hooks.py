"""What mkdocs does to a page before it is laid out: lines of Chinese are joined without a blank."""

from __future__ import annotations

import re
from typing import Any

_FENCE = re.compile(r"\s*```")
_HAN = "[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
# A line that is laid out by itself: a heading, a row, an item, a block of its own, an indented line, none.
_APART = re.compile(r"\s|$|[#|>]|[-*+] |\d+\. |===|!!!|\?\?\?|:::|```")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Return the text of a page with the lines of Chinese paragraphs joined, code as it is."""
    lines: list[str] = []
    inside = False
    for line in markdown.split("\n"):
        fence = bool(_FENCE.match(line))
        if lines and not (fence or inside) and _continues(lines[-1], line):
            lines[-1] += line
        else:
            lines.append(line)
        inside ^= fence
    return "\n".join(lines)


def _continues(before: str, line: str) -> bool:
    """Tell whether a line goes on where the one before ended, with a Chinese character at the seam."""
    if not before.strip() or re.match(r"[#|]|:::|===|\s*```", before) or _APART.match(line):
        return False
    return bool(re.search(f"{_HAN}$", before) or re.match(_HAN, line))
