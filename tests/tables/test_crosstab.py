import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemine import schema, sheets
from casemine.errors import StudyError
from casemine.tables import crosstab

CODES = pd.DataFrame(
    [
        ("保障", "selective", ""), ("监测", "axial", "保障"), ("预警", "open", "监测"),
        ("平台", "open", "监测"), ("兜底", "axial", "保障"),
        ("产业", "selective", ""), ("园区", "axial", "产业"), ("产业园", "open", "园区"),
    ],
    columns=["code", "level", "parent"],
)  # fmt: skip


def codings(*rows: tuple[str, int, str, str, str], codebook: str = "b@1") -> pd.DataFrame:
    return schema.CODINGS.frame(
        [
            {"codebook": codebook, "doc_id": doc_id, "start": start, "end": start + len(quote), "code": code,
             "keyword": keyword, "coder": "casemine", "quote": quote, "method": "exact", "score": 1}
            for doc_id, start, code, keyword, quote in rows
        ]
    )  # fmt: skip


BOTH = "建起预警平台，预警到户。"
PARK = "产业园挨着产业园区。"
CODINGS = codings(
    ("d1", 0, "预警", "预警", BOTH),
    ("d1", 0, "平台", "预警平台", BOTH),
    ("d1", 50, "产业园", "产业园", PARK),
    ("d1", 50, "产业园", "产业园区", PARK),
    ("d2", 0, "预警", "监测预报", "每月入户看一看。"),
    ("d3", 9, "兜底", "低保", "低保应保尽保，低保不漏一人。"),
)
PLACED = crosstab.at_levels(CODINGS, CODES)


def cell(table: pd.DataFrame, value: str, **key: str) -> float:
    found = table
    for name, wanted in key.items():
        found = found[found[name] == wanted]
    assert len(found) == 1
    return found[value].iloc[0]


def test_codings_are_lifted_to_every_level() -> None:
    axial = PLACED[PLACED["level"] == "axial"]
    assert sorted(set(axial["code"])) == ["兜底", "园区", "监测"]
    # A coding of an axial category counts there and above, not among the open codes.
    assert "兜底" not in set(PLACED.loc[PLACED["level"] == "open", "code"])
    assert set(PLACED.loc[PLACED["doc_id"] == "d3", "level"]) == {"axial", "selective"}


def test_occurrences_are_distinct_spans_the_longest_keyword_first() -> None:
    rows = PLACED[PLACED["level"] != "selective"].drop_duplicates(["doc_id", "keyword"])
    # 预警 stands once outside 预警平台; 监测预报 stands nowhere and has its quotation.
    assert dict(zip(rows["keyword"], rows["occurrences"], strict=True)) == {
        "预警": 1, "预警平台": 1, "产业园": 1, "产业园区": 1, "监测预报": 1, "低保": 2
    }  # fmt: skip


def test_codes_that_the_codebook_lacks_are_named() -> None:
    with pytest.raises(StudyError, match="旧码"):
        crosstab.at_levels(codings(("d1", 0, "旧码", "旧", "旧的。")), CODES)


def test_groups_count_documents_and_quotations_at_each_level() -> None:
    table = crosstab.by_group(PLACED, CODES, {"d1": "四川", "d2": "四川", "d3": "", "d4": "云南"})
    assert table["group"].unique().tolist() == ["云南", "四川", crosstab.NO_GROUP]
    assert len(table) == len(CODES) * 3
    assert cell(table, "documents", code="预警", group="四川") == 2
    assert cell(table, "share", code="预警", group="四川") == 1
    assert cell(table, "documents", code="平台", group="四川") == 1
    # The sentence with two open codes is one quotation of their category.
    assert cell(table, "quotations", code="监测", group="四川") == 2
    assert cell(table, "quotations", code="保障", group=crosstab.NO_GROUP) == 1
    assert cell(table, "quotation_share", code="产业", group="四川") == pytest.approx(1 / 3, abs=1e-4)
    assert cell(table, "documents", code="预警", group="云南") == 0
    assert cell(table, "group_documents", code="预警", group="云南") == 1


