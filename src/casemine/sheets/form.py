"""A workbook to be filled in: cells tinted, lists to choose from, columns folded away."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casemine.sheets.terminal import width
from casemine.sheets.workbook import WIDEST, add_filters, add_sheet, printable, with_fixed_dates
from casemine.terms import LONGEST_CELL

if TYPE_CHECKING:
    import pandas as pd

# Rows below the last one that a person may fill in, with the same lists to choose from.
_SPARE_ROWS = 300
# Excel holds no longer list inside a validation; a longer one stands on a hidden sheet.
_LONGEST_LIST = 250
_LISTS = "lists"
_OPEN_FILL = "FFF7E0"


def write_form(
    sheets: Mapping[str, pd.DataFrame],
    path: Path,
    *,
    open_columns: list[str],
    choices: Mapping[str, list[str]],
    hidden: list[str],
    widths: Mapping[str, int] | None = None,
) -> None:
    """Write a workbook whose first sheet is to be filled in: `write_xlsx`, and more on that sheet.

    Filters on every column; the first two columns frozen with the header; `open_columns` tinted;
    `choices` (column -> texts) as lists to choose from, which warn of other texts only when short;
    `hidden` columns folded away; `widths` in characters, others as wide as their texts. The same
    frames give the same bytes.
    """
    import openpyxl
    import pandas as pd

    book = openpyxl.Workbook(write_only=True)
    titles = list(sheets)
    form = book.create_sheet(titles[0])
    _add_form(form, sheets[titles[0]], open_columns, hidden, widths or {})
    for title in titles[1:]:
        add_sheet(book.create_sheet(title), sheets[title])
    long = {name: texts for name, texts in choices.items() if not _fits_inline(texts)}
    if long:
        lists = book.create_sheet(_LISTS)
        add_sheet(lists, pd.DataFrame({name: pd.Series(texts, dtype=object) for name, texts in long.items()}))
        lists.sheet_state = "hidden"
    _add_choices(form, sheets[titles[0]], choices, list(long))
    written = io.BytesIO()
    book.save(written)
    path.write_bytes(with_fixed_dates(written))


def _fits_inline(texts: list[str]) -> bool:
    return len(",".join(texts)) <= _LONGEST_LIST and not any(set(',"') & set(text) for text in texts)


def _add_form(
    sheet: Any, frame: pd.DataFrame, open_columns: list[str], hidden: list[str], widths: Mapping[str, int]
) -> None:
    import pandas as pd
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    names = [str(name) for name in frame.columns]
    fill, bold = PatternFill("solid", fgColor=_OPEN_FILL), Font(bold=True)
    wrapped = Alignment(vertical="top", wrap_text=True)

    def cell(value: Any, name: str, *, header: bool = False) -> Any:
        text = isinstance(value, str)
        shown = (printable(value)[:LONGEST_CELL] or None) if text else None if pd.isna(value) else value
        written = WriteOnlyCell(sheet, value=shown)
        if text and shown:
            written.data_type = "s"  # also where it begins with =
        written.alignment = wrapped
        if header:
            written.font = bold
        if name in open_columns:
            written.fill = fill
        return written

    sheet.freeze_panes = "C2"
    for number, name in enumerate(names, start=1):
        longest = max([width(name) + 4, *(width(str(value)) for value in frame.iloc[:200, number - 1])])
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = widths.get(name, min(longest + 2, WIDEST))
        dimension.hidden = name in hidden
    sheet.append([cell(name, name, header=True) for name in names])
    for row in frame.itertuples(index=False):
        sheet.append([cell(value, name) for value, name in zip(row, names, strict=True)])
    add_filters(sheet, frame)


def _add_choices(
    sheet: Any, frame: pd.DataFrame, choices: Mapping[str, list[str]], listed: list[str]
) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for name, texts in choices.items():
        if name not in frame.columns or not texts:
            continue
        formula = '"' + ",".join(texts) + '"'
        if name in listed:
            letter = get_column_letter(listed.index(name) + 1)
            formula = f"{_LISTS}!${letter}$2:${letter}${len(texts) + 1}"
        validation = DataValidation(type="list", formula1=formula, allow_blank=True)
        validation.errorStyle = "warning"
        validation.showErrorMessage = name not in listed
        column = get_column_letter(list(frame.columns).index(name) + 1)
        validation.add(f"{column}2:{column}{len(frame) + 1 + _SPARE_ROWS}")
        sheet.data_validations.append(validation)
