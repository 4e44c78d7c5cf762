"""What the page leads back to: codes with their counts, quotations as spans of the texts, the texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from casemine.report.content import Content
from casemine.report.page_tables import LEVELS
from casemine.terms import FROM, KEYWORD, NO_GROUP, PERSON, PROGRAM, TEXT, coder_in_chinese

# Where a coding comes from, as a reader meets it.
_SOURCES = {TEXT: "全文", KEYWORD: "关键词", PERSON: "人工"}
# Kinds of passage that the full text shows otherwise than a paragraph.
_KINDS = {"heading": 1, "title": 1, "references": 2, "abstract_en": 2, "number_table": 2}


def tree(content: Content) -> list[dict[str, Any]]:
    """Return the codes of the codebook in its order: row of `schema.CODEBOOK`, cases, quotations, members."""
    cases, quotations = _cases(content), _quotations(content)
    members: dict[str, list[dict[str, Any]]] = {}
    for number, row in enumerate(content.codebook.to_dict("records")):
        members.setdefault(row["code"], [])
        node = {
            **{str(name): value for name, value in row.items()},
            "number": number,
            "cases": cases.get((row["level"], row["code"]), 0),
            "keyword_cases": (content.leading_cases or {}).get(row["code"], 0),
            "quotations": quotations.get(row["code"], 0),
            "members": members[row["code"]],
        }
        members.setdefault(row["parent"], []).append(node)
    return members.get("", [])


def _cases(content: Content) -> dict[tuple[str, str], int]:
    table = content.coding_table
    return {
        (level, code): count
        for level in LEVELS
        for code, count in zip(table[level], table[f"{level}_documents"].tolist(), strict=True)
    }


def _quotations(content: Content) -> dict[str, int]:
    """Return code of any level -> sentences that bear it out, as many as all groups together have."""
    table = next(iter(content.groups.values()))
    return {str(code): int(count) for code, count in table.groupby("code")["quotations"].sum().items()}


def spans(content: Content) -> dict[str, Any]:
    """Return quotations and keywords in context as rows of numbers, by the names they count in.

    A quotation is code, document, start, end, coder, source, then for each keyword its number, its offset in
    the sentence and its length; the sentence of a keyword is the same without a code (-1). All are code
    points, as in the tables of the study.
    """
    words = _Numbers(content.frequency["keyword"])
    coders = _Numbers([coder_in_chinese(PROGRAM)])
    sources = _Numbers([""])
    documents = _Numbers(content.documents["doc_id"])
    codes = _Numbers(content.codebook["code"])
    coded: dict[tuple[int, int, int, int], tuple[set[str], set[str], list[int]]] = {}
    columns = ["doc_id", "start", "end", "code", "coder", FROM, "keyword", "left", "match"]
    for doc_id, start, end, code, coder, source, word, left, match in _rows(content.quotations, columns):
        if code:
            key = (documents[doc_id], start, end, codes[code])
            people, told, marks = coded.setdefault(key, (set(), set(), []))
            people.add(coder_in_chinese(coder))
            told.add(_SOURCES.get(source, ""))
            marks += [words[word], len(left), len(match)]
    rows = [
        [code, *place, coders["、".join(sorted(people))], sources["、".join(sorted(told - {""}))], *marks]
        for (*place, code), (people, told, marks) in sorted(coded.items())
    ]
    contexts = _contexts(content, words, documents)
    names = {"words": list(words), "coders": list(coders), "sources": list(sources)}
    return {"quotations": rows, "contexts": contexts, **names}


def _contexts(content: Content, words: _Numbers, documents: _Numbers) -> list[list[int]]:
    """Return the sentence that stands for each keyword of each document; none where it has none."""
    texts = {document.doc_id: document.text for document in content.texts}
    rows = []
    for doc_id, word, context, start, end in _rows(
        content.keywords, ["doc_id", "word", "context", "start", "end"]
    ):
        begin = texts[doc_id].find(context, max(0, end - len(context)))
        if end > start and 0 <= begin <= start:
            place = [documents[doc_id], begin, begin + len(context)]
            rows.append([-1, *place, 0, 0, words[word], start - begin, end - start])
    return rows


def _rows(frame: pd.DataFrame, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    return zip(*(frame[name].tolist() for name in columns), strict=True)


class _Numbers(dict[str, int]):
    """Names and their numbers, a name not seen before getting the next."""

    def __init__(self, names: Sequence[str] | pd.Series) -> None:
        super().__init__({str(name): at for at, name in enumerate(names)})

    def __missing__(self, name: str) -> int:
        self[name] = len(self)
        return self[name]


def of_sections(content: Content) -> dict[str, list[tuple[str, list[dict[str, str]]]]]:
    """Return section -> what is shown, and the passages that show it, in the order given.

    `address` opens the full text at the passage.
    """
    texts = {document.doc_id: document for document in content.texts}
    found: dict[str, list[tuple[str, list[dict[str, str]]]]] = {}
    for section in content.sections:
        of: dict[str, list[dict[str, str]]] = {}
        for about, doc_id, start, end in (astuple(quotation) for quotation in section.quotations):
            document = texts[doc_id]
            of.setdefault(about, []).append({
                "text": document.text[start:end],
                "title": document.title or doc_id,
                "region": document.region,
                "year": document.year,
                "address": urlencode({"doc": doc_id, "at": f"{start}-{end}"}),
            })  # fmt: skip
        found[section.name] = list(of.items())
    return found


def group_of(content: Content) -> dict[str, list[str]]:
    """Return field -> the group of each document, in the order of documents.csv."""
    return {
        name: content.documents[name].astype(str).replace({"": NO_GROUP}).tolist() for name in content.groups
    }


def texts(content: Content) -> list[Mapping[str, Any]]:
    """Return each text and its passages that are no plain ones: start, end, 1 heading or 2 not counted."""
    return [
        {
            "text": document.text,
            "passages": [
                (passage.start, passage.end, _KINDS[passage.kind])
                for passage in document.passages
                if passage.kind in _KINDS
            ],
        }
        for document in content.texts
    ]
