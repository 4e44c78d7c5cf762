"""run.json of earlier versions of casemine, brought to the form of this one, one step at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from casemine.errors import StudyError

# The format this version writes. 1: casemine 0.1, which named none; 2: one list of calls for all stages.
FORMAT = 2

# What stands in the message about a format of the future.
LATER = "was written by a later casemine"

Values = dict[str, Any]


def migrated(values: Mapping[str, Any], place: str = "run.json") -> Values:
    """Return the values of a run.json in the present format.

    Raises `StudyError` for a format of the future, `KeyError`, `TypeError` or `AttributeError` for what was
    broken by hand.
    """
    version = values.get("format", 1)
    if not isinstance(version, int) or version > FORMAT:
        raise StudyError(
            f"was written by a later casemine ({values.get('casemine')}, format {version}).",
            place=place,
            advice="Install that version, or extract into a new folder.",
        )
    upgraded = dict(values)
    for step in range(version, FORMAT):
        upgraded = _STEPS[step](upgraded)
    return upgraded


def _calls_of_all_stages(values: Values) -> Values:
    """Format 1 kept a record a stage, with the calls of what follows the coding inside it."""
    calls: list[Values] = []
    files: dict[str, str] = {}
    made_by = str(values.get("casemine", ""))
    for name, done in values.get("stages", {}).items():
        files |= done["outputs"]
        for call in done.get("calls", [done]):
            stage, _, codebook = name.partition(":")
            parameters = {"codebook": codebook, "vectors": done["vectors"]} if codebook else {}
            calls.append(
                {
                    "stage": stage,
                    "parameters": call.get("parameters", parameters),
                    # How format 1 named what a product was made from tells nothing here but that it is older.
                    "made_from": {"casemine": made_by},
                    "outputs": list(call["outputs"]),
                    "seconds": done["seconds"],
                    "finished": done.get("finished", ""),
                }
            )
    kept = {name: value for name, value in values.items() if name != "stages"}
    return {**kept, "files": files, "calls": calls}


_STEPS: dict[int, Callable[[Values], Values]] = {1: _calls_of_all_stages}
