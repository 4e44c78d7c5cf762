"""What the stages of one run may use: the study, its settings, the inputs, the workers, the word lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from casemine import ingest, parallel, resources
from casemine.discover import MEMORY
from casemine.errors import StudyError, UsageError
from casemine.lexicon.script import matched_form
from casemine.segment import Segmenter
from casemine.settings import Settings
from casemine.study.files import file_hash, fingerprint

if TYPE_CHECKING:
    import pandas as pd

    from casemine.pipeline.traditional import Conversions
    from casemine.study import Study

# Called with the stage, the items done and the items to do (0: not known).
Progress = Callable[[str, int, int], None]


def quiet(stage: str, done: int, total: int) -> None:
    """Show nothing."""


@dataclass
class ExtractContext:
    """What the stages of one run may use; everything but what is given is made when it is asked for.

    `open_study` is None where new words are discovered without a study; `memory` is in bytes a process.
    """

    settings: Settings
    inputs: tuple[str, ...] = ()
    open_study: Study | None = None
    mapper: parallel.Mapper = parallel.in_process
    memory: int = MEMORY
    spill: str = ""
    progress: Progress = field(default=quiet)

    @classmethod
    def of(cls, study: Study, progress: Progress = quiet) -> Self:
        """Return the context of a study as it stands: its own settings and inputs."""
        return cls(study.settings, study.inputs, study, progress=progress)

    @property
    def study(self) -> Study:
        """The study. Raises `StudyError` where there is none."""
        if self.open_study is None:
            raise StudyError("no study was opened.")
        return self.open_study

    @cached_property
    def collected(self) -> ingest.Collected:
        """The files of the inputs."""
        return ingest.collect(self.inputs, recursive=self.settings.ingest.recursive)

    @cached_property
    def inputs_there(self) -> bool:
        """Whether the inputs are where the study says."""
        try:
            return bool(self.collected.files)
        except UsageError:
            return False

    @cached_property
    def segmenter(self) -> Segmenter:
        """The segmenter that knows the user's dictionaries."""
        words: dict[str, str] = {}
        for name in self.settings.words.user_dict:
            words |= resources.user_dictionary(Path(name))
        # Traditional texts are matched in simplified characters.
        return Segmenter({matched_form(word): tag for word, tag in words.items()} | words)

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
    def shipped_lists(self) -> str:
        """A hash of the word lists that come with casemine."""
        return fingerprint({path.name: file_hash(path) for path in resources.dictionaries()})

    @cached_property
    def conversions(self) -> Conversions:
        """The traditional texts of the study, converted for matching."""
        from casemine.pipeline.traditional import Conversions

        return Conversions()

    @property
    def decisions(self) -> pd.DataFrame:
        """What the researcher decided so far."""
        from casemine import review

        # The folder in which the file stands: as it is just being written, or the study itself.
        return review.read_decisions(self.study.path(review.WORDS.file).parent)

    def counted(self, stage: str, total: int = 0) -> parallel.Mapper:
        """The mapper, reporting progress as results come."""

        def report(function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
            for done, result in enumerate(self.mapper(function, items), start=1):
                self.progress(stage, done, total)
                yield result

        return report


def _words(paths: Iterable[Path]) -> frozenset[str]:
    words = frozenset().union(*map(resources.word_list, paths))
    return words | frozenset(map(matched_form, words))
