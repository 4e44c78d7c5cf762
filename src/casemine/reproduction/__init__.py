"""The 117-case study as it was published, set beside what casemine computes."""

from casemine.reproduction.compare import (
    coding_rows,
    framework_rows,
    frequency_rows,
    keyword_list,
    leading_category,
    new_word_rows,
    place_rows,
    region_rows,
    share_rows,
)
from casemine.reproduction.print_check import print_rows
from casemine.reproduction.published import Published, published
from casemine.reproduction.table import ComparedRow
from casemine.schema import REPRODUCTION

__all__ = [
    "REPRODUCTION",
    "ComparedRow",
    "Published",
    "coding_rows",
    "framework_rows",
    "frequency_rows",
    "keyword_list",
    "leading_category",
    "new_word_rows",
    "place_rows",
    "print_rows",
    "published",
    "region_rows",
    "share_rows",
]
