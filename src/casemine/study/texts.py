"""The documents of a study as often as they are asked for, none of them kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from casemine.bounded import read_file
from casemine.document import Document
from casemine.errors import StudyError, UnreadableError
from casemine.study.tables import passages_of

if TYPE_CHECKING:
    from casemine.study.opened import Study


@dataclass(frozen=True)
class Texts:
    """The documents of a study, read anew each time they are gone through; `of` names some of them."""

    study: Study
    of: frozenset[str] | None = None

    def __iter__(self) -> Iterator[Document]:
        study = self.study
        parts = passages_of(study.passages)
        rows = study.documents[["doc_id", "text_file", "sha256", "title", "region", "year"]]
        for doc_id, name, digest, title, region, year in rows.itertuples(index=False, name=None):
            if self.of is None or doc_id in self.of:
                yield Document(doc_id, study.text(name, digest), title, region, year, parts(doc_id))

    def __len__(self) -> int:
        return len(self.study.documents) if self.of is None else len(self.of)

    def __contains__(self, document: object) -> bool:
        return any(document == each for each in self)


def read_text(path: Path, digest: str) -> str:
    """Return a text of a study; raise `StudyError` when it is missing or its SHA-256 is another one."""
    try:
        data = read_file(path)
    except (OSError, UnreadableError) as error:
        advice = "Run `casemine extract` again with --force."
        raise StudyError("a text of the study is missing.", place=str(path), advice=advice) from error
    if sha256(data).hexdigest() != digest:
        advice = "Take it back, or run `casemine extract` again with --force."
        raise StudyError("a text of the study was changed by hand.", place=str(path), advice=advice)
    return data.decode("utf-8")
