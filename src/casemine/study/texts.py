"""The documents of a study as often as they are asked for, none of them kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casemine.document import Document

if TYPE_CHECKING:
    from casemine.study.opened import Study


@dataclass(frozen=True)
class Texts:
    """The documents of a study, read anew each time they are gone through; `of` names some of them."""

    study: Study
    of: frozenset[str] | None = None

    def __iter__(self) -> Iterator[Document]:
        return self.study.iter_texts(self.of)

    def __len__(self) -> int:
        return len(self.study.documents) if self.of is None else len(self.of)

    def __contains__(self, document: object) -> bool:
        return any(document == each for each in self)
