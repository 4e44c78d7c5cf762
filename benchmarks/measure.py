"""Run a command as a whole process and measure it: wall seconds, processor seconds, peak memory.

    python benchmarks/measure.py REPORT.json SECONDS COMMAND...

It is a process of its own because a child's peak memory counts what its parent held at the fork: here next
to nothing. Peak memory is that of the largest process (`wait4`, Linux and macOS); on Linux it is the
sum over the process tree, looked at twenty times a second, when that is more (pages shared between
processes count in each). On Windows only wall seconds can be had from the standard library.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

UNIX = hasattr(os, "wait4")
INTERVAL = 0.05


@dataclass(frozen=True)
class Measurement:
    """What one run took; memory in bytes. `cpu` and `peak` are None where they cannot be had."""

    wall: float
    cpu: float | None
    peak: int | None
    status: int | None
    said: str

    @property
    def failure(self) -> str:
        """Return why it gave nothing, or an empty text."""
        if self.status is None:
            return f"stopped after {self.wall:.0f} s"
        lines = [line.strip() for line in self.said.splitlines() if line.strip()]
        return "" if self.status == 0 else (lines[-1] if lines else f"exit status {self.status}")


def measured(command: Sequence[str | Path], folder: Path, *, seconds: float) -> Measurement:
    """Run `command` with `folder` as its working folder, measured by a process of its own."""
    report = folder / "measured.json"
    watcher = [sys.executable, "-I", __file__, report, str(seconds), *command]
    subprocess.run(watcher, cwd=folder, check=True)
    return Measurement(**json.loads(report.read_text(encoding="utf-8")))


def run(command: Sequence[str], *, seconds: float) -> Measurement:
    """Run `command`; stop it after `seconds`. What it says goes nowhere but for the end of its errors."""
    errors = Path("errors.txt")
    # A fixed hash seed and UTF-8 whatever the locale, so that a peer gives the same words every time.
    environment = os.environ | {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore"}
    with errors.open("wb") as written:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=written, env=environment
        )
        sampler = Sampler(process.pid)
        alarm = threading.Timer(seconds, process.kill)
        alarm.start()
        cpu, largest = wait(process)
        wall = time.perf_counter() - start
        in_time = alarm.is_alive()
        alarm.cancel()
    peak = max(sampler.stop(), largest) if UNIX else None
    said = errors.read_text(encoding="utf-8", errors="replace")[-2000:]
    return Measurement(wall, cpu, peak, process.returncode if in_time else None, said)


def wait(process: subprocess.Popen[bytes]) -> tuple[float | None, int]:
    """Wait for `process`; return its processor seconds and the peak of its largest process, in bytes."""
    if not UNIX:
        process.wait()
        return None, 0
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


class Sampler:
    """Follows the summed resident memory of a process and its descendants; 0 where there is no /proc."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)
        if Path("/proc/self/task").exists():
            self._thread.start()

    def stop(self) -> int:
        """Return the peak seen, in bytes."""
        self._done.set()
        return self._peak

    def _follow(self) -> None:
        while not self._done.wait(INTERVAL):
            self._peak = max(self._peak, resident(self._pid))


def resident(pid: int) -> int:
    """Return the resident bytes of a process and its descendants; processes that have ended count 0."""
    total = 0
    with contextlib.suppress(OSError):
        process = Path("/proc", str(pid))
        total = int((process / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        for task in (process / "task").iterdir():
            total += sum(resident(int(child)) for child in (task / "children").read_text().split())
    return total


def main() -> None:
    report, seconds, *command = sys.argv[1:]
    found = run(command, seconds=float(seconds))
    Path(report).write_text(json.dumps(asdict(found)), encoding="utf-8")


if __name__ == "__main__":
    main()
