"""The stages in order, each with the files it writes, what it depends on and how its tables are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from casemine import ingest, review, schema, study
from casemine.pipeline.discovering import counted_files, discoverer, reading
from casemine.pipeline.walk import ExtractContext, Tables
from casemine.settings import Settings
from casemine.tables import frequency
from casemine.weigh import KeywordWeigher, leading_new_words


@dataclass(frozen=True)
class Stage:
    """A stage: the files it writes, what it depends on beside the tables before it, how it is made."""

    name: str
    outputs: Callable[[Settings], Mapping[str, schema.Table]]
    depends: Callable[[ExtractContext], dict[str, Any]]
    make: Callable[[ExtractContext], Tables]


def _same_files(**files: schema.Table) -> Callable[[Settings], Mapping[str, schema.Table]]:
    outputs = {f"{name}.csv": table for name, table in files.items()}
    return lambda settings: outputs


def _ingest_depends(walk: ExtractContext) -> dict[str, Any]:
    return {
        "settings": asdict(walk.settings.ingest),
        "files": {found.doc_id: _hash(found.path) for found in walk.collected.files},
        "manifests": sorted(map(_hash, walk.collected.manifests)),
    }


def _hash(path: Path) -> str:
    """Return the hash of an input, "" when it cannot be opened: reading it says why, the others count."""
    try:
        return study.file_hash(path)
    except OSError:
        return ""


def _ingest(walk: ExtractContext) -> Tables:
    found = ingest.read_documents(walk.collected, reading(walk), counted_files(walk))
    walk.made = list(found.documents)
    files = study.text_files(document.doc_id for document in found.documents)
    passages = [
        {"doc_id": document.doc_id, **passage._asdict()}
        for document in found.documents
        for passage in document.passages
    ]
    return {
        "documents.csv": schema.DOCUMENTS.frame(found.table.assign(text_file=list(files.values()))),
        "passages.csv": schema.PASSAGES.frame(passages),
        "left_out.csv": found.left_out,
    }


def _by_file(by: str) -> str:
    return f"tables/new_words_by_{by}.csv"


def _groupings(settings: Settings) -> list[str]:
    """By what new words are listed beside the whole corpus: document, region, both or nothing."""
    asked = {settings.discover.by} - {"corpus"}
    return sorted(asked | ({"document"} if settings.weigh.select == "new-words" else set()))


def _discover_outputs(settings: Settings) -> dict[str, schema.Table]:
    return {"new_words.csv": schema.NEW_WORDS} | dict.fromkeys(
        map(_by_file, _groupings(settings)), schema.NEW_WORDS_BY
    )


def _discover_depends(walk: ExtractContext) -> dict[str, Any]:
    settings = walk.settings.discover
    return {
        "settings": [settings.min_count, settings.max_len, _groupings(walk.settings)],
        "generic": sorted(walk.generic),
        "known": walk.segmenter.words,
    }


def _discover(walk: ExtractContext) -> Tables:
    texts = [document.counted for document in walk.documents]
    fitted = discoverer(walk).fit(texts)
    made = {"new_words.csv": fitted.new_words_}
    for by in _groupings(walk.settings):
        groups: dict[str, list[str]] = {}
        for document, text in zip(walk.documents, texts, strict=True):
            group = document.doc_id if by == "document" else document.region or "?"
            groups.setdefault(group, []).append(text)
        frames = [fitted.transform(group).assign(group=name) for name, group in sorted(groups.items())]
        made[_by_file(by)] = schema.NEW_WORDS_BY.frame(pd.concat(frames))
    return made


def _weigh_depends(walk: ExtractContext) -> dict[str, Any]:
    return {
        "settings": asdict(walk.settings.weigh),
        "stopwords": sorted(walk.stopwords),
        "generic": sorted(walk.generic),
        "known": walk.segmenter.words,
    }


def _weigh(walk: ExtractContext) -> Tables:
    settings = walk.settings.weigh
    if settings.select == "new-words":
        made = leading_new_words(
            walk.tables[_by_file("document")],
            walk.documents,
            top=settings.top,
            dropped=walk.stopwords | walk.generic,
        )
        return {"keywords.csv": made}
    words = walk.tables["new_words.csv"]
    kept = words[words["absorbed_by"] == ""]
    # Where a document is from, its column `region` says; as a keyword it would say nothing more.
    places = frozenset(ingest.gazetteer().places)
    weigher = KeywordWeigher(
        segmenter=walk.segmenter,
        method=settings.method,
        top=settings.top,
        new_words=dict(zip(kept["word"], kept["pos"], strict=True)),
        stopwords=walk.stopwords,
        generic=walk.generic | places,
        mapper=walk.counted("weigh"),
    )
    return {"keywords.csv": weigher.fit_transform(walk.documents)}


def _nothing_more(walk: ExtractContext) -> dict[str, Any]:
    return {}


def _tabulate(walk: ExtractContext) -> Tables:
    return {"frequency.csv": frequency.frequency(walk.tables["keywords.csv"], walk.documents)}


def _finalise_depends(walk: ExtractContext) -> dict[str, Any]:
    return {"decisions": walk.decisions.to_dict("list"), "coder": walk.settings.review.coder}


def _finalise(walk: ExtractContext) -> Tables:
    if walk.decisions.empty:
        return {f"{name}_final.csv": walk.tables[f"{name}.csv"] for name in ("keywords", "frequency")}
    coder = walk.settings.review.coder
    final = review.apply_decisions(walk.tables["keywords.csv"], walk.decisions, walk.documents, coder=coder)
    merged = review.merges(walk.decisions, coder=coder)
    return {
        "keywords_final.csv": final,
        "frequency_final.csv": frequency.frequency(final, walk.documents, merged),
    }


STAGES = (
    Stage(
        "ingest",
        _same_files(documents=schema.DOCUMENTS, passages=schema.PASSAGES, left_out=schema.LEFT_OUT),
        _ingest_depends,
        _ingest,
    ),
    Stage("discover", _discover_outputs, _discover_depends, _discover),
    Stage("weigh", _same_files(keywords=schema.KEYWORDS), _weigh_depends, _weigh),
    Stage("tabulate", _same_files(frequency=schema.FREQUENCY), _nothing_more, _tabulate),
    Stage(
        "finalise",
        _same_files(keywords_final=schema.KEYWORDS, frequency_final=schema.FREQUENCY),
        _finalise_depends,
        _finalise,
    ),
)
