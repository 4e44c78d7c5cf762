"""The messages of the sources: what casemine says to a person, in English, as the catalogue asks for it.

A message is a literal with at least two words, at the place where it arises: an error, an advice, a
line that a command prints. What differs from case to case stands in braces: {name} for a variable,
{1} for the second of other expressions. The help of the commands is asked of click itself.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click

import casemine
from casemine.cli import casemine as command_line
from casemine.cli.localised import paragraphs, without_default

PACKAGE = Path(casemine.__file__).parent
# What these rooms say is for files, pictures and pages, in one language or in two of their own.
SILENT = (
    "schema/",
    "lexicon/",
    "messages/",
    "report/",
    "reproduction/",
    "terms",
    "web/guard",
    "weigh/reading",
    "cli/localised",
    "ingest/layout",
    "ingest/readers/numbering",
)
# Calls whose literals are for programs: patterns, programmers' errors, names of files.
_TECHNICAL = {"AttributeError", "KeyError", "OverflowError", "RuntimeError", "TypeError", "ValueError",
              "compile", "getLogger", "replace", "sub"}  # fmt: skip
# What click says to programmers, and asks where nothing is asked here.
_CLICKS_OWN = re.compile(
    r"Deprec|defined twice|Boolean option|declar|continue|without prompting|UUID|^%|^dep|^path$"
)
# Several words, but no message: names in files, types, words of other programs.
_NOT_SAID = {
    "# Settings of a casemine study. Every key may be left out; these are the values in force.",
    "In jieba's dictionary.",
    "axes fraction",
    "One of: {0}.",
    "PPMI (context smoothing 0.75) + SVD, int8",
    "Table of Contents",
    "casemine serve",
    "dict[str, pd.DataFrame]",
    "from the manifest",
    "gensim {name}, skip-gram, int8",
    "no.",
    "offset points",
    "score<Avg. year>",
    "simplified from traditional",
    "table of figures",
    "unexpected end of data",
    "upper left",
}
# Words that stand alone in what is printed.
WORDS = (
    "Note", "undefined", "saturated", "nobody", "none", "yes", "no", "selective", "axial", "open",
    "placed", "suggested", "unplaced", "keep", "drop", "generic", "merge", "add", "recode", "code",
    "document", "sentence", "new", "old", "Codes", "Keywords", "table", "rows", "stage", "state",
    "seconds", "kept", "part", "published", "computed", "same", "differs", "Places", "places", "keywords",
    "region", "year", "name", "title", "version", "group", "read", "discover", "weigh", "segment",
    "tabulate", "reproduce", "figures", "report", "export", "tables", "saturation", "agree",
    "review", "import",
)  # fmt: skip
# Where something is, before a colon and what is said of it.
PLACES = ("row {number}", "page {number}", "{file}, row {number}", "row {number}, column {letter} ({header})")
_WORDS = re.compile(
    r"[A-Za-z]{2,}[,;:.]?['’]?s? +(?:\{\w+\} ?)*[a-z]{2,}"  # two words, other things between them
    r"|^[A-Za-z][a-z]+[.:]$|^[A-Z][a-z]+:? [({]|rows\)$|shuffled|^follows \{"
    r"|\} from \{|^\{name\} changed|, was \{|, but \{"
)


def messages() -> dict[str, set[str]]:
    """Return message -> the files of the package that say it."""
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE).as_posix()
        if not place.startswith(SILENT):
            for text in _said(ast.parse(path.read_text(encoding="utf-8")), place):
                found.setdefault(text, set()).add(place)
    for text in (*help_texts(), *words_of_click(), *WORDS, *PLACES):
        found.setdefault(text, set()).add("cli")
    return found


def _said(tree: ast.Module, place: str) -> Iterator[str]:
    skipped = {id(node) for part in ast.walk(tree) for node in _not_said(part)}
    inside = {
        id(piece)
        for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
        for piece in node.values
    }  # fmt: skip
    for node in ast.walk(tree):
        if id(node) in skipped or id(node) in inside:
            continue
        text = template(node)
        for line in text.split("\n"):
            if (
                _WORDS.search(line)
                and line.strip() not in _NOT_SAID
                and not line.startswith("region province")
            ):
                yield line.strip()


def _not_said(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what below a node is no message: docstrings, annotations, patterns, the help of options."""
    if isinstance(
        node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    ) and ast.get_docstring(node):
        yield node.body[0].value  # type: ignore[attr-defined]
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in _TECHNICAL:
            yield from ast.walk(node)
        if name in ("option", "argument"):  # click is asked for what they say
            for word in node.keywords:
                if word.arg in ("help", "metavar"):
                    yield from ast.walk(word.value)
        if name == "_setting":
            yield from ast.walk(node)


def template(node: ast.AST) -> str:
    """Return a literal, what differs from case to case in braces; "" for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    names = iter(_names(node))
    return "".join(
        str(piece.value) if isinstance(piece, ast.Constant) else f"{{{next(names)}}}" for piece in node.values
    )


def _names(node: ast.JoinedStr) -> list[str]:
    values = [piece.value for piece in node.values if isinstance(piece, ast.FormattedValue)]
    return [value.id if isinstance(value, ast.Name) else str(at) for at, value in enumerate(values)]


def help_texts() -> Iterator[str]:
    """Yield what --help shows of every command: paragraphs, options; bounds of numbers are click's."""
    for command in commands(command_line):
        yield from paragraphs(inspect.cleandoc(command.help or ""))
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.help:
                yield without_default(parameter.help)[0]


def commands(command: click.Command) -> Iterator[click.Command]:
    """Yield a command and those below it."""
    yield command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from commands(inner)


def words_of_click() -> Iterator[str]:
    """Yield what click itself says and looks up with gettext, but for prompts and editors."""
    for module in ("core", "decorators", "exceptions", "formatting", "parser", "types"):
        source = (Path(click.__file__).parent / f"{module}.py").read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if isinstance(node, ast.Call) and name in ("_", "ngettext"):
                said = [str(part.value) for part in node.args if isinstance(part, ast.Constant)]
                # The two forms of a plural are kept as gettext compiles them, a zero between them.
                yield from (text for text in ["\0".join(said)] if said and not _CLICKS_OWN.search(text))
