from importlib.resources import files

import pytest

from casemine.lexicon.tags import BEGINS, ENDS, TAGS, fitness


@pytest.mark.parametrize(
    ("tag", "begins", "ends"),
    [
        ("n", 1.0, 1.0),  # a noun does both
        ("ns", 1.0, 1.0),  # by its first letter
        ("n_new", 1.0, 1.0),
        ("vn", 1.0, 1.0),
        ("v", 0.6, 0.6),
        ("vi", 0.6, 0.6),
        ("a", 1.0, 0.3),  # a modifier begins
        ("an", 1.0, 1.0),
        ("d", 0.25, 0.12),
        ("eng", 1.0, 0.0),
        ("m_new", 0.0, 0.12),
        ("uj", 0.0, 0.0),  # function words do neither
        ("", 0.0, 0.0),
    ],
)
def test_what_a_tag_may_do(tag: str, begins: float, ends: float) -> None:
    assert (fitness(BEGINS, tag), fitness(ENDS, tag)) == (begins, ends)


def test_the_whole_tag_goes_before_the_one_without_new_and_its_first_letter() -> None:
    assert fitness({"n": 0.1, "nr": 0.2, "nr_new": 0.3}, "nr_new") == 0.3
    assert fitness({"n": 0.1, "nr": 0.2}, "nr_new") == 0.2
    assert fitness({"n": 0.1}, "nr_new") == 0.1


def test_the_tags_are_those_of_the_dictionary() -> None:
    rows = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines()
    assert TAGS - {"eng"} == {row.split()[2] for row in rows}
