from __future__ import annotations

import pytest

from casemine.discover import NewWordDiscoverer


def words(text: str) -> set[str]:
    columns = NewWordDiscoverer(min_count=2).fit([text]).columns_
    return {word for word, into in zip(columns["word"], columns["absorbed_by"], strict=True) if not into}


@pytest.mark.parametrize(
    ("term", "fragment"),
    [("自贸港", "贸港"), ("自贸试验区", "贸试验区"), ("因灾返贫", ""), ("12345热线", "")],
)
def test_what_begins_with_a_function_word_or_a_number_is_whole(term: str, fragment: str) -> None:
    text = f"省里建起{term}，企业来了。今年，{term}的经验推开；干部看{term}，群众也说{term}好。"
    found = words(text)
    assert term in found
    assert fragment not in found


def test_a_preposition_begins_no_term() -> None:
    text = (
        "自去年以来，村里修路。自去年起，村里种茶；自去年秋天，路通了。300公里的路，300公里的沟，跑300公里。"
    )
    assert not any(word[0] in "自3" for word in words(text))
