from casemine.reproduction.published import published

PRINTED = published()


def test_the_tables_are_those_printed() -> None:
    assert PRINTED.cases["扶贫产业"] == 23 and PRINTED.cases["防贫预警"] == 18
    assert PRINTED.selective["防贫预警"] == "落实防贫保障"
    assert PRINTED.roles["夯实发展基础"] == "前提"
    assert PRINTED.stated["cases"] == "117" and PRINTED.words("cases") == ["117"]
    assert PRINTED.counties.iloc[0].to_dict() == {
        "year": "2016", "counties": "832", "lifted": "28", "share": "3.4",
    }  # fmt: skip
    assert PRINTED.new_words.iloc[0].tolist() == ["扶贫产业园", "n_new", "92.40", "56"]


def test_every_open_code_has_a_selective_category_with_a_role() -> None:
    assert set(PRINTED.selective.values()) == set(PRINTED.roles)
    assert set(PRINTED.places["selective"]) <= set(PRINTED.roles)
