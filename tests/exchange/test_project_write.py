"""REFI-QDA as casemine writes it: valid, the quotations in their places, the same bytes each time."""

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from lxml import etree

from casemine import coding, exchange, schema, sheets
from casemine.coding.codebook import rule_texts
from casemine.document import Document
from casemine.exchange import refi
from casemine.exchange.project_read import read_project
from exchange.coded_study import PERSON, TEXTS, call

XSD = Path(__file__).parents[1] / "data" / "refi" / "Project.xsd"
NS = {"p": refi.PROJECT_SPACE, "c": refi.CODEBOOK_SPACE}


def exported(study: Path, form: str, *options: str) -> Path:
    result = call("export", study, "--format", form, *options)
    assert result.exit_code == 0, result.output
    # What a second coder gets never takes the place of the project with the codings.
    name = f"{study.name}-blind" if "--blind" in options else study.name
    return study / "exports" / f"{name}.{form}"


def project(path: Path) -> tuple[etree._Element, dict[str, str]]:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        files = {name: archive.read(name).decode() for name in names}
    root = etree.fromstring(files.pop("project.qde").encode())
    assert all(name.startswith("sources/") and name == name.lower() for name in files)
    return root, files


def text_of(source: etree._Element, files: dict[str, str]) -> str:
    return files["sources/" + source.get("plainTextPath").removeprefix("internal://")]


def test_a_project_is_valid(study: Path) -> None:
    schema_ = etree.XMLSchema(etree.parse(str(XSD)))
    root, _ = project(exported(study, "qdpx"))
    schema_.assertValid(root)
    assert not root.findall("p:Sets", NS)
    root, _ = project(exported(study, "qdpx", "--blind"))
    schema_.assertValid(root)


def test_a_codebook_has_the_structure_of_the_codebook_in_a_project(study: Path) -> None:
    data = exported(study, "qdc").read_bytes()
    assert b'xmlns="urn:QDA-XML:codebook:1.0"' in data
    root = etree.fromstring(data.replace(refi.CODEBOOK_SPACE.encode(), refi.PROJECT_SPACE.encode()))
    assert root.attrib.pop("origin").startswith("casemine ")
    held = etree.Element(f"{{{refi.PROJECT_SPACE}}}Project", name="held")
    held.append(root)
    etree.XMLSchema(etree.parse(str(XSD))).assertValid(held)


def test_codes_stand_in_three_levels_with_their_texts(study: Path) -> None:
    root = etree.fromstring(exported(study, "qdc").read_bytes())
    book = coding.load(study / "codebooks" / "six-in-one.toml")
    colours = {}
    for level, depth in (("selective", 1), ("axial", 2), ("open", 3)):
        found = root.findall("c:Codes/" + "/".join(["c:Code"] * depth), NS)
        assert [code.get("name") for code in found] == [code.name for code in book.at(level)]
        assert {code.get("isCodable") for code in found} == {"true"}
        colours[level] = {code.get("color") for code in found}
    assert colours["selective"] == colours["axial"] == colours["open"] and len(colours["open"]) == 6
    code = root.find(".//c:Code[@name='防贫预警']", NS)
    lines = code.findtext("c:Description", namespaces=NS).split("\n")
    row = book.by_name["防贫预警"]
    assert lines == [row.definition, f"纳入：{row.include}", f"排除：{row.exclude}",
                     f"别名：{'；'.join(row.aliases)}", f"示例：{row.example}",
                     *f"须同现：{rule_texts(row)['needs']}".split("\n")]  # fmt: skip


