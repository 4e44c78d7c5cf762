from pathlib import Path

import pytest

from casemine.errors import ParameterError
from casemine.pipeline.context import ExtractContext
from casemine.pipeline.discover import (
    discover,
    input_paths,
    jieba_dictionary,
    reading,
    without,
    worthwhile_jobs,
)
from casemine.segment import Segmenter
from casemine.settings import DiscoverSettings, Settings

TEXT = "村里办起扶贫车间，扶贫车间招工。扶贫车间见效，去扶贫车间看看；扶贫车间好。"


def test_new_words_of_documents_without_a_study(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "乙.txt").write_text("", encoding="utf-8")
    told: list[str] = []
    discovered = discover([tmp_path], progress=lambda stage, done, total: told.append(stage))
    assert "扶贫车间" in list(discovered.columns["word"])
    assert [(item.file, item.status) for item in discovered.left_out] == [("乙.txt", "failed")]
    assert "read" in told
    assert sorted(path.name for path in tmp_path.iterdir()) == ["乙.txt", "甲.txt"]


def test_settings_are_followed(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text(TEXT, encoding="utf-8")
    short = Settings().changed({"discover": {"max_len": 3}})
    assert "扶贫车间" not in list(discover([tmp_path], short).columns["word"])


def test_settings_that_no_file_could_hold_are_refused(tmp_path: Path) -> None:
    for given in ({"discover": {"max_len": 3}}, Settings(discover=DiscoverSettings(max_len=0))):
        with pytest.raises(ParameterError, match="settings"):
            discover([tmp_path], given)  # type: ignore[arg-type]


def test_a_bare_string_is_refused_and_paths_become_texts() -> None:
    with pytest.raises(ParameterError, match="inputs"):
        input_paths("corpora/cases")
    assert input_paths([Path("a"), "b"]) == ("a", "b")


def test_little_to_read_is_worth_one_process(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text(TEXT, encoding="utf-8")
    assert worthwhile_jobs(ExtractContext(Settings(), (str(tmp_path),))) == 1


def test_files_are_read_as_the_settings_say() -> None:
    settings = Settings().changed({"ingest": {"encoding": "gbk", "text_column": "正文", "script": "keep"}})
    options = reading(ExtractContext(settings))
    assert (options.encoding, options.text_column, options.script) == ("gbk", "正文", "keep")


def test_a_dictionary_for_jieba_keeps_its_words_whole() -> None:
    columns = {
        "word": ["防贫预警", "工作组织", "贫预警"],
        "pos": ["n_new", "n_new", "n_new"],
        "generic": [False, True, False],
        "absorbed_by": ["", "", "防贫预警"],
    }
    (line,) = jieba_dictionary(columns).splitlines()
    word, frequency, tag = line.split(" ")
    assert (word, tag) == ("防贫预警", "n")
    assert int(frequency) == Segmenter().least_frequency("防贫预警") > 0


def test_words_of_kinds_left_out_are_not_listed() -> None:
    columns = {"word": ["扶贫车间", "柳沟村"], "kind": ["term", "place"]}
    assert without(columns, ["place", "person"]) == {"word": ["扶贫车间"], "kind": ["term"]}
    assert without(columns, []) == columns
