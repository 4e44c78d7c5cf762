import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.messages import width, wrapped


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("新词发现", 8, ["新词发现"]),
        ("新词发现", 7, ["新词发", "现"]),
        ("新词发现。", 8, ["新词发", "现。"]),
        ("见（附录）", 4, ["见", "（附", "录）"]),
        ("用 casemine code 编码", 10, ["用", "casemine", "code 编码"]),
        ("--codebook=long", 4, ["--codebook=long"]),
        ("", 10, []),
    ],
)
def test_lines_break_between_han_characters_and_at_spaces(text: str, room: int, lines: list[str]) -> None:
    assert wrapped(text, room) == lines


def test_a_han_character_takes_two_columns() -> None:
    assert (width("新词"), width("word"), width("5G基站")) == (4, 4, 6)


@given(st.text(alphabet="新词发现，。（）a b-", max_size=60), st.integers(8, 30))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, room: int) -> None:
    lines = wrapped(text, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    longest = max((width(word) for word in text.replace("，", " ").split() if word.isascii()), default=0)
    assert all(width(line) <= max(room, longest) or not any(c in "新词发现" for c in line) for line in lines)
