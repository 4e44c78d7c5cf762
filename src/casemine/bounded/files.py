"""The bytes of a file: of a regular one, and of one that is not too large."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from casemine.errors import UnreadableError

MOST_BYTES = 1 << 30
# A pipe is opened without waiting for whoever would write into it; Windows has no such pipe.
_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_file(path: Path, most: int = MOST_BYTES) -> bytes:
    """Return the bytes of a file.

    Raises `UnreadableError` for what is no regular file (a pipe, a device: they may never end), for more than
    `most` bytes, and for whatever the system refuses but that there is no such file: `FileNotFoundError`.
    """
    return read_beginning(path, most + 1, most)[0]


def read_beginning(path: Path, many: int, most: int = MOST_BYTES) -> tuple[bytes, int]:
    """Return the first bytes of a file, `many` at most, and its size; raises as `read_file` does."""
    try:
        with open(os.open(path, os.O_RDONLY | _WITHOUT_WAITING), "rb") as file:  # noqa: PTH123
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise UnreadableError(
                    "is no regular file; it was not read.", place=str(path), advice="Give a file."
                )
            if about.st_size > most:
                raise UnreadableError(
                    f"is larger than {_amount(most)}; it was not read.",
                    place=str(path),
                    advice="Part it, or take out what is not needed.",
                )
            return file.read(many), about.st_size
    except FileNotFoundError:
        raise
    except IsADirectoryError as error:
        raise UnreadableError("is a folder.", place=str(path), advice="Give a file.") from error
    except OSError as error:
        raise UnreadableError(
            f"cannot be read ({error.strerror or error}).",
            place=str(path),
            advice="Close it in other programs, and see whether you may read it.",
        ) from error
    except ValueError as error:  # a NUL in the name
        raise UnreadableError("is no name of a file.", place=repr(str(path))) from error


def read_text(
    path: Path, most: int = MOST_BYTES, encodings: tuple[str, ...] = ("utf-8-sig", "gb18030")
) -> str:
    """Return the text of a file in the first of `encodings` that fits, line ends as they stand.

    Raises `UnreadableError` as `read_file` does, and for what is no such text; `FileNotFoundError`.
    """
    data = read_file(path, most)
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    named = " nor ".join(encoding.removesuffix("-sig").upper() for encoding in encodings)
    raise UnreadableError(
        f"is neither {named} text." if len(encodings) > 1 else f"is no {named} text.",
        place=str(path),
        advice="Save it as UTF-8.",
    )


def _amount(size: int) -> str:
    for unit, name in ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")):
        if size >= unit:
            return f"{size // unit} {name}"
    return f"{size} bytes"
