"""Composing the stages: a study made, brought up to date, or looked at."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from casemine import parallel, resources, review, schema, sheets, study
from casemine.discover import MEMORY
from casemine.errors import StudyError, UsageError
from casemine.pipeline.discovering import worthwhile_jobs
from casemine.pipeline.drawing import figures
from casemine.pipeline.following import FOLLOWING, stale_calls, stale_following
from casemine.pipeline.placing import code, known_codes, stale_codings
from casemine.pipeline.reporting import report
from casemine.pipeline.rigour import saturation, tables
from casemine.pipeline.stages import STAGES, Stage
from casemine.pipeline.walk import ExtractContext, Progress, Tables, quiet, read_table, study_settings
from casemine.settings import Settings, to_toml
from casemine.settings import load as load_settings

_OWN = frozenset(stage.name for stage in STAGES)
_FOLLOW: dict[str, Callable[..., object]] = {
    "saturation": saturation,
    "tables": tables,
    "figures": figures,
    "report": report,
}


@dataclass(frozen=True)
class Extraction:
    """What `extract` leaves: the study, its tables, and the stages it had to do.

    `failed` says of a stage that `refresh` could not redo why; the others were done all the same.
    """

    folder: Path
    tables: Tables
    done: tuple[str, ...]
    failed: Mapping[str, str] = field(default_factory=dict)


def extract(
    inputs: Sequence[str],
    folder: str | Path,
    settings: Settings | None = None,
    *,
    jobs: int = 0,
    memory: int = MEMORY,
    force: bool = False,
    progress: Progress = quiet,
) -> Extraction:
    """Read the documents of `inputs` and write new words, keywords and frequencies into a study folder.

    `jobs` is the number of worker processes, 0 for as many as the work is worth, and `memory` the bytes
    each may take for discovery; no result depends on them. `force` redoes every stage and lets a study
    take other inputs. Raises `UsageError` when the folder is someone else's, when the study was made from
    other inputs, or when no document can be read.
    """
    walk = ExtractContext(
        Path(folder), settings or Settings(), tuple(inputs), progress=progress, memory=memory
    )
    study.check_writable(walk.folder)
    before = study.read_run(walk.folder) if study.is_study(walk.folder) else study.Run()
    named = [study.relative(name, walk.folder) for name in sorted(set(inputs))]
    if before.inputs and before.inputs != named and not force:
        raise UsageError(
            f"this study was made from other inputs ({', '.join(before.inputs)}).",
            place=str(folder),
            advice="Give another -o, or --force to let it take these.",
        )
    return _make(walk, replace(before, inputs=named), jobs=jobs or worthwhile_jobs(walk), force=force)


def _make(walk: ExtractContext, before: study.Run, *, jobs: int, force: bool = False) -> Extraction:
    """Do the stages that are stale, in one transaction."""
    folder, settings = walk.folder, walk.settings
    with parallel.workers(jobs) as walk.mapper, study.transaction(folder) as staging:
        run = study.Run(
            inputs=before.inputs,
            settings=asdict(settings),
            selection=_selection(settings),
            versions=study.versions(),
            reviewed=not walk.decisions.empty,
            recoded_from=before.recoded_from,
        )
        # Codings and what follows them are kept, to be redone by `run` where they are stale now.
        run.stages |= {name: made for name, made in before.stages.items() if name not in _OWN}
        done = [stage.name for stage in STAGES if _advance(stage, walk, run, before, staging, force)]
        _write_settings(settings, folder, staging)
        run.stages = dict(sorted(run.stages.items(), key=lambda item: item[0] not in _OWN))
        study.write_run(staging, run)
    study.drop_texts(folder, walk.tables["documents.csv"]["text_file"])
    return Extraction(folder, walk.tables, tuple(done))


def _write_settings(settings: Settings, folder: Path, staging: Path) -> None:
    """Leave casemine.toml as it is, comments and all, unless it says something else."""
    path = folder / study.SETTINGS
    if not path.is_file() or load_settings(path) != settings:
        words = {
            name: tuple(_word_file(item, folder) for item in items)
            for name, items in asdict(settings.words).items()
        }
        study.write_text(staging / study.SETTINGS, to_toml(settings.changed({"words": words})))


def _word_file(name: str, folder: Path) -> str:
    return study.relative(name, folder) if Path(name).is_file() else name


def _advance(
    stage: Stage, walk: ExtractContext, run: study.Run, before: study.Run, staging: Path, force: bool
) -> bool:
    """Do one stage, or read its tables where nothing it depends on changed; tell whether it was done."""
    kept = stage.name in before.stages and not _open(stage, walk)
    if force or (not kept and _reason(stage, walk, _fingerprint(stage, walk, run), before)):
        _do(stage, walk, run, staging)
        return True
    run.stages[stage.name] = before.stages[stage.name]
    outputs = stage.outputs(walk.settings)
    walk.tables |= {name: read_table(walk.folder / name, table) for name, table in outputs.items()}
    return False


def _do(stage: Stage, walk: ExtractContext, run: study.Run, staging: Path) -> None:
    """Make the tables of a stage, write them into `staging` and record how in `run`."""
    mark = _fingerprint(stage, walk, run)
    started = perf_counter()
    made = stage.make(walk)
    walk.tables |= made
    for name, frame in made.items():
        (staging / name).parent.mkdir(exist_ok=True)
        sheets.write_csv(frame, staging / name)
    if stage.name == "ingest":
        _write_texts(walk, staging)
    run.stages[stage.name] = {
        "fingerprint": mark,
        "seconds": round(perf_counter() - started, 3),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "outputs": {name: study.file_hash(staging / name) for name in made},
    }


def apply_review(folder: Path, sheet: Path, coder: str = "") -> tuple[review.Taken, int]:
    """Take a filled review sheet over: decisions, history and final tables, all or nothing.

    Returns what was taken and the number of decisions that changed. Raises `review.SheetError` with
    every error of the sheet, and then changes nothing.
    """
    before = study.read_run(folder)
    walk = ExtractContext(folder, study_settings(folder), original_inputs(folder, before))
    walk.tables["keywords.csv"] = read_table(folder / "keywords.csv", schema.KEYWORDS)
    codes = sorted({name for known in known_codes(folder).values() for name in known})
    taken = review.take(
        review.read_sheet(sheet),
        walk.decisions,
        walk.tables["keywords.csv"],
        walk.documents,
        coder=coder,
        codes=codes,
    )
    with study.transaction(folder) as staging:
        changed = review.record(folder, staging, taken.decisions, source=sheet.name)
        if any(staging.iterdir()):
            walk.decisions = review.as_table(taken.decisions)
            finalise = next(stage for stage in STAGES if stage.name == "finalise")
            earlier = [stage.name for stage in STAGES[: STAGES.index(finalise)]]
            kept = {name: done for name, done in before.stages.items() if name in earlier or name not in _OWN}
            run = replace(before, stages=kept, reviewed=not walk.decisions.empty)
            _do(finalise, walk, run, staging)
            study.write_run(staging, run)
    return taken, len({change.key for change in changed})


def _write_texts(walk: ExtractContext, staging: Path) -> None:
    if not walk.documents:
        reasons = walk.tables["left_out.csv"]
        first = f" {reasons.iloc[0]['file']}: {reasons.iloc[0]['reason']}" if len(reasons) else ""
        raise UsageError(f"no document could be read.{first}", advice="Nothing was written.")
    names = walk.tables["documents.csv"]["text_file"]
    for document, name in zip(walk.documents, names, strict=True):
        study.write_text(staging / name, document.text)


def _fingerprint(stage: Stage, walk: ExtractContext, run: study.Run) -> str:
    """Hash all a stage depends on: casemine and jieba, its settings and lists, the tables before it."""
    earlier = {name: done["outputs"] for name, done in run.stages.items() if name in _OWN}
    tools = {name: run.versions.get(name, "") for name in ("casemine", "jieba")}
    shipped = {path.name: study.file_hash(path) for path in resources.dictionaries()}
    parts = {"tools": tools, "dictionaries": shipped, "earlier": earlier}
    return study.fingerprint({**parts, **stage.depends(walk)})


def _reason(stage: Stage, walk: ExtractContext, mark: str, before: study.Run) -> str:
    """Say why a stage is stale; empty when it is not."""
    done = before.stages.get(stage.name)
    if done is None:
        return "not done yet"
    if done["fingerprint"] != mark:
        return "what it depends on changed"
    for name, expected in done["outputs"].items():
        path = walk.folder / name
        if not path.is_file() or study.file_hash(path) != expected:
            return f"{name} is missing or was changed by hand"
    ingested = stage.name == "ingest"
    texts = sheets.read_csv(walk.folder / "documents.csv")["text_file"].tolist() if ingested else []
    lost = next((name for name in texts if not (walk.folder / name).is_file()), "")
    return f"{lost} is missing" if lost else ""


def stale(folder: Path) -> dict[str, str]:
    """Return stage -> why it is stale, for the stages of a study that are; later stages follow suit."""
    before = study.read_run(folder)
    walk = ExtractContext(folder, study_settings(folder), original_inputs(folder, before))
    run = study.Run(stages=dict(before.stages), versions=study.versions())
    found: dict[str, str] = {}
    earlier: dict[str, Any] = {}
    for stage in STAGES:
        run.stages = earlier
        if found:
            found[stage.name] = f"follows {next(iter(found))}"
        elif (
            why := _reason(stage, walk, _fingerprint(stage, walk, run), before) if _open(stage, walk) else ""
        ):
            found[stage.name] = why
        else:
            earlier[stage.name] = before.stages[stage.name]
    codings = stale_codings(folder)
    later = [name for name in before.stages if name in FOLLOWING or (found and name not in _OWN)]
    first = next(iter({**found, **codings}), "")
    after = stale_following(folder) | (dict.fromkeys(later, f"follows {first}") if first else {})
    return found | codings | after


def _open(stage: Stage, walk: ExtractContext) -> bool:
    """Tell whether a stage can be checked: what was read of inputs that are gone stays."""
    return stage.name != "ingest" or _inputs_there(walk)


def inputs_there(folder: Path) -> bool:
    """Tell whether the inputs of a study are where run.json says."""
    run = study.read_run(folder)
    return _inputs_there(ExtractContext(folder, study_settings(folder), original_inputs(folder, run)))


def original_inputs(folder: Path, run: study.Run) -> tuple[str, ...]:
    """Return the inputs of a study, as paths from here."""
    return tuple(os.path.normpath(folder / name) for name in run.inputs)


def _selection(settings: Settings) -> str:
    """Say in words which keywords were selected and how many."""
    weigh = settings.weigh
    if weigh.select == "new-words":
        return f"the {weigh.top} heaviest new words of each document"
    return f"the {weigh.top} heaviest terms of each document by {weigh.method}"


def refresh(folder: Path, *, jobs: int = 0, progress: Progress = quiet) -> Extraction:
    """Redo the stale stages of a study, with the inputs of run.json and the settings of casemine.toml.

    Where the inputs are gone, what was read of them stays, and the stages after it are redone.
    """
    before = study.read_run(folder)
    walk = ExtractContext(folder, study_settings(folder), original_inputs(folder, before), progress=progress)
    made = _make(walk, before, jobs=jobs or (worthwhile_jobs(walk) if _inputs_there(walk) else 1))
    done, failed = list(made.done), dict[str, str]()
    steps: list[tuple[str, Callable[[], object]]] = [
        (name, partial(_code_again, folder, name)) for name in sorted(stale_codings(folder))
    ]
    steps += [(name, partial(_follow_again, folder, name)) for name in FOLLOWING]
    for name, step in steps:
        progress(name, 0, 0)
        try:
            # One may be made from another, so that each is looked at after the one before.
            done += [name] if step() else []
        except (UsageError, StudyError) as error:
            failed[name] = str(error)
    return replace(made, done=tuple(done), failed=failed)


def _code_again(folder: Path, stage: str) -> bool:
    code(folder, stage.removeprefix("code:"), vectors=study.read_run(folder).stages[stage]["vectors"])
    return True


def _follow_again(folder: Path, stage: str) -> bool:
    """Repeat the calls of a stage that are stale; tell whether there were any."""
    calls = stale_calls(folder, stage)
    for parameters, _ in calls:
        _FOLLOW[stage](folder, **parameters)
    return bool(calls)


def _inputs_there(walk: ExtractContext) -> bool:
    try:
        return bool(walk.collected.files)
    except UsageError:
        return False
