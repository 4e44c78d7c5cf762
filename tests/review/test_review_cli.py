"""`casemine review` and `casemine keywords` on a study, as a person types them."""

import json
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from casemine import review as review_
from casemine import study
from casemine.cli import casemine
from casemine.cli.review import keywords, review
from casemine.study.record import write_record

commands = type(casemine)(name="casemine", commands={"review": review, "keywords": keywords})


def run(*arguments: object) -> Result:
    return CliRunner().invoke(commands, [str(argument) for argument in arguments])


@pytest.fixture
def folder(case) -> Path:
    """The small study as `extract` leaves it."""
    from casemine import schema, sheets

    rows = [
        {
            "doc_id": one.doc_id,
            "text_file": f"texts/{one.doc_id}",
            "chars": len(one.text),
            "damaged": 0,
            "sha256": sha256(one.text.encode()).hexdigest(),
        }
        for one in case.documents
    ]
    blank = dict.fromkeys(schema.DOCUMENTS.names, "")
    tables = {
        "documents": schema.DOCUMENTS.frame([blank | row for row in rows]),
        "passages": schema.PASSAGES.frame([]),
        "new_words": schema.NEW_WORDS.frame([]),
        "keywords": case.keywords,
        "frequency": case.frequency,
        "keywords_final": case.keywords,
        "frequency_final": case.frequency,
    }
    for name, table in tables.items():
        sheets.write_csv(table, case.folder / f"{name}.csv")
    for document in case.documents:
        study.write_text(case.folder / "texts" / document.doc_id, document.text)
    write_record(case.folder, study.RunRecord())
    return case.folder


def test_write_fill_in_apply_and_print(folder: Path, edit) -> None:
    made = run("review", folder, "--csv")
    assert made.exit_code == 0, made.output
    assert "6 rows, 6 待定" in made.output and f"--apply {folder / 'review.xlsx'}" in made.output
    path = folder / "review.xlsx"
    assert path.is_file() and path.with_suffix(".csv").read_bytes().startswith(b"\xef\xbb\xbf")
    edit(path, {"防贫预警机制": {"决定": "合并", "规范词": "防贫预警"}, "产业扶贫": {"决定": "删除"},
                "数字乡村": {"决定": "新增"}})  # fmt: skip
    applied = run("review", folder, "--apply", path)
    assert applied.exit_code == 0, applied.output
    assert "researcher: 1 drop, 1 merge, 1 add; 3 changed now, 4 of the sheet undecided." in applied.output
    assert "no evidence" in applied.stderr
    assert study.Study(folder).record.reviewed
    printed = run("keywords", folder)
    assert printed.stdout == (
        "文档        关键词\n"
        "东岭县.txt  防贫预警、扶贫产业\n"
        "南塘镇.txt  扶贫产业园、防贫预警\n"
        "西河村.txt  积分制\n"
        "\n防贫预警/2,扶贫产业/1,扶贫产业园/1,积分制/1\n"
    )
    assert printed.stderr == ""
    again = run("review", folder)
    assert "7 rows, 2 已决定, 4 待定, 1 无出处" in again.output


def test_keywords_as_csv_and_json_and_the_leading_ones(folder: Path) -> None:
    lines = run("keywords", folder, "--format", "csv").stdout.splitlines()
    assert lines[0].startswith("doc_id,word,rank,pos,kind,weight") and len(lines) == 8
    values = json.loads(run("keywords", folder, "--format", "json", "--top", 1).stdout)
    assert values["frequency"] == {"防贫预警": 2}
    assert values["keywords"]["南塘镇.txt"] == ["扶贫产业园"]
    assert values["reviewed"] is False
    assert "Not reviewed yet" in run("keywords", folder).stderr


def test_a_sheet_with_errors_ends_with_status_1_and_changes_nothing(folder: Path, edit) -> None:
    run("review", folder)
    path = folder / "review.xlsx"
    edit(path, {"产业扶贫": {"决定": "也许"}, "积分制": {"决定": "合并"}})

    def state() -> dict[Path, bytes]:
        return {
            file: file.read_bytes() for file in folder.rglob("*") if file.is_file() and file.name[0] != "."
        }

    before = state()
    wrong = run("review", folder, "--apply", path)
    assert wrong.exit_code == 1
    assert "2 problems; nothing was changed." in wrong.stderr and "Traceback" not in wrong.output
    assert state() == before


def test_writing_again_keeps_what_was_typed(folder: Path, edit) -> None:
    run("review", folder)
    path = folder / "review.xlsx"
    edit(path, {"产业扶贫": {"决定": "删除"}})
    assert "1 未应用" in run("review", folder).output
    assert run("review", folder, "--apply", path).exit_code == 0
    assert review_.read_decisions(folder)["word"].tolist() == ["产业扶贫"]


def test_what_is_no_sheet_is_not_written_over(folder: Path) -> None:
    path = folder / "thesis.xlsx"
    openpyxl.Workbook().save(path)
    before = path.read_bytes()
    result = run("review", folder, "-o", path)
    assert result.exit_code == 1 and "no row has the headers" in result.stderr
    assert path.read_bytes() == before


def test_a_second_coder_works_blind_and_does_not_touch_the_final_tables(folder: Path, edit) -> None:
    run("review", folder)
    edit(folder / "review.xlsx", {"产业扶贫": {"决定": "删除"}})
    run("review", folder, "--apply", folder / "review.xlsx")
    final = (folder / "keywords_final.csv").read_bytes()
    made = run("review", folder, "--coder", "B", "--sample", 1, "--seed", 3, "--blind")
    assert made.exit_code == 0 and "review-B.xlsx" in made.output
    edit(folder / "review-B.xlsx", {"防贫预警": {"决定": "删除"}})
    applied = run("review", folder, "--apply", folder / "review-B.xlsx")
    assert "B: 1 drop" in applied.output and "follow the decisions of researcher" in applied.output
    assert (folder / "keywords_final.csv").read_bytes() == final
    assert review_.read_decisions(folder)["coder"].tolist() == ["researcher", "B"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--blind"], "a blind sheet is for a second coder"),
        (["--sample", "2"], "a sample is a share"),
        (["-o", "sheet.csv"], "the sheet is an xlsx file"),
        (["--apply", "{sheet}", "--blind"], "--blind does not go with --apply"),
        (["--apply", "{sheet}", "--by-document"], "--by-document does not go with --apply"),
    ],
)
def test_options_that_make_no_sense_are_refused(folder: Path, arguments: list[str], message: str) -> None:
    run("review", folder)
    result = run("review", folder, *(part.format(sheet=folder / "review.xlsx") for part in arguments))
    assert result.exit_code == 2 and message in result.stderr


def test_what_is_no_study_is_named(tmp_path: Path) -> None:
    for command in ("review", "keywords"):
        result = run(command, tmp_path / "none")
        assert result.exit_code == 2 and "is not a casemine study" in result.stderr