def test_group_sheets_have_codes_down_groups_across_and_a_total(tmp_path) -> None:
    table = crosstab.by_group(PLACED, CODES, {"d1": "四川", "d2": "云南", "d3": "云南"})
    made = crosstab.group_sheets(table)
    sheet = made["开放式编码案例数"]
    assert sheet.columns.tolist() == ["开放式编码", "云南", "四川", crosstab.TOTAL]
    assert sheet.to_numpy().tolist() == [["预警", 1, 1, 2], ["平台", 0, 1, 1], ["产业园", 0, 1, 1]]
    assert crosstab.TOTAL not in made["选择式编码案例占比"]
    sheets.write_xlsx(made, tmp_path / "groups.xlsx")
    assert [title for title, _ in sheets.read_xlsx_rows(tmp_path / "groups.xlsx")] == list(made)


def test_cooccurrence_by_hand() -> None:
    documents = {"d1": "甲乙丙", "d2": "甲乙", "d3": "甲", "d4": "丁"}
    pairs = [(doc_id, item) for doc_id, items in documents.items() for item in items]
    having = pd.DataFrame(pairs, columns=["doc_id", "item"])
    found = crosstab.cooccurrence(pd.concat([having, having]))
    assert found.counts.index.tolist() == ["甲", "乙", "丁", "丙"]
    assert found.counts.loc["甲", ["甲", "乙", "丙", "丁"]].tolist() == [3, 2, 1, 0]
    assert found.jaccard.loc["甲", "乙"] == pytest.approx(2 / 3, abs=1e-4)
    assert found.ochiai.loc["甲", "乙"] == pytest.approx(2 / math.sqrt(6), abs=1e-4)
    shared = found.pairs("keyword")
    assert shared[["first", "second", "documents"]].to_numpy().tolist() == [
        ["甲", "乙", 2], ["乙", "丙", 1], ["甲", "丙", 1]
    ]  # fmt: skip
    assert crosstab.cooccurrence(having, top=2).counts.to_numpy().tolist() == [[3, 2], [2, 2]]


def test_coding_table_has_a_row_for_each_open_code_with_counts_of_each_level() -> None:
    table = crosstab.coding_table(PLACED, CODES)
    assert table["open"].tolist() == ["预警", "平台", "", "产业园"]
    assert table["axial"].tolist() == ["监测", "监测", "兜底", "园区"]
    first = table.iloc[0]
    assert (first["open_documents"], first["axial_documents"], first["selective_documents"]) == (2, 2, 3)
    assert (first["open_occurrences"], first["axial_occurrences"], first["selective_occurrences"]) == (
        2,
        3,
        5,
    )
    assert table.loc[3, "open_occurrences"] == 2
    # Codings that name no source are those of an earlier version: all of keywords.
    assert first["open_keyword_documents"] == 2


def test_documents_with_a_code_among_their_keywords_are_counted_apart() -> None:
    sources = CODINGS.assign(**{"from": ["text", "keyword", "text", "text", "keyword", "person"]})
    placed = crosstab.at_levels(sources, CODES)
    first = crosstab.coding_table(placed, CODES).iloc[0]
    assert (first["open_documents"], first["open_keyword_documents"]) == (2, 1)
    assert (first["axial_documents"], first["axial_keyword_documents"]) == (2, 2)
    table = crosstab.by_group(placed, CODES, {"d1": "四川", "d2": "四川", "d3": ""})
    assert cell(table, "keyword_documents", code="预警", group="四川") == 1
    assert cell(table, "keyword_documents", code="兜底", group=crosstab.NO_GROUP) == 0


def test_headers_of_the_coding_table() -> None:
    assert list(schema.CODING_TABLE.headers.values())[::4] == ["开放式编码", "轴心编码", "选择式编码"]


