"""Long work in the background: one job at a time, how far it is, and how it ended."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from casemine.errors import CasemineError

Progress = Callable[[str, int, int], None]


@dataclass
class Jobs:
    """The job that runs or ran last: its stage, the items done and to do, and what went wrong."""

    stage: str = ""
    done: int = 0
    total: int = 0
    error: str = ""
    _thread: threading.Thread | None = field(default=None, repr=False)

    @property
    def running(self) -> bool:
        """Whether a job runs now."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, work: Callable[[Progress], object]) -> bool:
        """Begin `work`, called with where to report progress; False when another job runs."""
        if self.running:
            return False
        self.stage, self.done, self.total, self.error = "", 0, 0, ""
        self._thread = threading.Thread(target=self._run, args=(work,), daemon=True)
        self._thread.start()
        return True

    def wait(self, seconds: float = 60) -> None:
        """Wait for the job to end."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _run(self, work: Callable[[Progress], object]) -> None:
        try:
            work(self._report)
        except (CasemineError, OSError) as error:
            self.error = str(error)
        except Exception as error:  # whatever it is, the page has to say that it ended
            self.error = f"{type(error).__name__}: {error}"

    def _report(self, stage: str, done: int, total: int) -> None:
        self.stage, self.done, self.total = stage, done, total
