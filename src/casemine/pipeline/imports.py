"""Taking over what was coded in NVivo, QualCoder or another program: codebooks and codings of REFI-QDA."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from casemine import coding, exchange, review, schema, sheets
from casemine.bounded import MOST_A_MEMBER, Archive, read_file
from casemine.document import sentences
from casemine.errors import DocumentError, UsageError
from casemine.ingest.decode import decode
from casemine.pipeline.memos import TITLE
from casemine.pipeline.view import followed
from casemine.schema import UNPLACED, Table
from casemine.study import Study, check_own, replace_file, text_files, transaction, write_text
from casemine.terms import FROM, PERSON, PROGRAM, safe_name

METHOD = "import"
_IMPORTS, _CODEBOOK, _CODINGS, _UNPLACED = "imports", "codebook.toml", "codings.csv", "unplaced.csv"
_MEMOS = review.MEMOS.file


@dataclass(frozen=True)
class Imported:
    """What an import wrote: its files, the codebook, the codings, and all that was not taken over.

    `unread` names sources that hold no text, `lacking` the codes that the study's codebook lacks, `doubtful`
    the texts in which quotations may be off, `silent` the texts in which a coder coded nothing.
    """

    files: tuple[Path, ...]
    book: coding.Codebook
    codings: pd.DataFrame = field(default_factory=lambda: schema.CODINGS.frame([]))
    unplaced: pd.DataFrame = field(default_factory=lambda: UNPLACED.frame([]))
    unread: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    silent: tuple[tuple[str, str], ...] = ()
    memos: pd.DataFrame = field(default_factory=lambda: schema.MEMOS.frame([]))


def import_codebook(path: Path, output: Path) -> Imported:
    """Make a codebook file of a .qdc. Raises `UsageError` when it is none."""
    entries = exchange.read_codebook(read_file(path, MOST_A_MEMBER), str(path))
    book, _ = _book(entries, output.stem, path)
    replace_file(output, coding.to_toml(book))
    return Imported((output,), book)


def import_project(
    path: Path,
    output: Path | None = None,
    *,
    study: Study | str | os.PathLike[str] | None = None,
    codebook: str = "",
    coders: Sequence[str] = (),
    by_sentence: bool = False,
    positions: str = "",
) -> Imported:
    """Take the codebook and the codings of a .qdpx over into the folder `output`.

    Without a study positions are those of the project's own texts, which are written beside
    them. With one, each text is matched with a document and each coding placed there: as it stands when
    the texts are the same but for line ends, else where its words stand. `coders` takes only theirs;
    `by_sentence` widens each coding to the sentences it touches, the unit in which casemine codes.
    `positions` says how the program counted characters beyond U+FFFF: code-points or utf-16 (default: as
    the words show).

    A text in which a coder of the project coded nothing has a row without a code: they read it.

    Raises `UsageError` for what is no project, or a `codebook` the study does not have.
    """
    opened = None if study is None else Study.of(study)
    project = _project(path, positions)
    own, names = _book(project.codes, project.name or path.stem, path)
    known = _known(opened, codebook) if opened else None
    codes, lacking = _codes(project, names, known)
    book = own if known is None or lacking else known
    rows = _chosen(list(_coded(project, codes)), coders, path)
    matched = (
        matching(project.sources, opened)
        if opened
        else {source.name: (source.name, source.text) for source in project.sources}
    )
    placed, unplaced = _placed(rows, project.sources, matched, by_sentence=by_sentence)
    silent = [pair for pair in project.silent() if pair[0] in matched and (not coders or pair[1] in coders)]
    placed += [_nothing(matched[name][0], coder) for name, coder in silent]
    imported = Imported(
        (),
        own,
        schema.CODINGS.frame(_distinct(placed, schema.CODINGS, codebook=book.label)),
        UNPLACED.frame(_distinct(unplaced, UNPLACED)),
        project.unread,
        lacking,
        project.doubtful,
        tuple(silent),
        schema.MEMOS.frame(_memos(project.notes, matched, codes, book.name, coders)),
    )
    target = output or (opened.folder if opened else Path()) / _IMPORTS / safe_name(path.stem)
    return replace(imported, files=_write(imported, target, () if opened else project.sources))


def _memos(
    notes: Sequence[exchange.Note],
    matched: Mapping[str, tuple[str, str]],
    codes: Mapping[str, str],
    book: str,
    coders: Sequence[str],
) -> list[dict[str, str]]:
    """Return rows of `schema.MEMOS`: the notes on documents and codes that are there, several as one."""
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for note in notes:
        about = ("", "", matched[note.source][0]) if note.source in matched else ("", "", "")
        if note.code and codes.get(note.code):
            about = (book, codes[note.code], "")
        if any(about) and (not coders or note.user in coders):
            # A note on a word or with a title of its own says in it what it is about.
            own = note.title.startswith(TITLE) or note.code or not note.title
            said = note.text if own else f"{note.title}：{note.text}"
            found.setdefault((*about, note.user), []).append(said)
    return [
        dict(zip(schema.MEMOS.names, (*about, "\n".join(texts)), strict=True))
        for about, texts in sorted(found.items())
    ]


def _nothing(doc_id: str, coder: str) -> dict[str, Any]:
    """Return the row that says that a coder found nothing in a document."""
    blank = dict.fromkeys(schema.CODINGS.names, "") | {"start": 0, "end": 0, "score": 0.0, "method": METHOD}
    return blank | {"doc_id": doc_id, "coder": coder}


def _project(path: Path, positions: str) -> exchange.Project:
    """Read a .qdpx within the bounds that hold for any archive."""
    try:
        archive = Archive(read_file(path))
        members = {member.filename.replace("\\", "/").casefold(): member for member in archive.members}
        main = members.get(exchange.QDE) or next(
            (members[name] for name in members if name.endswith(".qde")), None
        )
        if main is None:
            raise UsageError("holds no project.qde.", place=str(path), advice="Is it a REFI-QDA project?")

        def text(named: str) -> str | None:
            name = named.removeprefix(exchange.INTERNAL).removeprefix("relative://").lstrip("/").casefold()
            member = members.get(exchange.SOURCES + name) or members.get(name)
            return decode(archive.read(member)).text if member else None

        return exchange.read_project(archive.read(main), text, str(path), positions)
    except DocumentError as error:
        raise UsageError(error.cause, place=str(path), advice=error.advice) from error


def _book(entries: Sequence[exchange.Entry], name: str, path: Path) -> tuple[coding.Codebook, dict[str, str]]:
    if not entries:
        raise UsageError("holds no codes.", place=str(path))
    _check_identifiers(entries, path)
    branches = [
        coding.Branch(entry.guid, entry.parent, entry.name, exchange.described(entry.description))
        for entry in entries
    ]
    return coding.from_tree(branches, name=name)


def _check_identifiers(entries: Sequence[exchange.Entry], path: Path) -> None:
    """Raise `UsageError` where two codes have one GUID: a code could be above itself."""
    seen: dict[str, str] = {}
    for entry in entries:
        if not entry.guid or entry.guid in seen:
            of = f"has the GUID of {seen[entry.guid]}" if entry.guid else "has no GUID"
            raise UsageError(
                f"the code {entry.name} {of}.",
                place=str(path),
                advice="Export it again from the program that made it.",
            )
        seen[entry.guid] = entry.name


def _known(study: Study, codebook: str) -> coding.Codebook | None:
    """Return the codebook a study was coded with, None before it was."""
    there = len(study.table_or_empty(schema.CODINGS))
    return followed(study, codebook) if codebook or there else None


def _codes(
    project: exchange.Project, names: Mapping[str, str], known: coding.Codebook | None
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return GUID -> code, by the study's codebook where it knows the name, and the coded names it lacks."""
    if known is None:
        return dict(names), ()
    codes = {entry.guid: known.resolve(entry.name.strip()) for entry in project.codes}
    used = {code for source in project.sources for selection in source.selections for code in selection.codes}
    lacking = sorted({names[guid] for guid in used if guid in codes and not codes[guid]})
    return {guid: code or names[guid] for guid, code in codes.items()}, tuple(lacking)


