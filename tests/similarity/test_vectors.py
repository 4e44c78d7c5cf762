import numpy as np
import pytest

from casemine.similarity import vectors

TEXTS = [["扶贫", "产业", "扶贫"], ["扶贫", "产业", "车间"], ["预警", "监测"], ["预警", "监测", "帮扶"]]


def test_the_cosines_are_those_of_gensim() -> None:
    pytest.importorskip("gensim")
    from gensim.corpora import Dictionary
    from gensim.models import TfidfModel
    from gensim.similarities import SparseMatrixSimilarity

    dictionary = Dictionary(TEXTS)
    bags = [dictionary.doc2bow(words) for words in TEXTS]
    weighed = [TfidfModel(bags)[bag] for bag in bags]
    theirs = SparseMatrixSimilarity(weighed, num_features=len(dictionary))[weighed]
    ours = vectors.matrix(vectors.tfidf(vectors.counted(TEXTS)[0]))
    assert np.allclose(ours, theirs, atol=1e-6)


def test_near_pairs_clusters_and_their_words() -> None:
    counts, words = vectors.counted(TEXTS)
    weights = vectors.tfidf(counts)
    near = vectors.nearest(weights, neighbours=2, least=0.2)
    assert [pair[:2] for pair in near] == [(0, 1), (2, 3)]
    numbers = vectors.clusters(4, near)
    assert numbers == [1, 1, 2, 2]
    assert set(vectors.leading_words(weights, words, numbers, top=2)[2]) == {"预警", "监测"}


def test_documents_without_words_are_near_nothing() -> None:
    weights = vectors.tfidf(vectors.counted([[], ["甲"], []])[0])
    assert vectors.nearest(weights, neighbours=3, least=0.1) == []
    assert vectors.clusters(3, []) == [0, 0, 0]
