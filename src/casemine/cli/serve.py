"""`casemine serve`: the workbench in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from casemine.cli.localised import say
from casemine.terms import RESEARCHER

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command()
@click.argument("folder", metavar="STUDY", type=click.Path(path_type=Path, file_okay=False))
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N",
              help="Port to listen at; 0 takes a free one.  [default: 0]")  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
              help="Address to listen at; any other than this machine's own lets others in.")  # fmt: skip
@click.option("--coder", default=RESEARCHER, show_default=True, metavar="NAME", help="Whose decisions.")
@click.option("--blind", is_flag=True, help="Show neither suggestions nor anyone's answers (with --coder).")
@click.option("--read-only", is_flag=True, help="Show everything, write nothing.")
@click.option("--no-browser", is_flag=True, help="Do not open the browser; print the address.")
def serve(
    folder: Path, port: int, host: str, coder: str, blind: bool, read_only: bool, no_browser: bool
) -> None:
    """Open the workbench of a study in the browser: review, code, compare, read.

    It runs on this machine alone and asks nothing of the network. Every action is written at once into the
    same files as the sheets' (decisions.csv, quote_decisions.csv, their histories, codebooks/), so that both
    may be used in turn. The address that is printed works once, in one browser. Ctrl-C stops it.

    A second coder: casemine serve STUDY --coder B --blind
    """
    from casemine.web.server import serve as serve_

    if host not in _LOOPBACK:
        say(
            f"casemine: anybody who reaches {host} and has the address can read and change this study; "
            "the connection is not encrypted.",
            err=True,
        )

    def tell(address: str) -> None:
        say(f"Workbench of {folder}: {address}")
        say("The address works once, in one browser. Press Ctrl-C here to stop; all is saved as you go.")

    serve_(
        folder,
        host=host,
        port=port,
        coder=coder.strip() or RESEARCHER,
        read_only=read_only,
        blind=blind,
        browser=not no_browser,
        say=tell,
    )
