import pytest

from casemine.figures import NothingToDraw
from casemine.figures.style import Style
from casemine.figures.words import keyword_frequency, new_words
from figures import samples
from figures.samples import words_of


def test_bars_name_the_leading_keywords_with_their_counts() -> None:
    style = Style(top=3)
    with style.applied():
        table = samples.frequency(6, long=False)
        told = [text.get_text() for text in words_of(keyword_frequency(table, style))]
    for word, documents, containing in table[["keyword", "documents", "containing"]][:3].itertuples(
        index=False
    ):
        assert word in told and f"{containing:,}/{documents:,}" in told  # all before own, as for codes
    assert table["keyword"][3] not in told
    assert any("共 6 个" in text for text in told)


def test_new_words_show_neither_generic_ones_nor_fragments(style: Style) -> None:
    table = samples.new_words(6, long=False)
    table.loc[1, "generic"], table.loc[2, "absorbed_by"] = True, table["word"][0]
    told = "".join(text.get_text() for text in words_of(new_words(table, style)))
    assert table["word"][0] in told and table["word"][3] in told
    assert table["word"][1] not in told and table["word"][2] not in told


def test_of_nothing_there_is_nothing_to_draw(style: Style) -> None:
    with pytest.raises(NothingToDraw):
        keyword_frequency(samples.frequency(0), style)
    with pytest.raises(NothingToDraw):
        new_words(samples.new_words(0), style)
