"""A study, opened once: the only door to its files."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from casemine import schema, sheets
from casemine.document import Document
from casemine.errors import SchemaError, StudyError, UnreadableError, UsageError
from casemine.settings import Settings
from casemine.settings import load as load_settings
from casemine.study.files import (
    CODEBOOKS,
    RUN,
    SETTINGS,
    file_hash,
    is_empty,
    relative,
    write_text,
)
from casemine.study.lock import locked
from casemine.study.record import Call, RunRecord, is_study, read_record, write_record
from casemine.study.shown import as_html, as_line
from casemine.study.tables import beside, parser, wants_parquet
from casemine.study.texts import Texts, read_text
from casemine.study.transaction import needs_recovery, recover, transaction

if TYPE_CHECKING:
    import pandas as pd

Value = TypeVar("Value")

# The documents with their texts are kept with the table that names them, and forgotten with it.
_TEXTS = ("documents.csv", "texts")


class Study:
    """A study folder, opened once: its record, settings, tables, texts and codebooks.

    What is read is kept, so that a file is parsed and hashed once however many ask for it; what a command
    writes takes its place whole or not at all (`transaction`), and one command writes at a time (`locked`).

    Parameters
    ----------
    folder : str or path
        A folder that `extract` made, with this version of casemine or an earlier one.

    Raises
    ------
    StudyError
        When `folder` is no study, or its run.json is damaged.

    Examples
    --------
    >>> import casemine, tempfile
    >>> from casemine import resources
    >>> folder = tempfile.mkdtemp()
    >>> made = casemine.extract([resources.corpus("cases") / "08-jiangxi.txt"], folder)
    >>> study = casemine.Study(folder)
    >>> study  # doctest: +ELLIPSIS
    Study(..., documents=1, new_words=..., keywords=10, reviewed=False, coded_by=[])
    >>> list(study.keywords.columns[:3])
    ['doc_id', 'word', 'rank']
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._open(Path(folder))
        self._record, self._stamp = read_record(self.folder), self._stamped()

    def _open(self, folder: Path) -> None:
        self.folder = folder
        self._kept: dict[tuple[str, Any], Any] = {}
        self._hashes: dict[str, str] = {}
        self._staging: Path | None = None
        self._written: list[str] = []
        self._removed: set[str] = set()
        self._record = RunRecord()
        self._stamp = self._stamped()
        # The stages that the call which gave this study had to make; none when it was merely opened.
        self.done: tuple[str, ...] = ()
        self._finish_what_was_killed()

    @classmethod
    def of(cls, study: Study | str | os.PathLike[str]) -> Study:
        """Return a study that is open already, or open the folder."""
        return study if isinstance(study, Study) else cls(study)

    @classmethod
    def at(cls, folder: str | os.PathLike[str]) -> Self:
        """Open the study in `folder`, or begin one where there is none yet.

        Raises `UsageError` when the folder holds other files: nobody else's are touched.
        """
        study = cls.__new__(cls)
        study._open(Path(folder))
        if is_study(study.folder):
            study._record, study._stamp = read_record(study.folder), study._stamped()
        elif study.folder.exists() and not study.folder.is_dir():
            raise UsageError("is a file, not a folder.", place=str(folder), advice="Give another -o.")
        elif study.folder.is_dir() and not is_empty(study.folder):
            raise UsageError(
                "this folder holds other files and is not a casemine study.",
                place=str(folder),
                advice="Give another -o, or an empty folder.",
            )
        return study

    def _finish_what_was_killed(self) -> None:
        # One that runs now holds the lock, and what it prepares is its own.
        with suppress(StudyError, OSError):
            if self.folder.is_dir() and needs_recovery(self.folder):
                with locked(self.folder, patience=0):
                    recover(self.folder)

    # What the study says of itself.

    @property
    def record(self) -> RunRecord:
        """How every product of the study was made: run.json."""
        return self._record

    @property
    def settings(self) -> Settings:
        """The settings of casemine.toml, the defaults where there is none."""
        return self.read(SETTINGS, load_settings) if self.has(SETTINGS) else Settings()

    @property
    def inputs(self) -> tuple[str, ...]:
        """What the study was made from, as paths from here."""
        return tuple(os.path.normpath(self.folder / name) for name in self.record.inputs)

    def __repr__(self) -> str:
        return as_line(self)

    def _repr_html_(self) -> str:
        return as_html(self)

    @property
    def coded_by(self) -> list[str]:
        """The names of the codebooks the study was coded with."""
        return sorted({call.parameters["codebook"] for call in self.record.of("code")})

    @property
    def first_codebook(self) -> str:
        """The codebook that the study was coded with first, "" before it was.

        What was made without the name of a codebook follows it, whatever codebooks came later.
        """
        calls = self.record.of("code")  # of a study made before this was kept, in the order of their making
        return self.record.first_codebook or next((str(call.parameters["codebook"]) for call in calls), "")

    # Its tables.

    @property
    def documents(self) -> pd.DataFrame:
        """What was read, one row a document (`schema.DOCUMENTS`)."""
        return self.table(schema.DOCUMENTS)

    @property
    def passages(self) -> pd.DataFrame:
        """How each text divides into passages (`schema.PASSAGES`)."""
        return self.table(schema.PASSAGES)

    @property
    def left_out(self) -> pd.DataFrame:
        """What was not read, and why (`schema.LEFT_OUT`)."""
        return self.table(schema.LEFT_OUT)

    @property
    def new_words(self) -> pd.DataFrame:
        """The new words of the whole corpus, by falling weight (`schema.NEW_WORDS`)."""
        return self.table(schema.NEW_WORDS)

    @property
    def extracted_keywords(self) -> pd.DataFrame:
        """The keywords of each document as the program found them (`schema.KEYWORDS`)."""
        return self.table(schema.KEYWORDS)

    @property
    def extracted_frequency(self) -> pd.DataFrame:
        """These keywords over all documents (`schema.FREQUENCY`)."""
        return self.table(schema.FREQUENCY)

    @property
    def keywords(self) -> pd.DataFrame:
        """The final keywords of each document: found, then decided on (`schema.KEYWORDS`)."""
        return self.table(schema.KEYWORDS, "keywords_final.csv")

    @property
    def frequency(self) -> pd.DataFrame:
        """The final keywords over all documents (`schema.FREQUENCY`)."""
        return self.table(schema.FREQUENCY, "frequency_final.csv")

    @property
    def placements(self) -> pd.DataFrame:
        """Where each keyword has its place in each codebook (`schema.PLACEMENTS`)."""
        return self.table(schema.PLACEMENTS)

    @property
    def codings(self) -> pd.DataFrame:
        """The sentences behind each code, of all codebooks and coders (`schema.CODINGS`)."""
        return self.table(schema.CODINGS)

    def table(self, table: schema.Table, name: str = "") -> pd.DataFrame:
        """Return a table of the study, from `name` or the file its definition names; it is read once.

        A large one is read from the Parquet beside it, where both are as they were written. What is done to
        the frame leaves the study as it is (with pandas 2, columns put in place of others; a copy is safe for
        single cells). Raises `StudyError` when the file is missing or was broken by hand.
        """
        name = name or f"{table.name}.csv"
        if not self.has(name):
            command = "code" if table in (schema.CODINGS, schema.PLACEMENTS) else "run"
            advice = f"Run `casemine {command} {self.folder}`."
            if table in (schema.DOCUMENTS, schema.PASSAGES):
                advice = f"`casemine check {self.folder}` says how to mend it."
            raise StudyError("is missing.", place=str(self.folder / name), advice=advice)
        key = (name, parser(table))
        if key not in self._kept and self._is_as_written(beside(name)) and self._is_as_written(name):
            with suppress(UnreadableError, SchemaError):  # the CSV says the same
                size = self.path(name).stat().st_size
                self._kept[key] = table.frame(sheets.read_parquet(self.path(beside(name)), size))
        frame: pd.DataFrame = self.read(*key)
        return frame.copy(deep=False)

    def _is_as_written(self, name: str) -> bool:
        return name in self.record.files and self.hash(name) == self.record.files[name]

    def table_or_empty(self, table: schema.Table, name: str = "") -> pd.DataFrame:
        """Return a table of the study, empty when the study does not have it yet."""
        name = name or f"{table.name}.csv"
        return self.table(table, name) if self.has(name) else table.frame([])

    @property
    def texts(self) -> list[Document]:
        """The documents with their texts, in the order of documents.csv."""
        if self.held_texts is None:
            self._kept[_TEXTS] = list(self.iter_texts())
        return self.held_texts or []

    @property
    def held_texts(self) -> list[Document] | None:
        """The documents that `texts` gave once and memory holds since; None when it was not asked for."""
        return self._kept.get(_TEXTS)

    def iter_texts(self, of: Collection[str] | None = None) -> Iterator[Document]:
        """Yield the documents with their texts, one after another; none is kept. `of` names some of them.

        Raises `StudyError` when a text is missing or was changed: every span would point at other words.
        """
        return iter(Texts(self, None if of is None else frozenset(of)))

    def text(self, name: str, digest: str) -> str:
        """Return a text by its file and SHA-256 as documents.csv has them (`text_file`, `sha256`).

        Raises `StudyError` when it is missing or was changed.
        """
        return read_text(self.path(name), digest)

    def release(self, *names: str) -> None:
        """Let go of what was read or written of these files, of all without a name.

        It is read again when asked for.
        """
        for key in [key for key in self._kept if not names or key[0] in names]:
            del self._kept[key]

    # Its files.

    def path(self, name: str) -> Path:
        """Return where a file of the study is to be read: as just written, else as it stands."""
        staged = self._staging / name if self._staging else None
        return staged if staged and staged.exists() else self.folder / name

    def has(self, name: str) -> bool:
        """Tell whether the study holds a file of this name."""
        return name not in self._removed and self.path(name).is_file()

    def hash(self, name: str) -> str:
        """Return the SHA-256 of a file of the study, "" when there is none; it is computed once."""
        if name not in self._hashes:
            self._hashes[name] = file_hash(self.path(name)) if self.has(name) else ""
        return self._hashes[name]

    def read(self, name: str, reader: Callable[[Path], Value]) -> Value:
        """Return what `reader` makes of a file of the study; it is read once."""
        key = (name, reader)
        if key not in self._kept:
            self._kept[key] = reader(self.path(name))
        value: Value = self._kept[key]
        return value

    def codebook_file(self, codebook: str) -> Path | None:
        """Return the study's own copy of a codebook, None when it has none."""
        name = f"{CODEBOOKS}/{codebook}.toml"
        return self.path(name) if self.has(name) else None

    def relative(self, path: str | os.PathLike[str]) -> str:
        """Name a file as it is named from the study, so that both can move together."""
        if self._staging and Path(path).is_relative_to(self._staging):
            return Path(path).relative_to(self._staging).as_posix()
        return relative(os.fspath(path), self.folder)

    # Writing.

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other command from writing into the study while the block runs.

        What another one wrote since the study was opened is seen from here on. Raises `StudyError` when
        another command does not end.
        """
        if self._staging is not None or not self.folder.is_dir():
            yield  # a transaction holds the lock; where nothing is yet, nothing can be lost
            return
        with locked(self.folder):
            recover(self.folder)
            if self._stamped() != self._stamp and is_study(self.folder):
                self._forget_all()
                self._record, self._stamp = read_record(self.folder), self._stamped()
            yield

    def _stamped(self) -> tuple[int, ...]:
        """Return what tells one run.json from the next: it is replaced, never written into."""
        try:
            about = (self.folder / RUN).stat()
        except OSError:
            return ()
        return (about.st_ino, about.st_mtime_ns, about.st_size)

    @contextmanager
    def transaction(self) -> Iterator[Path]:
        """Write into the study: give a staging folder whose files take their places when the block ends well.

        Within the block the study shows what was written. A transaction inside another one is part of it.
        run.json is written with what `note` and `change` said.
        """
        if self._staging is not None:
            yield self._staging
            return
        before = self._record
        with self.locked():
            try:
                with transaction(self.folder, self._removed, lock=True) as self._staging:
                    yield self._staging
                    if self._record != before or not (self.folder / RUN).is_file():
                        write_record(self._staging, self._record)
                self._stamp = self._stamped()
            except BaseException:
                self._record = before
                self._forget_all()
                raise
            finally:
                self._staging, self._written, self._removed = None, [], set()
                self._forget(SETTINGS)  # paths in it are named from where it lies

    def new_file(self, name: str) -> Path:
        """Return where to write a file of the study, inside `transaction`."""
        if self._staging is None:
            raise RuntimeError("files of a study are written inside Study.transaction()")
        path = self._staging / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self._forget(name)
        self._written.append(name)
        self._removed.discard(name)
        return path

    def put_table(self, table: schema.Table, frame: pd.DataFrame, name: str = "") -> None:
        """Write a table of the study, inside `transaction`; it need not be read again."""
        name = name or f"{table.name}.csv"
        sheets.write_csv(frame, self.new_file(name))
        self.put_parquet(name, len(frame), sheets.row_groups(frame))
        self._kept[name, parser(table)] = frame

    def put_parquet(self, name: str, rows: int, frames: Iterable[pd.DataFrame]) -> None:
        """Write a table of so many rows as Parquet too, inside `transaction`, when it is a large one.

        `frames` are its rows as `sheets.row_groups` parts them. One that was there goes when it is none.
        """
        if wants_parquet(name, rows):
            sheets.write_parquet_parts(frames, self.new_file(beside(name)))
        elif beside(name) and self.has(beside(name)):
            self.remove(beside(name))

    def put_text(self, name: str, text: str) -> None:
        """Write a text file of the study, inside `transaction`."""
        write_text(self.new_file(name), text)

    def remove(self, name: str) -> None:
        """Take a file of the study away when the transaction ends, unless it is written anew until then.

        Within the transaction it is gone already.
        """
        if self._staging:
            (self._staging / name).unlink(missing_ok=True)
        self._forget(name)
        self._removed.add(name)

    @contextmanager
    def unrecorded(self) -> Iterator[None]:
        """Write files inside `transaction` that are no outputs of a stage by themselves."""
        mark = len(self._written)
        yield
        del self._written[mark:]

    @property
    def written(self) -> list[str]:
        """The files that `new_file` gave in the transaction that runs, in order."""
        return self._written

    def note(self, call: Call, forgotten: Callable[[Call], bool]) -> None:
        """Record a call and the hashes of its files; take out the earlier ones that it makes obsolete."""
        kept = tuple(earlier for earlier in self._record.calls if not forgotten(earlier))
        files = self._record.files | {name: self.hash(name) for name in call.outputs}
        named = {name for each in (*kept, call) for name in each.outputs}
        self.change(
            calls=(*kept, call),
            files={name: digest for name, digest in sorted(files.items()) if name in named},
        )

    def change(self, **fields: Any) -> None:
        """Change fields of the record; they are written when the transaction ends."""
        self._record = replace(self._record, **fields)

    def _forget(self, name: str) -> None:
        self._hashes.pop(name, None)
        for key in [key for key in self._kept if key[0] == name]:
            del self._kept[key]

    def _forget_all(self) -> None:
        self._hashes.clear()
        self._kept.clear()
