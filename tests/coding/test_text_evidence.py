"""Codes in texts: names, aliases, rules, company, exclusion words, categories, windows."""

import pytest

from casemine.coding import Code, Codebook
from casemine.coding.codebook import depth_first
from casemine.coding.rules import Need, Rule
from casemine.coding.text_evidence import CodeFinder, Hit
from casemine.document import Document, Passage


def book(*codes: Code) -> Codebook:
    above = (Code("保障", "selective", without=("保障局",)), Code("监测", "axial", "保障"))
    return Codebook("b", entries=depth_first((*above, *codes)))


PLATFORM = Code(
    "数据平台", "open", "监测", aliases=("大数据", "平台"),
    needs=(Need("大数据", Rule(any=("比对", "监测户"))),), without=("平台经济", "平台[期阶]"),
)  # fmt: skip
LOANS = Code(
    "小额信贷", "open", "监测",
    rules=(Rule(all=("贷款",), any=("贴息", "免息"), none=("房贷",)), Rule(any=("[三五]万元以下贷款",))),
)  # fmt: skip


def hits(codebook: Codebook, text: str, **options: object) -> list[tuple[str, str, str]]:
    finder = CodeFinder(codebook, **options)  # type: ignore[arg-type]
    scan = finder.scan(Document("x", text))
    return [(hit.code, hit.word, text[hit.start : hit.end]) for hit in finder.codes(scan)]


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("建成数据平台。", ["数据平台"]),
        ("大数据每月比对。", ["数据平台"]),
        ("大数据成为新动能。", []),
        ("平台经济发展。", []),
        ("处于平台期。", []),
        ("平台经济以外另有平台。", ["数据平台"]),
        ("发放贷款并贴息。", ["小额信贷"]),
        ("发放贷款。", []),
        ("房贷和贷款贴息。", []),
        ("五万元以下贷款。", ["小额信贷"]),
        ("监测与平台。", ["数据平台"]),
        ("加强监测。", ["监测"]),
        ("保障局监测。", ["监测"]),
        ("保障局开会。", []),
        ("保障局之外的保障。", ["保障"]),
    ],
)
def test_codes_of_a_sentence(sentence: str, codes: list[str]) -> None:
    assert [code for code, _, _ in hits(book(PLATFORM, LOANS), sentence)] == codes


def test_company_stands_in_the_same_unit() -> None:
    text = "用大数据，按月比对。大数据很热。"
    assert [quote for _, _, quote in hits(book(PLATFORM), text)] == ["用大数据，按月比对。"]
    assert hits(book(PLATFORM), text, unit="clause") == []


def test_the_longest_word_of_all_codes_counts() -> None:
    longer = Code("平台监管", "open", "监测")
    assert hits(book(PLATFORM, longer), "平台监管。") == [("平台监管", "平台监管", "平台监管。")]


def test_words_of_rules_do_not_take_the_place_of_names() -> None:
    aid = Code("救助", "open", "监测", aliases=("贷款贴息",))
    found = hits(book(LOANS, aid), "贷款贴息到户。")
    assert [code for code, _, _ in found] == ["小额信贷", "救助"]


def test_a_hit_names_its_word_and_method() -> None:
    finder = CodeFinder(book(PLATFORM, LOANS))
    found = finder.codes(finder.scan(Document("x", "平台上贷款免息。")))
    assert found == [
        Hit(0, 8, "小额信贷", "贷款", "rule", 1.0), Hit(0, 8, "数据平台", "平台", "alias", 1.0)
    ]  # fmt: skip


def test_windows_hold_each_word_whole() -> None:
    text = "啊" * 150 + "平台" + "啊" * 96 + "平台" + "啊" * 300
    found = hits(book(PLATFORM), text)
    assert all(len(quote) == 200 and "平台" in quote for _, _, quote in found)
    assert sum(quote.count("平台") for _, _, quote in found) >= 2


def test_the_work_does_not_depend_on_the_order_of_codes() -> None:
    text = "大数据比对，平台经济，贷款免息。监测。"
    assert hits(book(PLATFORM, LOANS), text) == hits(book(LOANS, PLATFORM), text)


def test_articles_are_those_that_passages_name() -> None:
    text = "总则\n第十条 建立防贫预警。\n（一）办扶贫车间。\n第十一条 略。\n附言"
    ends = [len(line) for line in text.split("\n")]
    ends = [sum(ends[: at + 1]) + at for at in range(len(ends))]
    clauses = ["", "第二章 第十条", "第二章 第十条 第一项", "第二章 第十一条", ""]
    starts = [0, *(end + 1 for end in ends[:-1])]
    passages = tuple(
        Passage(start, end, "body", "", clause)
        for start, end, clause in zip(starts, ends, clauses, strict=True)
    )
    scan = CodeFinder(book(LOANS), unit="article").scan(Document("a", text, passages=passages))
    assert [text[slice(*span)] for span in scan.units] == [
        "总则", "第十条 建立防贫预警。\n（一）办扶贫车间。", "第十一条 略。", "附言"
    ]  # fmt: skip
