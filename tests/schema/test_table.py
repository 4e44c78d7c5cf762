import pandas as pd
import pytest

from casemine import schema
from casemine.errors import SchemaError


def test_a_frame_is_typed_ordered_and_rounded() -> None:
    rows = [{"share": 1 / 3, "keyword": "扶贫产业", "documents": 2, "containing": 3, "occurrences": 7}]
    frame = schema.FREQUENCY.frame(rows)
    assert list(frame.columns) == schema.FREQUENCY.names
    assert frame.loc[0].to_dict() == {
        "keyword": "扶贫产业",
        "documents": 2,
        "containing": 3,
        "occurrences": 7,
        "distinct": 0,
        "share": 0.3333,
    }


def test_a_small_p_keeps_three_significant_digits_and_is_read_back() -> None:
    row = {"group": "云南", "word": "咖啡", "occurrences": 3, "documents": 1, "others": 0, "expected": 1 / 3,
           "statistic": 30.0, "log_ratio": 5.0, "p": 4.32106e-08, "p_corrected": 0.0123456}  # fmt: skip
    frame = schema.WORDS_BY.frame([row])
    assert frame.loc[0, ["expected", "p", "p_corrected"]].tolist() == [0.3333, 4.32e-08, 0.0123]
    pd.testing.assert_frame_equal(schema.WORDS_BY.parse(frame.astype(str)), frame)


def test_an_empty_frame_has_every_column() -> None:
    for table in schema.TABLES:
        assert list(table.frame([]).columns) == table.names


def test_what_is_written_as_text_is_parsed_to_the_same_table() -> None:
    row = {"word": "七步法", "pos": "n_new", "weight": 1.5, "frequency": 3, "documents": 1, "cohesion": 2.25,
           "left_entropy": 0.0, "right_entropy": 1.0, "generic": True, "absorbed_by": ""}  # fmt: skip
    frame = schema.NEW_WORDS.frame([row])
    pd.testing.assert_frame_equal(schema.NEW_WORDS.parse(frame.astype(str)), frame)


def test_only_documents_takes_further_columns() -> None:
    with pytest.raises(SchemaError, match=r"frequency: columns lacking: \[\], not known: \['x'\]"):
        schema.FREQUENCY.check(schema.FREQUENCY.frame([]).assign(x=1))
    assert "县" in schema.DOCUMENTS.frame([{"doc_id": "a", "县": "罗江", "chars": 1, "damaged": 0}]).columns


def test_a_key_that_stands_twice_is_refused() -> None:
    row = {"keyword": "甲", "documents": 1, "containing": 1, "occurrences": 1, "share": 1.0}
    with pytest.raises(SchemaError, match="two rows have the key"):
        schema.FREQUENCY.frame([row, row])


def test_a_column_of_the_wrong_type_is_refused() -> None:
    frame = schema.FREQUENCY.frame([]).astype({"share": "int64"})
    with pytest.raises(SchemaError, match="column share is int64"):
        schema.FREQUENCY.check(frame)


def test_flags_come_back_as_excel_writes_them() -> None:
    row = {
        "word": "防贫预警",
        **{c.name: "0" for c in schema.NEW_WORDS.columns if c.kind in ("count", "number")},
    }
    texts = pd.DataFrame([{**row, "pos": "n_new", "generic": flag, "absorbed_by": "", "word": flag}
                          for flag in ("TRUE", "True", "FALSE")])  # fmt: skip
    assert schema.NEW_WORDS.parse(texts)["generic"].tolist() == [True, True, False]


def test_a_file_without_a_column_is_refused() -> None:
    with pytest.raises(SchemaError, match="columns lacking: rank"):
        schema.KEYWORDS.parse(pd.DataFrame({"doc_id": ["a"], "word": ["b"]}).assign(
            **{name: "" for name in schema.KEYWORDS.names if name not in ("doc_id", "word", "rank")}
        ))  # fmt: skip


def test_an_empty_number_is_none() -> None:
    texts = pd.DataFrame({"keyword": ["a", "b"], "documents": "1", "containing": "1", "occurrences": "1"})
    read = schema.FREQUENCY.parse(texts.assign(share=["", "0.5"]))
    assert read["share"].isna().tolist() == [True, False]


def test_tables_of_0_1_0_lack_what_is_read_as_empty() -> None:
    later = {"city", "county", "area_code", "issuer", "document_number", "issued", "published"}
    later |= {"document_kind", "authority", "origins"}
    old = pd.DataFrame(
        {name: ["1"] for name in schema.DOCUMENTS.names if name not in later} | {"县": ["罗江"]}
    )
    read = schema.DOCUMENTS.parse(old)
    assert read.columns.tolist() == [*schema.DOCUMENTS.names, "县"]
    assert set(read.loc[0, sorted(later)]) == {""} and read["chars"].tolist() == [1]
    passages = pd.DataFrame({"doc_id": ["a"], "start": ["0"], "end": ["1"], "kind": ["body"], "place": [""]})
    assert schema.PASSAGES.parse(passages)["clause"].tolist() == [""]
