"""REFI-QDA as other programs write it, and what casemine does with broken or hostile files."""

import io
import os
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemine import coding, exchange, pipeline, schema, sheets
from casemine.document import Document
from casemine.errors import UsageError
from casemine.exchange import refi
from exchange.coded_study import PERSON, TEXTS, call

# A folder with nvivo_sample.qdpx and qc_demo.qdpx, which other programs wrote.
REAL = Path(os.environ.get("CASEMINE_REFI", "none"))
CODE = "11111111-1111-1111-1111-111111111111"
USER = "22222222-2222-2222-2222-222222222222"


CODING = f'<Coding guid="{CODE}" creatingUser="{USER}"><CodeRef targetGUID="{CODE}"/></Coding>'


def qde(sources: str, *, codes: str = "", origin: str = "Other 1", head: str = "") -> bytes:
    tree = codes or f'<Code guid="{CODE}" name="预警" isCodable="true"/>'
    users = f'<Users><User guid="{{{USER.upper()}}}" name="李四"/></Users>'
    body = f"{users}<CodeBook><Codes>{tree}</Codes></CodeBook><Sources>{sources}</Sources>"
    return f'{head}<Project xmlns="{refi.PROJECT_SPACE}" name="p" origin="{origin}">{body}</Project>'.encode()


def selection(start: int, end: int, name: str = "") -> str:
    return (
        f'<PlainTextSelection guid="{CODE}" name="{name}" startPosition="{start}" endPosition="{end}">'
        f"{CODING}</PlainTextSelection>"
    )


def source(*selections: str, name: str = "四川二", path: str = "internal://a.txt") -> str:
    return (
        f'<TextSource guid="{CODE}" name="{name}" plainTextPath="{path}">{"".join(selections)}</TextSource>'
    )


