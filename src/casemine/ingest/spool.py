"""Documents that were read wait on disk until all are, so that memory holds the one at hand."""

from __future__ import annotations

import pickle
import weakref
from collections.abc import Sequence
from dataclasses import replace
from tempfile import TemporaryFile
from typing import overload

from casemine.document import Document


class Spool:
    """Takes documents and gives each back by its doc_id; its file is gone when nobody holds the spool."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - it lives as long as the spool
        weakref.finalize(self, self._file.close)
        self._places: dict[str, int] = {}

    def put(self, document: Document) -> Document:
        """Take a document; return it without text and passages."""
        self._places[document.doc_id] = self._file.seek(0, 2)
        pickle.dump(document, self._file, pickle.HIGHEST_PROTOCOL)
        return replace(document, text="", passages=())

    def get(self, doc_id: str) -> Document:
        """Return a document that was taken."""
        self._file.seek(self._places[doc_id])
        document: Document = pickle.load(self._file)  # this process wrote it
        return document


class Spooled(Sequence[Document]):
    """Some documents of a spool in the order of their names given, each read when it is asked for."""

    def __init__(self, spool: Spool, doc_ids: Sequence[str]) -> None:
        self._spool, self._doc_ids = spool, tuple(doc_ids)

    def __len__(self) -> int:
        return len(self._doc_ids)

    @overload
    def __getitem__(self, at: int) -> Document: ...
    @overload
    def __getitem__(self, at: slice) -> Spooled: ...
    def __getitem__(self, at: int | slice) -> Document | Spooled:
        if isinstance(at, slice):
            return Spooled(self._spool, self._doc_ids[at])
        return self._spool.get(self._doc_ids[at])