def test_open_coding_numbers_category_concept_and_sentence() -> None:
    more = pd.concat([CODINGS, codings(("d4", 0, "预警", "预警", "分级预警。"))])
    table = crosstab.open_coding(more.iloc[::-1], CODES)
    assert list(schema.OPEN_CODING.headers.values())[:4] == ["编号", "原始语句", "概念化", "初始范畴"]
    assert table[["number", "concept", "category", "doc_id"]].to_numpy().tolist() == [
        ["A1-1-1", "预警", "预警", "d1"],
        ["A1-1-2", "预警", "预警", "d4"],
        ["A1-2-1", "监测预报", "预警", "d2"],
        ["A2-1-1", "预警平台", "平台", "d1"],
        ["A3-1-1", "低保", "兜底", "d3"],
        ["A4-1-1", "产业园", "产业园", "d1"],
        ["A4-2-1", "产业园区", "产业园", "d1"],
    ]


def test_two_codebooks_meet_in_documents_and_sentences() -> None:
    other = pd.DataFrame(
        [("治理", "selective", ""), ("数字", "axial", "治理"), ("信息化", "open", "数字")],
        columns=["code", "level", "parent"],
    )
    second = crosstab.at_levels(
        codings(("d1", 0, "信息化", "平台", BOTH), ("d2", 70, "信息化", "联网", "村村联网。")), other
    )
    table = crosstab.codebooks(PLACED, second)
    assert cell(table, "documents", level="open", first="预警") == 2
    assert cell(table, "quotations", level="open", first="预警") == 1
    assert cell(table, "jaccard", level="open", first="平台") == pytest.approx(0.5)
    assert cell(table, "quotations", level="open", first="产业园") == 0
    assert cell(table, "documents", level="selective", first="保障") == 2
    assert table["level"].unique().tolist() == ["open", "axial", "selective"]
    sheet = crosstab.codebook_sheets(table, "甲", "乙")["开放式编码共有案例数"]
    assert sheet.to_numpy().tolist() == [["预警", 2], ["平台", 1], ["产业园", 1]]


def test_codebooks_without_common_documents_give_an_empty_table() -> None:
    one, other = PLACED[PLACED["doc_id"] == "d1"], PLACED[PLACED["doc_id"] == "d3"]
    table = crosstab.codebooks(one, other)
    assert table[table["level"] == "open"].empty
    assert crosstab.codebooks(one, other.head(0)).empty


rows = st.lists(
    st.tuples(
        st.sampled_from(["d1", "d2", "d3", "d4"]), st.sampled_from([0, 40]),
        st.sampled_from(["预警", "平台", "兜底", "产业园"]), st.sampled_from(["预警", "平台"]), st.just(BOTH),
    ),
    min_size=1, max_size=12, unique=True,
)  # fmt: skip


@settings(deadline=None, max_examples=15)
@given(rows, st.randoms(use_true_random=False))
def test_tables_do_not_depend_on_the_order_of_codings(of, random) -> None:
    shuffled = list(of)
    random.shuffle(shuffled)
    groups = {"d1": "甲", "d2": "乙", "d3": "甲", "d4": ""}
    made = []
    for order in (of, shuffled):
        table = codings(*order)
        placed = crosstab.at_levels(table, CODES)
        together = crosstab.cooccurrence(placed.rename(columns={"code": "item"}))
        made.append(
            [crosstab.by_group(placed, CODES, groups), crosstab.coding_table(placed, CODES),
             together.pairs("open"), crosstab.open_coding(table, CODES), crosstab.codebooks(placed, placed)]
        )  # fmt: skip
    for one, other in zip(*made, strict=True):
        pd.testing.assert_frame_equal(one, other)


@settings(deadline=None, max_examples=15)
@given(rows)
def test_a_category_holds_what_its_members_hold(of) -> None:
    placed = crosstab.at_levels(codings(*of), CODES)
    table = crosstab.by_group(placed, CODES, dict.fromkeys(["d1", "d2", "d3", "d4"], "全部"))
    documents = dict(zip(table["code"], table["documents"], strict=True))
    for code, parent in zip(CODES["code"], CODES["parent"], strict=True):
        assert not parent or documents[code] <= documents[parent]
    with_itself = crosstab.codebooks(placed, placed)
    same = with_itself[with_itself["first"] == with_itself["second"]]
    assert dict(zip(same["first"], same["documents"], strict=True)) == {
        code: count for code, count in documents.items() if count
    }
    assert (same["jaccard"] == 1).all()
