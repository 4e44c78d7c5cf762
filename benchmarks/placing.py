"""How well keywords are normalised and placed in the codebook six-in-one.

    python benchmarks/placing.py [--normalise FILE] [--phrases FILE] [--corpus FILE...] [--others FILE...]
                                 [--second FILE --texts FOLDER]

Leave-one-out needs nothing but casemine: each open code in turn is taken out of the codebook, aliases,
definition and all, and placed by what is left. `--normalise` (variant, standard) and `--phrases` (phrase,
selective) are gold lists, read here and nowhere else. `--corpus` are the documents in which the phrases
stand; without it they are placed by their form alone. `--others` are other documents, in which the codes
themselves stand, the keywords of the second reader and those of `--outside`, lists of keywords of which most
belong to no category. `--second` is
the list of a second reader (benchmarks/gold), whose sentences lie in the folder `--texts`. Every figure
is given with the aliases of the codebook off and on; `--wrong` lists what went wrong.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from casemine import coding, ingest, resources
from casemine.coding import evidence, vectors
from casemine.coding.category_scores import CategoryScores, category_scores
from casemine.coding.codebook import Codebook
from casemine.coding.codebook_index import CodebookIndex
from casemine.coding.likeness import Semantics
from casemine.coding.normalise import Terms, normalise
from casemine.coding.placement import place
from casemine.segment import Segmenter

BOOK = "six-in-one"
Gold = list[tuple[str, list[str]]]
Contexts = Mapping[str, Sequence[str]]
# What the second reader says of a keyword outside all categories.
NONE = "none"


def rows(path: Path, key: str, value: str) -> Gold:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [(row[key], [one for one in row[value].split("/") if one]) for row in csv.DictReader(lines)]


def share(count: float, total: int) -> str:
    return f"{count / total:6.1%} ({count:.0f}/{total})" if total else "none"


def leave_one_out(book: Codebook, meaning: Semantics | None, contexts: Contexts, *, aliases: bool) -> None:
    """Print where each open code, taken out of the codebook with its wordings, would be put by the rest."""
    codes = book.at("open")
    hits = {(level, shown): 0 for level in ("axial", "selective") for shown in (1, 3)}
    sure = right = 0
    for code in codes:
        rest = replace(book, entries=tuple(one for one in book.entries if one.name != code.name))
        ground = CodebookIndex(Terms(rest, meaning, aliases))
        scores = CategoryScores.of([code.name], ground, contexts)
        for depth, level in ((1, "axial"), (0, "selective")):
            names, row = ground.categories(level), scores.at(level)[0]
            best = sorted(names, key=lambda name: -row[names.index(name)])
            for shown in (1, 3):
                hits[level, shown] += book.chain(code.name)[depth] in best[:shown]
        made = place([code.name], rest, contexts, meaning, aliases=aliases).iloc[0]
        sure += made["selective_status"] == "placed"
        right += made["selective_status"] == "placed" and made["selective"] == book.chain(code.name)[0]
    print(f"  leave-one-out ({sum(code.name in contexts for code in codes)} of {len(codes)} have sentences)")
    for level in ("axial", "selective"):
        first, third = (share(hits[level, shown], len(codes)) for shown in (1, 3))
        chance = 1 / len(book.at(level))
        print(f"    {level:9s} first {first}, among three {third}; chance {chance:.0%} / {3 * chance:.0%}")
    print(f"    selective decided alone {share(sure, len(codes))}, right {share(right, sure)}")


def pooled(
    parts: Mapping[str, tuple[Gold, Contexts]], book: Codebook, meaning: Semantics | None, *, aliases: bool,
    wrong: bool,
) -> None:  # fmt: skip
    """Print what is decided alone over all lists: right, wrong, and placed though of no category.

    A word of no category has an empty truth. `parts` maps the name of a list to its words with their
    selective categories and to the passages they stand in.
    """
    rows = []
    for name, (gold, contexts) in parts.items():
        made = place([word for word, _ in gold], book, contexts, meaning, aliases=aliases)
        truth = dict(gold)
        for row in made.to_dict("records"):
            own = truth[row["keyword"]]
            rows.append(
                {"list": name, "word": row["keyword"], "inside": bool(own), "said": row["selective"],
                 "decided": row["selective_status"] == "placed", "right": row["selective"] in own,
                 "how": row["method"] if row["status"] == "placed" else "sentences"}
            )  # fmt: skip
    table = pd.DataFrame(rows)
    groups = {**dict(list(table.groupby("list", sort=False))), "all lists": table}
    for name, part in groups.items():
        inside, outside = part[part["inside"]], part[~part["inside"]]
        sure = inside[inside["decided"]]
        shown = share(inside["right"].sum(), len(inside))
        ways = ", ".join(
            f"{how} {own['right'].sum()}/{len(own)}" for how, own in sure.groupby("how", sort=True)
        )
        print(
            f"  {name}: decided alone {share(len(sure), len(inside))}, "
            f"right {share(sure['right'].sum(), len(sure))} ({ways}); first shown right {shown}; "
            f"of no category placed {share(outside['decided'].sum(), len(outside))}"
        )
    if wrong:
        for row in table[table["decided"] & ~table["right"]].to_dict("records"):
            kind = "decided wrongly" if row["inside"] else "of no category"
            print(f"    {row['list']}: {kind}: {row['word']} -> {row['said']} ({row['how']})")


def outside(path: Path, half: str) -> Gold:
    """Return keywords with their selective category, none where they have none; arguable ones left out."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        table = list(csv.DictReader(lines))
    kept = [row for row in table if row.get("half", half) == half and row.get("selective") != "arguable"]
    return [
        (row["keyword"], [] if row.get("selective", NONE) == NONE else [row["selective"]]) for row in kept
    ]


