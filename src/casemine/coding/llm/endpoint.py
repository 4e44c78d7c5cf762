"""One question to a language model over the chat interface that OpenAI made common; on this computer.

Interface: POST {url}/chat/completions, as llama.cpp, Ollama, vLLM and LM Studio offer it.
"""

from __future__ import annotations

import ipaddress
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from casemine.errors import CasemineError, UsageError

# Seconds one answer may take, and bytes it may have.
PATIENCE = 300
LONGEST = 1 << 20
# Seconds after which a question is put once more to an endpoint that is busy loading the model.
PAUSE = 5
_LOADING = 503


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
    key: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:  # no number where the port stands
            known = False
        if not known or any(char.isspace() for char in self.url):
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
        data = json.dumps(body, ensure_ascii=False).encode("utf-8")
        for last in (False, True):
            try:
                return self._content(self._answer(data))
            except urllib.error.HTTPError as error:
                if last or error.code != _LOADING:
                    raise self._error(f"answered {error.code} {error.reason}.") from error
            time.sleep(PAUSE)
        raise AssertionError

    def _answer(self, data: bytes) -> bytes:
        headers = {"Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = "Bearer " + self.key
        request = urllib.request.Request(f"{self.url.rstrip('/')}/chat/completions", data, headers)
        handlers: list[urllib.request.BaseHandler] = [_NoRedirects()]
        if self.local:
            handlers.append(urllib.request.ProxyHandler({}))
        try:
            with urllib.request.build_opener(*handlers).open(request, timeout=PATIENCE) as response:
                answer: bytes = response.read(LONGEST + 1)
                return answer
        except urllib.error.HTTPError:
            raise
        except (OSError, ValueError, HTTPException) as error:
            raise self._error(f"cannot be reached ({getattr(error, 'reason', error)}).") from error

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
