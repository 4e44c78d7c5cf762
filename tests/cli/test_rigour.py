"""`casemine tables`, `casemine saturation` and `casemine agree`: what they print and write."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Call = Callable[..., Result]


def _files(folder: Path) -> tuple[Path, Path]:
    first, second = folder / "first.csv", folder / "second.csv"
    first.write_text(
        "codebook,doc_id,start,end,code,keyword,coder\nm,a,0,1,x,x,A\nm,b,0,1,y,y,A\n", encoding="utf-8"
    )
    second.write_text(
        "codebook,doc_id,start,end,code,keyword,coder\nm,a,0,1,x,x,B\nm,b,0,1,x,x,B\n", encoding="utf-8"
    )
    return first, second


def test_codes_by_region_as_csv(coded: Path, call: Call) -> None:
    result = call("tables", coded, "--by", "region", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    given = {row["code"]: row for row in rows if row["documents"] != "0" and row["level"] == "open"}
    # Each stands in two of three documents, with three of the six quotations.
    assert {code: (row["share"], row["quotations"]) for code, row in given.items()} == {
        "防贫预警": ("0.6667", "3"),
        "扶贫产业": ("0.6667", "3"),
    }
    assert (coded / "tables" / "codes_by_region_six-in-one.csv").is_file()


def test_saturation_as_csv_is_the_curve(coded: Path, call: Call) -> None:
    result = call("saturation", coded, "--format", "csv")
    rows = [row for row in csv.DictReader(io.StringIO(result.stdout)) if row["level"] == "open"]
    assert [(row["doc_id"], row["new"], row["cumulative"]) for row in rows] == [
        ("丙.txt", "2", "2"),
        ("乙.txt", "0", "2"),
        ("甲.txt", "0", "2"),
    ]
    assert (coded / "tables" / "saturation_summary.csv").is_file()


def test_saturation_tells_how_many_documents_are_held_out(coded: Path, call: Call) -> None:
    assert call("saturation", coded).stdout.startswith("3 documents, 1 of them held out.\n")


def test_agreement_below_the_limit_ends_with_one(call: Call, tmp_path: Path) -> None:
    # Of the four units a-x, a-y, b-x, b-y the two coders agree on the first two.
    result = call("agree", *_files(tmp_path), "--measure", "percent", "--fail-under", "0.6")
    assert result.exit_code == 1
    assert "casemine: percent is 0.500, below 0.6." in result.stderr


def test_agreement_at_the_limit_ends_with_zero(call: Call, tmp_path: Path) -> None:
    result = call(
        "agree", *_files(tmp_path), "--measure", "percent", "--fail-under", "0.5", "--format", "json"
    )
    told = json.loads(result.stdout)
    assert (result.exit_code, told["raters"], told["codes"][0]["percent"]) == (0, ["A", "B"], 0.5)
