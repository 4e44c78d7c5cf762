from casemine.figures.style import Style
from casemine.figures.tree import coding_tree
from figures import samples
from figures.samples import words_of


def test_every_code_stands_in_the_tree_once(style: Style) -> None:
    codes = samples.codebook(2, 2, 2, long=False)
    figure = coding_tree(codes, samples.cases(codes), style)
    told = ["".join(text.get_text().split()) for text in words_of(figure)]
    for code in codes["code"]:
        assert sum(text.startswith(code) for text in told) == 1, code
    assert samples.faults(figure) == []


def test_a_code_carries_its_cases(style: Style) -> None:
    codes = samples.codebook(1, 1, 1, long=False)
    told = "".join(text.get_text() for text in words_of(coding_tree(codes, {codes["code"][2]: 97}, style)))
    assert "97" in told
