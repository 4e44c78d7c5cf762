"""Tables of codes: by group, together with one another, the coding table, two codebooks side by side.

Codings name open codes; `at_levels` lifts them to every level of a codebook. A document has a code when
one of its sentences has it, or one of its keywords: both are counted, the documents with the code and
those of them that have it among their keywords. A quotation is a sentence, counted once for each code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casemine.errors import StudyError
from casemine.lexicon.matching import WordMatcher, distinct
from casemine.schema import BY_GROUP, CODEBOOKS, CODING_TABLE, COOCCURRENCE, OPEN_CODING
from casemine.terms import FROM, KEYWORD, LEVELS, NO_GROUP, PROGRAM, groups_in_order

TOTAL = "合计"
_SENTENCE = ["doc_id", "start", "end"]


def at_levels(codings: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Lift codings to every level: level, code, doc_id, start, end, keyword, from, occurrences.

    `codings` are those of one codebook, `codes` its table (code, level, parent). `occurrences` are the
    distinct spans of the keyword in the sentence, the longest keyword of the sentence first; a keyword
    that does not stand in its sentence counts once. Raises `StudyError` when the codebook lacks a code.
    """
    parents = dict(zip(codes["code"], codes["parent"], strict=True))
    levels = dict(zip(codes["code"], codes["level"], strict=True))
    lacking = sorted(set(codings["code"]) - set(parents) - {""})
    if lacking:
        raise StudyError(
            f"the codebook lacks codes that codings name: {'、'.join(lacking)}.",
            place="codings.csv",
            advice="Give the code that took their place these names as aliases, then code the study again.",
        )
    above = [(code, levels[at], at) for code in parents for at in _upwards(code, parents)]
    lifted = _counted(codings).merge(pd.DataFrame(above, columns=["code", "level", "at"]), on="code")
    lifted = lifted.drop(columns="code").rename(columns={"at": "code"})
    columns = ["level", "code", *_SENTENCE, "keyword", FROM, "occurrences"]
    return lifted.drop_duplicates(ignore_index=True)[columns]


def _upwards(code: str, parents: Mapping[str, str]) -> list[str]:
    chain: list[str] = []
    while code in parents and code not in chain:
        chain.append(code)
        code = parents[code]
    return chain


def _counted(codings: pd.DataFrame) -> pd.DataFrame:
    """Return sentence, code, keyword and source of each coding, with the occurrences of the keyword."""
    rows = codings.loc[codings["code"] != "", [*_SENTENCE, "code", "keyword", FROM, "coder", "quote"]]
    rows = with_source(rows).drop(columns="coder")
    keys = list(rows[[*_SENTENCE, "quote"]].itertuples(index=False, name=None))
    keywords: dict[tuple[object, ...], list[str]] = {}
    for key, word in zip(keys, rows["keyword"], strict=True):
        keywords.setdefault(key, []).append(word)
    counts = {key: _spans(str(key[-1]), words) for key, words in keywords.items()}
    occurrences = [counts[key][word] for key, word in zip(keys, rows["keyword"], strict=True)]
    return rows.drop(columns="quote").assign(occurrences=occurrences)


def with_source(codings: pd.DataFrame) -> pd.DataFrame:
    """Return codings with the source of each, also of a study that an earlier version coded."""
    # Before codes were looked for in the text every coding of the program came from a keyword.
    earlier = (codings[FROM] == "") & (codings["coder"] == PROGRAM)
    return codings.assign(**{FROM: codings[FROM].mask(earlier, KEYWORD)})


def _spans(quote: str, keywords: Sequence[str]) -> dict[str, int]:
    """Return keyword -> spans in `quote` that no longer keyword has taken; 1 where it does not stand."""
    matches = list(WordMatcher(keywords).all(quote))
    standing = {word for _, word in matches}
    counts = Counter(word for _, word in distinct(matches, len(quote)))
    return {word: counts[word] if word in standing else 1 for word in keywords}


def _documents(placed: pd.DataFrame) -> pd.DataFrame:
    return placed[["level", "code", "doc_id"]].drop_duplicates()


