"""What adds up in print and what does not, worked out from the published tables alone."""

from __future__ import annotations

from difflib import get_close_matches

from casemine.reproduction.published import JOIN, Published
from casemine.reproduction.table import DIFFERS, SAME, ComparedRow, compared

PART = "in print"
# The mainland's provinces, regions and municipalities; the corps (兵团) is the 32nd unit that reported.
_PROVINCIAL_UNITS = 31


def print_rows(printed: Published) -> list[ComparedRow]:
    """Return the rows of `REPRODUCTION` that hold the paper against itself."""
    return [
        *_counts(printed),
        *_outside_table_3(printed),
        *_named_in_the_text(printed),
        *_jiangxi(printed),
        *_claims(printed),
        *_counties(printed),
        *_places(printed),
    ]


def _counts(printed: Published) -> list[ComparedRow]:
    shown, codes = sum(printed.cases.values()), printed.coding["open_code"].nunique()
    silent = set(printed.coding["open_code"]) - set(printed.cases)
    total = printed.stated["case keywords"]
    return [
        compared(
            PART,
            "units that reported",
            f"{printed.stated['provincial units']} and the corps",
            f"{_PROVINCIAL_UNITS} and the corps",
            "32 is right with the corps counted in; 32省市自治区和新疆生产建设兵团 counts it twice.",
        ),
        compared(
            PART,
            "core keywords, open codes of Table 3",
            printed.stated["core keywords"],
            codes,
            "Table 3 lists one code fewer than the text says; which one is missing is not known.",
        ),
        compared(
            PART,
            "case keywords, sum of the frequencies shown",
            total,
            shown,
            f"Only the {len(printed.cases)} most frequent are shown; {int(total) - shown} mentions "
            f"are left, and {len(silent)} codes of Table 3 have no printed frequency.",
        ),
    ]


def _outside_table_3(printed: Published) -> list[ComparedRow]:
    """Return a row for each keyword shown that Table 3 does not hold as it is written."""
    codes, rows = list(printed.coding["open_code"]), []
    for keyword in (word for word in printed.cases if word not in codes):
        (near,) = get_close_matches(keyword, codes, n=1, cutoff=0.6) or ("",)
        wording = f"Table 3 writes {near}." if near else "In no category of Table 3."
        item = f"{keyword}/{printed.cases[keyword]} in Table 3"
        rows.append(ComparedRow(PART, item, keyword, near or "nowhere", DIFFERS, wording))
    return rows


def _named_in_the_text(printed: Published) -> list[ComparedRow]:
    """Return a row for each keyword the text names that is neither shown nor a code."""
    known = {*printed.cases, *printed.coding["open_code"]}
    return [
        ComparedRow(PART, f"{word}, named as a keyword", word, "nowhere", DIFFERS,
            "Neither among the keywords shown nor in Table 3; the text keeps words not yet normalised.")
        for word in printed.words("keywords the text names")
        if word not in known
    ]  # fmt: skip


def _jiangxi(printed: Published) -> list[ComparedRow]:
    """Return what the stated rule (drop empty words, keep the three heaviest) makes of Table 2."""
    dropped = printed.words("Jiangxi: dropped as without meaning")
    table = printed.new_words.assign(weight=printed.new_words["weight"].astype(float))
    kept = table[~table["word"].isin(dropped)].sort_values("weight", ascending=False, kind="stable")
    chosen = printed.words("Jiangxi: the three heaviest kept")
    added = printed.words("Jiangxi: added by reading")
    return [
        compared(
            PART,
            "Jiangxi: the three heaviest new words",
            JOIN.join(chosen),
            JOIN.join(kept["word"].head(3)),
            "By the weights of Table 2 the third place is another word's; the reason is not given.",
        ),
        compared(
            PART,
            "Jiangxi: the final keywords",
            printed.stated["Jiangxi: final keywords"],
            JOIN.join([*chosen, *added]),
            "Added as 乡村振兴, listed as 衔接乡村振兴; in Table 3 it is 乡村振兴衔接.",
        ),
    ]


def _claims(printed: Published) -> list[ComparedRow]:
    cases = printed.cases
    ahead = printed.stated["ahead of 兜底保障"]
    return [
        compared(PART, "the most frequent keyword", printed.stated["the first in attention"],
                 max(cases, key=lambda word: cases[word])),
        ComparedRow(PART, f"{ahead} ahead of 兜底保障", "ahead", f"{cases[ahead]} to {cases['兜底保障']}",
            SAME if cases[ahead] > cases["兜底保障"] else DIFFERS),
    ]  # fmt: skip


def _counties(printed: Published) -> list[ComparedRow]:
    """Return a row for each year of Table 1: counties lifted / counties, in per cent."""
    return [
        compared(PART, f"Table 1: share of counties lifted, {row['year']}", row["share"],
                 f"{100 * int(row['lifted']) / int(row['counties']):.1f}",
                 f"{row['lifted']} / {row['counties']}, rounded.")
        for row in printed.counties.to_dict("records")
    ]  # fmt: skip


def _places(printed: Published) -> list[ComparedRow]:
    places = printed.places
    return [
        ComparedRow(PART, "固原, a place in 宁夏", "福建", "宁夏", DIFFERS,
            "Filed under 福建, which reported it: 福建农林大学 helped there."),
        ComparedRow(PART, "凌源, a city", "凌源县", "凌源市", DIFFERS, "A city at county level since 1991."),
        ComparedRow(PART, "places described, regions filed under a category",
            "", f"{(places['place'] != '').sum()} places, {places['region'].nunique()} regions", SAME,
            "陕西、湖北、云南 are named without a case; the other regions are filed under no category."),
    ]  # fmt: skip
