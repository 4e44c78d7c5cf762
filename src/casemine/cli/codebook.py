"""`casemine codebook`: show, check, compare and exchange codebooks."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casemine.cli import completion
from casemine.cli.localised import Group, say, tally
from casemine.cli.options import JSON, output_format
from casemine.errors import UsageError
from casemine.messages import translate

if TYPE_CHECKING:
    import pandas as pd

    from casemine.coding import Codebook

_FORM = output_format("table", "csv", "json")
_FORCE = click.option("--force", is_flag=True, help="Replace the file if it exists.")
_LONGEST_SHOWN = 24
# Categories shown of those whose codes stand together least.
_LEAST_COHERENT = 10
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
def codebook() -> None:
    """Show, check, compare and edit codebooks.

    A codebook is a TOML file of selective categories > axial categories > open codes. CODEBOOK is
    such a file, or the name of one that comes with casemine (casemine codebook list).
    """


@codebook.command("list")
@_FORM
def list_(form: str) -> None:
    """List the codebooks that come with casemine."""
    from casemine import coding
    from casemine.schema import CODEBOOK_LIST

    frame = CODEBOOK_LIST.frame(
        [
            {"name": book.name, "title": book.title, "version": book.version, "source": book.source}
            | {level: len(book.at(level)) for level in ("selective", "axial", "open")}
            for book in map(coding.find, coding.shipped())
        ]
    )
    shown = frame.drop(columns="source") if form == "table" else frame
    _print(shown, form, headers=[CODEBOOK_LIST.headers[str(name)] for name in shown])


@codebook.command()
@click.argument("name", metavar="CODEBOOK", shell_complete=completion.codebooks)
@click.option("--definitions", is_flag=True, help="Also print definitions, aliases and rules.")
@output_format("tree", "csv", "json")
def show(name: str, definitions: bool, form: str) -> None:
    """Print a codebook as a tree, or as a table for programs."""
    from casemine import coding
    from casemine.cli import show as show_

    book = coding.find(name)
    if form == "json":
        about = {"name": book.name, "title": book.title, "aim": book.aim, "source": book.source,
                 "version": book.version, "hash": book.hash}  # fmt: skip
        click.echo(show_.as_json({**about, "codes": show_.records(book.codes)}))
    elif form == "csv":
        _print(book.codes, form)
    else:
        click.echo(_tree(book, definitions=definitions))


def _tree(book: Codebook, *, definitions: bool) -> str:
    from casemine.coding.rules import need_text, rule_text

    about = [
        f"{book.title or book.name}  [{book.label}]",
        f"Aim: {book.aim}",
        f"Source: {book.source}",
        book.note,
    ]
    lines = [translate(line) for line in about if line and not line.endswith(": ")] + [counts(book), ""]

    def branch(parent: str, indent: str) -> None:
        for code in book.members(parent):
            role = f"（{code.role}）" if code.role else ""
            lines.append(f"{indent}{code.name}{role}")
            if definitions:
                if code.definition:
                    lines.append(f"{indent}    {code.definition}")
                if code.aliases:
                    lines.append(f"{indent}    = {'、'.join(code.aliases)}")
                # 生态环境 is an alias, and counts only beside what tells of the poor.
                told = (("须同现", map(need_text, code.needs)), ("规则", map(rule_text, code.rules)))
                lines.extend(f"{indent}    {what}：{text}" for what, texts in told for text in texts)
                if code.without:
                    lines.append(f"{indent}    排除词：{'、'.join(code.without)}")
            branch(code.name, indent + "  ")

    branch("", "")
    return "\n".join(lines)


@codebook.command()
@click.argument("names", metavar="CODEBOOK|STUDY...", nargs=-1, required=True)
@JSON
@click.pass_context
def check(ctx: click.Context, names: tuple[str, ...], as_json: bool) -> None:
    """Check codebooks; name every mistake with its file and line.

    A STUDY instead of a codebook measures the coherence of each codebook it was coded with: whether the
    codes of a category stand in the same paragraphs more than codes drawn by chance.
    Exit status 1 when there is an error; warnings alone leave it 0.
    """
    from casemine import coding

    failed = False
    found = []
    for name in names:
        if Path(name).is_dir():
            _coherence(Path(name))
            continue
        path = coding.locate(name)
        problems = coding.check(path)
        errors = [problem for problem in problems if not problem.warning]
        failed = failed or bool(errors)
        if as_json:
            found += [{**asdict(problem), "codebook": str(path)} for problem in problems]
            continue
        for problem in problems:
            say(str(problem))
        if not errors:
            book = coding.load(path)
            say(f"{path}: sound, {len(book.entries)} codes, {len(book.by_alias)} aliases, {book.label}")
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    ctx.exit(1 if failed else 0)


def _coherence(folder: Path) -> None:
    from casemine import pipeline
    from casemine.cli import show

    for book, measured in pipeline.code.coherences(folder):
        for one in measured:
            verdict = "above chance" if one.better_than_chance else "not above chance"
            say(
                f"{book.label}, {translate(one.level)}: c_npmi {one.value:.3f}, shuffled {one.by_chance:.3f} "
                f"(sd {one.spread:.3f}): {verdict}"
            )
        rows = measured[0].categories.head(_LEAST_COHERENT)
        shown = [(row["category"], row["codes"], f"{row['c_npmi']:.3f}") for row in rows.to_dict("records")]
        click.echo(show.table(("轴心编码", "编码数", "c_npmi"), shown))


@codebook.command()
@click.argument("old", metavar="A", shell_complete=completion.codebooks)
@click.argument("new", metavar="B", shell_complete=completion.codebooks)
@_FORM
@click.option("-o", "--output", type=_FILE, metavar="FILE", help="Also write the changes to this CSV file.")
def diff(old: str, new: str, form: str, output: Path | None) -> None:
    """Say what leads from codebook A to B: added, removed, merged, renamed, moved, redefined."""
    from casemine import coding, sheets
    from casemine.cli import show as show_
    from casemine.schema import CODEBOOK_DIFF

    changes = coding.diff(coding.find(old), coding.find(new))
    if output:
        from casemine.study import replacing

        with replacing(output) as temporary:
            sheets.write_csv(show_.headed(changes), temporary)
    if changes.empty and form == "table":
        say("No difference.")
    else:
        shown = changes.map(_shortened) if form == "table" else changes
        _print(shown, form, headers=list(CODEBOOK_DIFF.headers.values()))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


@codebook.command()
@click.argument("path", metavar="FILE", type=_FILE)
def new(path: Path) -> None:
    """Write an empty codebook whose comments say how to fill it. Never replaces a file."""
    from casemine import coding
    from casemine.study import replace_file

    target = path if path.suffix else path.with_suffix(".toml")
    _refuse(target, advice="Give another name.")
    replace_file(target, coding.template(target.stem))
    say(f"Wrote {target}. Next: edit it, then casemine codebook check {target}")


@codebook.command()
@click.argument("name", metavar="CODEBOOK", shell_complete=completion.codebooks)
@click.option("-o", "--output", type=_FILE, required=True, metavar="FILE.xlsx", help="Workbook to write.")
@_FORCE
def export(name: str, output: Path, force: bool) -> None:
    """Write a codebook as an Excel workbook; `import` reads it back without loss."""
    from casemine import coding
    from casemine.study import replacing

    if output.suffix.lower() != ".xlsx":
        raise UsageError("the workbook must end in .xlsx.", place=str(output))
    if not force:
        _refuse(output)
    book = coding.find(name)
    with replacing(output) as temporary:
        coding.write_sheet(book, temporary)
    say(f"Wrote {output}. Next: edit it in Excel, then casemine codebook import {output} -o NAME.toml")


@codebook.command("import")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("-o", "--output", type=_FILE, required=True, metavar="FILE.toml", help="Codebook to write.")
@click.option("--open", metavar="COLUMN", default="", help="Column of the open codes.")
@click.option("--axial", metavar="COLUMN", default="", help="Column of the axial categories.")
@click.option("--selective", metavar="COLUMN", default="", help="Column of the selective categories.")
@click.option("--definition", metavar="COLUMN", default="", help="Column of the definitions.")
@click.option("--example", metavar="COLUMN", default="", help="Column of example sentences.")
@click.option(
    "--rows", metavar="FIRST-LAST", default="", help="Rows of the table, that of its headers first."
)
@click.option("--title", default="", help="Title of the codebook.")
@click.option("--source", default="", help="Where the framework was published.")
@_FORCE
def import_(
    path: Path, output: Path, rows: str, title: str, source: str, force: bool, **columns: str
) -> None:
    """Make a codebook of an Excel workbook or of a published coding table (xlsx, csv, tsv).

    FILE is a workbook that `export` wrote, or a table with one open code a row and columns for its
    axial and its selective category. Blank categories repeat the one above; without a selective
    column all go under one that bears the name of the codebook.
    """
    from dataclasses import replace

    from casemine import coding
    from casemine.study import replace_file

    if not force:
        _refuse(output)
    first, last = _row_range(rows)
    layout = coding.Layout(**columns, first=first, last=last)
    book, problems = coding.read_sheet(path, layout, name=output.stem)
    book = replace(book, title=title or book.title, source=source or book.source)
    for problem in problems:
        say(str(problem), err=True)
    replace_file(output, coding.to_toml(book))
    say(f"Wrote {output}: {counts(book)}. Next: casemine codebook show {output}")


def counts(book: Codebook) -> str:
    """Say how many codes a codebook has at each level."""
    return tally((len(book.at(level)), level) for level in ("selective", "axial", "open"))


def _row_range(rows: str) -> tuple[int, int]:
    if not rows:
        return 0, 0
    first, dash, last = rows.partition("-")
    if not (dash and first.isdecimal() and last.isdecimal() and 0 < int(first) < int(last)):
        raise UsageError(f"--rows must be like 3-40, not {rows}.")
    return int(first), int(last)


def _refuse(path: Path, *, advice: str = "Give another name, or --force.") -> None:
    if path.exists():
        raise UsageError("exists already; nothing was written.", place=str(path), advice=advice)


def _print(frame: pd.DataFrame, form: str, headers: list[Any] | None = None) -> None:
    from casemine.cli import show as show_

    if form == "csv":
        show_.csv(frame)
    elif form == "json":
        click.echo(show_.as_json(show_.records(frame)))
    else:
        click.echo(show_.table(headers or list(frame.columns), frame.itertuples(index=False)))
