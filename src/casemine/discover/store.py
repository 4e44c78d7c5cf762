"""Where the shards of a corpus and what they tell each other are held: in memory, in a folder, at a URL."""

from __future__ import annotations

import pickle
import shutil
import tempfile
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from casemine.errors import UsageError


class Store(Hashable, Protocol):
    """Values by name (`group/rest`). Putting a name again with the same value changes nothing."""

    def put(self, name: str, value: object) -> None:
        """Hold `value` under `name`."""

    def get(self, name: str) -> Any:
        """Return what `name` holds."""

    def drop(self, group: str) -> None:
        """Forget every name of a group, if there are any."""


@dataclass(eq=False)
class Memory:
    """Holds the values themselves; for work in one process."""

    values: dict[str, object] = field(default_factory=dict)

    def put(self, name: str, value: object) -> None:
        """Hold `value` under `name`."""
        self.values[name] = value

    def get(self, name: str) -> Any:
        """Return what `name` holds."""
        return self.values[name]

    def drop(self, group: str) -> None:
        """Forget every name of a group."""
        for name in [name for name in self.values if name.startswith(f"{group}/")]:
            del self.values[name]


@dataclass(frozen=True)
class Folder:
    """Holds each value as a file of a folder that every worker can reach.

    A file is whole or not there, so that work begun twice (a worker was lost) does no harm.
    """

    path: Path

    def put(self, name: str, value: object) -> None:
        """Hold `value` under `name`."""
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{target.name}.{uuid4().hex}")
        with part.open("wb") as file:
            pickle.dump(value, file, protocol=5)
        part.replace(target)

    def get(self, name: str) -> Any:
        """Return what `name` holds."""
        if not self.path.is_dir():
            raise UsageError(
                "a worker does not reach this folder.",
                place=str(self.path),
                advice="Give a folder or URL that every worker and this machine share, with --spill.",
            )
        with (self.path / name).open("rb") as file:
            return pickle.load(file)

    def drop(self, group: str) -> None:
        """Forget every name of a group."""
        shutil.rmtree(self.path / group, ignore_errors=True)


@dataclass(frozen=True)
class Remote:
    """Holds each value as an object below a URL that fsspec can open (`s3://bucket/folder`)."""

    url: str

    def put(self, name: str, value: object) -> None:
        """Hold `value` under `name`."""
        system, root = self._system()
        target = f"{root}/{name}"
        system.makedirs(target.rpartition("/")[0], exist_ok=True)
        system.pipe_file(target, pickle.dumps(value, protocol=5))

    def get(self, name: str) -> Any:
        """Return what `name` holds."""
        system, root = self._system()
        return pickle.loads(system.cat_file(f"{root}/{name}"))

    def drop(self, group: str) -> None:
        """Forget every name of a group; "" for all."""
        system, root = self._system()
        target = f"{root}/{group}".rstrip("/")
        if system.exists(target):
            system.rm(target, recursive=True)

    def _system(self) -> tuple[Any, str]:
        system, root = import_module("fsspec.core").url_to_fs(self.url)
        return system, root.rstrip("/")


@contextmanager
def opened(place: str | Path | None) -> Iterator[Store]:
    """Give a store that is gone afterwards, whatever happens: in memory for None, else a new folder.

    `place` is the folder (or fsspec URL) to make it in, "" for the system's folder of temporary files.
    """
    if place is None:
        memory = Memory()
        try:
            yield memory
        finally:
            memory.values.clear()
    elif "://" in str(place):
        remote = Remote(f"{str(place).rstrip('/')}/casemine-{uuid4().hex}")
        try:
            yield remote
        finally:
            remote.drop("")
    else:
        with tempfile.TemporaryDirectory(prefix="casemine-", dir=place or None) as folder:
            yield Folder(Path(folder).resolve())
