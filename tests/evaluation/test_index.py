import pytest

from casemine.evaluation.index import cuts, grade, index, strength_of, surface, variable

# The arithmetic of Ruiz Estrada (2011): variables are means of 0 and 1, the index is their sum.
SUBS = [[1, 1, 1], [0, 1, 1], [1, 0, 0, 0], [1, 1], [1, 1, 0, 1, 1], [0, 0, 1], [1], [1, 1, 1, 0], [1, 0]]


def test_index_grade_and_surface_follow_the_formula() -> None:
    variables = [variable(values) for values in SUBS]
    assert [round(value, 2) for value in variables] == [1, 0.67, 0.25, 1, 0.8, 0.33, 1, 0.75, 0.5]
    assert round(index(variables), 2) == 6.3
    assert grade(index(variables), cuts(9)) == "优秀"
    assert surface(variables).round(2).tolist() == [[1, 0.67, 0.25], [1, 0.8, 0.33], [1, 0.75, 0.5]]


def test_a_published_matrix_has_its_published_index_and_grade() -> None:
    # The nine main variables of the policy analysis that Ruiz Estrada evaluates in Revista Académica ECO 13,
    # table 3: the index, there divided by nine, is 0.6, "acceptable policy consistency".
    published = [1, 0.75, 0.58, 1, 0.50, 0.67, 0.36, 0.36, 0.22]
    assert round(index(published) / 9, 2) == 0.6
    assert grade(index(published), cuts(9)) == "可接受"
    assert surface(published).tolist() == [[1, 0.75, 0.58], [1, 0.50, 0.67], [0.36, 0.36, 0.22]]


@pytest.mark.parametrize(
    ("value", "named"),
    [(9, "完美"), (7.996, "完美"), (7.99, "优秀"), (6, "优秀"), (5.99, "可接受"), (3.99, "不良")],
)
def test_the_limits_of_grades_are_the_usual_ones(value: float, named: str) -> None:
    assert grade(value, cuts(9)) == named


def test_other_numbers_of_variables_keep_the_shares_of_nine() -> None:
    assert cuts(10) == (9, 7, 5)
    assert [round(limit, 2) for limit in cuts(6)] == [5.33, 4.0, 2.67]


@pytest.mark.parametrize(
    ("authority", "kind", "issuer", "strength"),
    [
        ("法律", "", "全国人民代表大会", 5),
        ("国务院规范性文件", "意见", "国务院", 3),
        ("国务院规范性文件", "通知", "国务院办公厅", 1),
        ("地方规范性文件", "方案", "某县人民政府", 2),
        ("", "", "", 0),
    ],
)
def test_the_strength_follows_level_kind_and_body(
    authority: str, kind: str, issuer: str, strength: int
) -> None:
    assert strength_of(authority, kind, issuer) == strength
