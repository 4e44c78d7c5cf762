from collections import Counter

import enlarge


def test_every_paragraph_stands_as_often_as_asked_and_documents_keep_their_size() -> None:
    texts = ["甲", "乙\n丙", "丁\n戊\n己"]
    made = list(enlarge.enlarged(texts, 3))
    assert [name for name, _ in made[:4]] == ["1-1", "1-2", "1-3", "2-1"]
    assert [text.count("\n") for _, text in made] == [0, 1, 2] * 3
    paragraphs = Counter("\n".join(text for _, text in made).split("\n"))
    assert paragraphs == dict.fromkeys("甲乙丙丁戊己", 3)
    assert made == list(enlarge.enlarged(texts, 3)) and made[:3] != made[3:6]
