from casemine.weigh.lexicon import MAX_WORDS, Settings
from casemine.weigh.phrases import MAX_CHARACTERS, Phrases, phrases_of
from casemine.weigh.reading import BETWEEN, read
from casemine.weigh.spans import names_of

TEXT = "扶贫产业带动增收，扶贫产业见效。产业扶贫的收入。"


def shown(texts: list[str], settings: Settings) -> tuple[Phrases, list[str]]:
    reading = read(texts, settings)
    phrases = phrases_of(reading)
    joined = "".join(text + BETWEEN for text in texts)
    begins = reading.begins
    return phrases, [
        joined[begins[at] : begins[at + count]]
        for at, count in zip(phrases.index, phrases.count, strict=True)
    ]


def test_every_phrase_is_counted_as_it_stands(plain: Settings) -> None:
    phrases, words = shown([TEXT], plain)
    counted = dict(zip(words, phrases.frequency.tolist(), strict=True))
    assert counted["扶贫"] == 3 and counted["产业"] == 3
    assert counted["扶贫产业"] == 2 and counted["产业扶贫"] == 1
    assert len(words) == len(set(words))
    assert phrases.names.tolist() == names_of(words).tolist()


def test_no_phrase_passes_over_a_mark_or_a_particle(plain: Settings) -> None:
    _, words = shown([TEXT], plain)
    assert all("，" not in word and "。" not in word for word in words)
    assert "扶贫的收入" not in words


def test_what_holds_a_phrase_most_often_is_its_holder(plain: Settings) -> None:
    phrases, words = shown([TEXT], plain)
    at = words.index("产业")
    assert words[phrases.holder[at]] == "扶贫产业"
    assert (phrases.nested[at], phrases.frequency[at]) == (2, 3)
    longest = max(range(len(words)), key=lambda at: len(words[at]))
    assert phrases.nested[longest] == 0 and phrases.holder[longest] == longest


def test_the_same_phrase_in_two_texts_is_two(plain: Settings) -> None:
    phrases, words = shown(["扶贫产业。", "扶贫产业。"], plain)
    twice = [at for at, word in enumerate(words) if word == "扶贫产业"]
    assert len(twice) == 2
    assert len(set(phrases.names[twice].tolist())) == 1 and len(set(phrases.keys[twice].tolist())) == 2


def test_phrases_are_bounded_and_in_the_order_of_their_first_places(plain: Settings) -> None:
    phrases, words = shown(["特色产业发展资金管理办法实施细则" * 3], plain)
    assert phrases.count.max() == MAX_WORDS + 1
    assert max(map(len, words)) <= MAX_CHARACTERS and min(map(len, words)) > 1
    assert (phrases.index == sorted(phrases.index)).all() and (phrases.last >= phrases.index).all()


def test_of_a_text_without_words_there_is_no_phrase(plain: Settings) -> None:
    assert shown(["，。"], plain)[1] == []
