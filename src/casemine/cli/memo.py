"""`casemine memo`: what researchers note about documents and codes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemine.cli import completion
from casemine.cli.localised import say
from casemine.cli.options import QUIET, output_format
from casemine.errors import StudyError, UsageError
from casemine.terms import RESEARCHER

if TYPE_CHECKING:
    import pandas as pd

# How much of a memo stands in a line of the list.
_WIDTH = 60


@click.command()
@click.argument("folder", metavar="STUDY", type=click.Path(path_type=Path, file_okay=False))
@click.argument("text", required=False)
@click.option("--doc", "doc_id", default="", metavar="DOC_ID", shell_complete=completion.documents,
              help="The document it is about.")  # fmt: skip
@click.option("--code", default="", metavar="NAME", shell_complete=completion.codes,
              help="The code it is about.")  # fmt: skip
@click.option("--codebook", default="", metavar="NAME", shell_complete=completion.codebooks,
              help="Codebook of the code, where the study was coded with several.")  # fmt: skip
@click.option("--coder", default=RESEARCHER, show_default=True, metavar="NAME", help="Who writes it.")
@QUIET
@output_format("table", "csv", "json")
def memo(
    folder: Path, text: str | None, doc_id: str, code: str, codebook: str, coder: str, quiet: bool, form: str
) -> None:
    """Write a memo (备忘) on a document or a code, or list those there are.

    TEXT is written in place of the memo you had there; - reads it from stdin, "" takes it back. Without TEXT
    the memos are listed, those of --doc or --code alone where one is given. They stand in STUDY/memos.csv,
    each change in memo_history.csv; the pages of casemine serve show the same, the report has them as a
    section, and qdpx takes them along.
    """
    from casemine import pipeline, review
    from casemine.study import Study

    if codebook and not code:
        raise UsageError("--codebook goes with --code.")
    if doc_id and code:
        raise UsageError("a memo is about a document or about a code.")
    study = Study(folder)
    who = " ".join(coder.split()) or RESEARCHER
    about = review.MemoKey(who, doc_id=doc_id)
    found = pipeline.memos.memos(study)
    if doc_id:
        found = found[found["doc_id"] == doc_id]
    if code:
        book = pipeline.review.review_book(study, codebook)
        if book is None:
            advice = f"Run `casemine code {folder}`."
            raise StudyError("is not coded yet.", place=str(folder), advice=advice)
        about = review.MemoKey(who, book.name, book.resolve(code) or code)
        found = pipeline.memos.on_code(found, book, about.code)
    if text is None:
        if found.empty and (doc_id or code):
            pipeline.memos.check_about(study, about)
        _show(found, form)
        return
    kept = review.cell_text(_read(text))
    written = pipeline.memos.write_memo(study, about, kept)
    if not quiet:
        said = "Nothing changed." if not written else "Written." if kept else "Taken back."
        say(said, err=form != "table")


def _read(text: str) -> str:
    """Return a memo as it was given, in whatever encoding it is on stdin."""
    from casemine.ingest.decode import decode

    if text == "-":
        return decode(sys.stdin.buffer.read()).text
    if any("\ud800" <= char <= "\udfff" for char in text):
        advice = "Give it on stdin: casemine memo STUDY - < FILE"
        raise UsageError("TEXT is no text in the encoding of this terminal.", advice=advice)
    return text


def _show(memos: pd.DataFrame, form: str) -> None:
    from casemine.cli import show

    if form == "csv":
        show.csv(memos)
    elif form == "json":
        click.echo(show.as_json(show.records(memos)))
    else:
        rows = [
            (
                "编码" if row["code"] else "文档",
                row["code"] or row["doc_id"],
                row["coder"],
                _line(row["memo"]),
            )
            for row in memos.to_dict("records")
        ]
        say(show.table(("类别", "对象", "编码员", "备忘"), rows) if rows else "No memos yet.")


def _line(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= _WIDTH else f"{joined[: _WIDTH - 1]}…"
