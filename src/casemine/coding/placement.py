"""Where a keyword stands in a codebook: what the program is sure of, what it suggests, what it leaves.

Two kinds of evidence speak for a category: how like its codes the keyword is, and how like its words
the sentences are in which the keyword stands (`category_scores`). A keyword that is far from the whole of
the codebook stands in none of its categories.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from casemine import schema
from casemine.coding.category_scores import CategoryScores
from casemine.coding.codebook import Codebook
from casemine.coding.codebook_index import CodebookIndex
from casemine.coding.learning import Lessons, correction, taught
from casemine.coding.likeness import Matrix, Semantics
from casemine.coding.normalise import Match, Terms, normalise
from casemine.errors import StudyError
from casemine.lexicon.script import matched_form

PLACED, SUGGESTED, UNPLACED = "placed", "suggested", "unplaced"

# First selective category minus second, in z-scores, from which the program fills it in; on form alone,
# without a sentence, three of ten such would be wrong. A merge into a code needs it too: by its wording
# alone, two of five would come into another category than the one their sentences speak of.
MARGIN = 1.25
# `CategoryScores.nearness` from which sentences may decide, and below which a keyword belongs to none of the
# categories. Chosen on the first half of a list of keywords read by eye; of 93 words of no category drawn
# later, sentences place none; of words that have a category, one in ten lies below the first, one in
# twenty below the second.
NEAR, FAR = 3.3, 2.5
# Likeness below which an open code is not worth suggesting, and from which it is though the keyword is far.
FAINT, CLOSE = 0.3, 0.5
# Z-scores over fewer categories are large whatever the evidence: the margin says nothing there.
_FEWEST = 4
# Words of two characters (信息, 报告, 村民) stand among everything: their sentences decide nothing alone.
_SHORTEST = 3
_SHOWN = 3
# Keywords that are scored at a time, each with 32 passages and their word vectors.
_PART = 2_000


def place(
    keywords: Sequence[str],
    book: Codebook,
    contexts: Mapping[str, Sequence[str]] | None = None,
    meaning: Semantics | None = None,
    *,
    aliases: bool = True,
    lessons: Lessons | None = None,
) -> pd.DataFrame:
    """Return the table `schema.PLACEMENTS` of `keywords`, in their order, doubles left out.

    `contexts` maps a keyword to the passages it stands in (`evidence.contexts`); `meaning` holds the
    word vectors. An open code is `placed` when the keyword is its name; when it is an alias, a variant or
    as good as its name (`normalise`) and its sentences, if any, lead to the same selective category by
    `MARGIN`. Else it is `suggested` or, when nothing is near, `unplaced`. The selective category is `placed`
    too where there are sentences, its margin reaches `MARGIN` and the keyword is `NEAR` the codebook;
    what is `FAR` from it is left without one. Axial categories are never placed without their open code.
    Three of each level are shown. `lessons` are decisions to learn from (`learning`), whose keywords
    have their passages in `contexts` too.
    """
    words = list(dict.fromkeys(keywords))
    ground = CodebookIndex(Terms(book, meaning, aliases))
    if not words or not ground.terms.names:
        return schema.PLACEMENTS.frame([_nowhere(word, book) for word in words])
    lessons, passages = lessons or Lessons(), _Simplified.of(contexts or {})
    decided = [keyword for keyword, _ in lessons.answers]
    correct = correction(lessons, ground, {**(contexts or {}), **passages.of_forms(decided)})
    terms = Terms(taught(book, lessons), meaning, aliases) if lessons.enough else ground.terms
    rows: list[dict[str, Any]] = []
    for begin in range(0, len(words), _PART):
        part = words[begin : begin + _PART]
        # Codebooks are in simplified characters, and so is what keywords are compared with.
        matched = list(map(matched_form, part))
        scores = CategoryScores.of(matched, ground, passages.of_forms(matched))
        selective = correct(scores)
        rows += [
            _row(word, match, scores, row, selective[row])
            for row, (word, match) in enumerate(zip(part, normalise(matched, terms), strict=True))
        ]
    return schema.PLACEMENTS.frame(rows)


@dataclass(frozen=True)
class _Simplified:
    """Passages in simplified characters; a word that stands in both scripts has those of both."""

    contexts: Mapping[str, Sequence[str]]
    words: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, contexts: Mapping[str, Sequence[str]]) -> _Simplified:
        words: dict[str, list[str]] = {}
        for word in contexts:
            words.setdefault(matched_form(word), []).append(word)
        return cls(contexts, words)

    def of_forms(self, forms: Sequence[str]) -> dict[str, list[str]]:
        """Return the passages of each of some simplified words that stands anywhere."""
        return {
            form: [matched_form(text) for word in self.words[form] for text in self.contexts[word]]
            for form in forms
            if form in self.words
        }


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


_TEXTS = (
    "open", "axial", "selective", "method", "alternatives", "axial_alternatives", "selective_alternatives"
)  # fmt: skip


def _nowhere(word: str, book: Codebook) -> dict[str, Any]:
    numbers = {"score": 0.0, "selective_score": 0.0, "nearness": 0.0}
    status = {"status": UNPLACED, "selective_status": UNPLACED}
    return {"codebook": book.label, "keyword": word, **dict.fromkeys(_TEXTS, ""), **numbers, **status}


def _row(word: str, match: Match, scores: CategoryScores, at: int, selective: Matrix) -> dict[str, Any]:
    ground = scores.ground
    names = ground.categories("selective")
    order = sorted(range(len(names)), key=lambda row: (-selective[row], row))
    first = names[order[0]]
    margin = float(selective[order[0]] - selective[order[1]]) if len(order) > 1 else 0.0
    heard, near = bool(scores.passages.heard[at]), float(scores.nearness[at])
    row = _nowhere(word, ground.book) | {
        "score": match.score,
        "selective_score": margin,
        "nearness": near,
        "alternatives": _listed(match.ranked),
        "axial_alternatives": _axial(scores.axial[at], match, ground),
        "selective_alternatives": _listed([(names[one], selective[one]) for one in order[:_SHOWN]]),
    }
    telling = heard and len(names) >= _FEWEST
    if match.sure:
        agreed = margin >= MARGIN and ground.book.chain(match.code)[0] == first
        if agreed or not telling or match.method == "exact":
            return row | _chain(match.code, ground) | _status(PLACED, PLACED) | {"method": match.method}
        suggested = _chain(match.code, ground) | {"selective": first, "method": match.method}
        return row | suggested | _status(SUGGESTED, SUGGESTED)
    if heard and near < FAR and match.score < CLOSE:
        return row
    certain = telling and near >= NEAR and margin >= MARGIN and len(word) >= _SHORTEST
    return row | _suggested(match, first, ground, certain=certain, heard=heard)


def _suggested(
    match: Match, first: str, ground: CodebookIndex, *, certain: bool, heard: bool
) -> dict[str, Any]:
    """Return what is suggested of a keyword that is no code's: the first category, the code most alike."""
    inside = [code for code, _ in match.ranked if not certain or ground.book.chain(code)[0] == first]
    selective = PLACED if certain else SUGGESTED
    if match.score < FAINT or not inside:
        return {"selective": first, "selective_status": selective} if heard else {}
    chain = _chain(inside[0], ground) | {"selective": first}
    return chain | _status(SUGGESTED, selective) | {
        "method": "similarity", "score": dict(match.ranked)[inside[0]]
    }  # fmt: skip


def _status(open_: str, selective: str) -> dict[str, str]:
    return {"status": open_, "selective_status": selective}


def _chain(code: str, ground: CodebookIndex) -> dict[str, str]:
    return dict(zip(("selective", "axial", "open"), ground.book.chain(code), strict=True))


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
