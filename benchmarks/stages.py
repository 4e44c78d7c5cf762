"""How `extract`, `code` and `recode` grow with their corpus: seconds, memory, the same bytes.

    python benchmarks/stages.py --data work_reports.jsonl.xz [--millions 2 10 49] [--jobs 1 2] [--dask]

DATA is as for scaling.py. Each run is a whole process, `extract` and `recode` under `--memory 500MB`; peak
memory is that of the process tree, with a Dask cluster, as processor seconds are, that of casemine alone.
`recode` takes the corpus as a new one of the study made of its first two million characters. Every file but
run.json must be the same however it was made; exit status 1 when one is not.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from measure import measured
from rounds import table
from scaling import asked, cut, exponents, ways

HEAD = ("", "million characters", "", "seconds", "processor seconds", "peak MiB")
BASE = 2.0


def digest(folder: Path) -> str:
    """Return a hash of the names and bytes of all files in a folder but run.json."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in ("run.json", ".casemine.lock"):
            found.update(path.relative_to(folder).as_posix().encode())
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def commands(data: Path, base: Path, made: Path, options: Sequence[str]) -> dict[str, list[str]]:
    """Return name -> arguments of casemine of the three commands, in the order they are run."""
    study, new = str(made / "study"), str(made / "new")
    return {
        "extract": ["extract", str(data), "-o", study, "-q", "--memory", "500MB", *options],
        "code": ["code", study, *options],
        "recode": ["recode", str(data), "--study", str(base), "-o", new, "-q", "--memory", "500MB", *options],
    }


def main() -> int:
    given = asked(__doc__)
    casemine = [sys.executable, "-m", "casemine"]
    rows: list[list[str]] = []
    seconds: dict[str, list[float]] = {}
    bytes_of: dict[float, set[str]] = {}
    sizes: list[int] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inputs = {millions: folder / f"first{millions:g}.jsonl" for millions in sorted(given.millions)}
        sizes = [cut(given.data, millions, path)[0] for millions, path in inputs.items()]
        cut(given.data, BASE, folder / "base.jsonl")
        base = folder / "base"
        for words in (("extract", str(folder / "base.jsonl"), "-o", str(base), "-q"), ("code", str(base))):
            if failure := measured([*casemine, *words], folder, seconds=given.timeout).failure:
                raise SystemExit(failure)
        for way, options in ways(given):
            for (millions, path), size in zip(inputs.items(), sizes, strict=True):
                made = folder / f"made-{len(rows)}"
                for command, words in commands(path, base, made, options).items():
                    took = measured([*casemine, *words], folder, seconds=given.timeout)
                    if took.failure:
                        raise SystemExit(f"{command} {way}: {took.failure}")
                    seconds.setdefault(f"{command} {way}", []).append(
                        took.cpu if took.cpu and "--jobs" in options else took.wall
                    )
                    cpu, peak = took.cpu or 0, (took.peak or 0) / 2**20
                    cells = [f"{size / 1e6:.1f}", command, f"{took.wall:.1f}", f"{cpu:.1f}", f"{peak:,.0f}"]
                    rows.append([way, *cells])
                    print(*rows[-1], file=sys.stderr)
                bytes_of.setdefault(millions, set()).add(digest(made))
    print(table(HEAD, rows), end="\n\n")
    if len(sizes) > 1:
        print(exponents(sizes, seconds), end="\n\n")
    same = all(len(found) == 1 for found in bytes_of.values())
    print("All ways gave the same bytes." if same else "Not all ways gave the same bytes.")
    return int(not same)


if __name__ == "__main__":
    sys.exit(main())
