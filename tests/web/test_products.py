"""Tables and figures have names and groups, whatever was made."""

import pytest

from casemine import figures
from casemine.web.products import called, grouped


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("frequency_final.csv", "关键词频次"),
        ("tables/topics_by_region.csv", "主题占比（按地区）"),
        ("tables/coding_table_consolidate-extend.csv", "编码表（consolidate-extend）"),
        ("tables/words_by_部门.csv", "特征词（按部门）"),
        ("figures/network_codes.png", "编码网络"),
        ("tables/pmc_policy-pmc_variables.csv", "PMC 指数（policy-pmc_variables）"),
        ("tables/cooccurrence_six-in-one.csv", "编码共现（six-in-one）"),
        ("figures/cooccurrence.png", "关键词共现网络"),
        ("tables/own.csv", "own"),
        ("tables/similarity.csv", "similarity"),
        ("tables/recode_outside.csv", "编码本之外的关键词"),
    ],
)
def test_a_file_is_called(file: str, name: str) -> None:
    assert called(file, "zh") == name
    assert called(file, "en") == file.rpartition("/")[2].partition(".")[0]


def test_what_belongs_together_stands_together() -> None:
    files = ["tables/topics.csv", "tables/own.csv", "new_words.csv", "tables/document_topics.csv"]
    assert [(title, [file for file, _ in own]) for title, own in grouped(files, "zh")] == [
        ("关键词与新词", ["new_words.csv"]),
        ("主题", ["tables/topics.csv", "tables/document_topics.csv"]),
        ("其他", ["tables/own.csv"]),
    ]


def test_every_figure_of_a_study_has_a_name_and_a_group() -> None:
    files = [f"figures/{name}.png" for name in figures.CAPTIONS]
    assert all(called(file, "zh") != file.rpartition("/")[2].partition(".")[0] for file in files)
    groups = dict(grouped(files, "zh"))
    assert "其他" not in groups
    assert ("figures/cooccurrence.png", "关键词共现网络") in groups["关键词与新词"]
