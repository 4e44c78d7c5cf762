import pytest

from casemine.figures import NothingToDraw
from casemine.figures.cloud import word_cloud
from casemine.figures.style import SMALL, Style
from figures.samples import faults, frequency, words_of


def test_words_of_more_documents_are_larger(style: Style) -> None:
    table = frequency(8, long=False)
    figure = word_cloud(table, style)
    sizes = {text.get_text(): text.get_fontsize() for text in words_of(figure)}
    drawn = [sizes[word] for word in table["keyword"]]
    assert drawn == sorted(drawn, reverse=True) and drawn[0] > drawn[-1] >= SMALL
    assert faults(figure) == []


def test_words_alike_are_of_one_size(style: Style) -> None:
    figure = word_cloud(frequency(4, long=False).assign(documents=3), style)
    assert len({text.get_fontsize() for text in words_of(figure)}) == 1


def test_what_finds_no_room_is_left_out_from_the_rarest_and_told(style: Style) -> None:
    table = frequency(400, long=True)
    shown = [text.get_text() for text in words_of(word_cloud(table, style))]
    assert any(text.startswith("前 ") and text.endswith("共 400 个关键词") for text in shown)


def test_without_keywords_there_is_nothing_to_draw(style: Style) -> None:
    with pytest.raises(NothingToDraw):
        word_cloud(frequency(0), style)
