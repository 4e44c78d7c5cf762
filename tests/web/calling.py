"""What the tests of the pages use to ask: a client inside the session, a workbench of its own process."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette")
pytest.importorskip("httpx2")

from starlette.testclient import TestClient

from casemine.web.app import application
from casemine.web.bench import Bench
from casemine.web.guard import Keys
from casemine.web.pages import VERSION

PORT = 8123
HERE = f"http://127.0.0.1:{PORT}"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
]  # fmt: skip


class Caller:
    """A client inside the session: it sends the origin and the version that a page would."""

    def __init__(self, bench: Bench, keys: Keys | None = None) -> None:
        self.bench = bench
        self.keys = keys or Keys(PORT, read_only=bench.read_only)
        self.client = TestClient(application(bench, self.keys), base_url=HERE, follow_redirects=False)
        self.client.get(f"/?token={self.keys.token}")

    def get(self, address: str, **more: Any) -> Any:
        return self.client.get(address, **more)

    def post(self, address: str, given: Any, *, version: str | None = None) -> Any:
        headers = {"origin": HERE, VERSION: self.bench.version if version is None else version}
        return self.client.post(address, json=given, headers=headers)


class Served:
    """A workbench in a process of its own, as `casemine serve` starts it."""

    def __init__(self, folder: Path, *options: str) -> None:
        command = [sys.executable, "-m", "casemine", "serve", str(folder), "--no-browser", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        assert self.process.stdout is not None
        found = None
        while not found and (line := self.process.stdout.readline()):
            found = re.search(r"http://\S+", line)
        assert found is not None
        self.address = found[0]

    def kill(self) -> None:
        """End it as the system does, without a word."""
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
