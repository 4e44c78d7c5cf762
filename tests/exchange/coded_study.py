"""A study coded by a program and a person, its texts full of what trips exchange formats up."""

import shutil
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from casemine import coding, pipeline, review, schema, sheets
from casemine.cli import casemine
from casemine.document import sentences
from casemine.study import Study

TEXTS = {
    "云南/一.txt": "𠮷林村😀办起扶贫产业园。\n全县建立防贫预警机制，帮到户。😀😀发展乡村旅游。",
    "四川二.txt": '=1+1 <防贫预警> & "到户"，扶贫产业覆盖各村。\n发展乡村旅游。',
    "贵州三.txt": "兴修水利，通了公路。\n修了水渠。",
}
MANIFEST = (
    "file,title,region,year,county,households\n"
    "云南/一.txt,吉林村,云南,2019,甲县,30\n"
    "四川二.txt,,四川,2020,,007\n"
)
WORDS = ("防贫预警", "扶贫产业", "乡村旅游")
PERSON = "张三"


def call(*arguments: object) -> Result:
    return CliRunner().invoke(casemine, [str(argument) for argument in arguments])


def make(cases: Path, folder: Path) -> None:
    """Extract the texts into `folder`, and write codings and notes as review and coding would."""
    for name, text in TEXTS.items():
        (cases / name).parent.mkdir(exist_ok=True)
        (cases / name).write_text(text, encoding="utf-8", newline="\n")
    (cases / "manifest.csv").write_text(MANIFEST, encoding="utf-8")
    pipeline.extract.extract([str(cases)], folder)
    (folder / "codebooks").mkdir()
    book = folder / "codebooks" / "six-in-one.toml"
    shutil.copy(coding.locate("six-in-one"), book)
    rows = codings(folder, coding.load(book).label)
    sheets.write_csv(schema.CODINGS.frame(rows), folder / "codings.csv")
    write_notes(folder, rows[0])


def codings(folder: Path, label: str) -> list[dict[str, Any]]:
    return [
        {"codebook": label, "doc_id": document.doc_id, "start": start, "end": end, "code": word,
         "keyword": "" if coder == PERSON else word, "coder": coder, "quote": document.text[start:end],
         "method": "exact", "score": 1}
        for document in Study(folder).texts
        for start, end in sentences(document.text)
        for word in WORDS
        if word in document.text[start:end]
        for coder in (("casemine", PERSON) if word == "防贫预警" else ("casemine",))
    ]  # fmt: skip


def write_notes(folder: Path, first: dict[str, Any]) -> None:
    place = {name: first[name] for name in ("doc_id", "start", "end", "code", "keyword", "quote")}
    noted = {
        **place,
        "codebook": "six-in-one",
        "coder": PERSON,
        "decision": "keep",
        "note": "典型，可引用 <&>",
    }
    lost = {**noted, "start": 90, "end": 95, "quote": "文中已无", "note": "原文改过"}
    sheets.write_csv(schema.QUOTE_DECISIONS.frame([noted, lost]), folder / review.QUOTATIONS.file)
    key = {name: noted[name] for name in schema.QUOTE_DECISIONS.key}
    change = {**key, "number": 1, "time": "2026-01-02T03:04:05+00:00", "field": "note", "new": noted["note"]}
    sheets.write_csv(schema.QUOTE_HISTORY.frame([change]), folder / review.QUOTATIONS.history_file)
    decided = [
        {"doc_id": "*", "word": "防贫预警", "coder": PERSON, "decision": "keep", "note": "全库通用"},
        {"doc_id": "四川二.txt", "word": "到户", "coder": PERSON, "decision": "drop", "note": "太泛"},
    ]
    sheets.write_csv(schema.DECISIONS.frame(decided), folder / "decisions.csv")
