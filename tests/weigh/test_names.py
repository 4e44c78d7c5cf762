from casemine.segment import Segmenter
from casemine.weigh.lexicon import Settings
from casemine.weigh.names import person_names
from casemine.weigh.reading import read


def names(text: str) -> list[str]:
    reading = read([text], Settings(Segmenter(), {}, frozenset(), frozenset()))
    starts, ends = person_names(reading.words, reading.begins, reading.documents, reading.spans)
    return [text[start:end] for start, end in zip(reading.begins[starts], reading.begins[ends], strict=True)]


def test_a_role_before_shows_a_name_and_then_it_is_known_everywhere():
    assert names("村支书孟辛垚召集大家开会。孟辛垚很高兴。") == ["孟辛垚", "孟辛垚"]


def test_a_verb_of_speech_after_shows_a_name():
    assert names("谭垚桓说，今年收成不错。") == ["谭垚桓"]


def test_without_a_sign_there_is_no_name():
    assert names("这里的石垚桓很多。") == []
    assert names("村民高收入") == []
