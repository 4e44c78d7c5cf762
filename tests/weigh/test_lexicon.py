import pickle
from math import log
from typing import Any

import pytest

from casemine.segment import Segmenter
from casemine.weigh.lexicon import LATIN, OWN, PLACE, Lexicon, Settings, kept_whole


def known(settings: Settings, word: str) -> dict[str, Any]:
    lexicon = Lexicon(settings)
    (number,) = lexicon.numbers([word])
    return {field: values[number] for field, values in lexicon.words.items()}


def test_a_word_keeps_its_number_and_is_looked_up_once(plain: Settings) -> None:
    lexicon = Lexicon(plain)
    assert lexicon.numbers(["产业", "的", "产业"]).tolist() == [0, 1, 0]
    assert len(lexicon.words["length"]) == 2
    assert lexicon.numbers(["扶贫", "的"]).tolist() == [2, 1]
    assert lexicon.words["length"].tolist() == [2, 1, 2]


def test_nouns_pass_and_particles_and_marks_do_not(plain: Settings) -> None:
    passes = {word: bool(known(plain, word)["passes"]) for word in ("产业", "扶贫", "的", "，", "和", "GIS")}
    assert passes == {"产业": True, "扶贫": True, "的": False, "，": False, "和": False, "GIS": True}


def test_stop_words_never_pass_and_generic_ones_are_flagged(plain: Settings) -> None:
    settings = Settings(plain.segmenter, {}, frozenset({"产业"}), frozenset({"工作"}))
    assert not known(settings, "产业")["passes"]
    assert known(settings, "工作")["dull"] and not known(settings, "扶贫")["dull"]


def test_whoever_listed_a_word_called_it_one(plain: Settings) -> None:
    listed = Settings(plain.segmenter, {}, frozenset(), frozenset(), listed=frozenset({"把"}))
    assert not known(plain, "把")["passes"]
    row = known(listed, "把")
    assert row["passes"] and row["listed"] and min(row["begins"], row["ends"]) >= OWN


def test_a_place_ends_a_term_badly(plain: Settings) -> None:
    assert known(plain, "云南")["ends"] == PLACE
    assert known(plain, "产业")["ends"] == 1


def test_a_common_word_surprises_less_than_a_rare_one(plain: Settings) -> None:
    common, rare, unseen = (known(plain, word) for word in ("我们", "扶贫", "呙呙"))
    assert common["most"] < rare["most"] < unseen["most"]
    assert unseen["most"] == pytest.approx(log(plain.segmenter.total / 3))
    assert (rare["least"], rare["parts"]) == (rare["most"], 1)


def test_a_word_that_was_added_is_as_common_as_its_parts() -> None:
    segmenter = Segmenter({"防贫预警": "n_new"})
    row = known(Settings(segmenter, {"防贫预警": "n_new"}, frozenset(), frozenset()), "防贫预警")
    assert row["parts"] > 1 and row["least"] <= row["most"]
    assert row["width"] == row["length"] == 4


@pytest.mark.parametrize("word", ["GIS", "K-means", "PM2.5", "3D", "1+X"])
def test_a_latin_term_is_as_wide_as_two_characters(plain: Settings, word: str) -> None:
    assert LATIN.fullmatch(word)
    assert known(plain, word)["width"] == 2


@pytest.mark.parametrize(
    ("word", "flag"),
    [
        ("村", "settlement"),
        ("12345", "called"),
        ("王", "surname"),
        ("+", "plus"),
        ("，", "mark"),
        ("3", "number"),
    ],
)
def test_flags_say_what_a_word_may_be(plain: Settings, word: str, flag: str) -> None:
    assert known(plain, word)[flag] and not known(plain, "产业")[flag]
    assert not known(plain, "2021")["called"]


def test_words_that_no_phrase_could_be_read_from_are_kept_whole(plain: Settings) -> None:
    new = {"放管服": "n_new", "自贸区": "n_new", "产业扶贫": "n_new", "屈玥": "nr_new"}
    whole = kept_whole(new, Settings(plain.segmenter, new, frozenset(), frozenset()))
    assert "放管服" in whole and whole["屈玥"] == "nr_new"
    assert "产业扶贫" not in whole
    assert kept_whole({}, plain) == {}


def test_settings_travel_without_what_was_looked_up(plain: Settings) -> None:
    plain.lexicon.numbers(["产业"])
    again = pickle.loads(pickle.dumps(plain))
    assert "lexicon" not in vars(again) and again.stop == plain.stop
    assert known(again, "产业") == known(plain, "产业")
