from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from casemine import coding
from casemine.cli.codebook import codebook as command
from casemine.errors import UsageError
from coding.codebooks import SMALL, written


def run(*arguments: str | Path, fails: type[BaseException] | None = None) -> str:
    result = CliRunner().invoke(command, [str(argument) for argument in arguments])
    if fails is None:
        assert result.exit_code == 0, result.output
    else:
        assert isinstance(result.exception, fails)
    return result.output


def test_check_says_what_is_wrong_and_exits_with_1(tmp_path: Path) -> None:
    good = written(tmp_path, SMALL)
    bad = written(tmp_path, SMALL.replace('"平台"', '"预警"'), "bad.toml")
    assert "sound, 6 codes, 3 aliases, small@" in run("check", good)
    result = CliRunner().invoke(command, ["check", str(good), str(bad)])
    assert result.exit_code == 1
    assert f"{bad}, line 23: duplicate code 预警" in result.output


def test_show_prints_the_tree_csv_and_json(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL)
    tree = run("show", path).splitlines()
    assert tree[0].startswith("小  [small@")
    assert tree[-5:] == ["  监测", "    预警", "    平台", "  政策", "    低保"]
    assert "保障（基础）" in tree
    assert "        = 警示、风险预警" in run("show", path, "--definitions").splitlines()
    assert "    须同现：监测预警：任一 贫；帮扶；低收入；农户" in run("show", "six-in-one", "--definitions")
    assert run("show", path, "--format", "csv").splitlines()[0].startswith("code,level,parent")
    assert '"code": "预警"' in run("show", path, "--format", "json")


def test_list_names_the_shipped_codebooks() -> None:
    assert run("list", "--format", "csv").count("\n") == 1 + len(coding.shipped())


def test_diff_prints_and_writes_the_table(tmp_path: Path) -> None:
    old = written(tmp_path, SMALL)
    new = written(tmp_path, SMALL.replace('"平台"', '"系统"'), "new.toml")
    assert run("diff", old, old) == "No difference.\n"
    assert "removed" in run("diff", old, new, "-o", tmp_path / "diff.csv")
    lines = (tmp_path / "diff.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines == [
        "change,level,code,field,before,after",
        "removed,open,平台,code,保障 > 监测,",
        "added,open,系统,code,,保障 > 监测",
    ]


def test_new_writes_a_valid_template_and_never_replaces(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    run("new", path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("#")
    assert [problem.warning for problem in coding.check(path)] == [True]
    head, sample = text.split("# ──", 1)
    filled = head + "\n".join(line[2:] for line in sample.splitlines()[1:])
    assert [code.name for code in coding.load(written(tmp_path, filled, "filled.toml")).entries] == [
        "落实防贫保障", "实施动态监测", "防贫预警"
    ]  # fmt: skip
    path.write_text("mine", encoding="utf-8")
    run("new", path, fails=UsageError)
    assert path.read_text(encoding="utf-8") == "mine"


def test_export_and_import(tmp_path: Path) -> None:
    old, sheet, new = written(tmp_path, SMALL), tmp_path / "b.xlsx", tmp_path / "again.toml"
    run("export", old, "-o", sheet)
    run("import", sheet, "-o", new)
    assert coding.load(new) == coding.load(old)
    run("import", sheet, "-o", new, fails=UsageError)
    run("import", sheet, "-o", new, "--force", "--title", "大")
    assert coding.load(new).title == "大"
    run("export", old, "-o", sheet, fails=UsageError)
    run("export", old, "-o", tmp_path / "b.csv", fails=UsageError)


def test_import_of_rows_of_a_published_table(tmp_path: Path) -> None:
    table = written(tmp_path, "x,y\n类,码\n监测,预警\n监测,平台\n完,\n", "t.csv")
    new = tmp_path / "t.toml"
    run("import", table, "-o", new, "--rows", "2-4", "--axial", "类", "--open", "码")
    assert [code.name for code in coding.load(new).at("open")] == ["预警", "平台"]
    run("import", table, "-o", new, "--force", "--rows", "4-2", fails=UsageError)
