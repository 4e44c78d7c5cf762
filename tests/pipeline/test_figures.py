"""The figures of a study: drawn, written, the same each time, and what was not drawn."""

import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casemine import coding, pipeline, resources
from casemine.cli import casemine
from casemine.figures import CAPTIONS, FORMATS
from casemine.pipeline.view import view
from casemine.study import Study

HASHED = ("cooccurrence", "dendrogram", "framework", "coding_tree")


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("studies") / "study"
    pipeline.extract.extract([str(resources.corpus("cases"))], folder)
    pipeline.code.code(folder, vectors="none")
    pipeline.rigour.saturation(folder)
    return folder


@pytest.fixture(scope="module")
def drawn(coded: Path) -> pipeline.figures.Drawn:
    return pipeline.figures.figures(coded)


@pytest.fixture
def study(coded: Path, tmp_path: Path) -> Path:
    copy = shutil.copytree(coded, tmp_path / "study")
    shutil.rmtree(copy / "figures", ignore_errors=True)
    return Path(copy)


def call(*arguments: object) -> Result:
    return CliRunner().invoke(casemine, [str(argument) for argument in arguments])


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "figures").iterdir())


def test_every_figure_of_a_coded_study_is_drawn_in_every_format(drawn: pipeline.figures.Drawn) -> None:
    assert drawn.not_drawn == {}
    assert drawn.lacking == ""
    assert list(drawn.written) == list(CAPTIONS)
    assert files(drawn.study.folder) == sorted(f"{name}.{form}" for name in CAPTIONS for form in FORMATS)


def test_files_are_what_they_are_called(drawn: pipeline.figures.Drawn) -> None:
    folder = drawn.study.folder / "figures"
    for name in CAPTIONS:
        png, pdf = ((folder / f"{name}.{form}").read_bytes() for form in ("png", "pdf"))
        assert png.startswith(b"\x89PNG")
        assert int.from_bytes(png[16:20], "big") == pytest.approx(175 / 25.4 * 300, abs=1)
        assert pdf.startswith(b"%PDF")
        assert b"/FontFile2" in pdf  # TrueType, embedded
        assert b"/Type3" not in pdf
        root = ElementTree.parse(folder / f"{name}.svg").getroot()
        assert root.get("width") == pytest.approx("496.062992pt")
        assert not list(root.iter("{http://www.w3.org/2000/svg}text"))  # outlines, whatever fonts there are


def test_the_same_study_gives_the_same_bytes_whatever_the_hash_seed(
    drawn: pipeline.figures.Drawn, study: Path
) -> None:
    options = [part for name in HASHED for part in ("--only", name)]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    command = [sys.executable, "-m", "casemine", "figures", str(study), *options]
    subprocess.run(command, check=True, capture_output=True, env=environment)
    for name in files(study):
        data = (study / "figures" / name).read_bytes()
        assert data == (drawn.study.folder / "figures" / name).read_bytes(), name
        assert re.search(rb"CreationDate|dc:date|20\d\d-\d\d-\d\d", data) is None
    assert len(files(study)) == 3 * len(HASHED)


def test_pictures_of_a_report_share_no_name(coded: Path) -> None:
    made, lacking = pipeline.figures.pictures(view(Study(coded)), only=HASHED, columns=1)
    assert lacking == ""
    assert [picture.name for picture in made] == list(HASHED)
    names = [name for picture in made for name in re.findall(r'\bid="([^"]+)"', picture.svg)]
    assert len(names) == len(set(names)) > 100
    for picture in made:
        own = set(re.findall(r'\bid="([^"]+)"', picture.svg))
        assert set(re.findall(r'(?:href="#|url\(#)([^")]+)', picture.svg)) <= own
        ElementTree.fromstring(picture.svg)
        assert picture.caption == CAPTIONS[picture.name]
        assert picture.png.startswith(b"\x89PNG")


