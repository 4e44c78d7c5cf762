"""Where a keyword stands in a codebook: what the program is sure of, what it suggests, what it leaves.

Two kinds of evidence speak for a category: how like its codes the keyword is, and how like its words
the sentences are in which the keyword stands. Either is turned into z-scores over the categories.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casemine import schema
from casemine.coding.codebook import Codebook
from casemine.coding.likeness import Matrix, Semantics, TextPool, standard
from casemine.coding.normalise import Match, Terms, normalise
from casemine.errors import StudyError

PLACED, SUGGESTED, UNPLACED = "placed", "suggested", "unplaced"

# First selective category minus second, in z-scores, from which the program fills it in; on form alone,
# without a sentence, three of ten such would be wrong.
MARGIN = 1.25
# Likeness below which an open code is not worth suggesting.
FAINT = 0.3
# Z-scores over fewer categories are large whatever the evidence: the margin says nothing there.
_FEWEST = 4
# Words of two characters (信息, 报告, 村民) stand among everything: their sentences decide nothing alone.
_SHORTEST = 3
# What characters and vectors count when a keyword is compared with the texts of a category, and what the
# best of the texts counts beside their mean.
_CHARACTERS, _MEANING, _BEST = 0.2, 0.8, 0.5
_SHOWN = 3


@dataclass(frozen=True)
class CodebookIndex:
    """What placing needs of a codebook: its terms, and the texts that stand for its categories."""

    terms: Terms

    @property
    def book(self) -> Codebook:
        """The codebook."""
        return self.terms.book

    @cached_property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """(code of any level, text) of names, definitions, and the aliases of a code as one text."""
        found: list[tuple[str, str]] = []
        for code in self.book.entries:
            aliases = "，".join(code.aliases) if self.terms.aliases else ""
            found += [
                (code.name, text) for text in (code.name, code.definition + code.include, aliases) if text
            ]
        return tuple(found)

    @cached_property
    def pool(self) -> TextPool:
        """The texts, to be compared with."""
        return TextPool(tuple(text for _, text in self.texts), self.terms.meaning)

    def categories(self, level: str) -> tuple[str, ...]:
        """Return the categories of a level in the order of the codebook."""
        return tuple(code.name for code in self.book.at(level))

    def members(self, level: str) -> list[NDArray[np.int64]]:
        """Return, for each category of a level, which texts are its own: its codes' and its own name's."""
        above = [self.book.chain(code) for code, _ in self.texts]
        return [
            np.array([at for at, chain in enumerate(above) if category in chain], dtype=np.int64)
            for category in self.categories(level)
        ]

    @cached_property
    def _pseudo(self) -> tuple[Any, Any]:
        """The TF-IDF of one document a selective category, of all that the codebook says there."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        said: dict[str, list[str]] = {name: [] for name in self.categories("selective")}
        for code in self.book.entries:
            aliases = code.aliases if self.terms.aliases else ()
            said[self.book.chain(code.name)[0]] += [
                code.name, *aliases, code.definition + code.include, code.example
            ]  # fmt: skip
        weigher = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True, lowercase=False)
        return weigher, weigher.fit_transform(["\n".join(texts) for texts in said.values()])

    def by_context(self, contexts: Sequence[Sequence[str]]) -> Matrix:
        """Return how like each selective category the contexts of each keyword are; zeros without any."""
        weigher, documents = self._pseudo
        rows = np.zeros((len(contexts), documents.shape[0]))
        for at, texts in enumerate(contexts):
            if texts:
                rows[at] = np.asarray((weigher.transform(texts) @ documents.T).mean(axis=0)).ravel()
        return rows


def category_scores(
    keywords: Sequence[str],
    ground: CodebookIndex,
    level: str,
    contexts: Mapping[str, Sequence[str]] | None = None,
) -> Matrix:
    """Return z-scores of the categories of a level ("axial" or "selective"), (keywords, categories).

    A category scores the mean of its texts' likeness and half their best; selective categories take in
    what the contexts say, with equal weight where there are any.
    """
    likeness = standard(ground.pool.characters(keywords))
    meanings = ground.pool.meanings(keywords)
    if meanings is not None:
        likeness = _CHARACTERS * likeness + _MEANING * standard(meanings)
    members = ground.members(level)
    parts = [likeness[:, own] for own in members]
    scores = standard(np.stack([own.mean(axis=1) + _BEST * own.max(axis=1) for own in parts], axis=1))
    if level == "selective" and contexts:
        around = ground.by_context([contexts.get(keyword, ()) for keyword in keywords])
        scores = standard(scores + standard(around))
    return scores