def of_keywords(placed: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `at_levels` by which documents have a code among their keywords."""
    return placed[placed[FROM] == KEYWORD]


def _quotations(placed: pd.DataFrame) -> pd.DataFrame:
    return placed[["level", "code", *_SENTENCE]].drop_duplicates()


def by_group(placed: pd.DataFrame, codes: pd.DataFrame, groups: Mapping[str, str]) -> pd.DataFrame:
    """Return the table `BY_GROUP`: every code of the codebook by every group.

    `placed` comes from `at_levels`; `groups` names the group of every document of the study. Codes
    keep the order of the codebook within their level; groups are sorted, the unnamed one last.
    """
    named = {doc_id: group or NO_GROUP for doc_id, group in groups.items()}
    sizes = pd.Series(named, dtype="object").value_counts()
    order = groups_in_order(sizes.index)
    rows = [(level, code, group) for level, code in _in_order(codes) for group in order]
    index = pd.MultiIndex.from_tuples(rows, names=["level", "code", "group"])

    def count(of: pd.DataFrame) -> NDArray[np.int64]:
        grouped = of.assign(group=of["doc_id"].map(named)).groupby(["level", "code", "group"]).size()
        return np.asarray(grouped.reindex(index, fill_value=0), dtype=np.int64)

    table = pd.DataFrame(rows, columns=["level", "code", "group"])
    table["group_documents"] = table["group"].map(sizes).astype("int64")
    table["documents"] = count(_documents(placed))
    table["keyword_documents"] = count(_documents(of_keywords(placed)))
    table["share"] = table["documents"] / table["group_documents"]
    table["quotations"] = count(_quotations(placed))
    of_level = table.groupby(["level", "group"])["quotations"].transform("sum")
    table["quotation_share"] = table["quotations"] / of_level.clip(lower=1)
    return BY_GROUP.frame(table)


def _in_order(codes: pd.DataFrame) -> list[tuple[str, str]]:
    """Return (level, code) in the order of the codebook, open codes first."""
    return [(level, code) for level in LEVELS for code in codes.loc[codes["level"] == level, "code"]]


def group_sheets(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Lay `BY_GROUP` out as sheets, codes down, groups across: both counts, shares, quotations."""
    by_title = {}
    for level, header in LEVELS.items():
        of_level = table[table["level"] == level]
        for value in ("documents", "keyword_documents", "share", "quotations"):
            title = f"{header}{BY_GROUP.headers[value]}"
            by_title[title] = _wide(of_level, "code", "group", value, header, total=value != "share")
    return by_title


def _wide(
    frame: pd.DataFrame, rows: str, columns: str, value: str, header: str, *, total: bool
) -> pd.DataFrame:
    """Spread a long table, keeping the order in which rows and columns first appear."""
    down, across = frame[rows].unique(), frame[columns].unique()
    spread = frame.pivot(index=rows, columns=columns, values=value).reindex(index=down, columns=across)
    if total:
        spread[TOTAL] = spread.sum(axis=1)
    return spread.rename_axis(columns=None).rename_axis(header).reset_index()


@dataclass(frozen=True)
class Cooccurrence:
    """Square matrices over the same items: documents that have both, Jaccard and Ochiai coefficients.

    The diagonal of `counts` holds the documents of each item, that of the coefficients 1.
    """

    counts: pd.DataFrame
    jaccard: pd.DataFrame
    ochiai: pd.DataFrame

    def pairs(self, level: str, of_keywords: pd.DataFrame | None = None) -> pd.DataFrame:
        """Return the table `COOCCURRENCE`: pairs that share a document, by falling documents.

        `of_keywords` are the counts of documents that have both among their keywords (default: all have).
        """
        counts = self.counts.to_numpy()
        first, second = np.nonzero(np.triu(counts, 1))
        items = self.counts.index.to_numpy()
        own = self.counts if of_keywords is None else of_keywords.reindex(index=items, columns=items)
        both = own.fillna(0).to_numpy().astype(np.int64)
        pairs = pd.DataFrame({"level": level, "first": items[first], "second": items[second],
                              "documents": counts[first, second],
                              "keyword_documents": both[first, second],
                              "jaccard": self.jaccard.to_numpy()[first, second],
                              "ochiai": self.ochiai.to_numpy()[first, second]})  # fmt: skip
        order = ["documents", "jaccard", "first", "second"]
        return COOCCURRENCE.frame(pairs.sort_values(order, ascending=[False, False, True, True]))

    def sheets(self, name: str) -> dict[str, pd.DataFrame]:
        """Lay the matrices out as sheets."""
        matrices = {"共现案例数": self.counts, "Jaccard": self.jaccard, "Ochiai": self.ochiai}
        return {
            f"{name}{title}": matrix.rename_axis(name).reset_index() for title, matrix in matrices.items()
        }


def cooccurrence(having: pd.DataFrame, *, top: int | None = None) -> Cooccurrence:
    """Count how often items stand in the same documents; `having` has the columns doc_id and item.

    Items go by falling documents, then by name; `top` keeps the first so many. Jaccard (1901) is
    both / either, Ochiai (1957) both / sqrt(documents of one x documents of the other).
    """
    having = having[["doc_id", "item"]].drop_duplicates()
    sizes = having["item"].value_counts()
    items = sorted(sizes.index, key=lambda item: (-sizes[item], item))[:top]
    rows, documents = pd.factorize(having["doc_id"])
    incidence = np.zeros((len(documents), len(items)), dtype=np.float32)
    columns = pd.Index(items, dtype=object).get_indexer(having["item"].astype(object))
    incidence[rows[columns >= 0], columns[columns >= 0]] = 1
    both = (incidence.T @ incidence).astype(np.int64)
    each = both.diagonal()
    either = each[:, np.newaxis] + each[np.newaxis, :] - both
    mean = np.sqrt(np.outer(each, each).astype(float))

    def square(values: NDArray[np.generic]) -> pd.DataFrame:
        return pd.DataFrame(values, index=pd.Index(items), columns=pd.Index(items))

    return Cooccurrence(square(both), square(np.round(both / either, 4)), square(np.round(both / mean, 4)))


def coding_table(placed: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Return the table `CODING_TABLE`, in the order of the codebook, codes that nothing has among them.

    A category without members gets a row of its own, its open code empty.
    """
    documents = _documents(placed).groupby(["level", "code"]).size()
    leading = _documents(of_keywords(placed)).groupby(["level", "code"]).size()
    once = placed.drop_duplicates(["level", "code", *_SENTENCE, "keyword"])
    occurrences = once.groupby(["level", "code"])["occurrences"].sum()
    parents = dict(zip(codes["code"], codes["parent"], strict=True))
    levels = dict(zip(codes["code"], codes["level"], strict=True))
    rows = []
    for leaf in codes.loc[~codes["code"].isin(set(parents.values())), "code"]:
        chain = {levels[code]: code for code in _upwards(leaf, parents)}
        row: dict[str, object] = {}
        for level in LEVELS:
            key = (level, chain.get(level, ""))
            row |= {level: key[1], f"{level}_documents": int(documents.get(key, 0)),
                    f"{level}_keyword_documents": int(leading.get(key, 0)),
                    f"{level}_occurrences": int(occurrences.get(key, 0))}  # fmt: skip
        rows.append(row)
    return CODING_TABLE.frame(rows)


def open_coding(codings: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Return the table `OPEN_CODING`: every quotation with its concept, category and number.

    Categories are numbered in the order of the codebook, concepts by falling quotations, sentences
    by document and place; numbers do not depend on the order of the codings.
    """
    order = {code: at for at, code in enumerate(codes["code"])}
    rows = codings.loc[codings["code"] != "", [*_SENTENCE, "code", "keyword", "quote"]]
    rows = rows.drop_duplicates([*_SENTENCE, "code", "keyword"])
    size = rows.groupby(["code", "keyword"])["quote"].transform("size")
    rows = rows.assign(at=rows["code"].map(order), falling=-size)
    rows = rows.sort_values(["at", "falling", "keyword", *_SENTENCE]).reset_index(drop=True)
    category = pd.factorize(rows["code"])[0] + 1
    by_concept = rows.groupby(["at", "falling", "keyword"], sort=False)
    concept = by_concept.ngroup()
    concept = concept - concept.groupby(rows["code"]).transform("min") + 1
    sentence = by_concept.cumcount() + 1
    number = [
        f"A{first}-{two}-{three}" for first, two, three in zip(category, concept, sentence, strict=True)
    ]
    return OPEN_CODING.frame(
        rows.rename(columns={"keyword": "concept", "code": "category"}).assign(number=number)[
            OPEN_CODING.names
        ]
    )


def codebooks(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Return the table `CODEBOOKS`: codes of two codebooks that share documents of the same corpus.

    Both frames come from `at_levels`. Rows go by level, falling documents and quotations, then names.
    """
    key = ["level", "first", "second"]
    left, right = (
        placed.rename(columns={"code": name}) for placed, name in ((first, "first"), (second, "second"))
    )
    documents = _both(left, right, ["doc_id"])
    quotations = _both(left, right, _SENTENCE)
    pairs = documents.rename("documents").to_frame()
    leading = _both(of_keywords(left), of_keywords(right), ["doc_id"])
    pairs["keyword_documents"] = leading.reindex(pairs.index, fill_value=0)
    pairs["quotations"] = quotations.reindex(pairs.index, fill_value=0)
    pairs = pairs.reset_index()
    sizes = [_documents(placed).groupby(["level", "code"]).size() for placed in (first, second)]
    either = -pairs["documents"]
    for size, column in zip(sizes, key[1:], strict=True):
        either = either + size.reindex(pd.MultiIndex.from_frame(pairs[["level", column]])).to_numpy()
    pairs["jaccard"] = pairs["documents"] / either
    pairs["at"] = pairs["level"].map({level: at for at, level in enumerate(LEVELS)})
    falling = ["at", "documents", "quotations", "first", "second"]
    pairs = pairs.sort_values(falling, ascending=[True, False, False, True, True])
    return CODEBOOKS.frame(pairs[CODEBOOKS.names])


def _both(left: pd.DataFrame, right: pd.DataFrame, unit: list[str]) -> pd.Series:
    """Count the units that have a code of one and a code of the other, both of the same level."""
    left = left[["level", "first", *unit]].drop_duplicates()
    right = right[["level", "second", *unit]].drop_duplicates()
    return left.merge(right, on=["level", *unit]).groupby(["level", "first", "second"]).size()


def codebook_sheets(table: pd.DataFrame, first: str, second: str) -> dict[str, pd.DataFrame]:
    """Lay `CODEBOOKS` out as sheets, codes of the first codebook down and of the second across."""
    by_title = {}
    for level, header in LEVELS.items():
        of_level = table[table["level"] == level]
        for value in ("documents", "keyword_documents", "quotations"):
            spread = _wide(of_level, "first", "second", value, f"{first} \\ {second}", total=False)
            numbers = spread.columns[1:]
            by_title[f"{header}{CODEBOOKS.headers[value]}"] = spread.fillna(0).astype(
                dict.fromkeys(numbers, "int64")
            )
    return by_title
