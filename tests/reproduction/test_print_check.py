"""The published tables as they are shipped, and what they say about themselves."""

from casemine import reproduction


def rows() -> dict[str, reproduction.ComparedRow]:
    return {row.item: row for row in reproduction.print_rows(reproduction.published())}


def test_the_published_tables_have_the_sizes_the_paper_gives_or_misses() -> None:
    printed = reproduction.published()
    assert len(printed.cases) == 47
    assert sum(printed.cases.values()) == 320
    assert printed.coding.shape == (73, 3)
    assert printed.coding["axial_category"].nunique() == 19
    assert list(printed.roles.values()) == ["基础", "前提", "关键", "根本", "重心", "目标"]
    assert set(printed.coding["selective_category"]) == set(printed.roles)
    assert (printed.places["place"] != "").sum() == 24


def test_counts_that_do_not_add_up_are_found() -> None:
    found = rows()
    assert found["core keywords, open codes of Table 3"][2:5] == ("74", "73", "differs")
    assert found["case keywords, sum of the frequencies shown"][2:5] == ("361", "320", "differs")
    assert found["Table 1: share of counties lifted, 2018"][2:5] == ("41.6", "41.7", "differs")
    assert found["Table 1: share of counties lifted, 2017"].verdict == "same"


def test_keywords_shown_but_in_no_category_are_found_with_the_wording_of_table_3() -> None:
    found = {item: row.computed for item, row in rows().items() if item.endswith("in Table 3")}
    assert found == {
        "乡村振兴/9 in Table 3": "乡村振兴衔接",
        "消费扶贫/8 in Table 3": "nowhere",
        "公共服务/7 in Table 3": "nowhere",
        "农民专业合作社/5 in Table 3": "农村专业合作社",
    }


def test_the_rule_of_the_three_heaviest_gives_another_third_word_for_jiangxi() -> None:
    row = rows()["Jiangxi: the three heaviest new words"]
    assert row.published == "扶贫产业园；新型经营主体；扶贫开发"
    assert row.computed == "扶贫产业园；新型经营主体；村级产业园"


def test_claims_that_hold_are_told_as_such() -> None:
    found = rows()
    assert found["the most frequent keyword"].verdict == "same"
    assert found["扶贫开发 ahead of 兜底保障"][3:5] == ("9 to 6", "same")


def test_words_named_in_the_text_alone() -> None:
    named = [item for item in rows() if item.endswith("named as a keyword")]
    assert [item.partition(",")[0] for item in named] == ["扶贫产业园", "五防机制", "易地扶贫搬迁"]
