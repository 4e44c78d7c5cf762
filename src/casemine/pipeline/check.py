"""`casemine check`: whether a study is whole, what is wrong with it, and how to mend each fault."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from casemine import coding, review, schema
from casemine.bounded import read_file, read_text
from casemine.document import Passage
from casemine.errors import CasemineError, StudyError, UnreadableError
from casemine.pipeline.context import ExtractContext
from casemine.study import Call, RunRecord, Study, file_hash, versions
from casemine.study.files import CODEBOOKS, RUN, SETTINGS, stagings
from casemine.study.migrations import LATER
from casemine.study.record import is_study, read_record, rescue_record
from casemine.study.tables import is_copy
from casemine.study.transaction import places

# Of these a study is made; without them nothing can be made again but from the inputs.
_READ = ("documents.csv", "passages.csv")
_MOST_SHOWN = 20  # faults of one kind in one file
_TEXTS_HELD = 16


class Fault(NamedTuple):
    """What is wrong: the file or row, the cause as a sentence, how to mend it."""

    place: str
    cause: str
    advice: str


def check(folder: str | os.PathLike[str]) -> list[Fault]:
    """Return all that is wrong with a study: its record, hashes, spans, tables, decisions, codebooks, litter.

    Nothing is changed but that a write which was killed half-way is finished, as every command does.

    Raises
    ------
    StudyError
        When `folder` holds nothing of a study.

    Examples
    --------
    >>> import casemine, tempfile
    >>> from casemine import resources
    >>> study = casemine.extract([resources.corpus("cases") / "08-jiangxi.txt"], tempfile.mkdtemp())
    >>> casemine.check(study.folder)
    []
    """
    path = Path(folder)
    litter = [Fault(name, "is what a killed command left.", _SWEEP) for name in _litter(path)]
    if not is_study(path):
        if not _looks_like_a_study(path):
            Study(path)  # says that it is none
        cause = "is damaged." if (path / RUN).exists() else "is missing."
        advice = f"Run `casemine check {path} --rescue`: decisions, histories and codebooks stay."
        return [*litter, Fault(RUN, cause, advice)]
    try:
        study = Study(path)
    except StudyError as error:
        return [*litter, Fault(RUN, error.cause, error.advice)]
    parts = (_hashes, _texts, _spans, _decisions, _codebooks, _settings)
    found = [fault for part in parts for fault in _first(part(study))]
    return [*litter, *dict.fromkeys(found)]


_SWEEP = "The next command that writes into the study sweeps it away."


def _litter(folder: Path) -> list[str]:
    left = (path for place in places(folder) for path in stagings(place))
    return sorted(path.relative_to(folder).as_posix() for path in left)


def _first(faults: Iterator[Fault]) -> list[Fault]:
    """Return the faults, of each file the first ones and how many more there are."""
    by_file: dict[str, list[Fault]] = {}
    for fault in faults:
        by_file.setdefault(fault.place.partition(",")[0], []).append(fault)
    shown: list[Fault] = []
    for file, found in by_file.items():
        shown += found[:_MOST_SHOWN]
        if len(found) > _MOST_SHOWN:
            left = len(found) - _MOST_SHOWN
            shown.append(Fault(file, f"has {left} more faults.", found[-1].advice))
    return shown


def _hashes(study: Study) -> Iterator[Fault]:
    """Compare every file of the record with what was written."""
    again = f"Run `casemine run {study.folder}`: it is made again."
    for name, digest in study.record.files.items():
        advice = _lost_advice(study) if name in _READ else again
        if is_copy(name):
            if not study.has(name):
                continue
            advice = "Take it away: the CSV beside it says the same, and is read without it."
        if not study.has(name):
            yield Fault(name, "is missing.", advice)
        elif study.hash(name) != digest:
            yield Fault(name, "is not as it was written: it was changed by hand, or damaged.", advice)


def _lost_advice(study: Study) -> str:
    there = False
    with suppress(CasemineError):  # the settings, which are a fault of their own
        there = ExtractContext.of(study).inputs_there
    if there:
        return f"Run `casemine run {study.folder}`: it is read again from the inputs."
    return (
        "Take it from a copy. The inputs are not where they were: bring them back and run "
        f"`casemine run {study.folder}`, or run `casemine check {study.folder} --rescue`."
    )


def _table(study: Study, table: schema.Table, name: str = "") -> Any:
    """Return a table, None where it is missing or cannot be read: that is a fault found elsewhere."""
    try:
        return study.table_or_empty(table, name)
    except StudyError:
        return None


def _texts(study: Study) -> Iterator[Fault]:
    """Compare every text with its hash, and look whether its passages lie in it."""
    documents, passages = _table(study, schema.DOCUMENTS), _table(study, schema.PASSAGES)
    for table, name in ((documents, _READ[0]), (passages, _READ[1])):
        if table is None:
            yield Fault(name, "cannot be read.", _lost_advice(study))
    if documents is None or passages is None:
        return
    lengths: dict[str, int] = {}
    for doc_id, name, digest in documents[["doc_id", "text_file", "sha256"]].itertuples(index=False):
        path = study.path(name)
        if not path.is_file():
            yield Fault(name, "is missing.", _lost_advice(study))
        elif file_hash(path) != digest:
            yield Fault(name, "was changed: every span in it may point at other words.", _lost_advice(study))
        else:
            lengths[doc_id] = len(read_file(path).decode("utf-8", "replace"))
    known = set(documents["doc_id"])
    for row, (doc_id, start, end) in enumerate(
        passages[["doc_id", "start", "end"]].itertuples(index=False), start=2
    ):
        if doc_id not in known:
            yield Fault(f"passages.csv, row {row}", f"names no document: {doc_id}.", _lost_advice(study))
        elif doc_id in lengths and not 0 <= start <= end <= lengths[doc_id]:
            yield Fault(f"passages.csv, row {row}", f"leads out of {doc_id}.", _lost_advice(study))


def _spans(study: Study) -> Iterator[Fault]:
    """Look whether every span of keywords and codings holds what the table says."""
    documents = _table(study, schema.DOCUMENTS)
    if documents is None:
        return
    files = dict(zip(documents["doc_id"], documents["text_file"], strict=True))

    @lru_cache(maxsize=_TEXTS_HELD)  # the rows of a table stand in the order of documents
    def text_of(doc_id: str) -> str | None:
        return _readable_text(study, files[doc_id]) if doc_id in files else None

    spans = (
        ("keywords.csv", schema.KEYWORDS, "word", "run"),
        ("keywords_final.csv", schema.KEYWORDS, "word", "run"),
        ("codings.csv", schema.CODINGS, "quote", "code"),
    )
    for name, table, column, command in spans:
        advice = f"Run `casemine {command} {study.folder}`."
        held = _table(study, table, name)
        if held is None:
            yield Fault(name, "cannot be read.", advice)
            continue
        for row, (doc_id, start, end, said) in enumerate(
            held[["doc_id", "start", "end", column]].itertuples(index=False), start=2
        ):
            text = text_of(doc_id)
            # A word that stands nowhere in the text has no place, nor has a row that says so.
            if text is None or start == end or not said:
                continue
            if not 0 <= start < end <= len(text):
                yield Fault(f"{name}, row {row}", f"leads out of {doc_id}.", advice)
            elif column == "quote" and _solid(text[start:end]) != _solid(said):
                yield Fault(f"{name}, row {row}", f"does not stand there in {doc_id}.", advice)


def _solid(text: str) -> str:
    return "".join(text.split())


def _readable_texts(study: Study, documents: Any) -> Iterator[tuple[str, str]]:
    for doc_id, name in documents[["doc_id", "text_file"]].itertuples(index=False):
        text = _readable_text(study, name)
        if text is not None:
            yield doc_id, text


def _readable_text(study: Study, name: str) -> str | None:
    with suppress(OSError, UnicodeDecodeError, UnreadableError):
        return read_file(study.path(name)).decode("utf-8")
    return None


def _decisions(study: Study) -> Iterator[Fault]:
    """Look whether decisions and their histories can be read, and the rows of these are in order."""
    for log in (review.WORDS, review.QUOTATIONS):
        readers: tuple[tuple[str, Callable[[Path], Any]], ...] = (
            (log.file, log.read),
            (log.history_file, log.read_history),
        )
        for name, reader in readers:
            advice = "Mend the row in a text editor, or take the file from a copy."
            if name == log.file:
                advice += f" {log.history_file} holds every decision with its time."
            try:
                table = reader(study.folder)
            except CasemineError as error:
                yield Fault(name, error.cause, advice)
                continue
            if name == log.history_file and not table["number"].is_monotonic_increasing:
                yield Fault(name, "its rows are not in the order of their numbers.", advice)


def _codebooks(study: Study) -> Iterator[Fault]:
    for path in sorted((study.folder / CODEBOOKS).glob("*.toml")):
        try:
            coding.load(path)
        except CasemineError as error:
            yield Fault(f"{CODEBOOKS}/{path.name}", error.cause, f"Run `casemine codebook check {path}`.")


def _settings(study: Study) -> Iterator[Fault]:
    try:
        _ = study.settings
    except CasemineError as error:
        yield Fault(SETTINGS, error.cause, "Mend it, or take it away: the defaults hold then.")


# A study whose run.json is gone.


def _looks_like_a_study(folder: Path) -> bool:
    marks = (*_READ, review.WORDS.file, review.WORDS.history_file)
    return any((folder / name).is_file() for name in marks)


def rescue(folder: str | os.PathLike[str]) -> Study:
    """Give a study a run.json again, made of what is there, and passages.csv where it is lost.

    Decisions, histories, codebooks and texts stay as they are; what follows from them is made again by
    `casemine run`. A damaged run.json is kept as run.json.damaged. Where passages.csv is lost and
    documents.csv is there, each paragraph of a text becomes a passage of its body: what was marked as not to
    be counted is counted then.

    Raises `StudyError` when the folder holds nothing of a study.
    """
    path = Path(folder)
    if not _looks_like_a_study(path):
        raise StudyError("holds nothing of a study.", place=str(path), advice="Is it the right folder?")
    if not _is_readable(path):
        inputs = _inputs_said(path / RUN)
        made = tuple(name for name in (*_READ, "left_out.csv") if (path / name).is_file())
        calls = (Call("ingest", made_from={"rescued": "run.json"}, outputs=made),) if _READ[0] in made else ()
        files = {name: file_hash(path / name) for name in made}
        decided = (path / review.WORDS.file).is_file()
        record = RunRecord(inputs=inputs, reviewed=decided, versions=versions(), files=files, calls=calls)
        rescue_record(path, record)
    study = Study(path)
    if study.has(_READ[0]) and not study.has(_READ[1]):
        _rebuild_passages(study)
    return study


def _is_readable(folder: Path) -> bool:
    """Tell whether run.json can be read. Raises `StudyError` where a later casemine wrote it."""
    try:
        read_record(folder)
    except StudyError as error:
        if LATER in error.cause:
            raise
        return False
    return True


def _inputs_said(record: Path) -> list[str]:
    """Return the inputs that a damaged run.json still names."""
    with suppress(OSError, CasemineError, ValueError):
        named = re.search(r'"inputs":\s*\[([^\]]*)\]', read_text(record))
        return re.findall(r'"((?:[^"\\]|\\.)*)"', named[1]) if named else []
    return []


def _rebuild_passages(study: Study) -> None:
    rows: list[dict[str, Any]] = []
    for doc_id, text in _readable_texts(study, study.documents):
        rows += [{"doc_id": doc_id, **passage._asdict()} for passage in _paragraphs(text)]
    with study.transaction():
        study.put_table(schema.PASSAGES, schema.PASSAGES.frame(rows))
        kept = tuple(call for call in study.record.calls if call.stage != "ingest")
        outputs = tuple(name for name in (*_READ, "left_out.csv") if study.has(name))
        call = Call("ingest", made_from={"rescued": _READ[1]}, outputs=outputs)
        files = study.record.files | {name: study.hash(name) for name in outputs}
        study.change(calls=(call, *kept), files=files)


def _paragraphs(text: str) -> Iterator[Passage]:
    for match in re.finditer(r"[^\n]+", text):
        yield Passage(match.start(), match.end(), "body")
