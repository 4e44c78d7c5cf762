"""Groups of words of one document, generic words, what is suggested, and the words that move up."""

import openpyxl
import pytest

from casemine import review, schema
from casemine.document import Document
from casemine.lexicon.opposites import opposed
from casemine.review.words.sheet import SEVERAL
from casemine.tables.frequency import frequency

SINGLE = [f"词语{chr(0x7532 + number)}" for number in range(24)]
TEXTS = {"一.txt": "积分制" + "、".join(SINGLE) + "。", "二.txt": "积分制有用。"}
DOCUMENTS = [Document(doc_id, text) for doc_id, text in TEXTS.items()]


def keywords(*rows: tuple[str, str]):
    ranks: dict[str, int] = {}
    listed = []
    for doc_id, word in rows:
        ranks[doc_id] = ranks.get(doc_id, 0) + 1
        start = TEXTS[doc_id].find(word)
        listed.append(
            {"doc_id": doc_id, "word": word, "rank": ranks[doc_id], "pos": "n",
             "weight": 9.0 - ranks[doc_id] / 9, "frequency": 1, "new": True,
              "context": TEXTS[doc_id], "start": start, "end": start + len(word)}
        )  # fmt: skip
    return schema.KEYWORDS.frame(listed)


FOUND = keywords(("一.txt", "积分制"), *(("一.txt", word) for word in SINGLE), ("二.txt", "积分制"))


def test_one_decision_holds_for_the_blank_rows_of_a_group(tmp_path) -> None:
    counts = frequency(FOUND, DOCUMENTS)
    path = tmp_path / "review.xlsx"
    sheet = review.build_sheet(
        FOUND, counts, review.no_decisions(), DOCUMENTS, suggestions=review.suggest(counts)
    )
    assert sheet["word"].tolist()[:2] == ["积分制", "▼单案例·建议保留"]
    assert sheet["group"].tolist()[0] == SEVERAL
    review.write_sheet(sheet, path)
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    widths = [page.column_dimensions[letter].width for letter in "ABCDE"]
    assert sum(widths) <= 110 and [page.cell(1, at).value for at in (1, 2, 3, 5)] == [
        "词语", "例句", "建议", "决定",
    ]  # fmt: skip
    page["E3"], page["E5"] = "删除", "保留"
    kept = page["A5"].value
    book.save(path)
    taken = review.take(review.read_sheet(path), review.no_decisions(), FOUND, DOCUMENTS)
    decided = {key.word: state.decision for key, state in taken.decisions.items()}
    assert decided == {word: "keep" if word == kept else "drop" for word in SINGLE}
    assert taken.undecided == 1
    again = review.take(review.read_sheet(path), review.as_table(taken.decisions), FOUND, DOCUMENTS)
    assert again.decisions == taken.decisions


def test_a_generic_word_is_out_everywhere_and_the_next_moves_up(case) -> None:
    case.decide(("积分制", "泛化", "", "西河村.txt"))
    assert case.decisions[["doc_id", "decision"]].to_numpy().tolist() == [["*", "generic"]]
    reserve = case.keywords[case.keywords["word"] == "积分制"].assign(word="村规民约", rank=2)
    moved = review.with_promoted(case.keywords, reserve, case.decisions)
    final = review.apply_decisions(moved, case.decisions, case.documents)
    assert final.loc[final["doc_id"] == "西河村.txt", ["word", "rank"]].to_numpy().tolist() == [
        ["村规民约", 1]
    ]
    assert review.with_promoted(case.keywords, reserve, review.no_decisions()) is case.keywords
    case.decide(("村规民约", "删除"))
    assert "村规民约" in set(review.with_promoted(case.keywords, reserve, case.decisions)["word"])


def test_what_is_suggested_is_taken_by_one_word(case) -> None:
    header = "词语,建议,建议规范词,建议编码,决定"
    case.decide(
        ("防贫预警机制", "合并", "防贫预警", "", "按建议"), ("积分制", "保留", "", "", "采纳"), header=header
    )
    decided = case.decisions.set_index("word")[["decision", "standard"]].to_numpy().tolist()
    assert decided == [["keep", ""], ["merge", "防贫预警"]]
    with pytest.raises(review.SheetError, match="nothing is suggested in this row"):
        case.decide(("积分制", "", "", "", "按建议"), header=header)


def test_nothing_that_may_be_the_opposite_is_proposed() -> None:
    words = ["户贫困户", "非贫困户", "第一产业园区", "第三产业园区"]
    counts = {"documents": range(4, 0, -1), "containing": 1, "occurrences": 1, "share": 0.1}
    advice = review.suggest(schema.FREQUENCY.frame({"keyword": words, **counts}))
    assert set(advice["suggestion"]) == {"keep"}
    assert opposed("返贫监测", "防返贫监测") and not opposed("农村合作社", "农民合作社")


def test_merged_cells_dates_and_line_breaks(case) -> None:
    path = case.write()
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    page["E2"] = "保留"
    page.merge_cells("E2:E4")
    book.save(path)
    sheet = review.read_sheet(path)
    assert [row.state.decision for row in sheet.rows[:4]] == ["keep", "keep", "keep", ""]
    assert sheet.notes == ("rows 2 to 4: the merged cell 决定 (保留) was taken for each of them.",)
    import datetime

    page["E5"], page["F5"] = "合并", datetime.datetime(2026, 4, 1)
    book.save(path)
    with pytest.raises(review.SheetError, match=r"row 5, column F \(规范词\): 2026-04-01 is a date"):
        review.read_sheet(path)
    case.decide(("网格走访", "新增", "", "*", "村规民约 进了积分制。"))
    assert case.decisions["quote"].tolist() == ["村规民约进了积分制。"]
