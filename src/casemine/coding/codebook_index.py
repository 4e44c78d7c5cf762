"""What scoring needs of a codebook: its terms, and the texts that stand for its categories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casemine.coding.codebook import Codebook
from casemine.coding.likeness import Matrix, TextPool
from casemine.coding.normalise import Terms


@dataclass(frozen=True)
class CodebookIndex:
    """A codebook made ready for scoring: texts of its codes, and one long text a category."""

    terms: Terms

    @property
    def book(self) -> Codebook:
        """The codebook."""
        return self.terms.book

    @cached_property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """(code of any level, text) of names, definitions, and the aliases of a code as one text."""
        texts: list[tuple[str, str]] = []
        for code in self.book.entries:
            aliases = "，".join(code.aliases) if self.terms.aliases else ""
            texts += [
                (code.name, text) for text in (code.name, code.definition + code.include, aliases) if text
            ]
        return tuple(texts)

    @cached_property
    def pool(self) -> TextPool:
        """The texts, to be compared with."""
        return TextPool(tuple(text for _, text in self.texts), self.terms.meaning)

    def categories(self, level: str) -> tuple[str, ...]:
        """Return the categories of a level in the order of the codebook."""
        return tuple(code.name for code in self.book.at(level))

    def above(self) -> NDArray[np.int64]:
        """Return, for each axial category, which selective category it belongs to, (axial categories,)."""
        tops = self.categories("selective")
        chains = [self.book.chain(name)[0] for name in self.categories("axial")]
        return np.array([tops.index(top) for top in chains], dtype=np.int64)

    def members(self, level: str) -> list[NDArray[np.int64]]:
        """Return, for each category of a level, which texts are its own: its codes' and its own name's."""
        above = [self.book.chain(code) for code, _ in self.texts]
        return [
            np.array([at for at, chain in enumerate(above) if category in chain], dtype=np.int64)
            for category in self.categories(level)
        ]

    @cached_property
    def counter(self) -> Any:
        """Counts the character 2- and 3-grams that the codebook has."""
        from sklearn.feature_extraction.text import CountVectorizer

        counter = CountVectorizer(analyzer="char", ngram_range=(2, 3), lowercase=False)
        return counter.fit(self._documents("selective"))

    def told(self, counts: Any, level: str) -> Matrix:
        """Return TF-IDF cosines of passages, given as counts of grams, and the categories of a level.

        Each category is one document of all that the codebook says there, examples too.
        """
        from sklearn.feature_extraction.text import TfidfTransformer

        weigher = TfidfTransformer(sublinear_tf=True)
        documents = weigher.fit_transform(self.counter.transform(self._documents(level)))
        cosines: Matrix = (weigher.transform(counts) @ documents.T).toarray()
        return cosines

    def _documents(self, level: str) -> Sequence[str]:
        said: dict[str, list[str]] = {name: [] for name in self.categories(level)}
        for code in self.book.entries:
            aliases = code.aliases if self.terms.aliases else ()
            told = [code.name, *aliases, code.definition + code.include, code.example]
            for category in self.book.chain(code.name):
                if category in said:
                    said[category] += told
        return ["\n".join(texts) for texts in said.values()]
