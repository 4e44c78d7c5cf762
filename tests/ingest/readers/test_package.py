import pytest

from casemine.errors import DocumentError
from casemine.ingest.readers.package import (
    MOST_DEPTH,
    attribute,
    beside,
    children,
    find,
    name_of,
    named,
    parse,
)

XML = '<a:r xmlns:a="x" xmlns:b="y"><!-- 注 --><a:p a:id="1"><b:t>村</b:t></a:p><b:p b:id="2"/><a:q/></a:r>'


def test_elements_are_known_by_their_local_names() -> None:
    root = parse(XML.encode())
    assert [name_of(element) for element in root] == ["", "p", "p", "q"]
    assert [attribute(element, "id") for element in children(root, "p")] == ["1", "2"]
    assert [element.text for element in named(root, "t")] == ["村"]
    assert [name_of(element) for element in named(root, "r", "t", "q")] == ["r", "t", "q"]


def test_a_path_that_breaks_off_leads_nowhere() -> None:
    root = parse(XML.encode())
    text = find(root, "p", "t")
    assert text is not None and text.text == "村"
    assert find(root, "q", "t") is None and find(None, "p") is None
    assert attribute(root, "id") is None and attribute(None) is None


@pytest.mark.parametrize(
    ("xml", "cause"),
    [
        ("<a><b></a>", "damaged"),
        ("", "damaged"),
        ('<!DOCTYPE a [<!ENTITY b "村">]><a>&b;</a>', "document type"),
        ("<a>" * (MOST_DEPTH + 20) + "</a>" * (MOST_DEPTH + 20), "nested too deeply"),
    ],
)
def test_a_part_that_cannot_be_read_is_named(xml: str, cause: str) -> None:
    with pytest.raises(DocumentError, match=cause):
        parse(xml.encode())


@pytest.mark.parametrize(
    ("part", "target", "member"),
    [
        ("O/b.opf", "t%200.xhtml#a", "O/t 0.xhtml"),
        ("O/b.opf", "../c/d.xml", "c/d.xml"),
        ("O/b.opf", "/c/d.xml", "c/d.xml"),
        ("", "a\\b.xml", "a/b.xml"),
    ],
)
def test_what_a_part_points_to(part: str, target: str, member: str) -> None:
    assert beside(part, target) == member