def place(
    keywords: Sequence[str],
    book: Codebook,
    contexts: Mapping[str, Sequence[str]] | None = None,
    meaning: Semantics | None = None,
    *,
    aliases: bool = True,
) -> pd.DataFrame:
    """Return the table `schema.PLACEMENTS` of `keywords`, in their order, doubles left out.

    `contexts` maps a keyword to the passages it stands in (`evidence.contexts`); `meaning` holds the
    word vectors. An open code is `placed` when the keyword is its name, an alias, a variant or as good
    as its name (`normalise`); else `suggested` or, when nothing is near, `unplaced`. The selective
    category is `placed` too where there are contexts and its margin reaches `MARGIN`, and the open code
    suggested lies in it. Axial categories are never placed without their open code: three are shown.
    """
    words = list(dict.fromkeys(keywords))
    ground = CodebookIndex(Terms(book, meaning, aliases))
    if not words or not ground.terms.names:
        return schema.PLACEMENTS.frame([_nowhere(word, book) for word in words])
    matches = normalise(words, ground.terms)
    selective = category_scores(words, ground, "selective", contexts)
    axial = category_scores(words, ground, "axial")
    return schema.PLACEMENTS.frame(
        [
            _row(*one, ground, heard=bool((contexts or {}).get(one[0])))
            for one in zip(words, matches, selective, axial, strict=True)
        ]
    )


def accept(placements: pd.DataFrame, accepted: Mapping[str, str], book: Codebook) -> pd.DataFrame:
    """Return `placements` with the researcher's answers, keyword -> code of any level or alias, in place.

    They win over whatever the program found: method `decision`, score 1. An axial or selective category
    alone leaves the open code unplaced. Raises `StudyError` when the codebook has no such code.
    """
    rows: list[dict[Any, Any]] = []
    for row in placements.to_dict("records"):
        answer = accepted.get(str(row["keyword"]), "")
        rows.append(row | _decided(answer, book) if answer else row)
    return schema.PLACEMENTS.frame(rows)


def _decided(answer: str, book: Codebook) -> dict[str, Any]:
    code = book.resolve(answer)
    if not code:
        raise StudyError(
            f"the codebook {book.name} has no code {answer}.",
            place="decisions.csv",
            advice="Correct it in the review sheet, or add the code to the codebook.",
        )
    chain = [*book.chain(code), "", ""][:3]
    status = {"status": PLACED if chain[2] else UNPLACED, "selective_status": PLACED}
    levels = dict(zip(("selective", "axial", "open"), chain, strict=True))
    return {**levels, **status, "method": "decision", "score": 1.0}


def _nowhere(word: str, book: Codebook) -> dict[str, Any]:
    texts = dict.fromkeys(("open", "axial", "selective", "method", "alternatives", "axial_alternatives"), "")
    numbers = {"score": 0.0, "selective_score": 0.0}
    status = {"status": UNPLACED, "selective_status": UNPLACED}
    return {"codebook": book.label, "keyword": word, **texts, **numbers, **status}


def _row(
    word: str, match: Match, selective: Matrix, axial: Matrix, ground: CodebookIndex, *, heard: bool
) -> dict[str, Any]:
    first, margin = _leading(selective, ground.categories("selective"))
    row = _nowhere(word, ground.book) | {
        "score": match.score,
        "selective_score": margin,
        "alternatives": _listed(match.ranked),
        "axial_alternatives": _axial(axial, match, ground),
    }
    if match.sure:
        status = {"status": PLACED, "selective_status": PLACED, "method": match.method}
        return row | status | _chain(match.code, ground)
    telling = heard and len(word) >= _SHORTEST and len(selective) >= _FEWEST
    certain = telling and margin >= MARGIN
    if certain:
        row |= {"selective": first, "selective_status": PLACED}
    inside = [code for code, _ in match.ranked if not certain or ground.book.chain(code)[0] == first]
    if match.score < FAINT or not inside:
        return row
    suggested = {"status": SUGGESTED, "method": "similarity"} | _chain(inside[0], ground)
    return row | suggested | {
        "score": dict(match.ranked)[inside[0]],
        "selective_status": PLACED if certain else SUGGESTED,
    }  # fmt: skip


def _chain(code: str, ground: CodebookIndex) -> dict[str, str]:
    return dict(zip(("selective", "axial", "open"), ground.book.chain(code), strict=True))


def _leading(scores: Matrix, names: Sequence[str]) -> tuple[str, float]:
    """Return the first category and by how much it leads."""
    order = sorted(range(len(names)), key=lambda at: (-scores[at], at))
    margin = float(scores[order[0]] - scores[order[1]]) if len(order) > 1 else 0.0
    return names[order[0]], margin


def _listed(ranked: Sequence[tuple[str, float]]) -> str:
    return "；".join(f"{code} {score:.2f}" for code, score in ranked)


def _axial(scores: Matrix, match: Match, ground: CodebookIndex) -> str:
    names = ground.categories("axial")
    order = sorted(range(len(names)), key=lambda at: (-scores[at], at))[:_SHOWN]
    nearest: dict[str, str] = {}
    for code, _ in match.ranked:
        nearest.setdefault(ground.book.by_name[code].parent, code)
    shown = [(names[at], scores[at]) for at in order]
    return "；".join(f"{name} {score:.2f}{_because(nearest.get(name, ''))}" for name, score in shown)


def _because(code: str) -> str:
    return f"（近“{code}”）" if code else ""
