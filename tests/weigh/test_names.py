from casemine.segment import Segmenter
from casemine.weigh.lexicon import Lexicon, Settings
from casemine.weigh.names import person_names


def names(text: str) -> list[str]:
    segmenter = Segmenter()
    lexicon = Lexicon(Settings(segmenter, {}, frozenset(), frozenset()))
    words = [lexicon[piece] for piece in segmenter.cut(text)]
    return ["".join(word.text for word in words[start:end]) for start, end in person_names(words)]


def test_a_role_before_shows_a_name_and_then_it_is_known_everywhere():
    assert names("村支书孟辛垚召集大家开会。孟辛垚很高兴。") == ["孟辛垚", "孟辛垚"]


def test_a_verb_of_speech_after_shows_a_name():
    assert names("谭垚桓说，今年收成不错。") == ["谭垚桓"]


def test_without_a_sign_there_is_no_name():
    assert names("这里的石垚桓很多。") == []
    assert names("村民高收入") == []
