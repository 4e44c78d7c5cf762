"""Writing REFI-QDA: a codebook as .qdc, a project of texts, codes, codings and memos as .qdpx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from itertools import cycle
from typing import Any

import pandas as pd
from lxml import etree

from casemine import schema
from casemine.document import Document
from casemine.exchange import refi
from casemine.exchange.tidy import is_whole
from casemine.sheets import printable

# As many as a reader can tell apart (the colours of Tableau 10); more selective categories begin anew.
_COLOURS = ("#4e79a7", "#f28e2b", "#59a14f", "#e15759", "#b07aa1", "#edc948", "#76b7b2", "#ff9da7",
            "#9c755f", "#79706e")  # fmt: skip
# A date for what has none of its own, in zip archives and notes: the same study gives the same bytes.
_FIXED_DATE, _FIXED_TIME = (1980, 1, 1, 0, 0, 0), "1980-01-01T00:00:00+00:00"
_UNIX, _READABLE = 3, 0o644 << 16

Element = etree._Element


@dataclass(frozen=True)
class Memo:
    """A note somebody wrote: on a stretch of a document, on a document, on a code, or on the whole study.

    `end` 0 means no stretch; `time` is ISO 8601 or "".
    """

    title: str
    text: str
    coder: str
    doc_id: str = ""
    start: int = 0
    end: int = 0
    time: str = ""
    code: str = ""


@dataclass(frozen=True)
class ProjectContent:
    """What goes into a project.

    `documents` is the table `schema.DOCUMENTS` with any further columns, `texts` its texts in the same
    order, `codes` the table `schema.CODEBOOK`, `codings` the table `schema.CODINGS` of that codebook.
    """

    name: str
    documents: pd.DataFrame
    texts: Sequence[Document]
    codes: pd.DataFrame
    codings: pd.DataFrame
    memos: Sequence[Memo] = field(default=())


def codebook(codes: pd.DataFrame, book: str) -> bytes:
    """Return the table `schema.CODEBOOK` of the codebook called `book` as a .qdc."""
    root = _root("CodeBook", refi.CODEBOOK_SPACE, origin=_origin())
    _add_codes(root, codes, book)
    return _xml(root)


def project(content: ProjectContent, book: str) -> bytes:
    """Return a project as a .qdpx: a zip of project.qde and one plain text a document and memo.

    Positions are code points of the text, as REFI-QDA counts them and as QualCoder reads them. A program
    that counts UTF-16 units instead (NVivo runs on .NET, whose texts are UTF-16) differs in documents with
    characters beyond U+FFFF alone, after the first of them. Texts are UTF-8 without byte order mark and with
    LF: QualCoder would take the mark, and the CR of a CRLF, for characters and shift every coding.
    """
    root = _root("Project", refi.PROJECT_SPACE, name=content.name, origin=_origin())
    coders = sorted({*content.codings["coder"], *(memo.coder for memo in content.memos)})
    if coders:
        users = _add(root, "Users")
        for coder in coders:
            _add(users, "User", guid=refi.guid("user", coder), name=coder)
    if len(content.codes):
        _add_codes(_add(root, "CodeBook"), content.codes, book, content.memos)
    columns = _variables(content.documents)
    _add_variables(root, columns)
    _add_cases(root, content.documents, columns)
    _add_sources(root, content, book)
    files = _add_notes(root, content.memos)
    for memo in content.memos:
        if not (memo.doc_id or memo.code):
            _add(root, "NoteRef", targetGUID=_memo_guid(memo))
    texts = {_file(_source_guid(document)): document.text for document in content.texts}
    return _zipped({refi.QDE: _xml(root), **{name: text.encode() for name, text in (texts | files).items()}})


def source_name(text_file: str) -> str:
    """Return the name of a document in a project: that of its text file, distinct and safe everywhere."""
    return text_file.rpartition("/")[2].removesuffix(".txt")


def _origin() -> str:
    return f"casemine {version('casemine')}"


def _root(tag: str, space: str, /, **attributes: str) -> Element:
    # lxml-stubs do not know the namespace without a prefix.
    root = etree.Element(f"{{{space}}}{tag}", nsmap={None: space})  # type: ignore[dict-item]
    for key, value in attributes.items():
        root.set(key, printable(value))
    return root


def _tag(parent: Element, name: str) -> str:
    return str(parent.tag).partition("}")[0] + "}" + name


def _add(parent: Element, tag: str, text: str = "", /, **attributes: Any) -> Element:
    element = etree.SubElement(parent, _tag(parent, tag))
    for key, value in attributes.items():
        element.set(key, printable(str(value)))
    if text:
        element.text = printable(text)
    return element


def _xml(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add_codes(parent: Element, codes: pd.DataFrame, book: str, memos: Sequence[Memo] = ()) -> None:
    """Add the codes as a tree, all of them codable: a text may name a category by itself.

    NVivo writes every code so, too; the levels show in the tree.
    """
    elements: dict[str, Element] = {"": _add(parent, "Codes")}
    colours: dict[str, str] = {}
    palette = cycle(_COLOURS)
    for row in codes.to_dict("records"):
        name, above = row["code"], row["parent"]
        colours[name] = colours[above] if above else next(palette)
        elements[name] = _add(elements[above], "Code", guid=refi.guid("code", book, name), name=name,
                          isCodable="true", color=colours[name])  # fmt: skip
        if text := refi.description({str(key): value for key, value in row.items()}):
            _add(elements[name], "Description", text)
        for memo in (memo for memo in memos if memo.code == name):
            _add(elements[name], "NoteRef", targetGUID=_memo_guid(memo))


_SAID = (
    "city",
    "county",
    "issuer",
    "document_number",
    "issued",
    "published",
    "document_kind",
    "authority",
)


def _variables(documents: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Return column -> name and type of the variable: title, region, year, what else is said, the manifest's.

    What documents say of themselves (body, number, county, ...) is a variable where any of them does.
    """
    said = [name for name in _SAID if name in documents and (documents[name].astype(str) != "").any()]
    own = {name: schema.DOCUMENTS.headers[name] for name in ("title", "region", "year", *said)}
    own |= {str(name): str(name) for name in documents if name not in schema.DOCUMENTS.names}
    whole = {column: is_whole(documents[column].astype(str)) for column in own}
    return {column: (name, "Integer" if whole[column] else "Text") for column, name in own.items()}


