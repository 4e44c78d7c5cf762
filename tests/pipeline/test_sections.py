from pathlib import Path

import casemine
from casemine.figures.style import Style
from casemine.pipeline import sections
from casemine.study import Study


def test_a_study_has_the_sections_of_the_analyses_it_was_asked_for(coded: Path) -> None:
    assert sections.reads(Study(coded)) == []
    casemine.network(coded, of="codes", unit="document", least=1)
    style = Style()
    with style.applied():
        (section,) = sections.sections(Study(coded), sections.Drawing(style))
    assert section.name == "network-codes" and len(section.tables) == 2
    assert "tables/network_codes_nodes.csv" in sections.reads(Study(coded))
