"""The estimators of the library, as scikit-learn expects them.

The rooms' own classes do the work and know nothing of scikit-learn: importing it takes two seconds of
processor time, more than `casemine discover` needs for a small corpus. Here they get its bases: parameters
that can be read, set, cloned and searched, and a place in a Pipeline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn import exceptions
from sklearn.base import BaseEstimator, TransformerMixin

from casemine import discover, weigh
from casemine.arguments import documents_of
from casemine.document import Document
from casemine.errors import UsageError
from casemine.schema import KEYWORDS

if TYPE_CHECKING:
    import pandas as pd


class NotFittedError(UsageError, exceptions.NotFittedError):  # type: ignore[misc]
    """An estimator is asked before it has learned."""


class _Texts(BaseEstimator):  # type: ignore[misc]
    """What holds of every estimator here: it reads texts, and learns before it transforms."""

    _learned: str  # the name that only `fit` sets

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, self._learned)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array, tags.input_tags.string = False, True
        tags.no_validation = True
        return tags

    def _require_fit(self) -> None:
        if not self.__sklearn_is_fitted__():
            raise NotFittedError(
                "it has seen no texts yet.",
                place=type(self).__name__,
                advice="Call fit or fit_transform first.",
            )


class NewWordDiscoverer(  # type: ignore[call-arg]
    discover.NewWordDiscoverer,
    TransformerMixin,  # type: ignore[misc]
    _Texts,
    auto_wrap_output_keys=None,
):
    """Finds the words of a corpus that the dictionary lacks.

    A string is a candidate when it occurs often enough and stands between token borders; what its
    occurrences say (cohesion, branching entropy, grammar of its tokens, where it stands) is weighed by a
    logistic regression into the chance that it is a term. A corpus and one short document go the same way.

    Parameters
    ----------
    segmenter : Segmenter, optional
        The dictionary; without one jieba's.
    max_len : int
        Longest word, in characters; 2 or more.
    min_count : int, optional
        Least occurrences of a word; without it 2, 3 or 5 by the size of the corpus.
    generic : collection of str
        Words without content for the study: found all the same, and marked.
    mapper : callable
        Spreads the work, as `casemine.parallel.workers` gives it. No result depends on it.
    memory : int
        Bytes that each process may take. No result depends on it.
    spill : str or path
        Folder or fsspec URL for what memory does not hold, one that all workers reach; "" for the system's
        own folder of temporary files.
    beside : callable
        Cuts texts in another process meanwhile, as `casemine.parallel.beside` gives it.

    Attributes
    ----------
    new_words_ : DataFrame
        One row a word, by falling weight, then falling frequency, then word; the columns of
        `casemine.schema.NEW_WORDS`: weight in percent, cohesion and entropies in bits.
    columns_ : dict
        The same as lists by name, without pandas.
    min_count_ : int
        The least occurrences that were asked for.

    Raises
    ------
    ParameterError
        In `fit`: a parameter that has no possible value, a bare string, an item that is no text. It is a
        `CasemineError` and a `ValueError`.
    NotFittedError
        In `transform` and `get_feature_names_out` before `fit`; scikit-learn's is its base.

    References
    ----------
    Sun, Shen and Tsou 1998 and Silva and Lopes 1999 for the cohesion, Jin and Tanaka-Ishii 2006 for the
    branching entropy. See `casemine.discover.scores`.

    Examples
    --------
    >>> from casemine import NewWordDiscoverer
    >>> texts = [
    ...     "村里办起扶贫车间，妇女在家门口上班。",
    ...     "扶贫车间的订单来自外地；县里又建了三个扶贫车间。",
    ... ]
    >>> NewWordDiscoverer(min_count=2).fit(texts).get_feature_names_out().tolist()
    ['扶贫车间']
    """

    _learned = "columns_"

    def transform(self, texts: Iterable[str | Document]) -> pd.DataFrame:
        """Return the new words that stand in `texts` (a case, a province), weighted for them.

        Parameters
        ----------
        texts : iterable of str or Document
            Any texts, those of `fit` or others.

        Returns
        -------
        DataFrame of shape (words, columns of `casemine.schema.NEW_WORDS`)
            Frequency and documents are those of `texts`, the evidence is that of the corpus of `fit`.
        """
        self._require_fit()
        return super().transform(texts)

    @cached_property
    def new_words_(self) -> pd.DataFrame:
        """The new words as a table."""
        self._require_fit()
        return super().new_words_

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """Return the new words, by falling weight: an array of shape (words,)."""
        self._require_fit()
        return np.array(self.columns_["word"], dtype=object)


class KeywordWeigher(  # type: ignore[call-arg]
    weigh.KeywordWeigher,
    TransformerMixin,  # type: ignore[misc]
    _Texts,
    auto_wrap_output_keys=None,
):
    """Weighs the words and phrases of documents and keeps the leading ones of each.

    The weight of a word is a statistic times what else speaks for it (`casemine.weigh.factors`): where it
    stands, of what parts of speech it is made, whether it was discovered. The statistics are rates, so that
    weights compare between the documents of one run: 10 and more is what a text is about, 1 a passing word.

    Parameters
    ----------
    segmenter : Segmenter, optional
        The dictionary; without one jieba's.
    method : {"tfidf", "textrank", "contrast"}
        The statistic. "tfidf": (occurrences per thousand characters)^0.7 x inverse document frequency;
        "textrank": the same rate^0.7 x the summed TextRank of its words; "contrast": log-likelihood against
        the frequencies of jieba's dictionary, per thousand characters.
    top : int
        Most keywords of a document.
    new_words : mapping, optional
        Discovered words: word -> tag, or word -> (tag, weight). They are added to `segmenter`.
    stopwords : frozenset of str
        Words over which no phrase is joined.
    generic : frozenset of str
        Words that are no keywords, alone or with their like, but may be part of one. In research papers such
        words together may be one.
    places : frozenset of str
        Names of places: generic words but in research papers, whose authors give them as keywords.
    cues : sequence of callable
        The factors beside the statistic, each from the candidates of a document to an array.
    mapper : callable
        Spreads the work, as `casemine.parallel.workers` gives it. No result depends on it.

    Attributes
    ----------
    containing_ : Counter
        Candidate -> documents that have it.
    documents_ : int
        The number of documents.

    Raises
    ------
    ParameterError
        In `fit`: a parameter that has no possible value, a bare string, an item that is no `Document`. It is
        a `CasemineError` and a `ValueError`.
    NotFittedError
        In `transform` and `get_feature_names_out` before `fit`; scikit-learn's is its base.

    References
    ----------
    Salton and Buckley 1988 (tf-idf), Mihalcea and Tarau 2004 (TextRank), Dunning 1993 (log-likelihood). See
    `casemine.weigh.scores`.

    Examples
    --------
    >>> from casemine import Document, KeywordWeigher
    >>> documents = [
    ...     Document("a", "茶园改造让村民增收。茶园改造三年，茶叶卖得好。"),
    ...     Document("b", "水库移民搬进新居。水库移民学会了养鱼。"),
    ... ]
    >>> keywords = KeywordWeigher(top=1).fit_transform(documents)
    >>> dict(zip(keywords["doc_id"], keywords["word"]))
    {'a': '茶园改造', 'b': '水库移民'}
    """

    _learned = "containing_"

    def fit(self, documents: Iterable[Document], y: object = None) -> Self:
        """Learn in how many documents each candidate stands.

        Parameters
        ----------
        documents : iterable of Document
            The corpus; the order plays no part.
        y : ignored
            There for scikit-learn.
        """
        super().fit(documents_of(documents))
        return self

    def transform(self, documents: Iterable[Document]) -> pd.DataFrame:
        """Return the keywords of each document.

        Parameters
        ----------
        documents : iterable of Document
            Any documents, those of `fit` or others.

        Returns
        -------
        DataFrame of shape (keywords, columns of `casemine.schema.KEYWORDS`)
            At most `top` rows a document, by doc_id and rank.
        """
        self._require_fit()
        return super().transform(documents_of(documents))

    def fit_transform(self, documents: Iterable[Document], y: object = None) -> pd.DataFrame:
        """Learn from `documents` and return their keywords, reading each text once."""
        return super().fit_transform(documents_of(documents))

    def weighed(self, documents: Iterable[Document]) -> Iterator[weigh.weigher.Weighed]:
        """Yield the candidates of each document with their weights, as `transform` ranks them."""
        self._require_fit()
        return super().weighed(documents_of(documents))

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """Return the columns of the table that `transform` gives: an array of shape (columns,)."""
        self._require_fit()
        return np.array(KEYWORDS.names, dtype=np.object_)
