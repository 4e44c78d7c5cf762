"""Which decision holds for a word in a document, and where merges lead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casemine.errors import StudyError
from casemine.review.decision_words import ADD, GENERIC, MERGE, OUT
from casemine.review.words.columns import WordState
from casemine.review.words.decisions import WordDecisions
from casemine.terms import CORPUS

# Word -> what was decided about it, within one document or for the corpus.
Scope = Mapping[str, WordState]


def scopes(decisions: WordDecisions, coder: str) -> dict[str, dict[str, WordState]]:
    """Return, by `*` and document, the decisions of `coder` that hold there: a document's own win."""
    own: dict[str, dict[str, WordState]] = {CORPUS: {}}
    for key, state in decisions.items():
        if key.coder == coder and state.decision:
            # What is generic says nothing in any document, wherever somebody saw it.
            doc_id = CORPUS if state.decision == GENERIC else key.doc_id
            own.setdefault(doc_id, {})[key.word] = state
    return {doc_id: {**own[CORPUS], **words} for doc_id, words in own.items()}


def circle(word: str, scope: Scope) -> tuple[str, ...]:
    """Return the words that merge into one another when `word` is one of them, else nothing."""
    path = [word]
    while (state := scope.get(path[-1])) and state.decision == MERGE:
        if state.standard == word:
            return tuple(path)
        if state.standard in path:
            return ()
        path.append(state.standard)
    return ()


def term(word: str, scope: Scope) -> str:
    """Return the term that `word` stands for, merges followed to their end; empty when it is dropped.

    Raises `StudyError` when merges go in a circle.
    """
    seen = [word]
    while state := scope.get(seen[-1]):
        if state.decision in OUT:
            return ""
        if state.decision != MERGE:
            break
        if state.standard in seen:
            around = " -> ".join([*seen[seen.index(state.standard) :], state.standard])
            raise StudyError(f"these merge in a circle: {around}.", place="decisions.csv")
        seen.append(state.standard)
    return seen[-1]


def variants(scope: Scope) -> dict[str, set[str]]:
    """Return term -> the words that merge into it, itself among them; words dropped are no one's."""
    merging: dict[str, set[str]] = {}
    for word, state in scope.items():
        if state.decision == MERGE and (into := term(word, scope)):
            merging.setdefault(into, {into}).update((word, state.standard))
    return merging


def added(scope: Scope) -> Iterator[tuple[str, WordState]]:
    """Yield the words added by hand, sorted."""
    return ((word, state) for word, state in sorted(scope.items()) if state.decision == ADD)
