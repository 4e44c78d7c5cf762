"""`casemine review` and `casemine keywords`: what they print, write and refuse."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from casemine import sheets

Call = Callable[..., Result]


def test_keywords_as_json(coded: Path, call: Call) -> None:
    result = call("keywords", coded, "--top", "1", "--format", "json")
    told = json.loads(result.stdout)
    assert (told["reviewed"], told["frequency"]) == (False, {"扶贫产业": 2})
    assert "Not reviewed yet" in result.stderr


def test_the_sheet_is_written(coded: Path, call: Call) -> None:
    result = call("review", coded)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Wrote {coded / 'review.xlsx'}: ")


def test_the_sheet_must_be_an_xlsx(coded: Path, call: Call, tmp_path: Path) -> None:
    result = call("review", coded, "-o", tmp_path / "sheet.ods")
    assert (result.exit_code, "the sheet is an xlsx file." in result.stderr) == (2, True)


def test_rows_by_document_do_not_go_with_quotations(coded: Path, call: Call) -> None:
    result = call("review", coded, "--quotes", "--by-document")
    assert (result.exit_code, "--by-document does not go with --quotes." in result.stderr) == (2, True)


def test_a_sample_does_not_go_with_a_filled_sheet(coded: Path, call: Call) -> None:
    call("review", coded)
    result = call("review", coded, "--apply", coded / "review.xlsx", "--sample", "0.5")
    assert (result.exit_code, "--sample does not go with --apply." in result.stderr) == (2, True)


def test_sheets_and_what_was_taken_over_are_told_as_json(coded: Path, call: Call, tmp_path: Path) -> None:
    sheet = tmp_path / "review.xlsx"
    written = json.loads(call("review", coded, "-o", sheet, "--csv", "--json").stdout)
    assert written["files"] == [str(sheet), str(sheet.with_suffix(".csv"))] and written["rows"] > 0
    rows = sheets.read_csv(sheet.with_suffix(".csv"))
    rows.loc[rows["词语"] == "防贫预警", "决定"] = "保留"
    sheets.write_csv(rows, tmp_path / "filled.csv")
    taken = json.loads(call("review", coded, "--apply", tmp_path / "filled.csv", "--json").stdout)
    assert taken["coder"] == "researcher"
    assert taken["decided"] == {"keep": 1} and taken["changed"] == 1
    quotes = json.loads(call("review", coded, "--quotes", "-o", tmp_path / "q.xlsx", "--json").stdout)
    again = json.loads(call("review", coded, "--apply", quotes["files"][0], "--json").stdout)
    assert again["changed"] == 0 and again["compared"] == [] and again["lost"] == []
