"""The sheet of quotations: written, filled in as a person does in Excel, taken over, kept by every run."""

import hashlib
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from casemine import pipeline, review, schema, settings, sheets, study
from casemine.cli import casemine
from casemine.review.quotes.check import resolved
from casemine.review.quotes.columns import QuoteKey, QuoteState
from casemine.review.quotes.read import QuoteRow
from casemine.study import Study

TEXTS = {
    "东岭县.txt": "东岭县建起防贫预警。防贫预警每月核对一次，村里都知道。\n乡村旅游带动三百户增收。",
    "南塘镇.txt": "南塘镇办起扶贫产业，搬迁户在厂里上班。防贫预警到户到人。",
    "西河村.txt": "西河村的乡村旅游红火起来。妇女在家门口编竹器，一月挣两千元。",
}
WARNING, TOURISM = "防贫预警", "乡村旅游"
BY_HAND = "妇女在家门口编竹器，一月挣两千元。"


def call(*arguments: object) -> Result:
    return CliRunner().invoke(casemine, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    cases, folder = tmp_path_factory.mktemp("cases"), tmp_path_factory.mktemp("coded") / "study"
    for name, text in TEXTS.items():
        (cases / name).write_text(text, encoding="utf-8")
    # So little text has keywords that are none; of each document the first will do.
    pipeline.extract.extract([str(cases)], folder, settings.Settings().changed({"weigh": {"top": 1}}))
    sheet = folder / "by-hand.csv"
    decided = {WARNING: "新增", TOURISM: "新增", "扶贫产业": "新增", "乡村旅游红火": "删除"}
    lines = ["词语,决定", *(",".join(pair) for pair in decided.items())]
    sheet.write_text("\n".join(lines) + "\n", encoding="utf-8")
    pipeline.review.apply_review(folder, sheet)
    pipeline.code.code(folder, vectors="none")
    return folder


@pytest.fixture
def folder(coded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(coded, tmp_path / "study"))


def fill(path: Path, edits: list[dict[str, str]]) -> None:
    """Fill in cells: each edit finds its row by 引文 and 编码 (or adds one) and writes its other cells."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    at = {cell.value: cell.column for cell in sheet[1]}
    for edit in edits:
        named = {header: edit[header] for header in ("引文", "编码") if header in edit and header in at}
        rows = [
            number
            for number in range(2, sheet.max_row + 1)
            if all(sheet.cell(number, at[header]).value == text for header, text in named.items())
        ]
        number = rows[0] if rows else sheet.max_row + 1
        for header, text in edit.items():
            sheet.cell(number, at[header]).value = text
    book.save(path)


def written(folder: Path, *options: str) -> Path:
    made = call("review", folder, "--quotes", *options)
    assert made.exit_code == 0, made.output
    return folder / ("review-quotes-B.xlsx" if "B" in options else "review-quotes.xlsx")


def codings(folder: Path) -> pd.DataFrame:
    return Study(folder).table(schema.CODINGS, "codings.csv")


def quotes_of(folder: Path, code: str) -> list[str]:
    made = codings(folder)
    return made.loc[made["code"] == code, "quote"].tolist()


FIRST, SECOND = "东岭县建起防贫预警。", "防贫预警每月核对一次，村里都知道。"
EDITS = [
    {"引文": FIRST, "编码": WARNING, "决定": "删除", "备注": "太泛"},
    {"引文": SECOND, "编码": WARNING, "决定": "改编码", "新编码": "动态帮扶"},
    {"引文": "防贫预警到户到人。", "编码": WARNING, "决定": "保留"},
    {"文档编号": "西河村.txt", "引文": BY_HAND, "决定": "新增", "新编码": "社区工厂"},
]


def test_the_codings_of_the_small_study(folder: Path) -> None:
    assert quotes_of(folder, WARNING) == [FIRST, SECOND, "防贫预警到户到人。"]
    assert quotes_of(folder, "动态帮扶") == quotes_of(folder, "社区工厂") == []


def test_drop_recode_keep_and_add_are_taken_and_stay(folder: Path) -> None:
    sheet = written(folder)
    fill(sheet, EDITS)
    applied = call("review", folder, "--apply", sheet)
    assert applied.exit_code == 0, applied.output
    assert "researcher: 1 keep, 1 drop, 1 recode, 1 add; 4 changed now" in applied.output
    for _ in range(2):
        made = codings(folder)
        assert quotes_of(folder, WARNING) == ["防贫预警到户到人。"]
        assert quotes_of(folder, "动态帮扶") == [SECOND]
        assert quotes_of(folder, "社区工厂") == [BY_HAND]
        by_person = made[made["coder"] == "researcher"]
        assert sorted(by_person["code"]) == sorted(["动态帮扶", "社区工厂"])
        assert set(by_person["method"]) == {"decision"} and set(by_person["score"]) == {1.0}
        texts = {one.doc_id: one.text for one in Study(folder).texts}
        assert all(texts[row.doc_id][row.start : row.end] == row.quote for row in made.itertuples())
        assert pipeline.run.stale(folder) == {}
        pipeline.code.code(folder, vectors="none")


def test_applying_again_changes_nothing_and_undo_brings_back(folder: Path) -> None:
    sheet = written(folder)
    fill(sheet, EDITS)
    call("review", folder, "--apply", sheet)
    before = (folder / "quote_history.csv").read_bytes()
    assert "0 changed now" in call("review", folder, "--apply", written(folder)).output
    assert (folder / "quote_history.csv").read_bytes() == before
    fill(sheet, [{"引文": quote, "决定": "撤销"} for quote in (FIRST, SECOND, BY_HAND)])
    assert call("review", folder, "--apply", sheet).exit_code == 0
    assert quotes_of(folder, WARNING) == [FIRST, SECOND, "防贫预警到户到人。"]
    assert quotes_of(folder, "社区工厂") == []
    history = review.QUOTATIONS.read_history(folder)
    assert (folder / "quote_history.csv").read_bytes().startswith(before)
    replayed = review.QUOTATIONS.frame(review.QUOTATIONS.replay(history))
    assert replayed.equals(review.QUOTATIONS.read(folder))


def test_a_second_export_loses_nothing(folder: Path) -> None:
    sheet = written(folder)
    fill(sheet, EDITS)
    call("review", folder, "--apply", sheet)
    typed = {"文档编号": "南塘镇.txt", "引文": "搬迁户在厂里上班", "决定": "新增"}
    fill(written(folder), [{"引文": "西河村的乡村旅游红火起来。", "决定": "删除"}, typed])
    shown = openpyxl.load_workbook(written(folder)).worksheets[0]
    rows = {row[1].value: [cell.value for cell in row] for row in shown.iter_rows(min_row=2)}
    assert rows[FIRST][2:8] == ["已决定", WARNING, WARNING, "删除", None, "太泛"]
    assert rows[SECOND][5:7] == ["改编码", "动态帮扶"]
    assert rows[BY_HAND][2] == "手工新增"
    assert rows["西河村的乡村旅游红火起来。"][2:6:3] == ["未应用", "删除"]
    assert rows["搬迁户在厂里上班"][5] == "新增"


def test_an_added_quotation_may_get_another_code(folder: Path) -> None:
    sheet = written(folder)
    fill(sheet, EDITS[3:])
    call("review", folder, "--apply", sheet)
    fill(written(folder), [{"引文": BY_HAND, "新编码": "转移就业"}])
    assert call("review", folder, "--apply", sheet).exit_code == 0
    assert (quotes_of(folder, "社区工厂"), quotes_of(folder, "转移就业")) == ([], [BY_HAND])


def test_all_that_is_wrong_is_named_with_row_and_column(folder: Path) -> None:
    sheet = written(folder)
    fill(sheet, [
        {"引文": FIRST, "决定": "保存"},
        {"引文": SECOND, "决定": "改编码", "新编码": "动态帮抚"},
        {"引文": "防贫预警到户到人。", "决定": "改编码"},
        {"引文": "西河村的乡村旅游红火起来。", "决定": "删除", "新编码": "社区工厂"},
        {"引文": "乡村旅游带动三百户增收。", "新编码": "夯实发展基础"},
        {"文档编号": "西河村.txt", "引文": "没有这句话", "决定": "新增", "新编码": "社区工厂"},
        {"文档编号": "西河村", "引文": BY_HAND, "决定": "新增", "新编码": "社区工厂"},
    ])  # fmt: skip
    refused = call("review", folder, "--apply", sheet)
    assert refused.exit_code == 1
    for told in (
        "7 problems; nothing was changed.",
        "row 2, column F (决定): '保存' is no decision",
        "row 3, column G (新编码): the codebook six-in-one has no code 动态帮抚. Is it 动态帮扶?",
        "column G (新编码): 改编码 needs a code: which one?",
        "column G (新编码): a new code goes with 改编码.",
        "column G (新编码): 夯实发展基础 is a category of the codebook",
        "column B (引文): the quotation does not stand in the text of 西河村.txt, word for word.",
        "column A (文档编号): no document of this study is called 西河村. Is it 西河村.txt?",
    ):
        assert told in refused.stderr
    assert not (folder / "quote_decisions.csv").exists()


def test_a_quotation_changed_in_its_row_is_refused(folder: Path) -> None:
    sheet = written(folder)
    book = openpyxl.load_workbook(sheet)
    book.worksheets[0]["B2"] = "东岭县建起预警。"
    book.worksheets[0]["F2"] = "保留"
    book.save(sheet)
    refused = call("review", folder, "--apply", sheet)
    assert (
        refused.exit_code == 1
        and "row 2, column B (引文): is not what stands at this place" in refused.stderr
    )


def test_the_sheet_as_csv_that_excel_saved_in_gb18030(folder: Path) -> None:
    written(folder, "--csv")
    path = folder / "review-quotes.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    at = next(number for number, line in enumerate(lines) if FIRST in line)
    lines[at] = lines[at].replace(f"{WARNING},{WARNING},,", f"{WARNING},{WARNING},drop,")
    path.write_text("\n".join(lines) + "\n", encoding="gb18030")
    assert call("review", folder, "--apply", path).exit_code == 0
    assert FIRST not in quotes_of(folder, WARNING)


def test_a_blind_coder_sees_no_code_and_is_compared(folder: Path) -> None:
    assert call("review", folder, "--quotes", "--blind").exit_code == 2
    sheet = written(folder, "--coder", "B", "--blind")
    shown = openpyxl.load_workbook(sheet).worksheets[0]
    header = [cell.value for cell in shown[1]]
    assert not {"编码", "关键词", "方法", "得分", "状态", "决定"} & set(header)
    fill(sheet, [
        {"引文": FIRST, "新编码": WARNING},
        {"引文": SECOND, "新编码": f"{WARNING}，动态帮扶"},
        {"引文": "防贫预警到户到人。", "新编码": "无"},
    ])  # fmt: skip
    before = (folder / "codings.csv").read_bytes()
    applied = call("review", folder, "--apply", sheet, "--coder", "B")
    assert applied.exit_code == 0, applied.output
    assert "B: 2 sentences coded, 1 without any code; 3 changed now" in applied.output
    assert (folder / "codings.csv").read_bytes() == before
    own, other = (Study(folder).table(schema.CODINGS, f"agreement/{name}.csv")
                  for name in ("B", "B-study"))  # fmt: skip
    assert own[["doc_id", "code"]].to_numpy().tolist() == [
        ["东岭县.txt", WARNING], ["东岭县.txt", "动态帮扶"], ["东岭县.txt", WARNING], ["南塘镇.txt", ""],
    ]  # fmt: skip
    assert other["code"].tolist() == [WARNING] * 3
    found = pipeline.rigour.agree(
        [folder / "agreement" / f"{name}.csv" for name in ("B", "B-study")], unit="sentence"
    )
    units = found.table.set_index("code")["units"]
    assert (found.raters, units["*"], units[WARNING]) == (("B", "study"), 6, 3)


def test_the_sample_of_quotations_is_drawn_by_seed(folder: Path) -> None:
    def drawn(share: str, seed: str) -> set[str]:
        path = folder / f"{share}-{seed}.xlsx"
        call("review", folder, "--quotes", "--sample", share, "--seed", seed, "-o", path)
        return {row[1].value for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=2)}

    assert drawn("0.5", "1") == drawn("0.5", "1") < drawn("0.9", "1")


def test_another_coder_s_decisions_change_no_coding(folder: Path) -> None:
    sheet = written(folder)
    fill(sheet, EDITS[2:3])
    call("review", folder, "--apply", sheet)
    before = codings(folder)
    other = written(folder, "--coder", "B")
    fill(other, EDITS[:2])
    assert "casemine agree" in call("review", folder, "--apply", other, "--coder", "B").output
    assert codings(folder).equals(before)
    own = Study(folder).table(schema.CODINGS, "agreement/B.csv")
    assert own["code"].tolist() == ["动态帮扶"]


def retype(folder: Path, doc_id: str, text: str) -> None:
    """Give a document another text, as an extraction from a changed file does."""
    documents = Study(folder).table(schema.DOCUMENTS, "documents.csv")
    own = documents["doc_id"] == doc_id
    study.write_text(folder / documents.loc[own, "text_file"].iloc[0], text)
    documents.loc[own, "sha256"] = hashlib.sha256(text.encode()).hexdigest()
    sheets.write_csv(documents, folder / "documents.csv")


def test_a_decision_whose_text_is_gone_is_named_and_kept(folder: Path) -> None:
    sheet = written(folder)
    fill(sheet, EDITS[3:])
    call("review", folder, "--apply", sheet)
    retype(folder, "西河村.txt", "前面加了一句。" + TEXTS["西河村.txt"])
    assert pipeline.code.code(folder, vectors="none").lost == ()
    assert quotes_of(folder, "社区工厂") == [BY_HAND]
    retype(folder, "西河村.txt", "西河村的乡村旅游红火起来。")
    assert pipeline.code.code(folder, vectors="none").lost == (f"西河村.txt: {BY_HAND} [社区工厂]",)
    assert len(review.QUOTATIONS.read(folder)) == 1


def test_codings_brought_from_elsewhere_stay(folder: Path) -> None:
    made = codings(folder)
    other = made.head(1).assign(coder="甲", method="nvivo")
    sheets.write_csv(pd.concat([made, other]), folder / "codings.csv")
    pipeline.code.code(folder, vectors="none")
    assert codings(folder)["coder"].tolist().count("甲") == 1


NOW = QuoteState("drop", "", "句子", "")
ROW = QuoteRow(2, QuoteKey("", "b", "d", 0, 2, "甲", "甲"), "", QuoteState("", "", "句子", ""))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (QuoteState("", "", "句子", ""), NOW),
        (QuoteState("undo", "", "句子", ""), QuoteState()),
        (QuoteState("keep", "", "句子", ""), QuoteState("keep", "", "句子", "")),
        (QuoteState("", "乙", "句子", ""), QuoteState("recode", "乙", "句子", "")),
        (QuoteState("", "", "句子", "再看"), QuoteState("drop", "", "句子", "再看")),
    ],
)
def test_what_a_row_leads_to(typed: QuoteState, expected: QuoteState) -> None:
    assert resolved(QuoteRow(2, ROW.key, "", typed), NOW, blind=False) == expected


# The suggestions of the word sheet, made from placements.


def word_rows(folder: Path) -> dict[str, dict[str, object]]:
    assert call("review", folder).exit_code == 0
    shown = openpyxl.load_workbook(folder / "review.xlsx").worksheets[0]
    header = [cell.value for cell in shown[1]]
    rows = (
        dict(zip(header, (cell.value for cell in row), strict=True)) for row in shown.iter_rows(min_row=2)
    )
    return {row["词语"]: row for row in rows}


def placement(keyword: str, **values: object) -> dict[str, object]:
    blank = dict.fromkeys(schema.PLACEMENTS.names, "")
    numbers = {"score": 0.0, "selective_score": 0.0, "nearness": 0.0}
    status = {"status": "unplaced", "selective_status": "unplaced"}
    return blank | numbers | status | {"codebook": "b@1", "keyword": keyword} | values


def test_suggestions_follow_the_placements() -> None:
    words = ["防返贫监测", "防贫预警", "预警", "信贷", "六扶", "黄花"]
    base = pd.DataFrame(
        [{"word": word, "suggestion": "keep", "standard": "", "code": "", "reason": "甲"} for word in words]
    )
    placed = {"status": "placed", "selective_status": "placed", "open": "防贫预警"}
    table = schema.PLACEMENTS.frame([
        placement("防返贫监测", **placed, method="alias", score=1.0),
        placement("防贫预警", **placed, method="exact", score=1.0),
        placement("预警", **placed, method="similarity", score=0.68),
        placement("信贷", status="suggested", open="小额信贷", alternatives="小额信贷 0.50；金融扶贫 0.40"),
        placement("六扶", selective="内生动力", selective_status="placed", selective_score=1.5),
    ])  # fmt: skip
    made = review.suggest_codes(base, table).set_index("word").iloc[:, :4]
    assert made.loc["防返贫监测"].tolist() == [
        "merge",
        "防贫预警",
        "防贫预警",
        "编码“防贫预警”的别名（1.00）",
    ]
    assert made.loc["防贫预警"].tolist()[:3] == ["keep", "", "防贫预警"]
    assert made.loc["预警"].tolist()[:3] == ["keep", "", "防贫预警"]
    assert made.loc["信贷", "code"] == "小额信贷" and "金融扶贫 0.40" in made.loc["信贷", "reason"]
    assert made.loc["六扶", "code"] == "内生动力" and "领先1.50" in made.loc["六扶", "reason"]
    assert made.loc["黄花"].tolist() == ["keep", "", "", "甲"]


def test_the_word_sheet_offers_the_codes_of_the_codebook(folder: Path) -> None:
    rows = word_rows(folder)
    assert rows[WARNING]["建议编码"] == WARNING
    book = openpyxl.load_workbook(folder / "review.xlsx")
    listed = [cell.value for cell in book["lists"]["A"]]
    assert listed[0] == "编码" and WARNING in listed and len(listed) == 74


def test_an_unknown_code_is_refused_and_an_accepted_one_wins(folder: Path) -> None:
    sheet = folder / "codes.csv"
    sheet.write_text(f"词语,决定,编码\n{WARNING},保留,动态帮抚\n", encoding="utf-8")
    refused = call("review", folder, "--apply", sheet)
    assert refused.exit_code == 1
    assert "row 2, column C (编码): the codebook has no code 动态帮抚. Is it 动态帮扶?" in refused.stderr
    sheet.write_text(f"词语,决定,编码\n{WARNING},,动态帮扶\n", encoding="utf-8")
    applied = call("review", folder, "--apply", sheet)
    assert applied.exit_code == 0 and "Coded anew by six-in-one." in applied.output
    assert len(quotes_of(folder, "动态帮扶")) == 3


def test_an_answer_for_one_document_holds_there_alone(folder: Path) -> None:
    sheet = folder / "codes.csv"
    sheet.write_text(f"文档编号,词语,决定,编码\n南塘镇.txt,{WARNING},新增,动态帮扶\n", encoding="utf-8")
    assert call("review", folder, "--apply", sheet).exit_code == 0
    assert quotes_of(folder, "动态帮扶") == ["防贫预警到户到人。"]
    assert quotes_of(folder, WARNING) == [FIRST, SECOND]
