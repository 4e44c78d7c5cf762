"""Options that several commands share; those of the settings come from their one definition."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import Field, fields
from pathlib import Path
from typing import Any, TypeVar

import click

from casemine import settings as settings_
from casemine.cli.localised import say
from casemine.messages import translate, width
from casemine.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])

INPUTS = click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Settings file; without it casemine.toml of this folder, if there is one. Options win over it.",
)
JOBS = click.option(
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Worker processes; 0: as many as the work is worth. No result depends on it.",
)


def _bytes(ctx: click.Context, param: click.Parameter, value: str) -> int:
    """Return the bytes of 500MB or 2GB."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]?)B?", value.strip(), re.IGNORECASE)
    if not match:
        raise click.BadParameter(f"{value} is no number of bytes such as 500MB or 2GB.", ctx, param)
    return int(float(match[1]) * 1000 ** " KMGT".index(match[2].upper() or " "))


MEMORY = click.option(
    "--memory",
    default="2GB",
    metavar="BYTES",
    callback=_bytes,
    help="Memory that each process may take for discovery (500MB, 2GB); the rest goes to disk.",
)
SCHEDULER = click.option(
    "--scheduler", default="", metavar="ADDRESS", help="Dask scheduler whose workers do it (tcp://host:8786)."
)
SPILL = click.option(
    "--spill",
    default="",
    metavar="FOLDER",
    help="Folder or fsspec URL for what memory does not hold; with --scheduler one that all workers reach.",
)
QUIET = click.option(
    "--quiet", "-q", is_flag=True, help="Print nothing but what was asked for, errors and what was left out."
)

JSON = click.option("--json", "as_json", is_flag=True, help="Say what was done as JSON, for programs.")

# Click's names for what a setting may be; a tuple is an option that may be repeated.
_KINDS = {str: "TEXT", int: "N", tuple: "FILE"}


def setting_options(*sections: str, without: tuple[str, ...] = ()) -> Callable[[Command], Command]:
    """Give a command one option for each key of sections of casemine.toml, but for those in `without`."""

    def decorate(command: Command) -> Command:
        defaults = Settings()
        for section in reversed(sections):
            for item in reversed(fields(getattr(defaults, section))):
                command = command if item.name in without else _option(item)(command)
        return command

    return decorate


def _option(item: Field[Any]) -> Callable[[Command], Command]:
    flag = "--" + item.name.replace("_", "-")
    meaning = item.metadata["meaning"]
    default: Any = item.default
    kind: type = type(default)
    if kind is bool:
        return click.option(f"{flag}/--no{flag[1:]}", default=None, help=f"{meaning}  [default: {default}]")
    shown = " ".join(default) if kind is tuple else str(default)
    if shown:
        meaning = f"{meaning}  [default: {shown}]"
    multiple = kind is tuple
    if item.metadata["choices"]:
        return click.option(
            flag, type=click.Choice(item.metadata["choices"]), multiple=multiple, help=meaning
        )
    value_type = int if kind is int else str
    return click.option(flag, type=value_type, multiple=multiple, metavar=_KINDS[kind], help=meaning)


def output_format(*forms: str) -> Callable[[Command], Command]:
    """Give a command the option --format, with csv those of CSV too; the first form is the default."""
    kinds = click.Choice(forms)
    option = click.option(
        "--format", "form", type=kinds, default=forms[0], show_default=True, help="What goes to stdout."
    )
    return (lambda command: option(csv_options(command))) if "csv" in forms else option


def csv_options(command: Command) -> Command:
    """Give a command that prints CSV the options --headers and --bom; `show.csv` looks at them."""
    command = click.option(
        "--bom/--no-bom",
        default=None,
        expose_value=False,
        callback=_kept,
        help="Begin CSV on stdout with a byte order mark, by which Excel knows UTF-8; done by itself where "
        "Windows writes into a file or a pipe.",
    )(command)
    return click.option(
        "--headers",
        type=click.Choice(["en", "zh"]),
        default="en",
        show_default=True,
        expose_value=False,
        callback=_kept,
        help="Headers of CSV: the names that programs know, or Chinese; casemine reads both.",
    )(command)


def _kept(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Keep an option that only the printing looks at."""
    ctx.meta[f"casemine.{param.name}"] = value


def headers_asked(names: Sequence[str]) -> dict[str, str]:
    """Return machine name -> header of a table, empty where the machine names were asked for."""
    if click.get_current_context().meta.get("casemine.headers") != "zh":
        return {}
    from casemine import schema

    return schema.chinese_headers(names)


def encoding_mark() -> str:
    """Return what CSV on stdout begins with: a byte order mark where it was asked for, or goes to Windows."""
    asked = click.get_current_context().meta.get("casemine.bom")
    redirected = os.name == "nt" and not sys.stdout.isatty()
    return "\ufeff" if (redirected if asked is None else asked) else ""


def with_stdin(inputs: Sequence[str], place: Path) -> tuple[str, ...]:
    """Return the inputs of a command; - among them is the text on stdin, kept as the file `place`."""
    if "-" in inputs:
        from casemine.study import replacing

        place.parent.mkdir(parents=True, exist_ok=True)
        with replacing(place) as temporary:
            temporary.write_bytes(sys.stdin.buffer.read())
    return tuple(str(place) if name == "-" else name for name in inputs)


def chosen(base: Settings, options: dict[str, Any]) -> Settings:
    """Return `base` with the options a person gave; options not given are None or empty."""
    changes: dict[str, dict[str, Any]] = {}
    for section in fields(base):
        for item in fields(getattr(base, section.name)):
            value = options.get(item.name)
            if value not in (None, ()):
                changes.setdefault(section.name, {})[item.name] = value
    return base.changed(changes)


def base_settings(config: Path | None, study: Path | None, *, quiet: bool = False) -> Settings:
    """Return the settings of --config, else of casemine.toml in the working folder, else of the study.

    Without any of these they are the defaults.
    """
    if config is not None:
        return settings_.load(config)
    if (here := Path("casemine.toml")).is_file():
        if not quiet:
            say(f"Settings: {here} of this folder.", err=True)
        return settings_.load(here)
    own = study / "casemine.toml" if study else None
    return settings_.load(own) if own and own.is_file() else Settings()


@contextmanager
def working(stage: str, *, quiet: bool = False) -> Iterator[ProgressLine]:
    """Say on the progress line what is being done, for work whose length is not known, until it is done."""
    with ProgressLine(quiet=quiet) as progress:
        progress(stage, 0, 0)
        yield progress


class ProgressLine:
    """One line on stderr that says what is being done; silent unless stderr is a terminal."""

    def __init__(self, *, quiet: bool) -> None:
        self._shown = sys.stderr.isatty() and not quiet
        self._last = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is."""
        if not self._shown or (done != total and done % max(1, total // 200)):
            return
        name = translate(stage)
        line = f"{name} {done}/{total}" if total else f"{name} {done}" if done else f"{name} ..."
        if line != self._last:
            self._write(line)
            self._last = line

    def _write(self, line: str) -> None:
        # Where a terminal may not know the sequence that clears a line, blanks cover the line before.
        blanks = max(0, width(self._last) - width(line))
        click.echo(f"\r\x1b[K{line}" if os.name != "nt" else f"\r{line}{' ' * blanks}", err=True, nl=False)

    def close(self) -> None:
        """Clear the line."""
        if self._last:
            click.echo("\r" + " " * width(self._last) + "\r", err=True, nl=False)

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
