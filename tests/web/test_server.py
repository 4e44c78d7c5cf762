"""Starting: a port that is taken, an extra that is missing, the names of this machine."""

import socket
import sys
from pathlib import Path

import pytest

from casemine.errors import UsageError
from casemine.web import server


def test_a_port_that_is_taken_is_told(study: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(UsageError, match="cannot listen"):
            server.serve(study, port=other.getsockname()[1], browser=False)


def test_a_missing_extra_is_one_message(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(UsageError, match=r'pip install "\.\[serve\]"'):
        server.serve(study, browser=False)


def test_names_of_this_machine() -> None:
    assert server._names("127.0.0.1") == {"localhost"}
    assert "0.0.0.0" in server._names("0.0.0.0")
