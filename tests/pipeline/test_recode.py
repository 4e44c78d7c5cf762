"""`casemine recode`: new corpora with the frozen dictionary, decisions and codebooks of a study."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casemine import coding, pipeline, review, schema, sheets, study
from casemine.cli import casemine
from casemine.pipeline.recode import names_of
from casemine.study import Study

OLD = {
    "东岭县.txt": "东岭县建起防贫预警名单。防贫预警每月核对一次，福村宝也跟着兑付。\n"
    "乡村旅游带动增收，福村宝有用。",
    "南塘镇.txt": "南塘镇办起扶贫产业，搬迁户在厂里上班。防贫预警到户到人，福村宝年年筹款。",
}
NEW = {
    "西河村.txt": "西河村的乡村旅游红火起来。云仓直播卖竹器，云仓直播一月挣两千元。",
    "北坡村.txt": "北坡村试了福村宝，大病不愁。云仓直播进了村，动态帮扶跟到户，云仓直播人人会。",
}


def call(*arguments: object) -> Result:
    return CliRunner().invoke(casemine, [str(argument) for argument in arguments])


def cases(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("recode")
    pipeline.extract.extract([str(cases(root / "old", OLD))], root / "study")
    sheet = root / "decided.csv"
    sheet.write_text(
        "文档编号,词语,决定,编码\n*,防贫预警,新增,\n*,乡村旅游,新增,\n*,动态帮扶,新增,\n*,云仓直播,新增,\n"
        "*,福村宝,新增,第二医保\n南塘镇.txt,搬迁户,新增,\n",
        encoding="utf-8",
    )
    pipeline.review.apply_review(root / "study", sheet)
    pipeline.code.code(root / "study", vectors="none")
    cases(root / "新语料", NEW)
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "root"))


def table(root: Path, name: str, study_: str = "二") -> list[dict[str, str]]:
    rows: list[dict[str, str]] = sheets.read_csv(root / study_ / "tables" / f"{name}.csv").to_dict("records")
    return rows


def test_a_recoded_study_is_an_ordinary_one(root: Path) -> None:
    done = call("recode", root / "新语料", "--study", root / "study", "-o", root / "二")
    assert done.exit_code == 0, done.output
    origin = Study(root / "二").record.recoded_from
    book = coding.find("six-in-one")
    assert origin["study"] == "../study" and origin["codebooks"] == {"six-in-one": book.hash}
    assert pipeline.run.stale(root / "二") == {}
    assert call("run", root / "二", "-q").exit_code == 0
    assert Study(root / "二").record.recoded_from == origin
    assert call("info", root / "二").exit_code == 0
    texts = {one.doc_id: one.text for one in Study(root / "二").texts}
    codings = Study(root / "二").table(schema.CODINGS, "codings.csv")
    assert all(texts[row.doc_id][row.start : row.end] == row.quote for row in codings.itertuples())
    assert {"乡村旅游", "第二医保", "动态帮扶"} <= set(codings["code"])


def test_decisions_for_the_corpus_come_along_and_no_others(root: Path) -> None:
    pipeline.recode.recode(str(root / "新语料"), root / "study", root / "二")
    decisions = review.read_decisions(root / "二")
    assert set(decisions["doc_id"]) == {"*"} and "福村宝" in set(decisions["word"])
    assert review.read_history(root / "二")["source"].unique().tolist() == ["recode: ../study"]
    words = set((root / "二" / "dictionary.txt").read_text("utf-8").split())
    assert {"福村宝", "防贫预警"} <= words


def test_the_tables_tell_what_is_covered_and_what_is_new(root: Path) -> None:
    made = pipeline.recode.recode(str(root / "新语料"), root / "study", root / "二")
    new, old = table(root, "recode_coverage")
    assert (new["corpus"], old["corpus"]) == ("new", "old")
    assert int(new["inside"]) + int(new["outside"]) == int(new["keywords"])
    assert int(new["occurrences_inside"]) + int(new["occurrences_outside"]) == int(new["occurrences"])
    outside = {row["keyword"] for row in table(root, "recode_outside")}
    assert "云仓直播" in outside and "乡村旅游" not in outside
    assert len(outside) == int(new["outside"])
    only = {(row["kind"], row["item"]): row["only_in"] for row in table(root, "recode_difference")}
    assert only["code", "动态帮扶"] == "new" and only["code", "防贫预警"] == "old"
    assert ("code", "乡村旅游") not in only and only["keyword", "云仓直播"] == "new"
    assert set(made.tables) == {
        f"recode_{name}" for name in ("coverage", "outside", "candidates", "difference")
    }


def test_new_words_that_the_codebook_lacks_are_candidates(root: Path) -> None:
    lines = {"北坡村.txt": "竹海书院开门迎客。孩子们去竹海书院读书，老人爱竹海书院。村里夸竹海书院办得好。"}
    shutil.rmtree(root / "新语料")
    pipeline.recode.recode(str(cases(root / "新语料", lines)), root / "study", root / "二")
    found = {row["word"] for row in table(root, "recode_candidates")}
    known = set(Study(root / "study").table(schema.NEW_WORDS, "new_words.csv")["word"])
    assert "竹海书院" in found and not found & known


def test_the_old_study_and_codebooks_are_left_alone(root: Path) -> None:
    def state() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in (root / "study").rglob("*") if path.is_file()}

    before = state()
    pipeline.recode.recode(str(root / "新语料"), root / "study", root / "二")
    assert state() == before
    mine = root / "二" / "codebooks" / "six-in-one.toml"
    mine.write_text(mine.read_text("utf-8") + "# mine\n", encoding="utf-8")
    pipeline.recode.recode(str(root / "新语料"), root / "study", root / "二")
    assert mine.read_text("utf-8").endswith("# mine\n")
    refused = call("recode", root / "新语料", "--study", root / "study", "-o", root / "study")
    assert refused.exit_code == 2 and "is a study already" in refused.stderr
    assert state() == before


def test_a_study_made_from_older_decisions_is_not_changed(root: Path) -> None:
    pipeline.recode.recode(str(root / "新语料"), root / "study", root / "二")
    sheet = root / "more.csv"
    sheet.write_text("词语,决定\n乡村旅游,删除\n", encoding="utf-8")
    pipeline.review.apply_review(root / "study", sheet)
    refused = call("recode", root / "新语料", "--study", root / "study", "-o", root / "二")
    assert refused.exit_code == 2 and "was not made from this one as it is now" in refused.stderr


def test_the_same_tables_wherever_it_is_done(root: Path, tmp_path: Path) -> None:
    pipeline.recode.recode(str(root / "新语料"), root / "study", root / "二")
    pipeline.recode.recode(str(root / "新语料"), root / "study", tmp_path / "far" / "away")
    for path in sorted((root / "二").rglob("*.csv")):
        if path.name != "history.csv":
            assert (
                tmp_path / "far" / "away" / path.relative_to(root / "二")
            ).read_bytes() == path.read_bytes()


def test_a_batch_makes_a_study_each_and_names_what_failed(root: Path) -> None:
    (root / "空").mkdir()
    inputs = [root / "新语料", root / "old", root / "空", root / "没有"]
    done = call("recode", *inputs, "--study", root / "study", "-o", root / "批")
    assert done.exit_code == 1
    assert "2 of the inputs failed" in done.stderr and "没有" in done.stderr
    summary = sheets.read_csv(root / "批" / "summary.csv")
    assert summary["study"].tolist() == ["新语料", "old", "", ""]
    assert (summary["error"] != "").tolist() == [False, False, True, True]
    assert summary["codes"].tolist()[2:] == ["0", "0"] and int(summary["new_codes"][0]) >= 1
    assert summary["new_codes"][1] == "0"
    for name in ("新语料", "old"):
        assert study.is_study(root / "批" / name)
    assert sorted(path.name for path in (root / "批").iterdir()) == ["old", "summary.csv", "新语料"]
    again = call("recode", *inputs[:2], "--study", root / "study", "-o", root / "批", "--format", "json")
    assert again.exit_code == 0, again.stderr
    assert [row["study"] for row in json.loads(again.stdout)] == ["新语料", "old"]


def test_a_batch_does_not_go_into_a_study(root: Path) -> None:
    refused = call("recode", root / "old", root / "新语料", "--study", root / "study", "-o", root / "study")
    assert refused.exit_code == 2 and "several inputs need a folder" in refused.stderr


def test_a_study_without_codings_cannot_be_taken(root: Path) -> None:
    pipeline.extract.extract([str(root / "old")], root / "raw")
    refused = call("recode", root / "新语料", "--study", root / "raw", "-o", root / "二")
    assert refused.exit_code == 2 and "casemine code" in refused.stderr
    assert not (root / "二").exists()


def test_a_failed_recode_leaves_nothing(root: Path) -> None:
    refused = call("recode", root / "没有", "--study", root / "study", "-o", root / "二")
    assert refused.exit_code == 2 and not (root / "二").exists()


@pytest.mark.parametrize(
    ("inputs", "names"),
    [
        (["a/x.csv", "a/y"], ["x", "y"]),
        (["a/cases", "b/cases"], ["a_cases", "b_cases"]),
        (["a/x.csv", "a/x.txt"], ["a_x", "a_x-2"]),
        (["a/X", "b/x"], ["a_X", "b_x"]),
    ],
)
def test_names_of_studies(inputs: list[str], names: list[str]) -> None:
    assert list(names_of(inputs).values()) == names


def test_the_first_codebook_stays_the_first(coded: Path, tmp_path: Path) -> None:
    pipeline.code.code(coded, "policy-instruments")
    pipeline.code.code(coded, "six-in-one", headings=True)  # made last, and the first all the same
    (tmp_path / "新.txt").write_text("新县的防贫预警与云仓直播。云仓直播红火。", encoding="utf-8")
    made = pipeline.recode.recode(str(tmp_path / "新.txt"), coded, tmp_path / "new").study
    assert Study(made.folder).first_codebook == "six-in-one"
