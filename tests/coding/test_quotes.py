"""Quotations in context: by code of any level and region, with what stands around them."""

import pytest

from casemine import schema
from casemine.coding.quotes import quotes
from casemine.document import Document
from casemine.errors import UsageError
from coding.test_evidence import BOOK, ONE, TWO, coded, keywords


@pytest.mark.parametrize(
    ("code", "region", "count"),
    [
        ("", "", 3),
        ("防贫预警", "", 2),
        ("实施动态监测", "", 2),
        ("落实防贫保障", "甘肃", 0),
        ("", "四川", 2),
        ("返贫预警", "", 2),
    ],
)
def test_quotes_by_code_of_any_level_and_region(code: str, region: str, count: int) -> None:
    made = coded(keywords(("a.txt", "防贫预警"), ("b.txt", "扶贫车间")), [ONE, TWO])
    found = quotes(made, [ONE, TWO], BOOK, code=code, region=region)
    assert len(found) == count
    for row in found.itertuples():
        text = {"a.txt": ONE, "b.txt": TWO}[row.doc_id].text
        assert row.left + row.match + row.right == text[row.start : row.end]
        assert text[: row.start].endswith(row.before) or row.before in text[: row.start]
        assert row.match == row.keyword


def test_an_unknown_code_is_named() -> None:
    with pytest.raises(UsageError, match="has no code 没有"):
        quotes(schema.CODINGS.frame([]), [ONE], BOOK, code="没有")


def test_quotes_show_what_stands_around() -> None:
    text = "先讲两句。村里办起扶贫车间。后来又扩建。"
    document = Document("x", text)
    made = coded(keywords(), [document], sources="text")
    shown = quotes(made, [document], BOOK).iloc[0]
    assert (shown["before"], shown["left"], shown["match"], shown["right"], shown["after"]) == (
        "先讲两句。", "村里办起", "扶贫车间", "。", "后来又扩建。"
    )  # fmt: skip
    clauses = coded(keywords(), [Document("x", "先讲，办扶贫车间，后讲。")], sources="text", unit="clause")
    shown = quotes(clauses, [Document("x", "先讲，办扶贫车间，后讲。")], BOOK).iloc[0]
    assert (shown["before"], shown["after"]) == ("先讲，", "后讲。")
