"""Topics of a study: tables, exact quotations, the same bytes, a codebook, a section of the report."""

import hashlib
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from casemine import coding, pipeline, sheets
from casemine.errors import ParameterError, StudyError, UsageError
from casemine.study import Study

pytest.importorskip("gensim")

SUBJECTS = (
    ["公路", "桥梁", "隧道", "铁路", "机场", "港口", "物流", "货运", "客运", "车站", "里程", "航线"],
    ["教师", "学生", "课程", "学校", "教室", "教材", "校园", "幼儿园", "大学", "考试", "学位", "师范"],
    ["医院", "医生", "护士", "药品", "疫苗", "诊所", "病床", "医保", "手术", "门诊", "体检", "康复"],
)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    cases, folder = tmp_path_factory.mktemp("cases"), tmp_path_factory.mktemp("studies") / "study"
    chance = random.Random(3)
    lines = ["file,year"]
    for number in range(9):
        paragraphs = ["，".join(chance.sample(SUBJECTS[number % 3], 9)) + "。" for _ in range(20)]
        (cases / f"{number}.txt").write_text("\n".join(paragraphs), encoding="utf-8")
        lines.append(f"{number}.txt,{2018 + number % 3}")
    (cases / "manifest.csv").write_text("\n".join(lines), encoding="utf-8")
    pipeline.extract.extract([cases], folder)
    pipeline.topics.find_topics(folder, topics=3, by=["year"])
    return folder


def test_each_year_is_on_its_own_topic(study: Path) -> None:
    table = Study(study).table(pipeline.topics.schema.TOPICS_BY, "tables/topics_by_year.csv")
    leading = table.loc[table.groupby("group")["share"].idxmax()]
    assert leading["topic"].nunique() == 3
    assert (leading["share"] > 0.8).all()
    assert (study / "figures" / "topics_by_year.png").is_file()
    assert (study / "tables" / "topics.xlsx").is_file()


def test_quotations_are_exact_and_of_their_subject(study: Path) -> None:
    opened = Study(study)
    texts = {document.doc_id: document.text for document in opened.texts}
    quotes = opened.table(pipeline.topics.schema.TOPIC_QUOTES, "tables/topic_quotes.csv")
    assert len(quotes) == 9  # one a document
    for row in quotes.to_dict("records"):
        assert texts[row["doc_id"]][row["start"] : row["end"]] == row["quote"]
        (subject,) = (words for words in SUBJECTS if row["label"].split("·")[0] in words)
        assert set(row["quote"].rstrip("。").split("，")) <= set(subject)


def test_the_same_seed_gives_the_same_bytes_whatever_the_hash_seed(study: Path) -> None:
    code = (
        f"from casemine import pipeline; pipeline.topics.find_topics({str(study)!r}, topics=3, by=['year'])"
    )

    def digests() -> dict[str, str]:
        files = sorted([*(study / "tables").iterdir(), *(study / "figures").glob("topics*")])
        return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}

    before = digests()
    for seed in ("1", "77"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": "C"}
        subprocess.run([sys.executable, "-c", code], check=True, env=environment)
        assert digests() == before


def test_a_codebook_of_topics_passes_its_check(study: Path, tmp_path: Path) -> None:
    path = pipeline.topics.to_codebook(study, tmp_path / "draft.toml")
    assert coding.check(path) == []
    book = coding.load(path)
    assert len(book.at("axial")) == 3
    assert len(book.at("open")) == len({code.name for code in book.at("open")})
    with pytest.raises(UsageError, match="exists already"):
        pipeline.topics.to_codebook(study, path)


def test_a_word_that_is_the_name_of_the_whole_is_no_code_of_it(study: Path, tmp_path: Path) -> None:
    copy = tmp_path / "study"
    shutil.copytree(study, copy)
    words = copy / "tables" / "topics.csv"
    first = str(sheets.read_csv(words)["word"][0])
    words.write_text(words.read_text("utf-8-sig").replace(f",{first},", ",主题,"), encoding="utf-8-sig")
    path = pipeline.topics.to_codebook(copy, tmp_path / "draft.toml")
    assert coding.check(path) == []
    assert "主题" not in {code.name for code in coding.load(path).at("open")}


def test_info_knows_topics_and_the_report_shows_them(study: Path) -> None:
    assert "topics" in pipeline.run.products(Study(study))
    assert "topics" not in pipeline.run.stale(study)
    (page,) = pipeline.report.report(study, formats=["html"]).files
    text = page.read_text("utf-8")
    assert '<section id="topics">' in text
    assert "非负矩阵分解" in text and "non-negative matrix factorisation" in text


def test_the_number_is_chosen_among_those_asked_for(study: Path) -> None:
    found = pipeline.topics.find_topics(study, choose=[3, 6], by=[])
    curve = found.tables["tables/topics_choice.csv"]
    assert curve["topics"].tolist() == [3, 6]
    assert found.topics == int(curve.loc[curve["chosen"], "topics"].iloc[0]) == 3
    assert (study / "figures" / "topics_choice.svg").is_file()


def test_what_is_wrong_is_said(study: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no column"):
        pipeline.topics.find_topics(study, by=["colour"])
    with pytest.raises(UsageError, match="no such engine"):
        pipeline.topics.find_topics(study, engine="magic")
    with pytest.raises(UsageError, match="wo topics at least"):
        pipeline.topics.find_topics(study, topics=1)


def test_a_study_without_topics_has_no_codebook_of_them(coded: Path, tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="no topics yet"):
        pipeline.topics.to_codebook(coded, tmp_path / "draft.toml")
    with pytest.raises(UsageError, match="too few for topics"):
        pipeline.topics.find_topics(coded)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("topics", "a"), ("topics", 1), ("choose", 5), ("choose", [1, 5]), ("seed", -1), ("by", "year"),
    ],
)  # fmt: skip
def test_what_the_command_line_refuses_python_may_not_give(study: Path, name: str, value: Any) -> None:
    given: dict[str, Any] = {name: value}
    with pytest.raises(ParameterError) as caught:
        pipeline.topics.find_topics(study, **given)
    assert caught.value.place == name
