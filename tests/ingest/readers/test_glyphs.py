from hypothesis import given
from hypothesis import strategies as st

from casemine.ingest.readers.glyphs import Glyph, once, pieces_of, runs_down, runs_of


def line(text: str, left: float = 0, base: float = 10, size: float = 10) -> list[Glyph]:
    return [Glyph(char, left + at * size, left + (at + 1) * size, base, size) for at, char in enumerate(text)]


def written(glyphs: list[Glyph]) -> str:
    return "".join(glyph.char for glyph in glyphs)


def test_what_is_drawn_twice_in_place_counts_once() -> None:
    text = line("茶厂")
    shadow = [glyph._replace(left=glyph.left + 0.5, base=glyph.base + 0.5) for glyph in text]
    assert once([*text, *shadow]) == text
    again = line("茶厂", left=40)
    assert once([*text, *again]) == [*text, *again]


def test_characters_that_follow_one_another_are_a_run() -> None:
    runs = runs_of([*line("茶厂"), *line("分红", left=60), *line("开工", base=30)])
    assert [(written(run.glyphs), run.left, run.right, run.base) for run in runs] == [
        ("茶厂", 0, 20, 10),
        ("分红", 60, 80, 10),
        ("开工", 0, 20, 30),
    ]
    assert [run.order for run in runs] == [0, 2, 4]
    assert runs[0].top < runs[0].base < runs[0].bottom


def test_a_gap_is_a_blank_between_latin_words_and_none_between_han() -> None:
    assert written(runs_of([*line("ab"), *line("cd", left=24)])[0].glyphs) == "ab cd"
    assert written(runs_of([*line("茶厂"), *line("分红", left=24)])[0].glyphs) == "茶厂分红"


def test_cells_of_a_row_are_pieces_and_rows_are_numbered_from_the_top() -> None:
    runs = runs_of([*line("下行", base=40), *line("右", left=80), *line("左")])
    pieces = sorted(pieces_of(runs), key=lambda piece: (piece.row, piece.left))
    assert [(piece.row, written(piece.glyphs)) for piece in pieces] == [(0, "左"), (0, "右"), (1, "下行")]


def test_a_raised_number_stands_in_its_row() -> None:
    raised = [Glyph("1", 20, 25, 7, 5)]
    (piece,) = pieces_of(runs_of([*line("茶厂"), *raised, *line("分红", left=25)]))
    assert written(piece.glyphs) == "茶厂1分红" and piece.size == 10


def test_text_set_in_columns_runs_down() -> None:
    down = [Glyph(char, 50, 60, 10 + 11 * at, 10) for at, char in enumerate("镇上的茶厂收鲜叶价格公道")]
    assert runs_down(down) and not runs_down(line("镇上的茶厂收鲜叶价格公道")) and not runs_down([])


@given(st.lists(st.tuples(st.sampled_from("茶厂ab"), st.integers(0, 300), st.integers(0, 300)), max_size=30))
def test_no_character_is_lost_or_made(places: list[tuple[str, int, int]]) -> None:
    glyphs = [Glyph(char, x, x + 10.0, y, 10.0) for char, x, y in places]
    pieces = pieces_of(runs_of(glyphs))
    kept = "".join(written(piece.glyphs) for piece in pieces).replace(" ", "")
    assert sorted(kept) == sorted(char for char, _, _ in places)
