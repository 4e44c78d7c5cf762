"""Help and errors of the command line in the language of the reader; a Han character is two columns wide."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from gettext import gettext, ngettext
from typing import Any

import click

from casemine.messages import language, translate, width, wrapped

_DEFAULT = re.compile(r"(.*?)(  \[.*\])?", re.DOTALL)
_WIDEST_FIRST_COLUMN = 30
# How alike a name is to be, from 0 to 1, to be taken for what was meant: two letters in the wrong order are.
_NEAR = 0.7


class Formatter(click.HelpFormatter):
    """Click's formatter; in Chinese it translates what it is given and breaks lines between characters."""

    def write_heading(self, heading: str) -> None:
        """Write the title of a section."""
        if language() == "en":
            super().write_heading(heading)
        else:
            self.write(f"{' ' * self.current_indent}{gettext(heading)}：\n")

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line of usage."""
        if language() != "en":
            args = args.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 [参数]...")
            prefix = prefix or gettext("Usage:")
        super().write_usage(prog, args, prefix)

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        if language() == "en":
            super().write_text(text)
            return
        indent = " " * self.current_indent
        blocks = []
        for paragraph in text.strip("\n").split("\n\n"):
            if paragraph.startswith("\b"):
                lines = [_in_columns(line) for line in paragraph.split("\n")[1:]]
            else:
                said = translate(" ".join(paragraph.split()))
                lines = wrapped(said, max(self.width - self.current_indent, 11))
            blocks.append("\n".join(indent + line for line in lines))
        self.write("\n\n".join(blocks) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write options or commands and what they are for."""
        if language() == "en":
            super().write_dl(rows, col_max, col_spacing)
            return
        rows = list(rows)
        left = min(max(width(name) for name, _ in rows), _WIDEST_FIRST_COLUMN) + col_spacing
        room = max(self.width - left - self.current_indent, 10)
        indent = " " * self.current_indent
        for name, told in rows:
            lines = _option_help(told, room)
            if width(name) > left - col_spacing:
                self.write(f"{indent}{name}\n")
                name = ""
            for line in lines:
                self.write(f"{indent}{name}{' ' * (left - width(name))}{line}".rstrip() + "\n")
                name = ""


def _with_near(said: str, name: str, names: Iterable[str]) -> str:
    """Return a message, and behind it the names that are nearly `name`."""
    known = {other.lstrip("-"): other for other in names}
    near = [repr(known[other]) for other in get_close_matches(name.lstrip("-"), known, cutoff=_NEAR)]
    if not near:
        return said
    asked = ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", len(near))
    space = " " if language() == "en" else ""
    return f"{said}{space}{asked.format(possibility=near[0], possibilities=', '.join(near))}"


class Context(click.Context):
    """A context whose help is in the language of the reader."""

    formatter_class = Formatter


class Group(click.Group):
    """A group of commands whose help is in the language of the reader."""

    context_class = Context

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, told how its help is written."""
        command = super().get_command(ctx, cmd_name)
        return prepared(command, self) if command else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is named; where there is none say which are called nearly so."""
        name = args[0]
        if name.startswith("-") or ctx.resilient_parsing or self.get_command(ctx, name):
            return super().resolve_command(ctx, args)
        said = gettext("No such command {name!r}.").format(name=name)
        raise click.UsageError(_with_near(said, name, self.list_commands(ctx)), ctx)

    def invoke(self, ctx: click.Context) -> Any:
        """Run what is asked for; of an option that no command has say only which are called nearly so."""
        try:
            return super().invoke(ctx)
        except click.NoSuchOption as error:
            said = _with_near(error.message, error.option_name, error.possibilities or [])
            raise click.UsageError(said, error.ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands and what they are for; click would cut the English before it is translated."""
        if language() == "en":
            super().format_commands(ctx, formatter)
            return
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            told = next(paragraphs(inspect.cleandoc(command.help or "")), "") if command else ""
            rows.append((name, translate(told).partition("。")[0]))
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def prepared(command: click.Command, group: click.Command) -> click.Command:
    """Return a command whose help is in the language of the reader, and whose options variables may give.

    The variable is named as a person types the option: CASEMINE_EXTRACT_TOP, CASEMINE_CODEBOOK_SHOW_FORMAT.
    """
    command.context_class = Context
    # click keeps the words of its own option in the language in which they were asked for first.
    vars(command)["_help_option"] = None
    path = [group.name or "", command.name or ""]
    path = path if path[0] == "casemine" else ["casemine", *path]
    for option in command.params:
        if isinstance(option, click.Option) and option.envvar is None:
            longest = max(option.opts, key=len)
            option.envvar = "_".join([*path, longest.lstrip("-")]).upper().replace("-", "_")
    return command


def paragraphs(text: str) -> Iterator[str]:
    """Yield what the catalogue has of a help text: paragraphs in one line, entries of tables."""
    for paragraph in text.split("\n\n"):
        if paragraph.startswith("\b"):
            yield from (line.partition("  ")[2].strip() for line in paragraph.split("\n")[1:])
        elif paragraph.strip():
            yield " ".join(paragraph.split())


def without_default(told: str) -> tuple[str, str]:
    """Return the help of an option, and what stands behind it in brackets.

    >>> without_default("How many.  [default: 3]")
    ('How many.', '  [default: 3]')
    """
    match = _DEFAULT.fullmatch(told)
    return (match[1], match[2] or "") if match else (told, "")


def _option_help(told: str, room: int) -> list[str]:
    """Return the help of an option in lines; what stands in brackets is not broken where it fits in one."""
    text, extra = without_default(told)
    for english, chinese in (("default for", "默认值，用于"), ("default: ", "默认：")):
        extra = extra.replace(f"[{english}", f"[{chinese}")
    lines = wrapped(translate(" ".join(text.split())), room) or [""]
    extra = extra.strip()
    if extra and width(lines[-1]) + 1 + width(extra) <= room:
        return [*lines[:-1], f"{lines[-1]} {extra}".strip()]
    return [*lines, *wrapped(extra, room)]


def _in_columns(line: str) -> str:
    name, gap, told = line.partition("  ")
    return f"{name}{gap}{told[: len(told) - len(told.lstrip())]}{translate(told.strip())}"


def say(text: Any = "", *, err: bool = False, nl: bool = True) -> None:
    """Print a message in the language of the reader."""
    lines = map(translate, str(text).split("\n"))
    click.echo("\n".join(lines), err=err, nl=nl)


def tally(counts: Iterable[tuple[int, str]]) -> str:
    """Return how many there are of each kind: 3 placed, 2 suggested."""
    if language() == "en":
        return ", ".join(f"{count:,} {kind}" for count, kind in counts)
    return "、".join(f"{translate(kind)} {count:,}" for count, kind in counts)


def listed(parts: Iterable[str]) -> str:
    """Return messages as a list in one line."""
    return (", " if language() == "en" else "、").join(map(translate, parts))


def colon() -> str:
    """Return what stands between a place and what is said of it."""
    return ": " if language() == "en" else "："


def told(error: Any) -> str:
    """Return an error of casemine as the reader is told it: place, cause, advice."""
    if language() == "en":
        return f"casemine: {error}"
    where = f"{translate(error.place)}：" if error.place else ""
    return "casemine：" + where + translate(error.cause) + (translate(error.advice) if error.advice else "")
