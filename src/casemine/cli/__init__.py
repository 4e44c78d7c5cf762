"""The command line: casemine and its commands, each loaded when it is called for."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from casemine.cli.localised import Group, prepared, say, told
from casemine.cli.visible_stream import VisibleStream
from casemine.errors import CasemineError, CasemineWarning, StudyError, UsageError
from casemine.messages import LANGUAGES, choose, translate

# Each command, in the order of work, and the module it lives in.
_COMMANDS = {
    "extract": "extract",
    "discover": "discover",
    "review": "review",
    "keywords": "review",
    "code": "code",
    "quotes": "code",
    "suggest": "suggest",
    "memo": "memo",
    "recode": "recode",
    "find": "find",
    "words": "words",
    "topics": "topics",
    "similar": "similar",
    "network": "network",
    "pmc": "pmc",
    "tables": "rigour",
    "report": "report",
    "figures": "figures",
    "saturation": "rigour",
    "agree": "rigour",
    "export": "export",
    "import": "export",
    "codebook": "codebook",
    "vectors": "vectors",
    "reproduce": "reproduce",
    "serve": "serve",
    "run": "study",
    "info": "study",
    "check": "check",
    "init": "study",
}


class _Commands(Group):
    """A group that turns casemine's errors into one message and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"casemine.cli.{_COMMANDS[cmd_name]}")
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        return prepared(getattr(module, name), self)

    def make_context(self, *given: Any, **more: Any) -> click.Context:
        choose()
        return super().make_context(*given, **more)

    def invoke(self, ctx: click.Context) -> Any:
        shown = warnings.showwarning
        try:
            warnings.showwarning = partial(_told_in_a_line, shown)
            with _interruptible():
                return super().invoke(ctx)
        except CasemineError as error:
            click.echo(told(error), err=True)
            ctx.exit(2 if isinstance(error, UsageError | StudyError) else 1)
        except BrokenPipeError:
            raise  # whoever read the output has gone: click ends without a word
        except OSError as error:
            click.echo(f"casemine: {_reason(error)}", err=True)
            ctx.exit(1)
        except KeyboardInterrupt:
            say("\ncasemine: interrupted; what was finished before stays as it is.", err=True)
            ctx.exit(130)
        finally:
            warnings.showwarning = shown


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C be Ctrl-C although a library, while it is imported, takes it for an error of its own."""
    pressed: list[object] = []

    def interrupt(*given: Any) -> None:
        pressed.append(given)
        signal.default_int_handler(*given)

    main = threading.current_thread() is threading.main_thread()
    ours = main and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if ours:
        signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    except Exception as error:
        if pressed and _led_to(error):
            raise KeyboardInterrupt from error
        raise
    finally:
        if ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)


def _led_to(error: BaseException | None) -> bool:
    """Tell whether an error came of Ctrl-C."""
    while error and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _told_in_a_line(shown: Callable[..., None], message: Warning | str, *about: Any, **more: Any) -> None:
    """Show a warning of casemine as a message of one line, any other as Python does."""
    if isinstance(message, CasemineWarning):
        click.echo(f"casemine: {translate(str(message))}", err=True)
    else:
        shown(message, *about, **more)


def _reason(error: OSError) -> str:
    """Say what the system refused: no permission, no space, a file that is a folder."""
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror or error}."


def _language(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value:
        choose(value)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    is_eager=True,
    expose_value=False,
    callback=_language,
    help="Language of messages and help; else CASEMINE_LANG, else that of the system.",
)
@click.version_option(package_name="casemine", prog_name="casemine")
def casemine() -> None:
    """Mine Chinese policy and case documents: new words, keywords, grounded-theory coding.

    Start with: casemine extract FOLDER -o STUDY

    Exit status: 0 done; 1 a check failed or some input was left out; 2 wrong usage.
    """


def main() -> None:
    """Run the command line, writing UTF-8 wherever the output goes."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A pipe or file takes UTF-8 whatever the locale; a terminal shows what it can.
            stream.reconfigure(errors="replace", **({} if stream.isatty() else {"encoding": "utf-8"}))
    # Data that goes into a file or a pipe stays as it is; messages and what a person reads are made visible.
    sys.stderr = VisibleStream(sys.stderr)
    if sys.stdout.isatty():
        sys.stdout = VisibleStream(sys.stdout)
    # The texts of tables in the same memory as all else, so that what one stage leaves the next one has.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    # When the command has ended all is given back at once; the collector need not look at it again.
    atexit.register(gc.freeze)
    try:
        casemine(prog_name="casemine")
    finally:
        # Where an extension module, as it was imported, ran the code that Ctrl-C came upon, Python would end
        # by the signal instead of with 130: it forgets that when it runs other code from a text.
        exec("")
