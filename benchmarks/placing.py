"""How well keywords are normalised and placed in the codebook six-in-one.

    python benchmarks/placing.py [--normalise FILE] [--phrases FILE] [--corpus FILE...] [--others FILE...]

Leave-one-out needs nothing but casemine: each open code in turn is taken out of the codebook, aliases,
definition and all, and placed by what is left. `--normalise` (variant, standard) and `--phrases` (phrase,
selective) are gold lists, read here and nowhere else. `--corpus` are the documents in which the phrases
stand; without it they are placed by their form alone. `--others` are other documents, in which the codes
themselves stand: with them leave-one-out tells what would be decided alone in such texts. Every figure
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
from casemine.coding.codebook import Codebook
from casemine.coding.likeness import Meaning
from casemine.coding.normalise import Terms, normalise
from casemine.coding.placement import Ground, category_scores, place
from casemine.segment import Segmenter

BOOK = "six-in-one"
Gold = list[tuple[str, list[str]]]
Contexts = Mapping[str, Sequence[str]]


def rows(path: Path, key: str, value: str) -> Gold:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [(row[key], [one for one in row[value].split("/") if one]) for row in csv.DictReader(lines)]


def share(count: float, total: int) -> str:
    return f"{count / total:6.1%} ({count:.0f}/{total})" if total else "none"


def leave_one_out(book: Codebook, meaning: Meaning | None, *, aliases: bool) -> None:
    codes = book.at("open")
    for depth, level in ((1, "axial"), (0, "selective")):
        first = third = 0
        for code in codes:
            rest = replace(book, entries=tuple(one for one in book.entries if one.name != code.name))
            ground = Ground(Terms(rest, meaning, aliases))
            scores = category_scores([code.name], ground, level)[0]
            names = ground.categories(level)
            best = sorted(names, key=lambda name: -scores[names.index(name)])
            truth = book.chain(code.name)[depth]
            first += best[0] == truth
            third += truth in best[:3]
        chance = 1 / len(book.at(level))
        print(
            f"  leave-one-out {level:9s} first {share(first, len(codes))}, "
            f"among three {share(third, len(codes))}; chance {chance:.0%} / {3 * chance:.0%}"
        )


def decided_alone(book: Codebook, meaning: Meaning | None, contexts: Contexts, *, aliases: bool) -> None:
    """Leave-one-out again, with the contexts of the codes in other documents: what would be decided alone."""
    sure = right = 0
    for code in book.at("open"):
        rest = replace(book, entries=tuple(one for one in book.entries if one.name != code.name))
        made = place([code.name], rest, contexts, meaning, aliases=aliases).iloc[0]
        sure += made["selective_status"] == "placed"
        right += made["selective_status"] == "placed" and made["selective"] == book.chain(code.name)[0]
    total = len(book.at("open"))
    print(f"  leave-one-out selective decided alone {share(sure, total)}, right {share(right, sure)}")


def normalisation(gold: Gold, book: Codebook, meaning: Meaning | None, *, aliases: bool, wrong: bool) -> None:
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
    words: list[str], book: Codebook, meaning: Meaning | None, contexts: Contexts, aliases: bool
) -> list[list[str]]:
    """Order the selective categories: that of a code the keyword was merged into, then by score."""
    ground = Ground(Terms(book, meaning, aliases))
    names = ground.categories("selective")
    scores = category_scores(words, ground, "selective", contexts)
    found = normalise(words, ground.terms)
    own = [book.chain(match.code)[0] if match.sure else "" for match in found]
    return [
        sorted(names, key=lambda name: (name != mine, -row[names.index(name)]))
        for row, mine in zip(scores, own, strict=True)
    ]


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


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--normalise", type=Path)
    parser.add_argument("--phrases", type=Path)
    parser.add_argument("--corpus", nargs="*", default=[])
    parser.add_argument("--others", nargs="*", default=[])
    parser.add_argument("--without-vectors", action="store_true")
    parser.add_argument("--wrong", action="store_true")
    asked = parser.parse_args()
    book = coding.find(BOOK)
    table = vectors.load(resources.dictionary("vectors/work-reports.npz"))
    meaning = None if asked.without_vectors else Meaning(table, Segmenter())
    variants = rows(asked.normalise, "variant", "standard") if asked.normalise else []
    gold = rows(asked.phrases, "phrase", "selective") if asked.phrases else []
    others = ingest.read_documents(ingest.collect(asked.others)).documents if asked.others else ()
    elsewhere = evidence.contexts([code.name for code in book.at("open")], others)
    documents = ingest.read_documents(ingest.collect(asked.corpus)).documents if asked.corpus else ()
    words = [word for word, _ in gold]
    contexts = evidence.contexts(words, documents)
    print(f"{book.label}: {len(book.at('open'))} open codes, {len(book.by_alias)} aliases")
    print(f"{sum(word in contexts for word in words)} of {len(words)} phrases stand in the corpus")
    for aliases in (False, True):
        print(f"aliases {'on' if aliases else 'off'}")
        leave_one_out(book, meaning, aliases=aliases)
        if elsewhere:
            decided_alone(book, meaning, elsewhere, aliases=aliases)
        if variants:
            normalisation(variants, book, meaning, aliases=aliases, wrong=asked.wrong)
        if gold:
            made = place(words, book, contexts, meaning, aliases=aliases)
            phrases(gold, made, rank(words, book, meaning, contexts, aliases), wrong=asked.wrong)
        if variants and asked.corpus:
            strange = [word for word, truth in variants if not truth]
            around = evidence.contexts(strange, documents)
            made = place(strange, book, around, meaning, aliases=aliases)
            states = made["selective_status"].value_counts().to_dict()
            print(f"  negatives of normalise placed by their contexts: {states}")
    held = standing_in(book, [word for word, _ in [*variants, *gold]])
    print(f"gold strings in the codebook: {len(held)}")
    for word, where in held.items():
        print(f"  {word}: {where}")


if __name__ == "__main__":
    main()
