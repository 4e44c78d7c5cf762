"""A small endpoint of the tests' own that answers as a language model would, by rules that a test gives."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[dict[str, Any]], "str | int | bytes"]


def sentence_of(body: dict[str, Any]) -> str:
    """Return the sentence that a question is about."""
    asked = body["messages"][-1]["content"]
    sentence: str = json.loads(asked[asked.index("{") :])["sentence"]
    return sentence


@contextmanager
def served(reply: Reply) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Serve on this computer; give the address and the bodies that came. A number is an error of HTTP."""
    bodies: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            bodies.append({"path": self.path, "key": self.headers.get("Authorization"), **body})
            said = reply(body)
            if isinstance(said, int):
                self.send_response(said)
                if said in (301, 302, 307):
                    self.send_header("Location", "http://203.0.113.7/v1/chat/completions")
                self.end_headers()
                return
            choices = {"choices": [{"message": {"role": "assistant", "content": said}}]}
            data = said if isinstance(said, bytes) else json.dumps(choices).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1", bodies
    finally:
        server.shutdown()
        server.server_close()
