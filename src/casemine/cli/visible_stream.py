"""What is written to a terminal, with nothing in it that the terminal would obey."""

from __future__ import annotations

import io
from typing import TextIO

from casemine.sheets import visible

# What a progress line begins with: the cursor goes back and the line is cleared.
_LINE_STARTS = ("\r\x1b[K", "\r", "\ufeff")


class VisibleStream(io.TextIOBase):
    """A text stream that writes out control and bidi characters: `casemine.sheets.visible`.

    Names of files, members of archives and texts come from others, and a terminal obeys what stands in them.
    Only what begins a progress line passes.

    There is no `buffer`: click would take it on Windows and write past this.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a text."""
        start = next((start for start in _LINE_STARTS if text.startswith(start)), "")
        rest = text[len(start) :]
        end = rest[-1:] if rest.endswith("\r") and start else ""  # the line is cleared
        self._stream.write(start + visible(rest.removesuffix("\r") if end else rest) + end)
        return len(text)

    def flush(self) -> None:
        """Pass on what was written."""
        self._stream.flush()

    def isatty(self) -> bool:
        """Tell whether a person reads this."""
        return self._stream.isatty()

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def fileno(self) -> int:
        """Return the file descriptor."""
        return self._stream.fileno()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding of the stream."""
        return self._stream.encoding

    @property
    def errors(self) -> str | None:  # type: ignore[override]
        """What becomes of characters that the encoding lacks."""
        return self._stream.errors
