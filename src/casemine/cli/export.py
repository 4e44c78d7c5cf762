"""`casemine export` and `casemine import`: to and from NVivo, QualCoder, Excel, Gephi, VOSviewer, R."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemine.cli import completion
from casemine.cli.code import say_stale
from casemine.cli.codebook import counts
from casemine.cli.localised import listed, say
from casemine.cli.options import JSON, working
from casemine.errors import UsageError
from casemine.messages import translate

if TYPE_CHECKING:
    from casemine.pipeline.imports import Imported

_STUDY = click.Path(path_type=Path, file_okay=False)
_CODEBOOK = click.option("--codebook", default="", metavar="NAME", shell_complete=completion.codebooks,
                         help="Codebook, where the study was coded with several.")  # fmt: skip
# The forms that `pipeline.export` writes, which --help should not have to import; a test compares them.
FORMATS = {
    "qdc": "REFI-QDA codebook: NVivo, ATLAS.ti, MAXQDA, QualCoder",
    "qdpx": "REFI-QDA project: texts, codes, quotations, memos, cases",
    "xlsx": "every table in one workbook",
    "gexf": "network of documents, keywords and codes: Gephi",
    "graphml": "the same: igraph, Cytoscape, yEd",
    "vosviewer": "keywords that occur together: VOSviewer",
    "csv": "every table for R or pandas, with a data dictionary",
    "parquet": "the same as Parquet (needs the extra casemine[parquet])",
}
_HELP = "\n".join([
    "Write a study for another program.\n\n\b",
    *(f"{form:<9}  {about}" for form, about in FORMATS.items()),
    "\nThe same study gives the same file, byte for byte.",
])  # fmt: skip
_NETWORKS = ("gexf", "graphml", "vosviewer")
_SHOWN = 20


@click.command(help=_HELP)
@click.argument("folder", metavar="STUDY", type=_STUDY)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), required=True, help="What to write.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
              help="Where; a folder for csv and parquet.  [default: STUDY/exports/NAME.ext]")  # fmt: skip
@click.option("--blind", is_flag=True,
              help="qdpx: without codings and memos, for a second coder.")  # fmt: skip
@click.option("--top", type=click.IntRange(min=2), default=500, show_default=True, metavar="N",
              help="Networks: the keywords of most documents, so many of them.")  # fmt: skip
@click.option("--formulas", is_flag=True,
              help="csv: put no ' in front of texts that begin with = + - @.")  # fmt: skip
@_CODEBOOK
@JSON
def export(
    folder: Path,
    form: str,
    output: Path | None,
    blind: bool,
    top: int,
    formulas: bool,
    codebook: str,
    as_json: bool,
) -> None:
    """Write a study for another program."""
    from casemine import pipeline
    from casemine.study import Study

    if blind and form != "qdpx":
        raise UsageError("--blind is about the codings of a qdpx.", place=f"--format {form}")
    if formulas and form != "csv":
        raise UsageError("--formulas is about the texts of a csv.", place=f"--format {form}")
    study = Study(folder)
    say_stale(study)
    with working("export"):
        exported = pipeline.export.export(
            study, form, output, codebook=codebook, blind=blind, top=top, formulas=formulas
        )
    if as_json:
        click.echo(json.dumps({"written": list(map(str, exported.files))}, ensure_ascii=False, indent=2))
        return
    if form in ("csv", "parquet"):
        say(f"Wrote {len(exported.files)} files into {exported.files[0].parent}.")
    else:
        say(f"Wrote {listed(map(str, exported.files))}.")
    words = len(exported.found.frequency)
    if form in _NETWORKS and words > top:
        say(f"It holds the {top} keywords of most documents, of {words:,} (--top).")
    if blind:
        say(f"Next: when it is coded, casemine import FILE.qdpx --study {folder}")


@click.command("import")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE|FOLDER",
              help="The codebook (.toml) to make of a .qdc; the folder for a .qdpx.  "
                   "[default for --study: STUDY/imports/NAME]")  # fmt: skip
@click.option("--study", "folder", type=_STUDY, metavar="STUDY",
              help="Place the codings of a .qdpx in the documents of this study.")  # fmt: skip
@_CODEBOOK
@click.option("--coder", "coders", multiple=True, metavar="NAME",
              help="Take the codings of this user alone; may be repeated.")  # fmt: skip
@click.option("--sentences", "by_sentence", is_flag=True,
              help="Widen each coding to the sentences it touches, for agree --unit sentence.")  # fmt: skip
@click.option("--positions", type=click.Choice(["code-points", "utf-16"]), default=None, metavar="UNIT",
              callback=lambda ctx, param, value: value or "",
              help="How the program counted emoji and rare characters, code-points or utf-16, where the "
                   "words of its selections do not show it.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace the codebook file if it exists.")
@JSON
@click.pass_context
def import_(
    ctx: click.Context,
    path: Path,
    output: Path | None,
    folder: Path | None,
    codebook: str,
    coders: tuple[str, ...],
    by_sentence: bool,
    positions: str,
    force: bool,
    as_json: bool,
) -> None:
    """Take over a codebook (.qdc) or a coded project (.qdpx) from NVivo, QualCoder or another program.

    A .qdc becomes a codebook: the top of its tree the selective categories, below them the axial, all that
    is deeper open codes. A .qdpx becomes codebook.toml and codings.csv; with --study its texts are
    matched with the study's documents, and casemine agree compares the codings with the study's own.

    Exit status: 1 when a coding has no place in the study, or a source is no text.
    """
    from casemine import pipeline

    kind = path.suffix.lower()
    if kind == ".qdc":
        if folder or coders or by_sentence:
            raise UsageError("a .qdc holds no codings to place.", place=str(path))
        if output is None:
            raise UsageError("name the codebook to make.", place=str(path), advice="Add -o NAME.toml.")
        if output.exists() and not force:
            raise UsageError("exists already.", place=str(output), advice="Give another name, or --force.")
        imported = pipeline.imports.import_codebook(path, output)
        if as_json:
            _as_json(imported)
        else:
            say(f"Wrote {output}: {counts(imported.book)}. Next: casemine codebook show {output}")
        return
    if kind != ".qdpx":
        raise UsageError("is neither a .qdc nor a .qdpx.", place=str(path),
                         advice="Export a REFI-QDA codebook or project from your program.")  # fmt: skip
    if output is None and folder is None:
        raise UsageError(
            "name the folder to write.", place=str(path), advice="Add -o FOLDER, or --study STUDY."
        )
    with working("import"):
        imported = pipeline.imports.import_project(
            path, output, study=folder, codebook=codebook, coders=coders, by_sentence=by_sentence,
            positions=positions,
        )  # fmt: skip
    if as_json:
        _as_json(imported)
    else:
        _report(imported, folder)
    ctx.exit(1 if len(imported.unplaced) or imported.unread else 0)


def _as_json(imported: Imported) -> None:
    """Say what an import took over, and what it did not, as JSON."""
    from casemine.cli import show

    codings, book = imported.codings, imported.book
    given = codings[codings["code"] != ""]
    said = {
        "files": list(map(str, imported.files)),
        "codes": {level: len(book.at(level)) for level in ("selective", "axial", "open")},
        "coders": sorted(codings["coder"].unique()),
        "codings": len(given),
        "memos": len(imported.memos),
        "unplaced": show.records(imported.unplaced),
        "unread": list(imported.unread),
        "lacking": list(imported.lacking),
        "doubtful": list(imported.doubtful),
        "silent": [list(pair) for pair in imported.silent],
    }
    click.echo(show.as_json(said))


def _report(imported: Imported, folder: Path | None) -> None:
    from casemine.review import MEMOS

    codings = imported.codings
    coders = sorted(codings["coder"].unique())
    say(f"Codebook: {counts(imported.book)}.")
    given = codings[codings["code"] != ""]
    who = ", ".join(coders) or translate("nobody")
    say(f"{len(given)} codings in {given['doc_id'].nunique()} texts by {who}.")
    if imported.silent:
        names = [f"{source} ({coder})" for source, coder in imported.silent]
        others = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        say(
            f"Read, nothing found: {', '.join(names[:_SHOWN])}{others}. Take such rows out of "
            "codings.csv where a coder did not read the text."
        )
    if len(imported.memos):
        file = next(file for file in imported.files if file.name == MEMOS.file)
        say(f"{len(imported.memos)} memos on documents and codes: {file}. They are not the study's own.")
    if imported.doubtful:
        say(
            f"\nCheck the quotations of {', '.join(imported.doubtful)}: characters beyond U+FFFF (emoji, "
            "rare characters) stand before them, and the project does not say whether each counts as one or, "
            "in UTF-16, as two. They were counted as one; --positions utf-16 counts them as two.",
            err=True,
        )
    if imported.lacking:
        say(f"Codes that the study's codebook lacks: {'、'.join(imported.lacking)}")
    lost = [f"{row['source']}: {row['reason']}: {row['quote'][:40]} [{row['code']}]"
            for row in imported.unplaced.to_dict("records")]  # fmt: skip
    for title, lines in (("Not placed", lost), ("Not read", list(imported.unread))):
        if lines:
            say(f"\n{translate(title)} ({len(lines)}):", err=True)
            shown = [f"  {line}" for line in lines[:_SHOWN]]
            more = [f"  and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
            say("\n".join(shown + more), err=True)
    say(f"\nWrote {imported.files[0].parent}: {', '.join(file.name for file in imported.files[:3])}.")
    if folder and len(coders) > 1:
        say(f"Next: casemine agree {imported.files[1]} compares its coders; --coder takes one alone.")
    elif folder:
        say(f"Next: casemine agree {folder} {imported.files[1]}")