def _add_variables(root: Element, columns: Mapping[str, tuple[str, str]]) -> None:
    variables = _add(root, "Variables")
    for column, (name, kind) in columns.items():
        _add(variables, "Variable", guid=refi.guid("variable", column), name=name, typeOfVariable=kind)


def _add_cases(root: Element, documents: pd.DataFrame, columns: Mapping[str, tuple[str, str]]) -> None:
    """Add one case a document, with its variables; an empty value is left out."""
    cases = _add(root, "Cases")
    for row in documents.to_dict("records"):
        case = _add(cases, "Case", guid=refi.guid("case", row["doc_id"]), name=source_name(row["text_file"]))
        for column, (_, kind) in columns.items():
            if value := str(row[column]):
                variable = _add(case, "VariableValue")
                _add(variable, "VariableRef", targetGUID=refi.guid("variable", column))
                _add(variable, f"{kind}Value", value)
        _add(case, "SourceRef", targetGUID=refi.guid("source", row["doc_id"], row["sha256"]))


def _source_guid(document: Document) -> str:
    return refi.guid("source", document.doc_id, sha256(document.text.encode()).hexdigest())


def _file(name: str) -> str:
    return f"{refi.SOURCES}{name}.txt"


def _add_sources(root: Element, content: ProjectContent, book: str) -> None:
    sources = _add(root, "Sources")
    coded = {str(doc_id): rows for doc_id, rows in content.codings.groupby("doc_id", sort=False)}
    nothing = content.codings.iloc[:0]
    for document, text_file in zip(content.texts, content.documents["text_file"], strict=True):
        name = _source_guid(document)
        source = _add(sources, "TextSource", guid=name, name=source_name(text_file),
                      plainTextPath=f"{refi.INTERNAL}{name}.txt")  # fmt: skip
        memos = [memo for memo in content.memos if memo.doc_id == document.doc_id]
        whole = [memo for memo in memos if not memo.end]
        # QualCoder passes over a note that a source refers to; its memo of the source is the description.
        if whole:
            _add(source, "Description", "\n".join(f"{memo.title}：{memo.text}" for memo in whole))
        stretches = [memo for memo in memos if memo.end]
        _add_selections(source, document, coded.get(document.doc_id, nothing), stretches, book)
        for memo in whole:
            _add(source, "NoteRef", targetGUID=_memo_guid(memo))


