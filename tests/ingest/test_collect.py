import os
import sys
from itertools import permutations
from pathlib import Path

import pytest

from casemine.errors import DocumentError, UsageError
from casemine.ingest import read_documents, read_texts
from casemine.ingest.collect import collect
from casemine.ingest.manifest import manifest_metadata, read_manifest


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


def ids(*inputs, **options):
    return [found.doc_id for found in collect(inputs, **options).files]


def test_a_folder_gives_paths_below_it(tmp_path):
    make(tmp_path, "b.txt", "a/案例.txt")
    assert ids(tmp_path) == ["a/案例.txt", "b.txt"]
    assert ids(tmp_path, recursive=False) == ["b.txt"]
    assert ids(str(tmp_path) + "/") == ["a/案例.txt", "b.txt"]


def test_a_single_file_has_its_name(tmp_path):
    make(tmp_path, "a/b.txt")
    assert ids(tmp_path / "a" / "b.txt") == ["b.txt"]


def test_names_are_nfc(tmp_path):
    make(tmp_path, "cafe\u0301.txt")
    assert ids(tmp_path) == ["caf\u00e9.txt"]


def test_two_names_that_are_one_in_nfc_stay_two_documents(tmp_path):
    make(tmp_path, "cafe\u0301.txt", "caf\u00e9.txt")
    if len(list(tmp_path.iterdir())) == 1:
        pytest.skip("the file system composes names itself")
    assert ids(tmp_path) == ["caf\u00e9.txt", "caf\u00e9.txt (2)"]


def test_several_inputs_put_their_names_in_front_whatever_the_order(tmp_path):
    make(tmp_path, "x/cases/1.txt", "y/cases/1.txt", "y/cases/2.txt", "z/one.txt", "w/one.txt")
    inputs = [tmp_path / "x/cases", tmp_path / "y/cases", tmp_path / "z/one.txt", tmp_path / "w/one.txt"]
    expected = ["w/one.txt", "x/cases/1.txt", "y/cases/1.txt", "y/cases/2.txt", "z/one.txt"]
    for order in permutations(inputs):
        assert ids(*order) == expected
    assert ids(tmp_path / "x/cases", tmp_path / "z/one.txt") == ["cases/1.txt", "one.txt"]


def test_a_file_reached_twice_counts_once(tmp_path):
    make(tmp_path, "cases/sub/1.txt", "cases/2.txt")
    inputs = [tmp_path / "cases", tmp_path / "cases/sub", tmp_path / "cases/2.txt", tmp_path / "cases"]
    for order in permutations(inputs):
        assert ids(*order) == ["2.txt", "cases/sub/1.txt"]


def test_globs_are_read_here_where_the_shell_does_not(tmp_path, monkeypatch):
    make(tmp_path, "in/a.txt", "in/b.md", "in/deep/c.txt", "in/.git/d.txt")
    monkeypatch.chdir(tmp_path)
    assert ids("in/*.txt") == ["a.txt"]
    assert ids("in/**/*.txt") == ["a.txt", "deep/c.txt"]
    assert ids("i[n]/a.txt") == ["in/a.txt"]
    assert ids("in/d*") == ["deep/c.txt"]


def test_a_file_whose_name_looks_like_a_glob_wins(tmp_path):
    make(tmp_path, "[1].txt", "1.txt")
    assert ids(tmp_path / "[1].txt") == ["[1].txt"]


@pytest.mark.parametrize("name", ["nothing", "*.none"])
def test_what_matches_nothing_is_a_usage_error(tmp_path, name):
    with pytest.raises(UsageError) as caught:
        collect([tmp_path / name])
    assert caught.value.advice


def test_an_empty_folder_and_no_input_are_usage_errors(tmp_path):
    with pytest.raises(UsageError, match="nothing to read"):
        collect([tmp_path])
    with pytest.raises(UsageError, match="no input"):
        collect([])


def test_system_hidden_and_lock_files_and_studies_are_passed_over(tmp_path):
    make(tmp_path, "1.txt", ".hidden.txt", "~$1.docx", "Thumbs.db", "manifest.csv", ".git/x.txt", "README.md")
    make(tmp_path, "study/texts/1.txt")
    (tmp_path / "study/run.json").write_text('{"casemine": "0.1.0"}', encoding="utf-8")
    make(tmp_path, "other/run.json")
    found = collect([tmp_path])
    assert [file.doc_id for file in found.files] == ["1.txt", "README.md", "other/run.json"]
    assert {place: reason.split(",")[0].split(":")[0] for place, reason in found.passed_over} == {
        ".hidden.txt": "a hidden file",
        ".git": "a hidden folder",
        "~$1.docx": "a lock file of Office",
        "Thumbs.db": "a file of the system",
        "manifest.csv": "the manifest",
        "study": "a study folder of casemine",
    }
    assert found.manifests == (tmp_path / "manifest.csv",)


