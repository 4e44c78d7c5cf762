"""The study that the pages work on: opened once, looked at anew when another command changed it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from casemine import pipeline, review
from casemine.errors import StudyError
from casemine.pipeline.serve import Applied, Keeper
from casemine.study import Study, is_study
from casemine.study.files import CODEBOOKS, RUN
from casemine.study.transaction import needs_recovery
from casemine.terms import RESEARCHER
from casemine.web.jobs import Jobs

Value = TypeVar("Value")
# The files that every action writes; whatever else the pages show follows from the record and the codebooks.
_DECIDED = ("decisions.csv", "quote_decisions.csv", "memos.csv", "agreement/consensus_history*.csv")
_MOST_UNDONE = 1000


class BehindError(Exception):
    """A page shows what is no longer so."""


@dataclass
class Bench:
    """A study and the person at work on it.

    One request at a time looks at the study (`lock`), so that no page sees half of an action.
    """

    folder: Path
    coder: str = RESEARCHER
    read_only: bool = False
    blind: bool = False
    study: Study = field(init=False)
    begun: bool = field(init=False)
    jobs: Jobs = field(default_factory=Jobs)
    advice: Jobs = field(default_factory=Jobs)
    made: dict[str, Any] = field(default_factory=dict)
    words: Keeper = field(default_factory=lambda: Keeper(review.WORDS))
    quotes: Keeper = field(default_factory=lambda: Keeper(review.QUOTATIONS))
    lock: threading.RLock = field(default_factory=threading.RLock)
    undo_words: list[Applied[Any, Any]] = field(default_factory=list)
    undo_quotes: list[Applied[Any, Any]] = field(default_factory=list)
    _kept: dict[str, Any] = field(default_factory=dict)
    _rest: str = ""
    _decided: str = ""

    def __post_init__(self) -> None:
        review.SheetPlan(self.coder, blind=self.blind)  # says what is wrong with either
        self.reopen()

    def reopen(self) -> None:
        """Open the study as it stands; what was made of it is made anew when it is asked for."""
        if self.read_only and needs_recovery(self.folder):
            raise StudyError(
                "holds a write that has not ended, and finishing it would be a write.",
                place=str(self.folder),
                advice="Wait for the command that writes, or run `casemine info` once, without --read-only.",
            )
        # Where nothing is yet, files that are put in begin a study.
        self.study = Study(self.folder) if self.read_only else Study.at(self.folder)
        self.begun = is_study(self.folder)
        self._kept.clear()
        self.made = {}
        if not self.advice.running:
            self.advice.error = ""  # what failed on the study as it was is tried again
        self._rest = self._stamp(_rest(self.folder))

    def look(self) -> None:
        """See what another command, or a finished job, has made since."""
        if self._rest != self._stamp(_rest(self.folder)):
            self.reopen()
        if self._decided != (decided := self._stamp(self._decisions())):
            # Somebody else decided since: what was done before is not undone over it.
            self.undo_words.clear()
            self.undo_quotes.clear()
            self._decided = decided

    def acted(self) -> None:
        """Take what is decided now for what this page decided."""
        self._decided = self._stamp(self._decisions())

    def _decisions(self) -> list[Path]:
        return sorted(path for name in _DECIDED for path in self.folder.glob(name))

    @property
    def version(self) -> str:
        """What tells the study as it stands from what a page was made of."""
        files = [*_rest(self.folder), *self._decisions()]
        return self._stamp(files)

    def expect(self, version: str) -> None:
        """Raise `BehindError` when a page was made of another state than the one that stands."""
        if version and version != self.version:
            raise BehindError

    @property
    def book(self) -> str:
        """The codebook that is shown where nobody names one: the first; "" when the study was not coded."""
        return self.study.first_codebook

    def keep(self, name: str, make: Callable[[], Value]) -> Value:
        """Return what `make` gives, made once as long as record and codebooks stay."""
        if name not in self._kept:
            self._kept[name] = make()
        value: Value = self._kept[name]
        return value

    def done(self, applied: Applied[Any, Any], undo: list[Applied[Any, Any]]) -> None:
        """Remember an action, so that it can be undone."""
        if applied.before:
            undo.append(applied)
            del undo[:-_MOST_UNDONE]

    @property
    def stale(self) -> dict[str, str]:
        """What no longer follows from the decisions: product -> why."""
        version = self.version
        kept = self._kept.get("stale")
        if not kept or kept[0] != version:
            kept = version, pipeline.serve.following(Study(self.folder)) if self.begun else {}
            self._kept["stale"] = kept
        return dict(kept[1])

    @staticmethod
    def _stamp(files: list[Path]) -> str:
        stamps = []
        for path in files:
            try:
                about = path.stat()
                stamps.append(f"{path.name}:{about.st_ino}:{about.st_mtime_ns}:{about.st_size}")
            except OSError:
                stamps.append(f"{path.name}:")
        return sha256("|".join(stamps).encode()).hexdigest()[:16]


def _rest(folder: Path) -> list[Path]:
    return [folder / RUN, *sorted((folder / CODEBOOKS).glob("*.toml"))]
