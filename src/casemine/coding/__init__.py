"""Coding: codebooks, and placing keywords and sentences in them."""

from casemine.coding.codebook import Code, Codebook
from casemine.coding.codebook_check import Problem
from casemine.coding.codebook_diff import diff
from casemine.coding.codebook_file import check, find, load, locate, shipped, template, to_toml
from casemine.coding.codebook_sheet import Layout, read_sheet, write_sheet
from casemine.coding.codebook_tree import Branch, from_tree

__all__ = [
    "Branch",
    "Code",
    "Codebook",
    "Layout",
    "Problem",
    "check",
    "diff",
    "find",
    "from_tree",
    "load",
    "locate",
    "read_sheet",
    "shipped",
    "template",
    "to_toml",
    "write_sheet",
]