def test_a_hidden_file_that_is_asked_for_is_read(tmp_path):
    make(tmp_path, ".notes.txt")
    assert ids(tmp_path / ".notes.txt") == [".notes.txt"]


def test_loops_of_links_end(tmp_path):
    make(tmp_path, "a/1.txt")
    try:
        (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("links are not allowed here")
    assert ids(tmp_path) == ["a/1.txt"]


def test_a_manifest_is_read_in_either_language_and_encoding(tmp_path):
    path = tmp_path / "manifest.csv"
    path.write_bytes(
        "文件,标题,省份,年份,来源\r\n.\\子\\1.txt,茶乡,贵州省,2020,县志\r\n,,,,\r\n".encode("gbk")
    )
    assert read_manifest(path) == {
        "子/1.txt": {"title": "茶乡", "region": "贵州省", "year": "2020", "来源": "县志"}
    }


@pytest.mark.parametrize("text", ["title,year\nx,1\n", "file\n1.txt\n1.txt\n", ""])
def test_a_manifest_that_cannot_be_used_is_named(tmp_path, text):
    path = tmp_path / "manifest.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError, match="manifest"):
        read_manifest(path)


def test_manifest_rows_reach_files_records_and_members(tmp_path):
    make(tmp_path, "a/1.txt", "a/t.csv", "a/z.zip")
    (tmp_path / "a/manifest.csv").write_text(
        "file,title\n1.txt,One\nt.csv#3,Row\nz.zip!x/y.docx,Member\ngone.txt,Gone\n", encoding="utf-8"
    )
    metadata, errors = manifest_metadata(collect([tmp_path]))
    assert metadata == {
        "a/1.txt": {"title": "One"},
        "a/t.csv#3": {"title": "Row"},
        "a/z.zip!x/y.docx": {"title": "Member"},
    }
    assert [error.place for error in errors] == ["a/gone.txt"]


def test_a_manifest_speaks_for_files_named_one_by_one(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "manifest.csv"):
        (tmp_path / name).write_text("x", "utf-8")
    assert collect([tmp_path / "a.txt"]).manifests == (tmp_path / "manifest.csv",)
    assert collect([str(tmp_path / "*.txt")]).manifests == (tmp_path / "manifest.csv",)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps file names that are not Unicode")
def test_a_file_name_in_gbk_is_read_as_one(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode("罗江.txt".encode("gb18030"))).write_text("x", "utf-8")
    assert [item.doc_id for item in collect([tmp_path]).files] == ["罗江.txt"]


def test_files_that_a_manifest_names_and_that_are_not_there_are_left_out_each_by_its_name(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.txt").write_text("全县建立防贫预警机制。", encoding="utf-8")
    (tmp_path / "manifest.csv").write_text("file,title\na.txt,甲\nb.txt,乙\nsub/c.txt,丙\n", encoding="utf-8")
    left = read_documents(collect([tmp_path])).left_out.set_index("file")
    assert left["status"].to_dict() == {
        "b.txt": "failed",
        "manifest.csv": "passed over",
        "sub/c.txt": "failed",
    }
    assert left.loc["b.txt", "reason"] == "named in manifest.csv, but there is no such file."


def test_a_manifest_that_cannot_be_used_fails_under_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("全县建立防贫预警机制。", encoding="utf-8")
    (tmp_path / "manifest.csv").write_text("file,title\na.txt,甲\na.txt,乙\n", encoding="utf-8")
    read = read_documents(collect([tmp_path]))
    assert len(read.documents) == 1
    assert read.left_out[["file", "status"]].values.tolist() == [["manifest.csv", "failed"]]


def test_each_text_is_told_as_soon_as_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("全县建立防贫预警机制。\n参考文献\n[1] 甲. 乙[J]. 丙, 2020.\n", "utf-8")
    (tmp_path / "b.txt").write_text("乡里办扶贫车间。", "utf-8")
    (tmp_path / "c.txt").write_text("乡里办扶贫车间。", "utf-8")
    told: list[str] = []
    texts, left_out = read_texts(collect([tmp_path]), expect=told.append)
    assert told == [*texts, texts[1]] and [item.file for item in left_out] == ["c.txt"]
    assert texts == read_texts(collect([tmp_path]))[0]
