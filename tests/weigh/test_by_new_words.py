import pandas as pd

from casemine import schema
from casemine.document import Document
from casemine.weigh.by_new_words import leading_new_words

TEXT = "东岭县建起防贫预警。网格员每月核对防贫预警，屈玥带队。"


def new_words(*rows: tuple[str, str, str, float, str]) -> pd.DataFrame:
    columns = ["group", "word", "pos", "weight", "absorbed_by"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(frequency=2)


TABLE = new_words(
    ("甲.txt", "防贫预警", "n_new", 3.0, ""),
    ("甲.txt", "贫预警", "n_new", 2.5, "防贫预警"),
    ("甲.txt", "网格员", "n_new", 2.0, ""),
    ("甲.txt", "屈玥", "nr_new", 1.0, ""),
)


def test_the_heaviest_new_words_of_each_document_are_its_keywords() -> None:
    table = leading_new_words(TABLE, [Document("甲.txt", TEXT)], top=2, dropped=frozenset())
    schema.KEYWORDS.check(table)
    assert table[["word", "rank", "kind"]].to_numpy().tolist() == [["防贫预警", 1, ""], ["网格员", 2, ""]]
    for row in table.itertuples():
        assert TEXT[row.start : row.end] == row.word and row.word in row.context


def test_dropped_words_and_fragments_are_passed_over() -> None:
    table = leading_new_words(TABLE, [Document("甲.txt", TEXT)], top=3, dropped=frozenset({"防贫预警"}))
    assert table["word"].tolist() == ["网格员", "屈玥"]
    assert table["kind"].tolist() == ["", "person"] and table["rank"].tolist() == [1, 2]


def test_a_document_without_new_words_has_no_keyword() -> None:
    table = leading_new_words(TABLE, [Document("乙.txt", "没有。")], top=3, dropped=frozenset())
    assert table.empty and list(table.columns) == list(schema.KEYWORDS.names)
