"""The command line: casemine and its commands. Modules with heavy imports load when a command runs."""

from __future__ import annotations

import sys
from typing import Any

import click

from casemine.cli.code import code, quotes
from casemine.cli.codebook import codebook
from casemine.cli.discover import discover
from casemine.cli.export import export, import_
from casemine.cli.extract import extract
from casemine.cli.figures import figures
from casemine.cli.recode import recode
from casemine.cli.report import report
from casemine.cli.reproduce import reproduce
from casemine.cli.review import keywords, review
from casemine.cli.rigour import agree, saturation, tables
from casemine.cli.study import info, init, run
from casemine.cli.vectors import vectors
from casemine.errors import CasemineError, StudyError, UsageError


class _Commands(click.Group):
    """A group that turns casemine's errors into one message and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CasemineError as error:
            click.echo(f"casemine: {error}", err=True)
            ctx.exit(2 if isinstance(error, UsageError | StudyError) else 1)
        except BrokenPipeError:
            raise  # whoever read the output has gone: click ends without a word
        except OSError as error:
            click.echo(f"casemine: {_reason(error)}", err=True)
            ctx.exit(1)
        except KeyboardInterrupt:
            click.echo("\ncasemine: interrupted; the study is as its last finished step left it.", err=True)
            ctx.exit(130)


def _reason(error: OSError) -> str:
    """Say what the system refused: no permission, no space, a file that is a folder."""
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror or error}."


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="casemine", prog_name="casemine")
def casemine() -> None:
    """Mine Chinese policy and case documents: new words, keywords, grounded-theory coding.

    Start with: casemine extract FOLDER -o STUDY

    Exit status: 0 done; 1 a check failed or some input was left out; 2 wrong usage.
    """


for _command in (
    extract,
    discover,
    review,
    keywords,
    code,
    quotes,
    recode,
    tables,
    report,
    figures,
    saturation,
    agree,
    export,
    import_,
    codebook,
    vectors,
    reproduce,
    run,
    info,
    init,
):
    casemine.add_command(_command)


def main() -> None:
    """Run the command line, writing UTF-8 wherever the output goes."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A pipe or file takes UTF-8 whatever the locale; a terminal shows what it can.
            stream.reconfigure(errors="replace", **({} if stream.isatty() else {"encoding": "utf-8"}))
    casemine(prog_name="casemine")
