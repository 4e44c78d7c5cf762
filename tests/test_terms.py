import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.terms import Label, codebook_name, safe_name


def test_a_label_is_taken_apart_and_put_together() -> None:
    assert Label.parse("six-in-one@1f2e") == ("six-in-one", "1f2e")
    assert Label.parse("自拟") == ("自拟", "")
    assert str(Label("six-in-one", "1f2e")) == "six-in-one@1f2e" and str(Label("自拟")) == "自拟"
    assert codebook_name("six-in-one@1f2e") == codebook_name("six-in-one") == "six-in-one"


@given(st.text(st.characters(exclude_characters="@")), st.text(st.characters(exclude_characters="@")))
def test_every_label_comes_back(name: str, digest: str) -> None:
    assert Label.parse(str(Label(name, digest))) == (name, digest)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王：编码/二", "王_编码_二"),
        ("a<>:|?*b", "a_b"),
        ("..\\上级", ".._上级"),
        ("一 二\t三", "一_二_三"),
        ("甲(1)（二）+a=b-c.d", "甲(1)（二）+a=b-c.d"),
        ("", ""),
    ],
)
def test_a_file_name_holds_nothing_a_system_refuses(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text())
def test_a_safe_name_is_safe_already(text: str) -> None:
    assert safe_name(safe_name(text)) == safe_name(text)
    assert not set(safe_name(text)) & set('/\\:*?"<>| \n')
