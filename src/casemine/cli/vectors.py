"""`casemine vectors`: word vectors of one's own texts, for placing keywords."""

from __future__ import annotations

import json
from pathlib import Path

import click

from casemine.cli.localised import say
from casemine.cli.options import JSON, ProgressLine
from casemine.errors import UsageError


@click.command()
@click.argument("inputs", metavar="FOLDER...", nargs=-1, required=True)
@click.option(
    "-o", "--output", metavar="FILE", required=True, type=click.Path(path_type=Path, dir_okay=False),
    help="File to write: .npz, or word2vec format: .txt and .vec text, .bin binary.",
)  # fmt: skip
@click.option("--method", type=click.Choice(["ppmi", "word2vec", "fasttext"]), default="ppmi",
              show_default=True, help="How: casemine's own, or a model that gensim trains.")  # fmt: skip
@click.option("--dimensions", type=click.IntRange(min=2), default=150, show_default=True, metavar="N",
              help="Numbers a word.")  # fmt: skip
@click.option("--words", type=click.IntRange(min=10), default=15_000, show_default=True, metavar="N",
              help="The most frequent words to keep.")  # fmt: skip
@click.option("--min-count", type=click.IntRange(min=1), default=5, show_default=True, metavar="N",
              help="Occurrences a word needs.")  # fmt: skip
@click.option(
    "--seed", type=int, default=0, show_default=True, metavar="N", help="Start of the decomposition."
)
@click.option("--jobs", type=click.IntRange(min=0), default=0, metavar="N",
              help="Worker processes; 0: automatic. No result depends on it.")  # fmt: skip
@click.option("--nearest", metavar="WORD", default="", help="Afterwards show the words nearest to WORD.")
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@click.option("--quiet", "-q", is_flag=True, help="No progress line.")
@JSON
def vectors(
    inputs: tuple[str, ...], output: Path, method: str, dimensions: int, words: int, min_count: int,
    seed: int, jobs: int, nearest: str, force: bool, quiet: bool, as_json: bool,
) -> None:  # fmt: skip
    """Train word vectors on any folder of texts, for `casemine code --vectors FILE`.

    FOLDER is what `casemine extract` takes. A million characters do something, fifty million do well.
    The same texts give the same file.
    """
    from casemine import pipeline

    if output.suffix not in (".npz", ".txt", ".vec", ".bin"):
        raise UsageError(
            "is no name of a file of vectors.",
            place=str(output),
            advice="End it in .npz, .txt, .vec or .bin.",
        )
    if output.exists() and not force:
        raise UsageError(
            "exists already; nothing was written.", place=str(output), advice="Give another name, or --force."
        )
    with ProgressLine(quiet=quiet) as progress:
        trained = pipeline.vectors.train_vectors(
            inputs, output, dimensions=dimensions, vocabulary=words, min_count=min_count, seed=seed,
            method=method, jobs=jobs, progress=progress,
        )  # fmt: skip
    if as_json:
        about = {"written": str(output), "words": len(trained.words), **trained.about}
        click.echo(json.dumps(about, ensure_ascii=False, indent=2))
        return
    read = f"{trained.about['tokens']:,} in {trained.about['texts']:,} texts"
    say(f"Wrote {output}: {len(trained.words):,} words of {read}.")
    if nearest:
        neighbours = "  ".join(f"{word} {score:.2f}" for word, score in trained.nearest(nearest))
        say(neighbours or f"{nearest} is not among the words.")
    say(f"Next: casemine code STUDY --vectors {output}")
