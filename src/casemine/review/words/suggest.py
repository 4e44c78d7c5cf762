"""What the program suggests when nothing better is handed in: drop the generic, merge near variants."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from math import sqrt
from typing import Any, NamedTuple

import pandas as pd

from casemine.lexicon.opposites import opposed
from casemine.review.decision_words import DROP, GENERIC, KEEP, MERGE
from casemine.review.words.reasons import reason_to_drop

# Cosine of character 1- and 2-grams from which a keyword is taken for a variant of a more frequent one:
# when it holds the other's characters in their order (易地扶贫搬迁, 易地搬迁), and when it does not.
HOLDING = 0.61
NEAR = 0.75
# Two-character words share a character with too many others.
_SHORTEST = 3
_METHODS = {"alias": "别名", "variant": "变体", "similarity": "近似说法"}


class Suggestion(NamedTuple):
    """What to do with a keyword (keep / drop / merge), into which term, under which code, and why.

    `category` is the first selective category by its score, `alternatives` the three best with their scores.
    """

    suggestion: str
    standard: str = ""
    code: str = ""
    reason: str = ""
    category: str = ""
    alternatives: str = ""


def suggest(
    frequency: pd.DataFrame, generic: Collection[str] = (), tags: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return suggestions for the keywords of the table `schema.FREQUENCY`, in its order.

    Columns: word, suggestion, standard, code, reason. A word of `generic` is generic; one that names an
    office, a place, a person or a time, or is a slogan, is to be dropped (`tags`: word -> part of speech);
    a word that is nearly the same as a more frequent one, or holds it and little more, to be merged into
    it; the rest to be kept. A word inside a more frequent longer one is kept: it means something wider.
    Nothing is merged into what may be its opposite.
    """
    tags = tags or {}
    against = {word: reason_to_drop(word, tags.get(word, "")) for word in frequency["keyword"]}
    words = [word for word in frequency["keyword"] if word not in generic and not against[word]]
    cases = dict(zip(frequency["keyword"], frequency["documents"], strict=True))
    near = dict(_near(words))
    rows = []
    for word in frequency["keyword"]:
        if word in generic:
            advice = Suggestion(GENERIC, reason="泛化词，对本研究没有区分意义")
        elif against[word]:
            advice = Suggestion(DROP, reason=against[word])
        elif word in near:
            standard, score = near[word]
            counted = f"{cases[standard]}个案例有该词，{cases[word]}个有本词"
            advice = Suggestion(
                MERGE, standard, reason=f"{_likeness(word, standard)}（{score:.2f}）；{counted}"
            )
        else:
            advice = Suggestion(KEEP, reason=f"{cases[word]}个案例的关键词，没有更常见的近似词")
        rows.append({"word": word, **advice._asdict()})
    return pd.DataFrame(rows, columns=["word", *Suggestion._fields], dtype=object)


def suggest_codes(
    suggestions: pd.DataFrame, placements: pd.DataFrame, *, merging: bool = True
) -> pd.DataFrame:
    """Return `suggestions` with what the table `schema.PLACEMENTS` of one codebook says of the same words.

    A word placed by its code's alias, variant or likeness is to be merged into the code, one placed by
    its name kept; where the program only suggests, the best code stands as suggestion and the three best
    in the reason. A selective category that alone is placed is suggested too. A word to be dropped
    stays so unless it is placed; a word to be merged takes no mere suggestion. What may be the opposite of
    its code is not to be merged into it. Without `merging` no word is to be merged into a code: where
    nobody chose the codebook yet.
    """
    places = {str(row["keyword"]): row for row in placements.to_dict("records")}
    rows = []
    for word, advice in as_suggestions(suggestions).items():
        row = places.get(word)
        coded = _coded(word, advice, row) if row else advice
        if not merging and coded.suggestion == MERGE and coded.standard != advice.standard:
            how = advice if advice.suggestion in (DROP, GENERIC) else advice._replace(code=coded.code)
            coded = how._replace(reason=f"{advice.reason}；{coded.reason}")
        if row:
            best = str(row.get("selective_alternatives", ""))
            coded = coded._replace(category=best.split("；")[0].rpartition(" ")[0], alternatives=best)
        rows.append({"word": word, **coded._asdict()})
    return pd.DataFrame(rows, columns=["word", *Suggestion._fields], dtype=object)


