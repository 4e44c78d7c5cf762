from hypothesis import given
from hypothesis import strategies as st

from casemine.ingest.fields import NARROW, NOTHING, Field, Line, first, lines_of


def test_a_finding_says_where_it_stands() -> None:
    assert Field.at("云南", 3, 5) == Field("云南", "text[3:5]")
    assert not any(NOTHING)


def test_the_first_that_says_something_wins() -> None:
    assert first(NOTHING, Field("", "name"), Field("云南", "name"), Field("贵州", "given")).value == "云南"
    assert first() == first(NOTHING) == NOTHING


def test_lines_know_where_they_begin() -> None:
    assert lines_of("一\n\n二三") == [Line("一", 0), Line("", 2), Line("二三", 3)]


@given(st.text("村里\n", max_size=20))
def test_every_line_stands_where_it_says(text: str) -> None:
    lines = lines_of(text)
    assert all(text[line.start : line.start + len(line.text)] == line.text for line in lines)
    assert "\n".join(line.text for line in lines) == text


def test_wide_digits_become_plain_ones_of_the_same_length() -> None:
    assert "二０２１年".translate(NARROW) == "二021年"
