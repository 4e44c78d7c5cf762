"""What the shell completes beside options: codebooks, codes and fields, looked up only when it asks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from casemine.coding import Codebook
    from casemine.study import Study


def codebooks(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the codebooks that come with casemine and those of the study named before."""
    from casemine import coding

    return _beginning([*coding.shipped(), *(path.stem for path in _files(ctx))], incomplete)


def codes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the codes of every level of the codebooks that the study was coded with."""
    wanted = str(ctx.params.get("codebook") or "")
    names = [code for book in _books(ctx, wanted) for code in book.codes["code"]]
    return _beginning(names, incomplete)


def documents(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the documents of the study, by their doc_id."""
    study = _study(ctx)
    return _beginning(list(map(str, study.documents["doc_id"])), incomplete) if study else []


def fields(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the columns of the study's documents.csv."""
    study = _study(ctx)
    return _beginning(list(map(str, study.documents.columns)), incomplete) if study else []


def regions(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the regions of the study's documents."""
    study = _study(ctx)
    return _beginning([str(name) for name in study.documents["region"] if name], incomplete) if study else []


def _books(ctx: click.Context, wanted: str) -> list[Codebook]:
    from casemine import coding
    from casemine.errors import CasemineError

    found = []
    for path in _files(ctx):
        if wanted and path.stem != wanted:
            continue
        try:
            found.append(coding.load(path))
        except CasemineError:
            continue  # a shell that completes is no place to say what is wrong with a codebook
    return found


def _files(ctx: click.Context) -> list[Path]:
    folder = _folder(ctx)
    return sorted(folder.glob("codebooks/*.toml")) if folder else []


def _folder(ctx: click.Context) -> Path | None:
    """Return the study named before; click leaves it among the rest where an option still lacks its value."""
    named = [ctx.params["folder"]] if ctx.params.get("folder") else ctx.args
    return next((Path(name) for name in named if Path(name).is_dir()), None)


def _study(ctx: click.Context) -> Study | None:
    from casemine.errors import CasemineError
    from casemine.study import Study

    folder = _folder(ctx)
    try:
        return Study(folder) if folder else None
    except (CasemineError, OSError):
        return None


def _beginning(names: list[str], incomplete: str) -> list[str]:
    return sorted({name for name in names if name.startswith(incomplete)})
