"""What one researcher means by the categories, learnt from what they decided.

Decisions teach twice. Each keyword that was given an open code is a further wording of that code when the
codes most alike are looked for. And all of them together correct the scores of the selective categories: a
ridge regression (Hoerl & Kennard 1970, Technometrics 12) of what the scores lacked, over the word
vector of each decided keyword and the mean vector of its sentences. A decision itself always holds
(`placement.accept`): what is learnt serves the words still open. Whether the regression helps depends on the
coder, so the decisions are asked themselves: it is used where leaving one out shows a gain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from casemine.coding.category_scores import CategoryScores, Contexts
from casemine.coding.codebook import SEPARATORS, Codebook, fold
from casemine.coding.codebook_index import CodebookIndex
from casemine.coding.likeness import Matrix, standard

# Decisions below which nothing is learnt: in documents held apart, 20 bring the first category right for
# 1 or 2 keywords more of 100, 50 for 3, 200 for 5 (benchmarks/README.md).
LEAST = 50
# What holds the regression back, in squares of vectors of length 1.
_RIDGE = 2.0


@dataclass(frozen=True)
class Lessons:
    """Decided keywords and the code of any level each was given, by keyword."""

    answers: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, book: Codebook, *decided: Mapping[str, str]) -> Lessons:
        """Take keyword -> code or alias out of `decided`, where `book` has the code; the first mapping wins.

        Give the decisions of the study first, then those of studies it was recoded from.

        >>> from casemine.coding.codebook import Code, Codebook
        >>> book = Codebook("own", entries=(Code("帮扶", "selective"), Code("结对", "axial", "帮扶")))
        >>> Lessons.of(book, {"包村": "结对", "天气": "无此码"}, {"包村": "帮扶", "联户": "帮扶"}).answers
        (('包村', '结对'), ('联户', '帮扶'))
        """
        answers: dict[str, str] = {}
        for mapping in decided:
            for keyword, answer in mapping.items():
                if code := book.resolve(answer):
                    answers.setdefault(keyword, code)
        return cls(tuple(sorted(answers.items())))

    @property
    def enough(self) -> bool:
        """Whether there are as many as it takes to learn from (`LEAST`)."""
        return len(self.answers) >= LEAST

    @property
    def hash(self) -> str:
        """SHA-256 of the answers in hex, "" where there are too few to learn from."""
        canonical = json.dumps(self.answers, ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest() if self.enough else ""


def taught(book: Codebook, lessons: Lessons) -> Codebook:
    """Return `book` with each decided keyword among the aliases of its open code.

    Keywords that the codebook knows already, and such as no alias may be, are left out; so are answers
    with a category alone.
    """
    known = {fold(word) for word in (*book.by_name, *book.by_alias)}
    added: dict[str, list[str]] = {}
    for keyword, code in lessons.answers:
        fits = fold(keyword) not in known and not any(one in keyword for one in SEPARATORS)
        if fits and book.by_name[code].level == "open":
            added.setdefault(code, []).append(keyword)
    entries = [replace(code, aliases=(*code.aliases, *added.get(code.name, ()))) for code in book.entries]
    return replace(book, entries=tuple(entries))


def correction(
    lessons: Lessons, ground: CodebookIndex, contexts: Contexts | None = None
) -> Callable[[CategoryScores], Matrix]:
    """Return what gives the selective scores of keywords as the lessons correct them, z-scores.

    It takes scores against `ground` and gives (keywords, categories); `contexts` are the passages of the
    decided keywords. Nothing is corrected with fewer than `LEAST` answers, without word vectors, or where the
    lessons do not bear out on themselves: where each decided keyword, learnt about from the others alone,
    comes no more often into its category than before.
    """
    if not lessons.enough or ground.terms.meaning is None:
        return _as_they_are
    decided = CategoryScores.of([keyword for keyword, _ in lessons.answers], ground, contexts)
    names = ground.categories("selective")
    chosen = [names.index(ground.book.chain(code)[0]) for _, code in lessons.answers]
    lacking = standard(np.eye(len(names))[chosen]) - decided.selective
    known = decided.vectors
    # As many equations as answers: their products are fewer than the dimensions squared.
    inverse = np.linalg.inv(known @ known.T + _RIDGE * np.eye(len(known)))
    weights = inverse @ lacking
    if not _gains(decided.selective, lacking - weights / np.diag(inverse)[:, np.newaxis], chosen):
        return _as_they_are
    return lambda scores: standard(scores.selective + (scores.vectors @ known.T) @ weights)


def _as_they_are(scores: CategoryScores) -> Matrix:
    return scores.selective


def _gains(before: Matrix, added: Matrix, chosen: Sequence[int]) -> bool:
    """Tell whether what each keyword learns from the others brings more of them into their category.

    `added` (keywords, categories) is the prediction for each keyword by a regression without it (Allen 1974,
    Technometrics 16). As many must come right as go wrong, and one more.
    """
    was = before.argmax(axis=1) == np.asarray(chosen)
    now = standard(before + added).argmax(axis=1) == np.asarray(chosen)
    return int(now.sum()) > int(was.sum())
