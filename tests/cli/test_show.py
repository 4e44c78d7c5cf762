import pandas as pd

from casemine.cli.show import as_json, records, table


def test_text_is_left_and_numbers_right_by_columns_of_the_terminal() -> None:
    assert table(("词语", "n"), [("防贫预警", 12), ("ab", 3.5)]) == (
        "词语         n\n防贫预警    12\nab        3.50"
    )
    assert table(("a", "b"), []) == "a  b"


def test_records_are_plain_and_json_is_readable() -> None:
    rows = records(pd.DataFrame({"word": ["甲"], "n": [1], "w": [None]}))
    assert rows == [{"word": "甲", "n": 1, "w": None}]
    assert as_json({"甲": 1}) == '{\n  "甲": 1\n}'
