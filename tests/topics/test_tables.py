"""The tables of topics are exact on a model made by hand."""

import numpy as np
import pytest

from casemine.topics import tables
from casemine.topics.model import Topics, corpus

from .samples import paragraphs

pytest.importorskip("gensim")
WORDS = tuple("甲乙丙丁")


def by_hand() -> Topics:
    of_words = np.array([[0.4, 0.3, 0.2, 0.1], [0.1, 0.2, 0.3, 0.4]])
    of_rows = np.array([[1.0, 0.0], [0.25, 0.75], [0.0, 0.0]])
    return Topics(WORDS, of_words, of_rows, of_rows)


def test_words_and_labels() -> None:
    found = tables.words(by_hand())
    assert tables.labels(by_hand()) == ["甲·乙·丙", "丁·丙·乙"]
    assert found[found["topic"] == 2]["word"].tolist() == ["丁", "丙", "乙", "甲"]
    assert found["weight"].tolist()[:2] == [0.4, 0.3]


def test_groups_are_means_of_documents_that_have_topics() -> None:
    shares = np.array([[1.0, 0.0], [0.5, 0.5], [0.0, 0.0]])
    table = tables.by_group(["2020", "2020", "2021"], shares, ["一", "二"])
    assert table["group"].tolist() == ["2020", "2020"]
    assert table["documents"].tolist() == [2, 2]
    assert table["share"].tolist() == [0.75, 0.25]


def test_documents_weigh_long_paragraphs_more_and_quotations_are_exact() -> None:
    texts = paragraphs(20)
    of = corpus(texts, above=0.5)
    strength = np.zeros((len(of.rows), 2))
    strength[0, 0], strength[1:, 1] = 1.0, np.linspace(1, 2, len(of.rows) - 1)
    even = np.tile(1 / len(of.words), (2, len(of.words)))
    found = Topics(of.words, even, strength / strength.sum(axis=1)[:, None], strength)
    owners = np.array([0] * 3 + [1] * (len(of.rows) - 3))
    shares = tables.of_documents(found, of, owners, 3)
    assert shares[0].tolist() == pytest.approx([1 / 3, 2 / 3])
    assert shares[2].tolist() == [0, 0]
    assert tables.falling(shares) == [1, 0]
    assert tables.labels(found.ordered([1, 0])) == tables.labels(found)[::-1]
    text = "".join(f"第{row:03d}段。" for row in range(len(of.rows)))
    spans = [("a" if row < 10 else "b", 6 * row, 6 * row + 6) for row in range(len(of.rows))]
    quotes = tables.quotes(found, of, spans, {"a": text, "b": text}.__getitem__)
    assert quotes[["topic", "doc_id"]].to_numpy().tolist() == [[1, "a"], [2, "b"], [2, "a"]]
    for row in quotes.to_dict("records"):
        assert text[row["start"] : row["end"]] == row["quote"]