def test_a_coding_of_a_category_comes_back() -> None:
    text = "村里兜底保障做得细。"
    document = Document("甲.txt", text)
    codes = schema.CODEBOOK.frame([
        dict.fromkeys(schema.CODEBOOK.names, "") | {"code": name, "level": level, "parent": parent}
        for name, level, parent in (
            ("帮扶", "selective", ""), ("兜底保障", "axial", "帮扶"), ("低保", "open", "兜底保障")
        )
    ])  # fmt: skip
    coding_row = {
        "codebook": "自编@1", "doc_id": "甲.txt", "start": 0, "end": len(text), "code": "兜底保障",
        "keyword": "兜底保障", "coder": "casemine", "from": "text", "quote": text, "method": "exact",
        "score": 1.0,
    }  # fmt: skip
    documents = schema.DOCUMENTS.frame([
        {column.name: 0 if column.kind == "count" else "" for column in schema.DOCUMENTS.columns}
        | {"doc_id": "甲.txt", "text_file": "texts/甲.txt", "sha256": "0"}
    ])  # fmt: skip
    content = exchange.ProjectContent(
        "研究", documents, [document], codes, schema.CODINGS.frame([coding_row])
    )
    with zipfile.ZipFile(io.BytesIO(exchange.project(content, "自编"))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    read = read_project(
        files[refi.QDE], lambda path: files[path.replace(refi.INTERNAL, refi.SOURCES)].decode(), "甲"
    )
    names = {entry.guid: entry.name for entry in read.codes}
    (selection,) = read.sources[0].selections
    assert [names[guid] for guid in selection.codes] == ["兜底保障"]
    assert (selection.start, selection.end) == (0, len(text))


def test_every_quotation_stands_in_its_place(study: Path) -> None:
    root, files = project(exported(study, "qdpx"))
    names = {code.get("guid"): code.get("name") for code in root.iterfind(".//p:Code", NS)}
    users = {user.get("guid"): user.get("name") for user in root.iterfind(".//p:User", NS)}
    assert set(users.values()) == {"casemine", PERSON}
    assert [text_of(source, files) for source in root.iterfind(".//p:TextSource", NS)] == list(TEXTS.values())
    found = []
    for source in root.iterfind(".//p:TextSource", NS):
        for part in source.iterfind("p:PlainTextSelection", NS):
            quote = text_of(source, files)[int(part.get("startPosition")) : int(part.get("endPosition"))]
            assert quote == part.get("name")
            coders = {users[one.get("creatingUser")] for one in [part, *part.iterfind("p:Coding", NS)]}
            assert len(coders) == 1  # QualCoder gives codings the coder of their selection
            found += [
                (quote, names[ref.get("targetGUID")], *coders) for ref in part.iterfind(".//p:CodeRef", NS)
            ]
    codings = schema.CODINGS.parse(sheets.read_csv(study / "codings.csv"))
    assert sorted(found) == sorted(codings[["quote", "code", "coder"]].itertuples(index=False, name=None))


def test_texts_are_plain_utf8(study: Path) -> None:
    with zipfile.ZipFile(exported(study, "qdpx")) as archive:
        for name in archive.namelist()[1:]:
            data = archive.read(name)
            assert b"\r" not in data and not data.startswith(b"\xef\xbb\xbf")


def test_region_year_and_the_manifest_are_variables_of_one_case_a_document(study: Path) -> None:
    root, _ = project(exported(study, "qdpx"))
    variables = {one.get("guid"): one for one in root.iterfind("p:Variables/p:Variable", NS)}
    kinds = {one.get("name"): one.get("typeOfVariable") for one in variables.values()}
    assert kinds == {
        "标题": "Text",
        "地区": "Text",
        "年份": "Integer",
        "区县": "Text",
        "households": "Text",
    }
    cases = {}
    for case in root.iterfind("p:Cases/p:Case", NS):
        values = {variables[held[0].get("targetGUID")].get("name"): held[1].text
                  for held in case.iterfind("p:VariableValue", NS)}  # fmt: skip
        cases[case.get("name")] = values
    assert cases["云南__一"] == {
        "标题": "吉林村",
        "地区": "云南",
        "年份": "2019",
        "区县": "甲县",
        "households": "30",
    }
    assert cases["四川二"]["households"] == "007" and "区县" not in cases["四川二"]
    sources = {one.get("guid"): one.get("name") for one in root.iterfind(".//p:TextSource", NS)}
    assert [sources[ref.get("targetGUID")] for ref in root.iterfind(".//p:SourceRef", NS)] == list(cases)


def test_memos_are_notes_with_files_that_are_referred_to(study: Path) -> None:
    root, files = project(exported(study, "qdpx"))
    notes = {note.get("guid"): note for note in root.iterfind("p:Notes/p:Note", NS)}
    texts = {note.get("name"): text_of(note, files) for note in notes.values()}
    assert texts == {"扶贫产业：扶贫产业": "典型，可引用 <&>", "扶贫产业：扶贫产业 2": "原文改过",
                     "防贫预警": "全库通用", "到户": "太泛"}  # fmt: skip
    assert all(note.get("creationDateTime") for note in notes.values())
    where = {notes[ref.get("targetGUID")].get("name"): etree.QName(ref.getparent()).localname
             for ref in root.iterfind(".//p:NoteRef", NS)}  # fmt: skip
    assert where == {"扶贫产业：扶贫产业": "PlainTextSelection", "扶贫产业：扶贫产业 2": "TextSource",
                     "防贫预警": "Project", "到户": "TextSource"}  # fmt: skip
    [dated] = [note for note in notes.values() if note.get("name") == "扶贫产业：扶贫产业"]
    assert dated.get("creationDateTime") == "2026-01-02T03:04:05+00:00"


def test_blind_leaves_codings_and_memos_out(study: Path) -> None:
    root, files = project(exported(study, "qdpx", "--blind"))
    assert not list(root.iterfind(".//p:Coding", NS)) and not list(root.iterfind(".//p:Note", NS))
    assert list(root.iterfind(".//p:Code", NS)) and len(files) == len(TEXTS)


@pytest.mark.parametrize("form", ["qdc", "qdpx"])
def test_a_second_export_is_the_same_bytes(study: Path, form: str) -> None:
    first = exported(study, form).read_bytes()
    assert exported(study, form).read_bytes() == first


@pytest.mark.parametrize("form", ["qdc", "qdpx"])
def test_a_study_that_is_not_coded_is_told_so(uncoded: Path, form: str) -> None:
    result = call("export", uncoded, "--format", form)
    assert result.exit_code == 2 and "casemine code" in result.stderr
    assert not (uncoded / "exports").exists() or not list((uncoded / "exports").iterdir())


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    book = coding.Codebook(
        "b", entries=(coding.Code("甲\x00乙", "selective", definition="\x0b定义 <&>\ud7ff"),)
    )
    root = etree.fromstring(exchange.codebook(book.codes, "b"))
    code = root.find(".//c:Code", NS)
    assert code.get("name") == "甲乙" and code.findtext("c:Description", namespaces=NS) == "定义 <&>\ud7ff"


def test_a_second_reader_keeps_every_quotation(study: Path, tmp_path: Path) -> None:
    pyrefiqda = pytest.importorskip("pyrefiqda")
    read = pyrefiqda.RefiProject.load(exported(study, "qdpx"), tmp_path / "first")
    again = tmp_path / "again.qdpx"
    pyrefiqda.RefiProject.save(read, again, tmp_path / "first" / "sources")
    result = call("import", again, "--study", study)
    assert result.exit_code == 0, result.output
    own, came = (
        schema.CODINGS.parse(sheets.read_csv(file))
        for file in (study / "codings.csv", study / "imports" / "again" / "codings.csv")
    )
    columns = ["doc_id", "start", "end", "code", "keyword", "coder", "quote"]
    pd.testing.assert_frame_equal(
        own[columns].sort_values(columns, ignore_index=True),
        # A coder who found nothing in a text is no quotation of it.
        came.loc[came["code"] != "", columns].sort_values(columns, ignore_index=True),
    )
