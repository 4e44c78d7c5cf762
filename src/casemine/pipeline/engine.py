"""The one engine: it makes the products of a study, records how, and alone knows what is stale and why.

Every product, from documents.csv to the exports, is a `Stage`. A call of a stage depends on files of the
study, on the inputs, on settings or parameters, on word lists and on the versions of the libraries that
decide its result; each of these has a name and a hash in run.json, so that what changed can be said.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from time import perf_counter
from typing import Any

from casemine.pipeline.context import ExtractContext
from casemine.study import Call, Study, fingerprint, package_version
from casemine.study.tables import is_copy

Parameters = Mapping[str, Any]
_PRODUCTS = ("tables/", "figures/", "exports/")


def nothing(context: ExtractContext, parameters: Parameters) -> dict[str, str]:
    """Depend on nothing else."""
    return {}


def always(context: ExtractContext, parameters: Parameters) -> bool:
    """Look at a stage whenever the study is looked at."""
    return True


@dataclass(frozen=True)
class Stage:
    """A product of a study and how it is made.

    `reads` names the files of the study it is made from; one that is not there yet counts as absent.
    `make` is called with the context and the parameters, and writes through `Study.new_file`.
    `settings` gives the parameters of a stage that has them from casemine.toml and is made once; a stage
    without it is made by calls, each with parameters of its own, which are kept and repeated.
    `depends` names what else decides the result, with a hash or version; `libraries` those packages.
    `identity` tells the calls of a stage apart that write the same files; where it `replaces`, the last call
    alone counts, and what only earlier ones wrote goes. `guarded` outputs are the program's alone: changed by
    hand they are stale. `checkable` says whether it can be looked at now, `lost` names a file that its tables
    lead to and that is gone.
    """

    name: str
    reads: Callable[[ExtractContext, Parameters], Iterable[str]]
    make: Callable[..., Any]
    settings: Callable[[ExtractContext], Parameters] | None = None
    depends: Callable[[ExtractContext, Parameters], Mapping[str, str]] = nothing
    libraries: tuple[str, ...] = ()
    identity: Callable[[Parameters], str] = lambda parameters: ""
    replaces: bool = False
    guarded: bool = False
    checkable: Callable[[ExtractContext, Parameters], bool] = always
    lost: Callable[[ExtractContext], str] = lambda context: ""

    def label(self, parameters: Parameters) -> str:
        """Name a call of the stage."""
        identity = self.identity(parameters)
        return f"{self.name}:{identity}" if identity else self.name


@dataclass(frozen=True)
class Stale:
    """A product that is stale: its stage, the parameters of the call, its name and why."""

    stage: Stage
    parameters: Parameters
    label: str
    reason: str


def make(context: ExtractContext, stage: Stage, parameters: Parameters | None = None) -> Any:
    """Make a product, whole or not at all, and record how; return what the stage returns."""
    study = context.study
    asked = stage.settings(context) if stage.settings else dict(parameters or {})
    with study.transaction():
        started = perf_counter()
        mark = len(study.written)
        made_from = _made_from(context, stage, asked)
        result = stage.make(context) if stage.settings else stage.make(context, **asked)
        call = Call(
            stage.name,
            {} if stage.settings else dict(asked),
            made_from,
            tuple(name for name in dict.fromkeys(study.written[mark:]) if study.has(name)),
            round(perf_counter() - started, 3),
            datetime.now(UTC).isoformat(timespec="seconds"),
        )
        calls = study.record.calls
        study.note(call, lambda earlier: _obsolete(earlier, call, stage))
        if stage.replaces:
            for name in _orphans(calls, study.record.calls):
                study.remove(name)
    return result


def _obsolete(earlier: Call, call: Call, stage: Stage) -> bool:
    """Tell whether a call takes the place of an earlier one: the same product, or all of its files anew."""
    if earlier.stage != call.stage:
        return False
    if stage.identity(earlier.parameters) != stage.identity(call.parameters):
        return False
    return bool(stage.settings) or stage.replaces or set(earlier.outputs) <= set(call.outputs)


def _orphans(before: Iterable[Call], now: Iterable[Call]) -> list[str]:
    """Return the products that calls wrote of which none is left; run.json names no file elsewhere."""
    left = {name for call in now for name in call.outputs}
    gone = [name for call in before for name in call.outputs if name not in left]
    return [name for name in gone if name.startswith(_PRODUCTS) and ".." not in name]


def _made_from(context: ExtractContext, stage: Stage, parameters: Parameters) -> dict[str, str]:
    study = context.study
    files = {name: digest for name in stage.reads(context, parameters) if (digest := study.hash(name))}
    tools = {name: at for name in ("casemine", *stage.libraries) if (at := _version(name))}
    asked = {"settings": fingerprint(parameters)} if stage.settings else {}
    return {**files, **asked, **stage.depends(context, parameters), **tools}


@cache
def _version(package: str) -> str:
    return package_version(package)


def advance(context: ExtractContext, stages: Sequence[Stage], *, force: bool = False) -> list[str]:
    """Make those of the stages that are stale, each looked at after the one before; return their names."""
    done = []
    for stage in stages:
        stale = force or next(iter(stale_calls(context, stage)), None) is not None
        if stale:
            make(context, stage)
            done.append(stage.name)
    return done


def stale_calls(
    context: ExtractContext, stage: Stage, changing: Mapping[str, str] | None = None
) -> Iterator[Stale]:
    """Yield the calls of a stage that are stale, in the order they were made, each with the reason.

    `changing` maps files that will be made anew to the product whose change is behind it.
    """
    calls = context.study.record.of(stage.name)
    if stage.settings and not calls:
        calls = [Call(stage.name)]
    for call in calls:
        parameters = stage.settings(context) if stage.settings else call.parameters
        if call.made_from and not stage.checkable(context, parameters):
            continue
        reason = _reason(context, stage, call, parameters, changing or {})
        if reason:
            yield Stale(stage, parameters, stage.label(parameters), reason)


def stale(context: ExtractContext, stages: Sequence[Stage]) -> dict[str, str]:
    """Return product -> why it is stale, for all products of a study that are, in the order of the stages."""
    reasons: dict[str, str] = {}
    changing: dict[str, str] = {}
    for stage in stages:
        for each in stale_calls(context, stage, changing):
            reasons.setdefault(each.label, each.reason)
            root = each.reason.removeprefix("follows ") if each.reason.startswith("follows ") else each.label
            for call in context.study.record.of(stage.name):
                if stage.label(call.parameters) == each.label or stage.settings:
                    changing |= {name: root for name in call.outputs if name not in changing}
    return reasons


def _reason(
    context: ExtractContext, stage: Stage, call: Call, parameters: Parameters, changing: Mapping[str, str]
) -> str:
    """Say why a call is stale; empty when it is not."""
    if not call.made_from:
        return "not made yet"
    made_from = _made_from(context, stage, parameters)
    behind = next((changing[name] for name in (*made_from, *call.made_from) if name in changing), "")
    if behind:
        return f"follows {behind}"
    if changed := _changed(call.made_from, made_from, stage.libraries):
        return changed
    study: Study = context.study
    # Without its Parquet a table is read from the CSV: no reason to make it again.
    for name in (name for name in call.outputs if not is_copy(name)):
        if not study.has(name):
            return f"{name} is missing"
        if stage.guarded and study.hash(name) != study.record.files.get(name):
            return f"{name} was changed by hand"
    lost = stage.lost(context)
    return f"{lost} is missing" if lost else ""


def _changed(before: Mapping[str, str], now: Mapping[str, str], libraries: Collection[str]) -> str:
    """Say what differs between that from which a product was made and what is there now."""
    if before.get("casemine") != now["casemine"]:
        return f"made by casemine {before.get('casemine', '?')}"
    for name in [*now, *before]:
        old, new = before.get(name, ""), now.get(name, "")
        if old != new:
            if not new:
                return f"{name} is gone"
            if not old:
                return f"{name} is new"
            return f"{name} is {new}, was {old}" if name in libraries else f"{name} changed"
    return ""