def _coded(word: str, advice: Suggestion, row: Mapping[Any, Any]) -> Suggestion:
    code = str(row["open"])
    if row["status"] == "placed":
        how = f"{_METHODS.get(row['method'], row['method'])}（{row['score']:.2f}）"
        if code == word:
            return Suggestion(KEEP, code=code, reason="编码本中的编码")
        if row["method"] == "decision":
            return Suggestion(KEEP, code=code, reason="已接受的编码")
        if row["method"] == "similarity" and _holds(code, word):
            # Shorter than the code and so wider: of the code, if at all, but not the same thing.
            return Suggestion(
                KEEP, code=code, reason=f"字面归入编码“{code}”（{row['score']:.2f}），但词义更宽，请核对"
            )
        if row["method"] != "alias" and opposed(word, code):
            return Suggestion(KEEP, code=code, reason=f"编码“{code}”的{how}；意思可能相反，请核对")
        return Suggestion(MERGE, code, code, f"编码“{code}”的{how}")
    if advice.suggestion != KEEP:
        return advice
    if row["status"] == "suggested":
        return advice._replace(code=code, reason=f"{advice.reason}；备选编码：{row['alternatives']}")
    if row["selective_status"] == "placed":
        category = str(row["selective"])
        reason = f"{advice.reason}；只到选择式编码“{category}”（领先{row['selective_score']:.2f}）"
        return advice._replace(code=category, reason=f"{reason}；备选轴心编码：{row['axial_alternatives']}")
    return advice._replace(reason=f"{advice.reason}；编码本中没有相近的编码")


def _likeness(word: str, standard: str) -> str:
    if standard in word:
        return f"含有“{standard}”"
    return f"依次含有“{standard}”的各字" if _holds(word, standard) else f"与“{standard}”字面相近"


def _holds(word: str, other: str) -> bool:
    """Whether `word` has the characters of `other` in their order."""
    rest = iter(word)
    return all(character in rest for character in other)


def as_suggestions(frame: pd.DataFrame) -> Mapping[str, Suggestion]:
    """Return word -> suggestion of a frame as `suggest` makes it."""
    words = frame["word"].tolist()
    fields = frame.reindex(columns=[*Suggestion._fields], fill_value="").itertuples(index=False, name=None)
    return {word: Suggestion(*map(str, cells)) for word, cells in zip(words, fields, strict=True)}


def _near(words: list[str]) -> Iterator[tuple[str, tuple[str, float]]]:
    """Yield word -> (the nearest of the words before it that is no variant itself, cosine)."""
    grams: dict[str, Counter[str]] = {}
    holding: dict[str, list[str]] = defaultdict(list)
    for word in words:
        if len(word) < _SHORTEST:
            continue
        own = Counter([*word, *_pairs(word)])
        sharing = dict.fromkeys(other for pair in _pairs(word) for other in holding[pair])
        scored = (
            (other, _cosine(own, grams[other]))
            for other in sharing
            if not _holds(other, word) and not opposed(word, other)
        )
        near = [pair for pair in scored if pair[1] >= (HOLDING if _holds(word, pair[0]) else NEAR)]
        if near:
            yield word, max(near, key=lambda pair: pair[1])
            continue
        grams[word] = own
        for pair in dict.fromkeys(_pairs(word)):
            holding[pair].append(word)


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)]


def _cosine(first: Counter[str], other: Counter[str]) -> float:
    shared = sum(count * other[gram] for gram, count in first.items())
    return shared / sqrt(sum(n * n for n in first.values()) * sum(n * n for n in other.values()))
