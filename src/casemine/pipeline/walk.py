"""One walk over a study: what every stage may use, and how a study's tables and texts are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from casemine import ingest, parallel, resources, schema, sheets, study
from casemine.discover import MEMORY
from casemine.document import Document, Passage
from casemine.errors import SchemaError, StudyError
from casemine.segment import Segmenter
from casemine.settings import Settings
from casemine.settings import load as load_settings

if TYPE_CHECKING:
    import pandas as pd

Tables: TypeAlias = "dict[str, pd.DataFrame]"
# Called with the stage, the items done and the items to do (0: not known).
Progress = Callable[[str, int, int], None]


def quiet(stage: str, done: int, total: int) -> None:
    """Show nothing."""


@dataclass
class ExtractContext:
    """One walk over a study: what every stage may use, and the tables made or read so far."""

    folder: Path
    settings: Settings
    inputs: tuple[str, ...]
    mapper: parallel.Mapper = parallel.in_process
    memory: int = MEMORY
    spill: str = ""
    progress: Progress = quiet
    tables: Tables = field(default_factory=dict)
    made: list[Document] | None = None

    @cached_property
    def collected(self) -> ingest.Collected:
        """The files of the inputs."""
        return ingest.collect(self.inputs, recursive=self.settings.ingest.recursive)

    @cached_property
    def documents(self) -> list[Document]:
        """The documents: just read, or as the study holds them."""
        return self.made if self.made is not None else list(read_documents(self.folder))

    @cached_property
    def segmenter(self) -> Segmenter:
        """The segmenter that knows the user's dictionaries."""
        words: dict[str, str] = {}
        for name in self.settings.words.user_dict:
            words |= resources.user_dictionary(Path(name))
        return Segmenter(words)

    @cached_property
    def generic(self) -> frozenset[str]:
        """The words without content for this study."""
        return _words(resources.generic_list(name) for name in self.settings.words.generic if name != "none")

    @cached_property
    def stopwords(self) -> frozenset[str]:
        """The words that are never keywords."""
        own = (Path(name) for name in self.settings.words.stopwords)
        return _words((resources.dictionary("stopwords.txt"), *own))

    @cached_property
    def decisions(self) -> pd.DataFrame:
        """What the researcher decided so far."""
        from casemine import review

        return review.read_decisions(self.folder)

    def counted(self, stage: str, total: int = 0) -> parallel.Mapper:
        """The mapper, reporting progress as results come."""

        def report(function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
            for done, result in enumerate(self.mapper(function, items), start=1):
                self.progress(stage, done, total)
                yield result

        return report


def _words(paths: Iterable[Path]) -> frozenset[str]:
    return frozenset().union(*map(resources.word_list, paths))


def study_settings(folder: Path) -> Settings:
    """Return the settings of a study's casemine.toml, the defaults where it has none."""
    path = folder / study.SETTINGS
    return load_settings(path) if path.is_file() else Settings()


def read_table(path: Path, table: schema.Table) -> pd.DataFrame:
    """Read a table of a study; raise `StudyError` when it is missing, or was broken by hand."""
    if not path.is_file():
        command = "code" if table in (schema.CODINGS, schema.PLACEMENTS) else "run"
        folder = path.parent.parent if path.parent.name == "tables" else path.parent
        raise StudyError("is missing.", place=str(path), advice=f"Run `casemine {command} {folder}`.")
    try:
        return table.parse(sheets.read_csv(path))
    except (ValueError, SchemaError) as error:  # those of pandas and of decoding are ValueErrors
        raise StudyError(
            f"cannot be read ({error}).", place=str(path), advice="Undo what was changed in it by hand."
        ) from error


def read_documents(folder: Path) -> Iterator[Document]:
    """Yield the documents a study holds, text and passages, in the order of documents.csv."""
    rows = read_table(folder / "documents.csv", schema.DOCUMENTS)
    passages: dict[str, list[Passage]] = {}
    table = read_table(folder / "passages.csv", schema.PASSAGES)
    for doc_id, *passage in table[schema.PASSAGES.names].itertuples(index=False):
        passages.setdefault(doc_id, []).append(Passage(*passage))
    for row in rows.to_dict("records"):
        try:
            data = (folder / row["text_file"]).read_bytes()
        except OSError as error:
            raise StudyError(
                "a text of the study is missing.",
                place=str(folder / row["text_file"]),
                advice="Run `casemine extract` again with --force.",
            ) from error
        if sha256(data).hexdigest() != row["sha256"]:  # every span would point at other words
            raise StudyError(
                "a text of the study was changed by hand.",
                place=str(folder / row["text_file"]),
                advice="Take it back, or run `casemine extract` again with --force.",
            )
        parts = tuple(passages.get(row["doc_id"], ()))
        text = data.decode("utf-8")
        yield Document(row["doc_id"], text, row["title"], row["region"], row["year"], parts)
