"""Tables as people open them: CSV and workbooks for Excel, columns on a terminal."""

from casemine.sheets.csv import (
    csv_text,
    escaped,
    read_csv,
    read_csv_parts,
    read_csv_rows,
    to_csv_text,
    write_csv,
    write_csv_parts,
)
from casemine.sheets.form import write_form
from casemine.sheets.merged import MergedCells, merged_cells, read_merged_cells
from casemine.sheets.parquet import (
    ROW_GROUP,
    has_parquet,
    read_parquet,
    row_groups,
    write_parquet_parts,
)
from casemine.sheets.terminal import percent, visible, width
from casemine.sheets.workbook import cell_text, printable, read_xlsx_rows, with_fixed_dates, write_xlsx

__all__ = [
    "ROW_GROUP",
    "MergedCells",
    "cell_text",
    "csv_text",
    "escaped",
    "has_parquet",
    "merged_cells",
    "percent",
    "printable",
    "read_csv",
    "read_csv_parts",
    "read_csv_rows",
    "read_merged_cells",
    "read_parquet",
    "read_xlsx_rows",
    "row_groups",
    "to_csv_text",
    "visible",
    "width",
    "with_fixed_dates",
    "write_csv",
    "write_csv_parts",
    "write_form",
    "write_parquet_parts",
    "write_xlsx",
]
