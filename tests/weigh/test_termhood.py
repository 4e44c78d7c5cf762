import numpy as np

from casemine.weigh.lexicon import Settings
from casemine.weigh.phrases import phrases_of
from casemine.weigh.reading import BETWEEN, read
from casemine.weigh.termhood import BITS, UNIT, features, papers, termhood


def odds(text: str, settings: Settings) -> dict[str, float]:
    reading = read([text], settings)
    phrases = phrases_of(reading)
    joined, begins = text + BETWEEN, reading.begins
    values = termhood(reading, phrases.index, phrases.count)
    return {
        joined[begins[at] : begins[at + count]]: value
        for at, count, value in zip(phrases.index, phrases.count, values.tolist(), strict=True)
    }


def test_a_term_is_likelier_than_a_piece_of_a_clause(plain: Settings) -> None:
    values = odds("县里推行利益联结机制。村里继续看到群众增加。", plain)
    assert values["利益联结机制"] > values["继续看到"] + 2


def test_odds_are_those_of_the_letters_wherever_they_stand(plain: Settings) -> None:
    before = odds("利益联结机制有效。", plain)["利益联结机制"]
    after = odds("全县二十个乡镇，都有利益联结机制", plain)["利益联结机制"]
    assert before == after
    assert before / UNIT == round(before / UNIT)


def test_every_phrase_has_n_grams_of_its_letters_and_words(plain: Settings) -> None:
    reading = read(["产业扶贫"], plain)
    phrases = phrases_of(reading)
    found = list(features(reading, phrases.index, phrases.count))
    seen = np.concatenate([rows for rows, _ in found])
    assert set(seen.tolist()) == set(range(len(phrases.index)))
    buckets = np.concatenate([bucket for _, bucket in found])
    assert buckets.min() >= 0 and buckets.max() < 2**BITS


def test_of_no_phrase_there_are_no_odds(plain: Settings) -> None:
    nothing = np.zeros(0, dtype=np.int64)
    assert termhood(read(["产业"], plain), nothing, nothing).tolist() == []


def test_papers_are_counted_whatever_the_letters_size() -> None:
    once = papers(["生长性能", "GIS", "gis", "ＧＩＳ", "村里继续看到群众"]).tolist()
    assert once[0] > 100 and once[1] == once[2] == once[3] > 0 and once[4] == 0
    assert papers([]).tolist() == []


def test_few_words_get_a_count_that_is_not_theirs() -> None:
    invented = [chr(0x4E00 + 7 * at % 20000) + chr(0x4E00 + 11 * at % 19997) + "喵" for at in range(5000)]
    assert (papers(invented) > 0).mean() < 0.005
