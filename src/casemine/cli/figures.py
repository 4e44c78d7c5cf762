"""`casemine figures`: the figures of a study, at the size of a journal's columns."""

from __future__ import annotations

import json
from pathlib import Path

import click

from casemine.cli import completion
from casemine.cli.code import say_stale
from casemine.cli.localised import say
from casemine.cli.options import JSON, working
from casemine.figures import CAPTIONS, COLUMNS, FORMATS


@click.command()
@click.argument("folder", metavar="STUDY", type=click.Path(path_type=Path, file_okay=False))
@click.option("--only", multiple=True, metavar="NAME", type=click.Choice(tuple(CAPTIONS)),
              help=f"Only this figure; may be repeated. One of: {', '.join(CAPTIONS)}.")  # fmt: skip
@click.option("--format", "formats", multiple=True, type=click.Choice(FORMATS), default=FORMATS,
              show_default=True, help="File format; may be repeated. PNG has 300 dpi.")  # fmt: skip
@click.option("--columns", type=click.Choice([str(number) for number in COLUMNS]), default="2",
              show_default=True, help="Width in columns of a journal page: 85 or 175 mm.")  # fmt: skip
@click.option("--top", type=click.IntRange(min=3), default=30, show_default=True, metavar="N",
              help="How many keywords or new words to show; five times as many in the cloud.")  # fmt: skip
@click.option("--font", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE",
              help="Font to use instead of the one that comes with casemine.")  # fmt: skip
@click.option("--codebook", default="", metavar="NAME", shell_complete=completion.codebooks,
              help="Codebook, where there are several; the files are then NAME_CODEBOOK.")  # fmt: skip
@JSON
def figures(
    folder: Path,
    only: tuple[str, ...],
    formats: tuple[str, ...],
    columns: str,
    top: int,
    font: Path | None,
    codebook: str,
    as_json: bool,
) -> None:
    """Draw the figures of a study into STUDY/figures/.

    Keyword frequencies, word cloud, new words, co-occurrence, dendrogram; of a coded study also codes by
    region and by year, categories, the tree of codes, saturation (after casemine saturation) and the
    framework. What the study has nothing for is named.
    """
    from casemine import pipeline
    from casemine.study import Study

    study = Study(folder)
    say_stale(study)
    with working("figures") as progress:
        drawn = pipeline.figures.figures(
            study,
            only=only,
            formats=formats,
            columns=int(columns),
            top=top,
            font=font or "",
            codebook=codebook,
            progress=progress,
        )
    if as_json:
        click.echo(json.dumps({"written": drawn.written, "not_drawn": drawn.not_drawn}, indent=2))
        return
    for name, files in drawn.written.items():
        say(f"{', '.join(files)}  {CAPTIONS[name]}")
    if drawn.not_drawn:
        say("\nNot drawn:")
        for name, reason in drawn.not_drawn.items():
            say(f"  {name}: {reason}")
    say_lacking(drawn.lacking)


def say_lacking(characters: str) -> None:
    """Name on stderr the characters that no font has."""
    if characters:
        say(
            f"casemine: the font lacks {'、'.join(characters)}; they stand as boxes. "
            "Give a font that has them: --font FILE.",
            err=True,
        )