def _add_selections(
    source: Element, document: Document, codings: pd.DataFrame, memos: Sequence[Memo], book: str
) -> None:
    """Add one selection for each stretch and coder, with a coding for each code.

    QualCoder takes the coder of the selection for that of its codings. A memo goes with the first
    selection of its stretch, or makes one of its own, without a coding.
    """
    selections: dict[tuple[int, int, str], dict[str, list[str]]] = {}
    for row in codings.to_dict("records"):
        codes = selections.setdefault((int(row["start"]), int(row["end"]), row["coder"]), {})
        codes.setdefault(row["code"], []).append(row["keyword"])
    spans = {(start, end) for start, end, _ in selections}
    for memo in memos:
        if (memo.start, memo.end) not in spans:
            selections.setdefault((memo.start, memo.end, memo.coder), {})
    left = list(memos)
    for start, end, coder in sorted(selections):
        here = [memo for memo in left if (memo.start, memo.end) == (start, end)]
        left = [memo for memo in left if memo not in here]
        place = (document.doc_id, start, end, coder)
        selection = _add(source, "PlainTextSelection", guid=refi.guid("selection", *place),
                         name=document.text[start:end], startPosition=start, endPosition=end,
                         creatingUser=refi.guid("user", coder))  # fmt: skip
        keywords = {code: sorted(words) for code, words in sorted(selections[start, end, coder].items())}
        texts = [refi.keyword_lines(keywords), *(memo.text for memo in here)]
        if any(texts):
            _add(selection, "Description", "\n".join(filter(None, texts)))
        for code in keywords:
            coding = _add(selection, "Coding", guid=refi.guid("coding", *place, code),
                          creatingUser=refi.guid("user", coder))  # fmt: skip
            _add(coding, "CodeRef", targetGUID=refi.guid("code", book, code))
        for memo in here:
            _add(selection, "NoteRef", targetGUID=_memo_guid(memo))


def _memo_guid(memo: Memo) -> str:
    about = (memo.doc_id, memo.start, memo.end, memo.coder, memo.title, memo.text)
    return refi.guid("note", *about, *filter(None, [memo.code]))


def _add_notes(root: Element, memos: Sequence[Memo]) -> dict[str, str]:
    """Add the notes and return their files: QualCoder reads no text that stands in the note itself.

    It also asks for a date, and for names that differ.
    """
    files: dict[str, str] = {}
    if not memos:
        return files
    notes = _add(root, "Notes")
    taken: dict[str, int] = {}
    for memo in memos:
        taken[memo.title] = taken.get(memo.title, 0) + 1
        number = f" {taken[memo.title]}" if taken[memo.title] > 1 else ""
        name = _memo_guid(memo)
        _add(notes, "Note", guid=name, name=memo.title + number,
             plainTextPath=f"{refi.INTERNAL}{name}.txt", creatingUser=refi.guid("user", memo.coder),
             creationDateTime=memo.time or _FIXED_TIME)  # fmt: skip
        files[_file(name)] = memo.text
    return files


def _zipped(files: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _FIXED_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            archive.writestr(entry, data)
    return written.getvalue()