def packed(path: Path, project: bytes, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", project)
        for name, data in files.items():
            archive.writestr(f"Sources/{name}.TXT", data)
    return path


def imported(path: Path, output: Path) -> list[tuple[int, int, str, str, str]]:
    result = call("import", path, "-o", output)
    assert result.exit_code == 0, result.output
    frame = schema.CODINGS.parse(sheets.read_csv(output / "codings.csv"))
    return list(frame[["start", "end", "quote", "code", "coder"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("data", "origin", "span", "name"),
    [
        ("甲。\n预警。".encode(), "NVivo", (3, 5), ""),
        (b"\xef\xbb\xbf" + "甲。\r\n预警。".encode(), "NVivo", (4, 6), ""),
        ("甲。\r\n预警。".encode("utf-16"), "NVivo", (4, 6), ""),
        ("甲。\r\n预警。".encode(), "ATLAS.ti", (3, 5), ""),
        ("甲。\r\n预警。".encode(), "QualCoder", (3, 5), "预警"),
        ("😀。\n预警。".encode(), "QualCoder", (3, 5), ""),
        ("😀。\n预警。".encode(), "NVivo", (4, 6), "预警"),
    ],
)
def test_positions_are_found_whatever_a_program_counts(
    tmp_path: Path, data: bytes, origin: str, span: tuple[int, int], name: str
) -> None:
    path = packed(tmp_path / "p.qdpx", qde(source(selection(*span, name)), origin=origin), a=data)
    assert imported(path, tmp_path / "out") == [(3, 5, "预警", "预警", "李四")]
    assert (tmp_path / "out" / "texts" / "四川二.txt").read_bytes().count(b"\r") == 0


def test_inline_texts_whole_sources_and_representations_are_read(tmp_path: Path) -> None:
    whole = f"<PlainTextContent>整篇。</PlainTextContent>{CODING}"
    inline = f'<TextSource guid="{CODE}" name="a">{whole}</TextSource>'
    shown = (
        f'<Representation guid="{CODE}" plainTextPath="internal://a.txt">{selection(0, 2)}</Representation>'
    )
    path = packed(
        tmp_path / "p.qdpx",
        qde(f'{inline}<PDFSource guid="{CODE}" name="b">{shown}</PDFSource>'),
        a="预警。".encode(),
    )
    assert imported(path, tmp_path / "out") == [
        (0, 3, "整篇。", "预警", "李四"),
        (0, 2, "预警", "预警", "李四"),
    ]


def test_what_is_no_text_is_named_with_status_1(tmp_path: Path) -> None:
    picture = f'<PictureSource guid="{CODE}" name="图">{CODING}</PictureSource>'
    path = packed(tmp_path / "p.qdpx", qde(picture + source(path="internal://none.txt")))
    result = call("import", path, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "图: is no text (1 codings)" in result.stderr and "四川二: its plain text is not" in result.stderr


def test_codings_are_placed_in_a_text_that_differs(study: Path, tmp_path: Path) -> None:
    text = TEXTS["四川二.txt"]
    other = "前言。\r\n" + text.replace("覆盖各村", "覆盖 各村").replace("\n", "\r\n")
    spans = [
        (other.index("扶贫产业覆盖"), other.index("各村") + 2),
        (0, 3),
        (other.index("发展"), len(other)),
    ]
    path = packed(tmp_path / "p.qdpx", qde(source(*(selection(*span) for span in spans))), a=other.encode())
    result = call("import", path, "--study", study, "-o", tmp_path / "out")
    assert result.exit_code == 1 and "前言。 [预警]" in result.stderr
    frame = schema.CODINGS.parse(sheets.read_csv(tmp_path / "out" / "codings.csv"))
    assert frame["quote"].tolist() == ["扶贫产业覆盖各村", "发展乡村旅游。"]
    assert all(text[row.start : row.end] == row.quote for row in frame.itertuples())
    assert set(frame["doc_id"]) == {"四川二.txt"}
    unplaced = sheets.read_csv(tmp_path / "out" / "unplaced.csv")
    assert unplaced["quote"].tolist() == ["前言。"]


def test_of_words_that_stand_often_the_nearest_count(study: Path, tmp_path: Path) -> None:
    place = exchange.Finder("甲乙。丙。甲乙。", "序，甲乙。丙。甲乙。")
    assert place.find(0, 2) == (2, 4) and place.find(5, 7) == (7, 9)
    assert place.find(2, 3) == (4, 5) and exchange.Finder("丁", "甲").find(0, 1) is None
    assert exchange.Finder(" \n甲", "甲").find(0, 2) is None


def test_a_project_comes_back_to_its_study_and_is_compared_with_it(study: Path) -> None:
    assert call("export", study, "--format", "qdpx").exit_code == 0
    path = study / "exports" / f"{study.name}.qdpx"
    result = call("import", path, "--study", study, "--coder", PERSON, "--sentences")
    assert result.exit_code == 0, result.output
    [file] = (study / "imports").glob("*/codings.csv")
    frame = schema.CODINGS.parse(sheets.read_csv(file))
    assert set(frame["coder"]) == {PERSON}
    frame = frame[frame["code"] != ""]  # beside it: read, nothing found
    assert set(frame["code"]) == {"防贫预警"} and len(frame) == 2
    assert set(frame["codebook"]) == {coding.load(study / "codebooks" / "six-in-one.toml").label}
    agreed = call("agree", study, file, "--unit", "sentence", "-o", study / "tables" / "agreement.csv")
    assert agreed.exit_code == 0, agreed.output
    assert sheets.read_csv(study / "tables" / "agreement.csv")["code"].tolist()[0] == "*"
    result = call("import", path, "--study", study, "--coder", "王五")
    assert result.exit_code == 2 and f"casemine, {PERSON}" in result.stderr


def test_codings_widen_to_the_sentences_they_touch(study: Path, tmp_path: Path) -> None:
    text = TEXTS["云南/一.txt"]
    start = text.index("预警")
    path = packed(
        tmp_path / "p.qdpx", qde(source(selection(start, text.index("发展") + 1), name="x")), a=text.encode()
    )
    assert call("import", path, "--study", study, "-o", tmp_path / "out", "--sentences").exit_code == 0
    frame = sheets.read_csv(tmp_path / "out" / "codings.csv")
    assert frame["quote"].tolist() == ["全县建立防贫预警机制，帮到户。", "😀😀发展乡村旅游。"]


HOSTILE = '<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (qde(source(), head=HOSTILE), "document type declaration"),
        (qde("").replace(b":1.0", b":2.0"), "REFI-QDA project 2.0"),
        (qde("").replace(b"project:", b"codebook:"), "no REFI-QDA project"),
        (b"<p/>", "no REFI-QDA project"),
        (b"<p", "not well-formed"),
        (qde("", codes=" "), "holds no codes"),
    ],
)  # fmt: skip
def test_what_is_no_project_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    result = call("import", packed(tmp_path / "p.qdpx", data), "-o", tmp_path / "out")
    assert result.exit_code == 2 and said in result.stderr
    assert not (tmp_path / "out").exists()


def test_an_archive_that_is_none_or_a_bomb_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p.qdpx").write_bytes(b"PK no zip")
    assert "zip archive is damaged" in call("import", tmp_path / "p.qdpx", "-o", tmp_path / "out").stderr
    bomb = packed(tmp_path / "b.qdpx", qde(source()), a=b"0" * (40 << 20))
    result = call("import", bomb, "-o", tmp_path / "out")
    assert result.exit_code == 2 and "zip bomb" in result.stderr
    with zipfile.ZipFile(tmp_path / "e.qdpx", "w") as archive:
        archive.writestr("a.txt", "")
    assert "holds no project.qde" in call("import", tmp_path / "e.qdpx", "-o", tmp_path / "out").stderr


def test_old_files_with_a_colon_in_the_version_are_read() -> None:
    data = qde("").replace(b"project:1.0", b"project:1:0")
    assert exchange.read_project(data, lambda _: None, "p").codes[0].name == "预警"


def test_import_asks_for_what_it_needs(tmp_path: Path, study: Path) -> None:
    book = tmp_path / "b.qdc"
    book.write_bytes(exchange.codebook(coding.find("six-in-one").codes, "six-in-one"))
    for arguments, said in (
        ((book,), "-o NAME.toml"),
        ((book, "--study", study), "no codings to place"),
        ((packed(tmp_path / "p.qdpx", qde("")),), "-o FOLDER"),
        ((study / "documents.csv",), "neither a .qdc nor a .qdpx"),
        ((tmp_path / "p.qdpx", "-o", study), "holds other files"),
    ):
        result = call("import", *arguments)
        assert result.exit_code == 2 and said in result.stderr
    assert call("import", book, "-o", tmp_path / "b.toml").exit_code == 0
    assert coding.load(tmp_path / "b.toml").entries == coding.find("six-in-one").entries
    assert "exists already" in call("import", book, "-o", tmp_path / "b.toml").stderr
    assert call("import", book, "-o", tmp_path / "b.toml", "--force").exit_code == 0


# A keyword is one line without the mark that joins keywords; the name of a code holds no line end.
letters = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="；\ufffe\uffff")
words = st.text(letters, max_size=6).map(str.strip)
coders = st.sampled_from(["casemine", "张三", "Ann <&>"])


CODES = (
    ("监测", "selective", ""),
    ("动态监测", "axial", "监测"),
    ("预警", "open", "动态监测"),
    ("预警机制", "open", "动态监测"),
)
BOOK = coding.Codebook("b", entries=tuple(coding.Code(*code) for code in CODES))


@st.composite
def coded_texts(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, str, str, str]]]:
    text = draw(st.text(st.sampled_from("甲乙丙。\n 😀𠮷<&"), min_size=1, max_size=30).filter(str.strip))
    starts = st.integers(0, len(text) - 1)
    rows = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(starts)
        end = draw(st.integers(start + 1, len(text)))
        if text[start:end].strip():
            rows.append(
                (
                    start,
                    end,
                    draw(st.sampled_from([code.name for code in BOOK.entries])),
                    draw(words),
                    draw(coders),
                )
            )
    return text, sorted(set(rows))


