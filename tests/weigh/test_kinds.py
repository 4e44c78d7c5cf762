import pytest

from casemine.document import Document
from casemine.segment import Segmenter
from casemine.weigh.kinds import KINDS, LIKELY, TERM, Kinds

NOWHERE = Document("a.txt", "")


@pytest.fixture(scope="module")
def kinds() -> Kinds:
    return Kinds(Segmenter())


@pytest.mark.parametrize(
    ("word", "tag", "kind"),
    [
        ("屈玥", "nr_new", "person"),
        ("王书记", "n_new", "person"),
        ("青岭", "ns_new", "place"),
        ("云南", "ns", "place"),
        ("大石桥村", "n_new", "place"),
        ("县委", "nt_new", "body"),
        ("养蜂合作社", "nt_new", TERM),
        ("新征程", "n", "series"),
        ("带领群众", "n_new", "clause"),
        ("做好了", "n_new", "clause"),
        ("利益联结机制", "n_new", TERM),
        ("扶贫车间", "n_new", TERM),
    ],
)
def test_what_kind_a_word_is(kinds: Kinds, word: str, tag: str, kind: str) -> None:
    assert kinds.of(word, tag, NOWHERE) == kind
    assert kind == TERM or kind in KINDS


def test_a_listed_word_is_a_term_and_a_generic_one_generic() -> None:
    told = Kinds(Segmenter(), listed=frozenset({"新征程"}), generic=frozenset({"扶贫车间"}))
    assert told.of("新征程", "n", NOWHERE) == TERM
    assert told.of("扶贫车间", "n_new", NOWHERE) == "generic"


def test_good_odds_make_a_term_of_a_clause_piece_but_not_of_a_person(kinds: Kinds) -> None:
    assert kinds.of("带领群众", "n_new", NOWHERE, termhood=LIKELY) == TERM
    assert kinds.of("屈玥", "nr_new", NOWHERE, termhood=LIKELY) == "person"


def test_what_stands_in_the_title_alone_is_a_series(kinds: Kinds) -> None:
    word = "特色产业发展资金"
    assert kinds.of(word, "n_new", NOWHERE) == TERM
    assert kinds.of(word, "n_new", NOWHERE, in_title_alone=True) == "series"


def test_what_stands_beside_it_shows_a_person(kinds: Kinds) -> None:
    shown = Document("a.txt", "村支书石垚说，今年收成不错。")
    assert kinds.of("石垚", "n_new", shown) == "person"
    assert kinds.of("石垚", "n_new", Document("a.txt", "石垚很多。")) != "person"