def normalisation(
    gold: Gold, book: Codebook, meaning: Semantics | None, *, aliases: bool, wrong: bool
) -> None:
    found = normalise([word for word, _ in gold], Terms(book, meaning, aliases))
    pairs = [(word, match, truth) for (word, truth), match in zip(gold, found, strict=True)]
    variants = [pair for pair in pairs if pair[2]]
    reachable = [pair for pair in variants if set(pair[2]) & set(book.by_name)]
    first = sum(match.code in truth for _, match, truth in variants)
    third = sum(
        any(code in truth for code, _ in match.ranked) or match.code in truth for _, match, truth in variants
    )
    merged = [pair for pair in pairs if pair[1].sure]
    right = sum(match.code in truth for _, match, truth in merged)
    print(
        f"  normalise: first {share(first, len(variants))} ({len(reachable)} have a code in the book), "
        f"among three {share(third, len(variants))}; merged alone {len(merged)}/{len(pairs)}, "
        f"right {share(right, len(merged))}; negatives merged {sum(not truth for _, _, truth in merged)}"
        f"/{len(pairs) - len(variants)}"
    )
    if wrong:
        for word, match, truth in merged:
            if match.code not in truth:
                how = f"{match.method} {match.score:.2f}"
                print(f"    merged wrongly: {word} -> {match.code} ({how}), gold {truth}")


def phrases(gold: Gold, made: pd.DataFrame, ranked: Sequence[Sequence[str]], *, wrong: bool) -> None:
    truth = {word: names[0] for word, names in gold}
    sure = made[made["selective_status"] == "placed"]
    right = sum(truth[word] == name for word, name in zip(sure["keyword"], sure["selective"], strict=True))
    first = sum(best[0] == truth[word] for word, best in zip(made["keyword"], ranked, strict=True))
    third = sum(truth[word] in best[:3] for word, best in zip(made["keyword"], ranked, strict=True))
    print(
        f"  selective of phrases: first {share(first, len(made))}, among three {share(third, len(made))}; "
        f"decided alone {share(len(sure), len(made))}, right {share(right, len(sure))}"
    )
    if wrong:
        for row in sure.to_dict("records"):
            own = truth[row["keyword"]]
            if own != row["selective"]:
                print(f"    decided wrongly: {row['keyword']} -> {row['selective']}, gold {own}")


def rank(
    words: list[str], book: Codebook, meaning: Semantics | None, contexts: Contexts, aliases: bool
) -> list[list[str]]:
    """Order the selective categories: that of a code the keyword was merged into, then by score."""
    ground = CodebookIndex(Terms(book, meaning, aliases))
    names = ground.categories("selective")
    scores = category_scores(words, ground, "selective", contexts)
    found = normalise(words, ground.terms)
    own = [book.chain(match.code)[0] if match.sure else "" for match in found]
    return [
        sorted(names, key=lambda name: (name != mine, -row[names.index(name)]))
        for row, mine in zip(scores, own, strict=True)
    ]


