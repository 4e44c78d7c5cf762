"""What follows the coding (saturation, tables, figures, report): recorded in run.json, stale when it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from casemine import study

# In the order in which one may be made from another.
FOLLOWING = ("saturation", "tables", "figures", "report")
_READ = (
    "documents.csv", "left_out.csv", "new_words.csv", "keywords_final.csv", "frequency_final.csv",
    "placements.csv", "codings.csv", "decisions.csv",
)  # fmt: skip
_MEASURED = ("tables/saturation.csv", "tables/saturation_summary.csv", "tables/agreement.csv")


@contextmanager
def following(folder: Path, stage: str, parameters: Mapping[str, Any]) -> Iterator[Path]:
    """Give a staging folder for the files of one stage of `FOLLOWING`; record them in run.json at the end.

    `parameters` are the keywords the stage was called with, for `casemine run` to call it again. Raises
    `StudyError` when `folder` is no study.
    """
    run = study.read_run(folder)
    started = perf_counter()
    with study.transaction(folder) as staging:
        yield staging
        made = sorted(path.relative_to(staging).as_posix() for path in staging.rglob("*") if path.is_file())
        record = {
            "fingerprint": _fingerprint(folder, stage, parameters),
            "parameters": dict(parameters),
            "seconds": round(perf_counter() - started, 3),
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "outputs": {name: study.file_hash(staging / name) for name in made},
        }
        study.write_run(staging, replace(run, stages={**run.stages, stage: record}))


def _fingerprint(folder: Path, stage: str, parameters: Mapping[str, Any]) -> str:
    """Hash the tables a stage is made from, its parameters, and the version of casemine."""
    names = _READ if stage in ("saturation", "tables") else (*_READ, *_MEASURED)
    files = {name: study.file_hash(folder / name) for name in names if (folder / name).is_file()}
    casemine = study.versions()["casemine"]
    return study.fingerprint({"files": files, "parameters": dict(parameters), "casemine": casemine})


def stale_following(folder: Path) -> dict[str, str]:
    """Return stage -> why it is stale, for what follows the coding of a study and was made before."""
    stages = study.read_run(folder).stages
    found: dict[str, str] = {}
    for name in FOLLOWING:
        if name not in stages:
            continue
        done = stages[name]
        lacking = [output for output in done["outputs"] if not (folder / output).is_file()]
        if done["fingerprint"] != _fingerprint(folder, name, done["parameters"]):
            found[name] = "what it depends on changed"
        elif lacking:
            found[name] = f"{lacking[0]} is missing"
    return found
