"""Tables for the terminal, CSV and JSON; widths count Chinese characters as two columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import click
import pandas as pd

from casemine import sheets
from casemine.cli.options import encoding_mark, headers_asked
from casemine.messages import translate
from casemine.sheets import width


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Lay out a table: text to the left, numbers to the right."""
    cells = [[_cell(value) for value in row] for row in rows]
    right = [all(_is_number(row[at]) for row in cells) for at in range(len(headers))] if cells else []
    lines = [[translate(header) for header in headers], *cells]
    widths = [max(width(line[at]) for line in lines) for at in range(len(headers))]

    def lay(line: Sequence[str]) -> str:
        padded = []
        for at, text in enumerate(line):
            gap = " " * (widths[at] - width(text))
            padded.append(gap + text if right and right[at] else text + gap)
        return "  ".join(padded).rstrip()

    return "\n".join(map(lay, lines))


def _cell(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else sheets.visible(str(value))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Turn a frame into plain records for JSON."""
    rows: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", force_ascii=False))
    return rows


def as_json(values: object) -> str:
    """Write JSON a person can read."""
    return json.dumps(values, ensure_ascii=False, indent=2)


def csv(frame: pd.DataFrame) -> None:
    """Print a table as CSV, under the headers and with the mark of its encoding that were asked for."""
    click.echo(encoding_mark() + sheets.to_csv_text(headed(frame)), nl=False)


def headed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table under the headers asked for: --headers zh."""
    return frame.rename(columns=headers_asked([str(name) for name in frame.columns]))