def second_reader(path: Path, texts: Path) -> pd.DataFrame:
    """Return the rows of the second reader, with the sentence that each points to in `texts`."""
    gold = pd.read_csv(path, encoding="utf-8", keep_default_na=False)
    absent = [name for name in sorted(set(gold["doc"])) if not (texts / name).is_file()]
    if absent:
        raise SystemExit(f"{texts}: has no {absent[0]}: --texts names the folder that the list points into")
    # Not read as text: that would count a line end of two characters as one.
    whole = {name: (texts / name).read_bytes().decode("utf-8") for name in sorted(set(gold["doc"]))}
    places = zip(gold["doc"], gold["start"], gold["end"], strict=True)
    gold["sentence"] = [whole[doc][start:end] for doc, start, end in places]
    lost = [word for word, said in zip(gold["keyword"], gold["sentence"], strict=True) if word not in said]
    if lost:
        raise SystemExit(f"{path}: not in the sentence it points to: {', '.join(lost)}; other texts?")
    return gold


def second(
    gold: pd.DataFrame, made: pd.DataFrame, ranked: Sequence[Sequence[str]], *, name: str, wrong: bool
) -> None:
    """Print placing on one part of the second reader's list; a keyword outside is right when undecided."""
    inside = gold["selective"] != NONE
    sure = (made["selective_status"] == "placed").to_numpy()
    right = sure & (made["selective"].to_numpy() == gold["selective"].to_numpy())
    best = [(truth, order[:3]) for truth, order in zip(gold["selective"], ranked, strict=True)]
    first = sum(truth == order[0] for truth, order in best)
    third = sum(truth in order for truth, order in best)
    total, decided = inside.sum(), (sure & inside).sum()
    print(
        f"  second reader, {name}: first {share(first, total)}, among three {share(third, total)}; "
        f"decided alone {share(decided, total)}, right {share(right.sum(), decided)}; "
        f"outside left undecided {share((~sure & ~inside).sum(), (~inside).sum())}; "
        f"of all decided right {share(right.sum(), sure.sum())}"
    )
    if wrong:
        columns = (gold["keyword"], made["selective"], gold["selective"], gold["confidence"])
        for at, (word, said, truth, how) in enumerate(zip(*columns, strict=True)):
            if sure[at] and not right[at]:
                print(f"    decided wrongly: {word} -> {said}, gold {truth} ({how})")


def second_reading(
    gold: pd.DataFrame, texts: Path, book: Codebook, meaning: Semantics | None, *, aliases: bool, wrong: bool
) -> None:
    """Place the second reader's keywords by the reader's sentence, then by all of the documents named."""
    words = list(gold["keyword"])
    documents = ingest.read_documents(
        ingest.collect([str(texts / name) for name in sorted(set(gold["doc"]))])
    ).documents
    own = {word: [said] for word, said in zip(words, gold["sentence"], strict=True)}
    certain = (gold["confidence"] == "sure").to_numpy()
    for name, around in (("its sentence", own), ("its documents", evidence.contexts(words, documents))):
        made = place(words, book, around, meaning, aliases=aliases)
        ranked = rank(words, book, meaning, around, aliases)
        second(gold, made, ranked, name=f"by {name}", wrong=wrong)
        kept = [order for order, keep in zip(ranked, certain, strict=True) if keep]
        second(gold[certain], made[certain], kept, name=f"by {name}, where sure", wrong=False)


def standing_in(book: Codebook, words: Sequence[str]) -> dict[str, str]:
    """Return the gold strings that the codebook holds, and where."""
    known = {alias: f"alias of {code}" for alias, code in book.by_alias.items()}
    known |= dict.fromkeys(book.by_name, "a code")
    said = "\n".join(code.definition + code.include + code.example for code in book.entries)
    return {
        word: known.get(word) or "in a definition or example"
        for word in words
        if word in known or word in said
    }


