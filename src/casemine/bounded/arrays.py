"""NumPy archives (npz): no pickles, and no array larger than is there."""

from __future__ import annotations

import io
from collections.abc import Collection
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casemine.bounded.archive import Archive
from casemine.bounded.files import read_file
from casemine.errors import CasemineError, UnreadableError

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LONGEST_HEADER = 10_000


def read_arrays(path: Path, names: Collection[str]) -> dict[str, NDArray[Any]]:
    """Return arrays of a NumPy archive by name.

    Raises `UnreadableError` for what is damaged, lacks one of them, holds Python objects, or whose header
    claims other than is there; `FileNotFoundError`.
    """
    try:
        archive = Archive(read_file(path))
        members = {member.filename: member for member in archive.members}
        lacking = [name for name in names if f"{name}.npy" not in members]
        if lacking:
            raise UnreadableError(f"holds no {lacking[0]}.")
        return {name: _array(archive.read(members[f"{name}.npy"]), name) for name in names}
    except CasemineError as error:
        raise UnreadableError(error.cause, place=str(path), advice=error.advice) from error


def _array(data: bytes, name: str) -> NDArray[Any]:
    import numpy as np
    from numpy.lib import format as npy

    stream = io.BytesIO(data)
    try:
        version = npy.read_magic(stream)
        read_header = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
        shape, _, dtype = read_header(stream, max_header_size=_LONGEST_HEADER)
    except Exception as error:  # the header is an expression: whatever reading it raises
        raise UnreadableError(f"{name} is damaged.") from error
    left = len(data) - stream.tell()
    if dtype.hasobject:
        raise UnreadableError(f"{name} holds Python objects; they were not read.")
    if any(size < 0 for size in shape) or prod(shape) * dtype.itemsize != left:
        raise UnreadableError(f"{name} is damaged: its header claims other than is there.")
    stream.seek(0)
    try:
        read: NDArray[Any] = np.load(stream, allow_pickle=False, max_header_size=_LONGEST_HEADER)
    except Exception as error:
        raise UnreadableError(f"{name} is damaged.") from error
    return read
