"""Seconds and peak memory of the analyses of a study, each run as a whole process.

    python benchmarks/analyses.py STUDY [--only words topics similar network code pmc]

STUDY is any folder that `casemine extract` made. A copy of it is worked on; for the PMC index it is coded
with policy-pmc first (`code`), which is a line of its own. Processor seconds depend less than others on
what else the machine does. Not for Windows, whose standard library does not tell the memory of a process
that ended.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CALLS = {
    "words": ["words"],
    "topics": ["topics"],
    "similar": ["similar"],
    "network": ["network", "--by", "year"],
    "code": ["code", "--codebook", "policy-pmc"],
    "pmc": ["pmc", "--codebook", "policy-pmc"],
}


def measured(study: Path, call: list[str]) -> tuple[float, float, float]:
    """Run `casemine COMMAND STUDY ...`; return processor seconds, seconds, MB at most."""
    command = [sys.executable, "-m", "casemine", call[0], str(study), *call[1:]]
    began = time.perf_counter()
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = started.stderr.read().decode(errors="replace") if started.stderr else ""
    _, status, used = os.wait4(started.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(errors)
    kilobytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return used.ru_utime + used.ru_stime, time.perf_counter() - began, kilobytes / 1024


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("study", type=Path)
    parser.add_argument("--only", nargs="+", choices=list(CALLS), default=list(CALLS))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        study = Path(folder, "study")
        shutil.copytree(asked.study, study)
        documents = sum(1 for _ in study.joinpath("texts").iterdir())
        print(f"{documents:,} documents    processor s   seconds   MB", flush=True)
        coded = {"code"} if "pmc" in asked.only else set()
        for name in [name for name in CALLS if name in coded.union(asked.only)]:
            processor, seconds, memory = measured(study, CALLS[name])
            print(f"{name:22} {processor:8.0f}  {seconds:8.0f}  {memory:5.0f}", flush=True)


if __name__ == "__main__":
    main()