def pooled_lists(
    asked: argparse.Namespace, book: Codebook, variants: Gold, gold: Gold, reader: pd.DataFrame | None
) -> dict[str, tuple[Gold, Contexts]]:
    """Return every list there is as words with selective categories, and the passages the words stand in."""
    papers = ingest.read_documents(ingest.collect(asked.corpus)).documents if asked.corpus else ()
    field = ingest.read_documents(ingest.collect(asked.others)).documents if asked.others else ()
    chosen: dict[str, tuple[Gold, object]] = {}
    if variants:
        known = [(word, [code for code in codes if code in book.by_name], codes) for word, codes in variants]
        tops = [
            (word, [book.chain(code)[0] for code in own]) for word, own, codes in known if own or not codes
        ]
        chosen["variants"] = (tops, papers)
    if gold:
        chosen["phrases"] = (gold, papers)
    if reader is not None:
        said = zip(reader["keyword"], reader["selective"], strict=True)
        chosen["second reader"] = ([(word, [] if own == NONE else [own]) for word, own in said], field)
    for number, path in enumerate(asked.outside, start=1):
        with path.open(encoding="utf-8-sig") as lines:
            halves = ("dev", "test", "kept") if "half" in lines.readline() else ("",)
        for half in halves:
            chosen[f"list {number} {half}".strip()] = (outside(path, half), field)
    return {
        name: (words, evidence.contexts([word for word, _ in words], texts))
        for name, (words, texts) in chosen.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--normalise", type=Path)
    parser.add_argument("--phrases", type=Path)
    parser.add_argument("--corpus", nargs="*", default=[])
    parser.add_argument("--others", nargs="*", default=[])
    parser.add_argument("--outside", nargs="*", type=Path, default=[])
    parser.add_argument("--second", type=Path)
    parser.add_argument("--texts", type=Path, default=Path())
    parser.add_argument("--without-vectors", action="store_true")
    parser.add_argument("--wrong", action="store_true")
    asked = parser.parse_args()
    book = coding.find(BOOK)
    table = vectors.load(resources.dictionary("vectors/work-reports.npz"))
    meaning = None if asked.without_vectors else Semantics(table, Segmenter())
    variants = rows(asked.normalise, "variant", "standard") if asked.normalise else []
    gold = rows(asked.phrases, "phrase", "selective") if asked.phrases else []
    reader = second_reader(asked.second, asked.texts) if asked.second else None
    others = ingest.read_documents(ingest.collect(asked.others)).documents if asked.others else ()
    elsewhere = evidence.contexts([code.name for code in book.at("open")], others)
    documents = ingest.read_documents(ingest.collect(asked.corpus)).documents if asked.corpus else ()
    words = [word for word, _ in gold]
    contexts = evidence.contexts(words, documents)
    lists = pooled_lists(asked, book, variants, gold, reader)
    print(f"{book.label}: {len(book.at('open'))} open codes, {len(book.by_alias)} aliases")
    print(f"{sum(word in contexts for word in words)} of {len(words)} phrases stand in the corpus")
    for aliases in (False, True):
        print(f"aliases {'on' if aliases else 'off'}")
        leave_one_out(book, meaning, elsewhere, aliases=aliases)
        pooled(lists, book, meaning, aliases=aliases, wrong=asked.wrong)
        if variants:
            normalisation(variants, book, meaning, aliases=aliases, wrong=asked.wrong)
        if gold:
            made = place(words, book, contexts, meaning, aliases=aliases)
            phrases(gold, made, rank(words, book, meaning, contexts, aliases), wrong=asked.wrong)
        if reader is not None:
            second_reading(reader, asked.texts, book, meaning, aliases=aliases, wrong=asked.wrong)
        if variants and asked.corpus:
            strange = [word for word, truth in variants if not truth]
            around = evidence.contexts(strange, documents)
            made = place(strange, book, around, meaning, aliases=aliases)
            states = made["selective_status"].value_counts().to_dict()
            print(f"  negatives of normalise placed by their contexts: {states}")
    second_words = [] if reader is None else list(reader["keyword"])
    held = standing_in(book, [*(word for word, _ in [*variants, *gold]), *second_words])
    print(f"gold strings in the codebook: {len(held)}")
    for word, where in held.items():
        print(f"  {word}: {where}")


if __name__ == "__main__":
    main()
