"""`casemine run` and `casemine info`: every product of a study, what is stale and why, made again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from casemine.errors import StudyError, UsageError
from casemine.pipeline import (
    code,
    engine,
    export,
    extract,
    figures,
    recode,
    report,
    reproduce,
    rigour,
    topics,
    words,
)
from casemine.pipeline.context import ExtractContext, Progress, quiet
from casemine.pipeline.discover import worthwhile_jobs
from casemine.study import Study

# In the order in which one may be made from another.
FOLLOWING = (
    code.CODE,
    recode.COMPARE,
    rigour.SATURATION,
    rigour.TABLES,
    words.WORDS,
    topics.TOPICS,
    figures.FIGURES,
    report.REPORT,
    export.EXPORT,
    reproduce.REPRODUCTION,
)
STAGES = (*extract.STAGES, *FOLLOWING)


@dataclass(frozen=True)
class Refreshed:
    """What `refresh` did: the study, the products it had to make, and those it could not, each with why."""

    study: Study
    done: tuple[str, ...]
    failed: Mapping[str, str]


def stale(study: Study | str | os.PathLike[str]) -> dict[str, str]:
    """Return product -> why it is stale, for all products of a study that are."""
    return engine.stale(ExtractContext.of(Study.of(study)), STAGES)


def products(study: Study) -> list[str]:
    """Return the names of the products a study has, in the order in which they follow from one another."""
    record = study.record
    labels = (stage.label(call.parameters) for stage in STAGES for call in record.of(stage.name))
    return list(dict.fromkeys(labels))


def inputs_there(study: Study) -> bool:
    """Tell whether the inputs of a study are where run.json says."""
    return ExtractContext.of(study).inputs_there


def refresh(study: Study | str | os.PathLike[str], *, jobs: int = 0, progress: Progress = quiet) -> Refreshed:
    """Make the stale products of a study again, from its inputs and with the settings of casemine.toml.

    Where the inputs are gone, what was read of them stays, and what follows is made again. A product that
    cannot be made stops no other.
    """
    study = Study.of(study)
    failed: dict[str, str] = {}
    with study.locked():
        context = ExtractContext.of(study, progress)
        worth = worthwhile_jobs(context) if context.inputs_there else 1
        extract.bring_up_to_date(context, jobs=jobs or worth)
        done = list(study.done)
        for stage in FOLLOWING:
            # One may be made from another, so that each is looked at after the one before.
            for each in list(engine.stale_calls(context, stage)):
                progress(each.label, 0, 0)
                try:
                    engine.make(context, stage, each.parameters)
                except (UsageError, StudyError) as error:
                    failed[each.label] = str(error)
                else:
                    done += [each.label] if each.label not in done else []
    return Refreshed(study, tuple(done), failed)