def _coded(project: exchange.Project, codes: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield each coding: source, place in it, code ("" when the project does not say), keyword, coder."""
    names = {entry.guid: entry.name for entry in project.codes}
    for source in project.sources:
        for selection in source.selections:
            place = {
                "source": source.name,
                "start": selection.start,
                "end": selection.end,
                "coder": selection.user,
            }
            for guid in selection.codes:
                for keyword in exchange.keywords_of(names.get(guid, ""), selection.description):
                    yield {**place, "code": codes.get(guid, ""), "keyword": keyword}


def _chosen(rows: list[dict[str, Any]], coders: Sequence[str], path: Path) -> list[dict[str, Any]]:
    there = sorted({row["coder"] for row in rows})
    if strange := sorted(set(coders) - set(there)):
        raise UsageError(
            f"holds no coding by {', '.join(strange)}.",
            place=str(path),
            advice=f"Its coders are: {', '.join(there) or 'none'}.",
        )
    return [row for row in rows if not coders or row["coder"] in coders]


def matching(sources: Sequence[exchange.Source], study: Study) -> dict[str, tuple[str, str]]:
    """Return source -> identifier and text of the document of a study that it is, where there is one.

    The same text decides, then the same but for white space, then the name.
    """
    documents, files = study.texts, study.documents["text_file"]
    keys: dict[str, dict[str, tuple[str, str]]] = {"text": {}, "words": {}, "name": {}}
    for document, file in zip(documents, files, strict=True):
        place = (document.doc_id, document.text)
        keys["text"].setdefault(document.text, place)
        keys["words"].setdefault(exchange.squeezed(document.text), place)
        for name in (exchange.source_name(file), document.doc_id, document.title):
            keys["name"].setdefault(name, place)
    matched = {}
    for source in sources:
        asked = {"text": source.text, "words": exchange.squeezed(source.text), "name": source.name}
        places = [keys[kind][value] for kind, value in asked.items() if value and value in keys[kind]]
        if places:
            matched[source.name] = places[0]
    return matched


def _placed(
    rows: Sequence[dict[str, Any]],
    sources: Sequence[exchange.Source],
    matched: Mapping[str, tuple[str, str]],
    *,
    by_sentence: bool,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the codings that have a place in a document, and those that have none, with the reason."""
    texts = {source.name: source.text for source in sources}
    finders = {name: exchange.Finder(texts[name], text) for name, (_, text) in matched.items()}
    spans = {name: list(sentences(text)) for name, (_, text) in matched.items()} if by_sentence else {}
    placed, unplaced = [], []
    for row in rows:
        name, start, end = row["source"], row["start"], row["end"]
        doc_id, text = matched.get(name, ("", ""))
        at = (
            None
            if name not in matched
            else (start, end)
            if texts[name] == text
            else finders[name].find(start, end)
        )
        quote = texts[name][start:end]
        if not doc_id or not row["code"] or not quote.strip() or at is None:
            reason = _reason(doc_id, row["code"], quote)
            unplaced.append({**row, "quote": quote, "reason": reason})
            continue
        for first, last in exchange.overlapping(spans[name], *at) if by_sentence else [at]:
            place = {"doc_id": doc_id, "start": first, "end": last, "quote": text[first:last]}
            by = {FROM: "" if row["coder"] == PROGRAM else PERSON}
            placed.append({**row, **place, **by, "method": METHOD, "score": 1.0})
    return placed, unplaced


def _reason(doc_id: str, code: str, quote: str) -> str:
    if not doc_id:
        return "the study has no document of this text or name"
    if not code:
        return "the project does not hold its code"
    return f"its words do not stand in {doc_id}" if quote.strip() else "it selects nothing"


def _distinct(rows: Sequence[dict[str, Any]], table: Table, **same: str) -> pd.DataFrame:
    """Return rows as the columns of a table, each key once, in order."""
    frame = pd.DataFrame([{**row, **same} for row in rows], columns=table.names)
    key = list(table.key)
    return frame.drop_duplicates(key).sort_values(key, ignore_index=True)


def _write(imported: Imported, target: Path, sources: Sequence[exchange.Source]) -> tuple[Path, ...]:
    """Write into a folder of its own: one that an import made, or an empty one."""
    check_own(target, _CODEBOOK, _CODINGS)
    texts = text_files(source.name for source in sources)
    with transaction(target) as staging:
        write_text(staging / _CODEBOOK, coding.to_toml(imported.book))
        sheets.write_csv(imported.codings, staging / _CODINGS)
        sheets.write_csv(imported.unplaced, staging / _UNPLACED)
        if len(imported.memos):
            sheets.write_csv(imported.memos, staging / _MEMOS)
        for source in sources:
            write_text(staging / texts[source.name], source.text)
    noted = [_MEMOS] if len(imported.memos) else []
    return tuple(target / name for name in (_CODEBOOK, _CODINGS, _UNPLACED, *noted, *texts.values()))
