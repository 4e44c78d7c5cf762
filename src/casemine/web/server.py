"""Starts the workbench: a free port, the one-time address, the browser."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path

from casemine.errors import UsageError
from casemine.terms import RESEARCHER

LOOPBACK = "127.0.0.1"


def serve(
    folder: Path,
    *,
    host: str = LOOPBACK,
    port: int = 0,
    coder: str = RESEARCHER,
    read_only: bool = False,
    blind: bool = False,
    browser: bool = True,
    say: Callable[[str], None] = print,
) -> None:
    """Serve a study until Ctrl-C.

    `port` 0 takes a free one; `say` is called once with the address that works once. Raises `UsageError` when
    the extra `serve` is not installed or the port is taken.
    """
    try:
        import uvicorn

        from casemine.web.app import application
        from casemine.web.bench import Bench
        from casemine.web.guard import Keys
    except ModuleNotFoundError as error:
        raise UsageError(
            f"the workbench needs {error.name}.",
            advice='Install it, in casemine\'s folder: pip install ".[serve]"',
        ) from error
    bench = Bench(folder, coder, read_only=read_only, blind=blind)
    with _listening(host, port) as listener:
        number = listener.getsockname()[1]
        keys = Keys(number, _names(host), read_only=read_only)
        shown = LOOPBACK if host in ("0.0.0.0", "::", "") else host
        address = f"http://{f'[{shown}]' if ':' in shown else shown}:{number}/?token={keys.token}"
        say(address)
        if browser:
            webbrowser.open(address)
        config = uvicorn.Config(application(bench, keys), log_level="error", access_log=False, lifespan="off")
        uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        # Who opens the address at once waits a moment instead of being refused.
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise UsageError(
            f"cannot listen at {host}:{port} ({error.strerror}).", advice="Give another --port."
        ) from error
    return listener


def _names(host: str) -> frozenset[str]:
    """Return the names by which this machine may be called."""
    own = {"localhost"}
    if host != LOOPBACK:
        own |= {host.casefold(), socket.gethostname().casefold()}
    return frozenset(own)
