"""run.json: how every product of a study was made."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from casemine.bounded import parse_json, read_file
from casemine.errors import StudyError, UnreadableError
from casemine.study import migrations
from casemine.study.files import RUN, replacing, write_text

# What a result may rest on.
_PACKAGES = (
    "casemine",
    "jieba",
    "rjieba",
    "numpy",
    "pandas",
    "scikit-learn",
    "scipy",
    "gensim",
    "matplotlib",
)


# A folder with one of these was a study, whatever became of its run.json.
_MARKS = ("documents.csv", "decisions.csv", "history.csv")
# A study of a million documents has a run.json of this size.
_MOST_BYTES = 512 << 20


@dataclass(frozen=True)
class Call:
    """One making of one product: with which parameters, from what, when, which files it gave.

    `made_from` names all the product depends on, each with a hash, a version or a value: files of the study,
    inputs, word lists, libraries. `outputs` are files below the study.
    """

    stage: str
    parameters: dict[str, Any] = field(default_factory=dict)
    made_from: dict[str, str] = field(default_factory=dict)
    outputs: tuple[str, ...] = ()
    seconds: float = 0.0
    finished: str = ""


@dataclass(frozen=True)
class RunRecord:
    """What run.json holds; `files` gives the SHA-256 of every file a stage wrote, as written last."""

    inputs: list[str] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)
    reviewed: bool = False
    selection: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    # Of a study made by recode: the one whose words, decisions and codebooks it took, with their hashes.
    recoded_from: dict[str, Any] = field(default_factory=dict)
    # What products follow that were made without the name of a codebook.
    first_codebook: str = ""
    files: dict[str, str] = field(default_factory=dict)
    calls: tuple[Call, ...] = ()

    def of(self, stage: str) -> list[Call]:
        """Return the calls of a stage, in the order they were made."""
        return [call for call in self.calls if call.stage == stage]


def is_study(folder: Path) -> bool:
    """Tell whether `folder` was made by casemine and its run.json can be read."""
    return _values(folder) is not None


def rescue_record(folder: Path, record: RunRecord) -> None:
    """Write run.json where it is missing or damaged; what was there is kept beside it."""
    if (folder / RUN).is_file():
        (folder / RUN).replace(folder / f"{RUN}.damaged")
    with replacing(folder / RUN) as new:
        write_record(new.parent, record)


def _values(folder: Path) -> dict[str, Any] | None:
    try:
        values = parse_json(read_file(folder / RUN, _MOST_BYTES).decode(), RUN)
    except (OSError, ValueError, UnreadableError):
        return None
    return values if isinstance(values, dict) and "casemine" in values else None


def read_record(folder: Path) -> RunRecord:
    """Read run.json, of this or an earlier version of casemine.

    Raises `StudyError` when `folder` is no study, when run.json was broken by hand, or when it was written
    by a later casemine whose format this one does not know.
    """
    values = _values(folder)
    if values is None and any((folder / name).is_file() for name in _MARKS):
        raise StudyError(
            "its run.json is damaged." if (folder / RUN).exists() else "its run.json is missing.",
            place=str(folder),
            advice=f"`casemine check {folder} --rescue` makes it again; your decisions stay.",
        )
    if values is None:
        raise StudyError(
            "is not a casemine study.",
            place=str(folder),
            advice="`casemine extract INPUT -o STUDY` makes one.",
        )
    try:
        return _record(migrations.migrated(values, str(folder / RUN)))
    except (TypeError, KeyError, AttributeError, ValueError) as error:
        raise StudyError(
            "is damaged.",
            place=str(folder / RUN),
            advice=f"Take it from a copy, or run `casemine check {folder} --rescue`; your decisions stay.",
        ) from error


def _record(values: Mapping[str, Any]) -> RunRecord:
    fields = {name: values[name] for name in RunRecord.__dataclass_fields__ if name in values}
    calls = tuple(_call(call) for call in fields.pop("calls", ()))
    record = RunRecord(**fields, calls=calls)
    empty = RunRecord()
    if not all(type(getattr(record, name)) is type(getattr(empty, name)) for name in fields):
        raise TypeError("a field of another type")
    return record


def _call(values: Mapping[str, Any]) -> Call:
    call = Call(**{**values, "outputs": tuple(values["outputs"])})
    typed = isinstance(call.stage, str) and isinstance(call.parameters, dict)
    if (
        not typed
        or not isinstance(call.made_from, dict)
        or not all(isinstance(it, str) for it in call.outputs)
    ):
        raise TypeError("a call of another form")
    return call


def write_record(folder: Path, record: RunRecord) -> None:
    """Write run.json into `folder`."""
    values = {"casemine": package_version("casemine"), "format": migrations.FORMAT, **asdict(record)}
    write_text(folder / RUN, json.dumps(values, ensure_ascii=False, indent=2) + "\n")


def versions() -> dict[str, str]:
    """Name the versions a result may depend on."""
    there = {name: package_version(name) for name in _PACKAGES}
    return {"python": platform.python_version(), **{name: at for name, at in there.items() if at}}


def package_version(package: str) -> str:
    """Return the version of an installed package, "" when it is not there."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return ""
