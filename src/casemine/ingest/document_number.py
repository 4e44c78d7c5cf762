"""The number of a document (文号): 国发〔2021〕3号, 国务院令第456号.

Source: GB/T 9704-2012, 7.2.5: the code of the issuing body, the year in six-cornered brackets, the serial.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from casemine.ingest.dates import dates_in
from casemine.ingest.fields import NARROW, Field, Line
from casemine.ingest.organs import bodies

NUMBER = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{1,10}(?:[（(][\u4e00-\u9fff]{1,6}[）)])?[\u4e00-\u9fff]{0,8})\s*"
    r"[〔\[（(【［﹝]\s*(?P<year>[12][0-9]{3})\s*[〕\]）)】］﹞]\s*第?\s*(?P<serial>[0-9]{1,5})\s*号"
)
ORDER = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{2,30}?)令\s*[（(]?\s*第?\s*(?P<serial>[0-9]{1,5}|[一二三四五六七八九十百]{1,5})\s*号"
)
_SERIAL = re.compile(r"^[（(]?\s*第\s*(?P<serial>[0-9]{1,5}|[一二三四五六七八九十百]{1,5})\s*号\s*[）)]?$")


def labelled_number(label: Field) -> Field:
    """Return the number that a labelled line gives (发文字号：…)."""
    written = label.value.translate(NARROW)
    match = NUMBER.search(written) or ORDER.search(written)
    return Field(_written_number(match), label.origin) if match else Field()


def number_in_head(head: Sequence[Line]) -> Field:
    """Return the number on a line of its own, in brackets below the title, or in the title's brackets."""
    for index, line in enumerate(head):
        written = line.text.translate(NARROW)
        for pattern in (NUMBER, ORDER):
            match = pattern.search(written)
            if match and stands_alone(written, match):
                return Field.at(_written_number(match), line.start + match.start(), line.start + match.end())
        serial = _SERIAL.match(written.strip())
        above = head[index - 1].text.strip() if index else ""
        if serial and above.endswith("令") and bodies("".join(above.split())[:-1]):
            value = f"{''.join(above.split())}第{serial['serial']}号"
            return Field.at(value, head[index - 1].start, line.start + len(line.text.rstrip()))
    return Field()


def stands_alone(line: str, match: re.Match[str]) -> bool:
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


def number_in_name(stem: str) -> Field:
    """Return the number that a file name gives."""
    match = NUMBER.search(stem.translate(NARROW))
    return Field(_written_number(match), "name") if match else Field()
