"""Files that others may have made or changed, read within bounds: one error with file, place and advice."""

from casemine.bounded.archive import (
    HIGHEST_RATIO,
    MOST_A_MEMBER,
    MOST_IN_ALL,
    MOST_MEMBERS,
    RATIO_COUNTS_FROM,
    Archive,
    refuse_doctype,
)
from casemine.bounded.arrays import read_arrays
from casemine.bounded.files import MOST_BYTES, read_beginning, read_file, read_text
from casemine.bounded.notation import parse_json, parse_toml
from casemine.bounded.workbook import WorkbookSheet, open_workbook

__all__ = [
    "HIGHEST_RATIO",
    "MOST_A_MEMBER",
    "MOST_BYTES",
    "MOST_IN_ALL",
    "MOST_MEMBERS",
    "RATIO_COUNTS_FROM",
    "Archive",
    "WorkbookSheet",
    "open_workbook",
    "parse_json",
    "parse_toml",
    "read_arrays",
    "read_beginning",
    "read_file",
    "read_text",
    "refuse_doctype",
]
