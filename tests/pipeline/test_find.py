from pathlib import Path
from typing import Any

import pytest

import casemine
from casemine import pipeline, schema, sheets
from casemine.errors import ParameterError, StudyError, UsageError
from casemine.study import Study

ASKED = {"pattern": "防贫", "kind": "word", "sort": "text", "by": "", "width": 5, "limit": 0}


def test_find_returns_lines_and_counts(coded: Path) -> None:
    found = casemine.find(coded, "防贫", by="doc_id", limit=1)
    assert len(found.lines) == 1 and found.occurrences == 3
    assert found.groups.set_index("group")["occurrences"].to_dict() == {"丙.txt": 1, "乙.txt": 0, "甲.txt": 2}


def test_a_concordance_in_tables_is_a_product_of_the_study(coded: Path) -> None:
    study = Study(coded)
    pipeline.find.write(study, coded / "tables" / "防贫.csv", **ASKED)
    assert {"防贫.csv", "防贫.xlsx", "防贫_groups.csv"} <= {
        path.name for path in (coded / "tables").iterdir()
    }
    assert "find:防贫" in pipeline.run.products(study) and "find:防贫" not in pipeline.run.stale(study)
    (coded / "tables" / "防贫.csv").unlink()
    assert pipeline.run.stale(coded)["find:防贫"] == "tables/防贫.csv is missing"
    assert "find:防贫" in pipeline.run.refresh(coded).done


def test_many_lines_are_written_as_they_come(coded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casemine.pipeline.find.MOST_ROWS", 1)
    monkeypatch.setattr("casemine.pipeline.find._CHUNK", 2)
    pipeline.find.write(Study(coded), coded / "tables" / "a.csv", **ASKED)
    table = schema.CONCORDANCE.parse(sheets.read_csv(coded / "tables" / "a.csv"))
    assert table["match"].tolist() == ["防贫"] * 3
    assert not (coded / "tables" / "a.xlsx").exists()
    with pytest.raises(UsageError, match="3 rows"):
        pipeline.find.write(Study(coded), coded.parent / "a.xlsx", **ASKED)


def test_no_other_file_of_the_study_is_replaced(coded: Path) -> None:
    with pytest.raises(UsageError, match="among the files"):
        pipeline.find.write(Study(coded), coded / "documents.csv", **ASKED)


def test_a_table_has_a_name_of_its_own_that_every_system_takes(coded: Path) -> None:
    pipeline.words.count_words(coded, by=[])
    with pytest.raises(UsageError, match="another product"):
        pipeline.find.write(Study(coded), coded / "tables" / "words.csv", **ASKED)
    with pytest.raises(UsageError, match=r"no name.*防贫_词"):
        pipeline.find.write(Study(coded), coded / "tables" / "防贫 词.csv", **ASKED)


def coded_by_hand(study: Study, code: str = "防贫预警", **given: str) -> pipeline.find.CodedByHand:
    shown, _ = pipeline.find.stream(study, **{**ASKED, "pattern": "增收"})
    return pipeline.find.code_found(study, shown, code, pattern="增收", **given)


def test_sentences_found_become_a_persons_coding_once(coded: Path) -> None:
    made = coded_by_hand(Study(coded))
    assert (made.added, made.already, made.coder, made.counts) == (1, 0, "researcher", True)
    by_hand = Study(coded).codings.query("`from` == 'person'")
    assert by_hand[["doc_id", "code", "quote", "coder"]].values.tolist() == [
        ["乙.txt", "防贫预警", "扶贫产业带动增收。", "researcher"]
    ]
    assert coded_by_hand(Study(coded)).added == 0
    pipeline.code.code(coded, vectors="none")
    assert (Study(coded).codings["from"] == "person").sum() == 1
    assert sheets.read_csv(coded / "quote_history.csv")["source"].unique().tolist() == ["casemine find"]


def test_another_coder_changes_no_coding(coded: Path) -> None:
    coded_by_hand(Study(coded))
    made = coded_by_hand(Study(coded), code="扶贫产业", coder="乙")
    assert not made.counts
    assert (Study(coded).codings["coder"] == "乙").sum() == 0


def test_a_code_must_be_an_open_code_of_the_codebook(coded: Path) -> None:
    with pytest.raises(UsageError, match="no code 没有"):
        coded_by_hand(Study(coded), code="没有")
    with pytest.raises(UsageError, match="category"):
        coded_by_hand(Study(coded), code=_category(coded))


def _category(coded: Path) -> str:
    return pipeline.code.coded_books(Study(coded))[0].at("selective")[0].name


def test_a_study_that_is_not_coded_says_what_to_do(coded: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "甲.txt").write_text("增收。", encoding="utf-8")
    study = pipeline.extract.extract([tmp_path / "in"], tmp_path / "other")
    with pytest.raises(StudyError, match="not coded yet"):
        coded_by_hand(Study(study.folder))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("width", -1), ("width", 2001), ("width", "a"), ("limit", -1), ("pattern", None), ("pattern", 5),
    ],
)  # fmt: skip
def test_what_the_command_line_refuses_python_may_not_give(coded: Path, name: str, value: Any) -> None:
    given: dict[str, Any] = {"pattern": "防贫", name: value}
    with pytest.raises(ParameterError) as caught:
        casemine.find(coded, **given)
    assert caught.value.place == name
