from pathlib import Path

import pytest

import casemine
from casemine.study import Study, Texts


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder: Path = tmp_path_factory.mktemp("texts")
    (folder / "in").mkdir()
    for name in ("甲", "乙"):
        (folder / "in" / f"{name}.txt").write_text(
            f"{name}村纪事\n\n{name}村办起扶贫车间。", encoding="utf-8"
        )
    return casemine.extract([folder / "in"], folder / "S", jobs=1)


def test_texts_are_those_of_the_study_as_often_as_they_are_asked_for(study: Study) -> None:
    texts = Texts(study)
    assert list(texts) == list(texts) == study.texts
    assert len(texts) == 2
    assert study.texts[0] in texts


def test_some_of_them(study: Study) -> None:
    some = Texts(study, frozenset(["甲.txt"]))
    assert [document.doc_id for document in some] == ["甲.txt"]
    assert len(some) == 1
    assert study.texts[0] not in some or study.texts[0].doc_id == "甲.txt"
