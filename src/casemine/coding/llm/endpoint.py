"""One question to a language model over the chat interface that OpenAI made common; on this computer.

Interface: POST {url}/chat/completions, as llama.cpp, Ollama, vLLM and LM Studio offer it.
"""

from __future__ import annotations

import ipaddress
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from casemine.errors import CasemineError, UsageError

# Seconds one answer may take, and bytes it may have.
PATIENCE = 300
LONGEST = 1 << 20
# Tries of one question: a model that is just being loaded refuses the first.
TRIES = 2


class EndpointError(CasemineError):
    """The endpoint did not answer as it should; what was answered before stays."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Goes nowhere else: a text may not leave for a place that nobody named."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


@dataclass(frozen=True)
class Endpoint:
    """Where a model is asked.

    Parameters
    ----------
    url : str
        The address up to `/v1`, as http://127.0.0.1:11434/v1.
    model : str
        The name of the model, as the endpoint knows it.
    remote : bool
        Whether an address beyond this computer is allowed: texts are sent there.
    key : str
        What the endpoint wants to be shown, "" for nothing. It is never written anywhere.

    Raises
    ------
    UsageError
        For what is no such address, and for one beyond this computer without `remote`.

    Examples
    --------
    >>> Endpoint("http://127.0.0.1:11434/v1", "some-model").local
    True
    """

    url: str
    model: str
    remote: bool = False
    key: str = ""

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(
                f"{self.url} is no address of an endpoint.",
                place="--endpoint",
                advice="Give one such as http://127.0.0.1:11434/v1.",
            )
        if not (self.local or self.remote):
            raise UsageError(
                f"{parts.hostname} is not this computer: the sentences of the study would be sent there.",
                place="--endpoint",
                advice="If they may be, add --remote.",
            )

    @property
    def local(self) -> bool:
        """Whether the address is this computer's own."""
        host = urlsplit(self.url).hostname or ""
        if host == "localhost":
            return True
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return False

    def ask(self, system: str, user: str) -> str:
        """Return the answer of the model, asked without chance (temperature 0). Raises `EndpointError`."""
        body = {
            "model": self.model,
            "temperature": 0,
            "seed": 0,
            "stream": False,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
        }
        for left in reversed(range(TRIES)):
            try:
                return self._answer(json.dumps(body, ensure_ascii=False).encode("utf-8"))
            except EndpointError:
                if not left:
                    raise
        raise AssertionError

    def _answer(self, data: bytes) -> str:
        headers = {"Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = "Bearer " + self.key
        request = urllib.request.Request(f"{self.url.rstrip('/')}/chat/completions", data, headers)
        handlers: list[urllib.request.BaseHandler] = [_NoRedirects()]
        if self.local:
            handlers.append(urllib.request.ProxyHandler({}))
        try:
            with urllib.request.build_opener(*handlers).open(request, timeout=PATIENCE) as response:
                answer = response.read(LONGEST + 1)
        except urllib.error.HTTPError as error:
            raise self._error(f"answered {error.code} {error.reason}.") from error
        except (OSError, ValueError) as error:
            raise self._error(f"cannot be reached ({getattr(error, 'reason', error)}).") from error
        return self._content(answer)

    def _content(self, answer: bytes) -> str:
        if len(answer) > LONGEST:
            raise self._error(f"answered more than {LONGEST:,} bytes.")
        try:
            content = json.loads(answer)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise self._error("did not answer as /chat/completions does.") from error
        if not isinstance(content, str):
            raise self._error("did not answer with a text.")
        return content

    def _error(self, cause: str) -> EndpointError:
        advice = f"Is it running, and does it have the model {self.model}? What was answered before is kept."
        return EndpointError(cause, place=self.url, advice=advice)