@settings(deadline=None)
@given(coded_texts())
def test_codings_come_back_as_they_were(made: tuple[str, list[tuple[int, int, str, str, str]]]) -> None:
    text, rows = made
    columns = ["start", "end", "code", "keyword", "coder"]
    codings = pd.DataFrame(rows, columns=columns).assign(doc_id="a")
    documents = pd.DataFrame(
        [dict.fromkeys(schema.DOCUMENTS.names, "") | {"doc_id": "a", "text_file": "texts/a.txt"}]
    )
    content = exchange.ProjectContent("p", documents, [Document("a", text)], BOOK.codes, codings)
    with zipfile.ZipFile(io.BytesIO(exchange.project(content, BOOK.name))) as archive:
        found = exchange.read_project(
            archive.read("project.qde"),
            lambda path: archive.read("sources/" + path.removeprefix("internal://")).decode(),
            "p",
        )
    names = {entry.guid: entry.name for entry in found.codes}
    came = [
        (one.start, one.end, names[guid], keyword, one.user)
        for one in found.sources[0].selections
        for guid in one.codes
        for keyword in exchange.keywords_of(names[guid], one.description)
    ]
    assert found.sources[0].text == text
    assert sorted(came) == rows


@pytest.mark.skipif(not REAL.is_dir(), reason="needs the files other programs wrote")
def test_files_of_other_programs(tmp_path: Path) -> None:
    nvivo = pipeline.imports.import_project(REAL / "nvivo_sample.qdpx", tmp_path / "nvivo")
    other = pipeline.imports.import_project(REAL / "qc_demo.qdpx", tmp_path / "other")
    assert len(nvivo.book.entries) == len(other.book.entries) == 262
    assert len(nvivo.codings) == 0 and len(other.codings) == 205 and not other.unread
    assert coding.load(tmp_path / "nvivo" / "codebook.toml") == nvivo.book
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (tmp_path / "other" / "texts").iterdir()}
    assert all(texts[row.doc_id][row.start : row.end] == row.quote for row in other.codings.itertuples())


def test_a_codebook_is_no_project() -> None:
    with pytest.raises(UsageError, match="no REFI-QDA codebook"):
        exchange.read_codebook(qde(""), "p.qdc")
