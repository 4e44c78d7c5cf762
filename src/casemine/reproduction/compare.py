"""The published results beside those of casemine on its own sample: rows of `REPRODUCTION`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from casemine.reproduction.published import Published
from casemine.reproduction.table import DIFFERS, SAME, UNPUBLISHED, ComparedRow, compared

_OTHER_TEXTS = "Other texts: the 117 cases were never published, the sample is our own writing."
_DEMONSTRATION = "Our own texts on the paper's facts: a demonstration, no validation."


def frequency_rows(
    printed: Published, code_documents: Mapping[str, int], documents: int
) -> list[ComparedRow]:
    """Return a row for each keyword shown: cases that have it in print, and in the sample.

    `code_documents` is open code -> documents of the sample that have it.
    """
    total, part = printed.stated["cases"], "keyword frequency"
    return [
        ComparedRow(
            part, word, f"{cases} of {total}", f"{code_documents.get(word, 0)} of {documents}", DIFFERS,
            _OTHER_TEXTS if word in printed.selective else f"No code of Table 3. {_OTHER_TEXTS}",
        )
        for word, cases in printed.cases.items()
    ]  # fmt: skip


def coding_rows(printed: Published, placements: pd.DataFrame) -> list[ComparedRow]:
    """Return a row for each open code of Table 3: its categories in print, and where casemine places it.

    `placements` is `schema.PLACEMENTS` of the published codes.
    """
    placed = placements.set_index("keyword")
    rows = []
    for code, axial, selective in printed.coding.itertuples(index=False):
        placement = placed.loc[code]
        where = (
            _path(placement["selective"], placement["axial"])
            if placement["status"] == "placed"
            else "unplaced"
        )
        rows.append(compared("coding table", code, _path(selective, axial), where))
    return rows


def _path(*codes: str) -> str:
    return " > ".join(codes)


def framework_rows(printed: Published, codes: pd.DataFrame) -> list[ComparedRow]:
    """Return a row for each selective category: its role in print, and in the codebook `codes`."""
    roles = dict(zip(codes["code"], codes["role"], strict=True))
    return [
        compared("framework", category, role, roles.get(category, ""))
        for category, role in printed.roles.items()
    ]


def new_word_rows(printed: Published, new_words: pd.DataFrame, known: Mapping[str, str]) -> list[ComparedRow]:
    """Return a row for each new word of Table 2 beside the sample's Jiangxi report.

    `new_words` is `schema.NEW_WORDS` of that report alone; `known` says of a word why it can be none.
    """
    words = {row["word"]: row for row in new_words.to_dict("records")}
    rows = []
    for word, pos, weight, frequency in printed.new_words.itertuples(index=False):
        own = words.get(word)
        computed = f"{own['pos']} {own['weight']:.2f} / {own['frequency']}" if own else "not found"
        why = _OTHER_TEXTS if own else f"{known.get(word, 'Not in the text often enough.')} {_OTHER_TEXTS}"
        rows.append(
            ComparedRow("new words of Jiangxi", word, f"{pos} {weight} / {frequency}", computed, DIFFERS, why)
        )
    return rows


def leading_category(placed: pd.DataFrame) -> dict[str, str]:
    """Return doc_id -> the selective category that most of its quotations have.

    `placed` comes from `crosstab.at_levels`. Of two with equally many quotations the one with more
    keywords leads, then the one whose name comes first.
    """
    selective = placed[placed["level"] == "selective"]
    leading: dict[str, str] = {}
    for doc_id, own in selective.groupby("doc_id"):
        ranked = sorted(
            (
                (-len(rows[["start", "end"]].drop_duplicates()), -rows["keyword"].nunique(), str(code))
                for code, rows in own.groupby("code")
            ),
        )
        leading[str(doc_id)] = ranked[0][2]
    return leading


def place_rows(printed: Published, leading: Mapping[str, str]) -> list[ComparedRow]:
    """Return a row for each place described: its category in print, and the leading one of its sample.

    A last row counts those that agree, with Cohen's kappa (Cohen 1960).
    """
    part, rows = "places", []
    for place in printed.places.to_dict("records"):
        name = f"{place['region']} {place['place']}".rstrip()
        computed = leading.get(place["sample"], "no code")
        row = compared(part, name, place["selective"], computed, _DEMONSTRATION)
        rows.append(row._replace(why=row.why if place["place"] else "The paper names no case there."))
    described = [row for row, place in zip(rows, printed.places["place"], strict=True) if place]
    return [*rows, _agreement(part, described)]


def _agreement(part: str, described: Sequence[ComparedRow]) -> ComparedRow:
    from sklearn.metrics import cohen_kappa_score

    same = sum(row.verdict == SAME for row in described)
    kappa = cohen_kappa_score([row.published for row in described], [row.computed for row in described])
    computed = f"{same} of {len(described)} agree, Cohen's kappa {kappa:.2f}"
    return ComparedRow(part, "all places described", "", computed, UNPUBLISHED, _DEMONSTRATION)


def region_rows(
    printed: Published, leading: Mapping[str, str], regions: Mapping[str, str]
) -> list[ComparedRow]:
    """Return a row for each selective category: the regions that follow it in print, and in the sample.

    `regions` is doc_id -> region, of every document of the sample.
    """
    rows = []
    filed = set(printed.places["region"])
    for category in printed.roles:
        there = set(printed.places.loc[printed.places["selective"] == category, "region"])
        here = {regions[doc_id] for doc_id, code in leading.items() if code == category}
        reasons = {
            "in print alone": there - here,
            "here alone": (here - there) & filed,
            "here, and in print under no category": here - filed,
        }
        why = "; ".join(f"{said}: {_listed(names)}" for said, names in reasons.items() if names)
        row = compared("regions by category", category, _listed(there), _listed(here))
        rows.append(row._replace(why=f"{why}. {_DEMONSTRATION}" if why else ""))
    return rows


def _listed(regions: Collection[str]) -> str:
    return "、".join(sorted(regions))


def share_rows(printed: Published, coding_table: pd.DataFrame, documents: int) -> list[ComparedRow]:
    """Return a row for each selective and axial category: the share of the sample's cases that have it.

    The paper gives no shares. Beside them stands, in brackets, the share of the 117 cases' printed keyword
    mentions that fall to its codes. `coding_table` is `schema.CODING_TABLE` of the sample.
    """
    rows = []
    columns = {"selective": "selective_category", "axial": "axial_category"}
    for level, column in columns.items():
        category = dict(zip(printed.coding["open_code"], printed.coding[column], strict=True))
        mentions = pd.Series(printed.cases).groupby(category).sum()
        having = coding_table.drop_duplicates(level).set_index(level)[f"{level}_documents"]
        for name in dict.fromkeys(category.values()):
            share = mentions.get(name, 0) / sum(printed.cases.values())
            computed = f"{having[name]} of {documents} cases ({having[name] / documents:.0%})"
            why = f"In brackets: share of the mentions shown. {_OTHER_TEXTS}"
            rows.append(ComparedRow(f"{level} shares", name, f"({share:.0%})", computed, UNPUBLISHED, why))
    return rows


def keyword_list(frequency: Mapping[str, int]) -> str:
    """Write keywords in the study's form, 扶贫产业/23,防贫预警/18, by falling frequency."""
    ranked = sorted(frequency.items(), key=lambda item: -item[1])
    return ",".join(f"{word}/{count}" for word, count in ranked)