def test_a_study_that_is_not_coded_gets_the_figures_of_words(study: Path) -> None:
    (study / "codings.csv").unlink()
    shutil.rmtree(study / "tables")
    (study / "figures").mkdir()
    (study / "figures" / "framework.png").write_bytes(b"of an earlier coding")
    result = call("figures", study, "--format", "png", "--columns", 1)
    assert result.exit_code == 0, result.output
    assert files(study) == sorted(
        f"{name}.png"
        for name in ("keyword_frequency", "word_cloud", "new_words", "cooccurrence", "dendrogram")
    )
    said = result.stdout.split("Not drawn:")[1]
    assert f"framework: the study is not coded yet: casemine code {study}." in said
    assert "saturation: there is no saturation curve yet" in said


def test_a_curve_of_other_codings_is_not_drawn(study: Path) -> None:
    curve = study / "tables" / "saturation.csv"
    rows = curve.read_text(encoding="utf-8-sig").splitlines()
    curve.write_text("\n".join(row for row in rows if not row.startswith("axial")), encoding="utf-8")
    made = pipeline.figures.figures(study, only=["saturation"], formats=["svg"])
    assert "other codings" in made.not_drawn["saturation"]


def test_another_codebook_gives_another_framework(study: Path) -> None:
    pipeline.code.code(study, "wuda-zhenxing", vectors="none")
    first, other, bare = (
        call("figures", study, "--only", "framework", "--format", "svg", "--codebook", name)
        for name in ("six-in-one", "wuda-zhenxing", "policy-instruments")
    )
    assert [result.exit_code for result in (first, other, bare)] == [0, 0, 0]
    names = [f"framework_{name}.svg" for name in ("policy-instruments", "six-in-one", "wuda-zhenxing")]
    assert files(study) == names
    assert len({(study / "figures" / name).read_bytes() for name in names}) == 3
    result = call("figures", study)
    assert result.exit_code == 2
    assert "--codebook" in result.stderr
    assert call("figures", study, "--only", "word_cloud", "--format", "svg").exit_code == 0


def test_a_codebook_without_codings_is_drawn_without_cases(study: Path) -> None:
    only = ["framework", "coding_tree", "category_shares"]
    made = pipeline.figures.figures(study, only=only, formats=["svg"], codebook="problem-remedy")
    assert list(made.written) == ["framework", "coding_tree"]
    assert "not coded with the codebook" in made.not_drawn["category_shares"]


def test_characters_that_no_font_has_are_named(study: Path, tmp_path: Path) -> None:
    text = coding.locate("six-in-one").read_text(encoding="utf-8")
    book = tmp_path / "own.toml"
    book.write_text(
        text.replace('name = "six-in-one"', 'name = "own"').replace("落实防贫保障", "落实𠀀保障"),
        encoding="utf-8",
    )
    result = call("figures", study, "--codebook", book, "--only", "framework", "--format", "png")
    assert result.exit_code == 0, result.output
    assert "the font lacks 𠀀" in result.stderr
    assert "--font FILE" in result.stderr


def test_the_command_warns_of_stale_codings(study: Path) -> None:
    book = study / "codebooks" / "six-in-one.toml"
    book.write_text(
        book.read_text(encoding="utf-8").replace('role = "基础"', 'role = "根基"'), encoding="utf-8"
    )
    result = call("figures", study, "--only", "word_cloud", "--format", "png")
    assert "not up to date" in result.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--only", "pie"], "'pie' is not one of"),
        (["--format", "gif"], "'gif' is not one of"),
        (["--columns", "3"], "'3' is not one of"),
        (["--font", "run.json"], "cannot be read as a font"),
        (["--codebook", "none"], "no such codebook"),
    ],
)
def test_wrong_usage_is_named(
    coded: Path, options: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(coded)
    result = call("figures", ".", *options)
    assert result.exit_code == 2
    assert said in result.stderr
