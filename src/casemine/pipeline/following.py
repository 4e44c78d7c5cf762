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
_REPORTED = (*_READ, *_MEASURED, "keywords.csv", "passages.csv", study.SETTINGS)


@contextmanager
def following(folder: Path, stage: str, parameters: Mapping[str, Any]) -> Iterator[Path]:
    """Give a staging folder for the files of one stage of `FOLLOWING`; record them in run.json at the end.

    `parameters` are the keywords the stage was called with, for `casemine run` to call it again. An earlier
    call stays on record until a later one has written all of its files anew. Raises `StudyError` when
    `folder` is no study.
    """
    run = study.read_run(folder)
    started = perf_counter()
    with study.transaction(folder) as staging:
        yield staging
        made = sorted(path.relative_to(staging).as_posix() for path in staging.rglob("*") if path.is_file())
        call = {
            "parameters": dict(parameters),
            "fingerprint": _fingerprint(folder, run, stage, parameters),
            "outputs": {name: study.file_hash(staging / name) for name in made},
        }
        earlier = run.stages.get(stage, {}).get("calls", [])
        calls = [*(one for one in earlier if not set(one["outputs"]) <= set(made)), call]
        record = {
            "fingerprint": call["fingerprint"],
            "seconds": round(perf_counter() - started, 3),
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "outputs": {name: mark for one in calls for name, mark in one["outputs"].items()},
            "calls": calls,
        }
        study.write_run(staging, replace(run, stages={**run.stages, stage: record}))


def _fingerprint(folder: Path, run: study.Run, stage: str, parameters: Mapping[str, Any]) -> str:
    """Hash what a stage is made from: tables, parameters and the files they name, the version of casemine.

    The report also says how the tables were made.
    """
    names = {"saturation": _READ, "tables": _READ, "figures": (*_READ, *_MEASURED)}.get(stage, _REPORTED)
    named = [parameters[key] for key in ("font", "codebook") if parameters.get(key)]
    files = {name: study.file_hash(folder / name) for name in (*names, *named) if (folder / name).is_file()}
    parts = {"files": files, "parameters": dict(parameters), "casemine": study.versions()["casemine"]}
    said = [run.settings, run.versions, run.selection, run.reviewed] if stage == "report" else []
    return study.fingerprint({**parts, "said": said})


def stale_calls(folder: Path, stage: str) -> list[tuple[dict[str, Any], str]]:
    """Return the calls of a stage that are stale, each its parameters and why, in their order."""
    run = study.read_run(folder)
    found = []
    for call in run.stages.get(stage, {}).get("calls", []):
        lacking = [output for output in call["outputs"] if not (folder / output).is_file()]
        if call["fingerprint"] != _fingerprint(folder, run, stage, call["parameters"]):
            found.append((call["parameters"], "what it depends on changed"))
        elif lacking:
            found.append((call["parameters"], f"{lacking[0]} is missing"))
    return found


def stale_following(folder: Path) -> dict[str, str]:
    """Return stage -> why it is stale, for what follows the coding of a study and was made before."""
    stale = {stage: stale_calls(folder, stage) for stage in FOLLOWING}
    return {stage: calls[0][1] for stage, calls in stale.items() if calls}
