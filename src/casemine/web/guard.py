"""Who may ask the workbench for anything: its own pages, in the browser that was given the token."""

from __future__ import annotations

import ipaddress
import re
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from starlette.responses import PlainTextResponse, RedirectResponse, Response

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_PORT = re.compile(r":\d*$")
_READING = ("GET", "HEAD")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# The report is a page of its own: it runs, but can neither ask for anything nor reach these pages.
ALONE = (
    "sandbox allow-scripts allow-popups; default-src 'none'; script-src 'unsafe-inline'; "
    "style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


@dataclass
class Keys:
    """The token that opens the pages once, and the session it is exchanged for.

    `names` are the names by which this machine is called; an address in numbers is always one.
    """

    port: int
    names: frozenset[str] = frozenset({"localhost"})
    read_only: bool = False
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    spent: bool = False

    @property
    def cookie(self) -> str:
        """The name of the cookie: cookies know no ports, and two studies may be open."""
        return f"casemine_{self.port}"

    def is_here(self, host: str) -> bool:
        """Tell whether a Host header names this server: a name that is not ours was pointed at us."""
        # A browser names no port where it is the one of http.
        named = host if _PORT.search(host) else f"{host}:80"
        name, _, port = named.rpartition(":")
        if not name or port != str(self.port):
            return False
        try:
            ipaddress.ip_address(name.strip("[]"))
        except ValueError:
            return name.casefold() in self.names
        return True

    def knows(self, header: str) -> bool:
        """Tell whether a Cookie header holds the session."""
        try:
            morsel = SimpleCookie(header).get(self.cookie)
        except CookieError:
            return False
        return morsel is not None and secrets.compare_digest(morsel.value.encode(), self.session.encode())


class Guard:
    """Lets through what `Keys` allow and puts the headers on it that keep a page from reaching out."""

    def __init__(self, app: App, keys: Keys) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
        }
        answer = self._refused(scope, headers)
        await (answer or self._app)(scope, receive, _with_headers(send))

    def _refused(self, scope: Scope, headers: dict[str, str]) -> Response | None:
        keys, host = self._keys, headers.get("host", "")
        if not keys.is_here(host):
            return PlainTextResponse("This is not that host.", 400)
        writing = scope["method"] not in _READING
        origin = headers.get("origin")
        if (origin is None and writing) or (origin is not None and origin != f"http://{host}"):
            return PlainTextResponse("Another site may not ask this.", 403)
        if not keys.knows(headers.get("cookie", "")):
            return self._entering(scope, keys)
        if writing and keys.read_only:
            return PlainTextResponse("Read only: nothing is written. 只读：不写入任何内容。", 403)
        if scope["path"] == "/" and b"token=" in scope["query_string"]:
            return RedirectResponse("/", 303)
        return None

    def _entering(self, scope: Scope, keys: Keys) -> Response:
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        right = secrets.compare_digest(given.encode(), keys.token.encode())
        if scope["path"] != "/" or not right or keys.spent:
            return PlainTextResponse(
                "Open the address that the terminal shows; it works once, in one browser. "
                "请打开终端里显示的网址；每次启动只能在一个浏览器中使用一次。", 403
            )  # fmt: skip
        keys.spent = True
        entered = RedirectResponse("/", 303)
        entered.set_cookie(keys.cookie, keys.session, httponly=True, samesite="strict", path="/")
        return entered


def _with_headers(send: Send) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message.get("headers", ())}
            more = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
            message["headers"] = [
                *message.get("headers", ()), *(pair for pair in more if pair[0] not in given)
            ]  # fmt: skip
        await send(message)

    return sending
