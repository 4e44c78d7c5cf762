"""Exchange: what a study found in the formats of other programs, and their codings in ours."""

from casemine.exchange.graph import Network, gexf, graphml, vosviewer
from casemine.exchange.positions import Finder, line_feeds, overlapping, squeezed
from casemine.exchange.project_read import Entry, Note, Project, Source, read_codebook, read_project
from casemine.exchange.project_write import Memo, ProjectContent, codebook, project, source_name
from casemine.exchange.refi import INTERNAL, QDE, SOURCES, described, keywords_of
from casemine.exchange.tidy import ExportTable, with_numbers, write_csv, write_parquet, write_workbook
from casemine.schema import DICTIONARY

__all__ = [
    "DICTIONARY",
    "INTERNAL",
    "QDE",
    "SOURCES",
    "Entry",
    "ExportTable",
    "Finder",
    "Memo",
    "Network",
    "Note",
    "Project",
    "ProjectContent",
    "Source",
    "codebook",
    "described",
    "gexf",
    "graphml",
    "keywords_of",
    "line_feeds",
    "overlapping",
    "project",
    "read_codebook",
    "read_project",
    "source_name",
    "squeezed",
    "vosviewer",
    "with_numbers",
    "write_csv",
    "write_parquet",
    "write_workbook",
]
