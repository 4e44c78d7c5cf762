import matplotlib

from casemine.figures.style import PALETTE, Style, colours


def test_widths_are_those_of_journal_columns() -> None:
    assert (Style(columns=1).width, Style(columns=2).width) == (85.0, 175.0)


def test_colours_go_round() -> None:
    names = [str(number) for number in range(9)]
    assert colours(names)["0"] == colours(names)["8"] == PALETTE[0]
    assert colours(["甲", "乙"]) == {"甲": "#0072B2", "乙": "#E69F00"}


def test_what_the_font_lacks_is_named_once_and_sorted() -> None:
    assert Style().lacking("防贫预警 abc\n") == ""
    assert Style().lacking("贫\U0001f600\U0001f600") == "\U0001f600"


def test_settings_of_matplotlib_are_as_before() -> None:
    before = dict(matplotlib.rcParams)
    with Style().applied():
        assert matplotlib.rcParams["font.size"] == 7.5
    assert dict(matplotlib.rcParams) == before
