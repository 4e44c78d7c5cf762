from __future__ import annotations

from random import Random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemine.discover import NewWordDiscoverer, scores
from casemine.discover.candidates import candidates
from casemine.discover.discoverer import Index, count_words, least_count
from casemine.discover.grammar import function_words
from casemine.discover.scores import weigh
from casemine.parallel import beside, workers
from casemine.schema import NEW_WORDS
from casemine.segment import Segmenter
from discover import ngram_reference as reference

FRAMES = (
    "今年以来，{}的成效明显。",
    "各村把{}放在心上，逐户走访。",
    "县里总结了{}和转移就业两条路子；",
    "没有{}，收入就上不去，",
    "干部说：“{}是大事。”",
    "他们在田边讨论{}怎样落地。",
)
TERMS = ("扶贫车间", "利益联结机制", "志智双扶", "防止返贫")


def case(seed: int, terms: tuple[str, ...] = TERMS) -> str:
    random = Random(seed)
    lines = [random.choice(FRAMES).format(random.choice(terms)) for _ in range(60)]
    return "山村纪事\n" + "\n".join(lines)


CASES = [case(seed) for seed in range(4)]


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    return NewWordDiscoverer().fit(CASES).new_words_


@pytest.fixture(scope="module")
def evidence() -> pd.DataFrame:
    return pd.DataFrame(candidates([case(seed) for seed in range(4)], Segmenter(), 3, 10))


def test_finds_the_terms_first(found: pd.DataFrame) -> None:
    assert set(TERMS) <= set(found["word"][:6])


def test_is_the_table_of_the_schema(found: pd.DataFrame) -> None:
    assert NEW_WORDS.check(found) is found
    absorbed = found["absorbed_by"] != ""
    order = list(zip(absorbed, -found["weight"], -found["frequency"], found["word"], strict=True))
    assert order == sorted(order)
    assert found["weight"].between(0, 100).all()


def test_columns_are_those_of_the_definition(found: pd.DataFrame) -> None:
    for row in found.itertuples():
        assert row.frequency == reference.occurrences(CASES, row.word)
        assert row.documents == sum(row.word in text for text in CASES)
        assert row.cohesion == pytest.approx(reference.cohesion(CASES, row.word), abs=1e-4)
        entropies = reference.entropies(CASES, row.word)
        assert (row.left_entropy, row.right_entropy) == pytest.approx(entropies, abs=1e-4)


def test_no_word_of_the_dictionary_no_fragment_no_function_word(found: pd.DataFrame) -> None:
    segmenter = Segmenter()
    tokens = [segmenter.cut(word) for word in found["word"]]
    assert not any(word in segmenter for word in found["word"])
    assert not any(parts[0] in function_words() or parts[-1] in function_words() for parts in tokens)
    assert not {"贫车间", "扶贫车", "智双扶"} & set(found["word"])


def test_enumerators_never_appear() -> None:
    text = "\n".join(f"{number}是发展产业；" for number in "一二三") * 5
    assert not {"一是", "二是", "三是"} & set(NewWordDiscoverer().fit([text]).new_words_["word"])


def test_one_short_document() -> None:
    text = (
        "青岭县的路\n青岭县建起扶贫车间，妇女在家门口上班。扶贫车间的订单来自外地，工资按月发放。"
        "村里还讲志智双扶，办起夜校。有人问，志智双扶靠什么？靠身边的例子。"
    )
    found = NewWordDiscoverer().fit([text]).new_words_
    assert {"扶贫车间", "志智双扶"} <= set(found["word"][:5])


def test_generic_and_absorbed_words_stay_and_are_marked() -> None:
    found = NewWordDiscoverer(generic={"扶贫车间"}).fit(CASES).new_words_.set_index("word")
    assert found.loc["扶贫车间", "generic"]
    assert not found.loc["志智双扶", "generic"]
    assert found.loc["联结机制", "absorbed_by"] == "利益联结机制"


@given(st.permutations(CASES))
@settings(max_examples=5, deadline=None)
def test_the_order_of_the_texts_plays_no_part(texts: list[str]) -> None:
    assert NewWordDiscoverer().fit(texts).new_words_.to_csv() == _csv(CASES)


def test_two_workers_give_the_same_bytes() -> None:
    with workers(2) as mapper:
        found = NewWordDiscoverer(mapper=mapper).fit(CASES).new_words_
    assert found.to_csv() == _csv(CASES)


def test_another_process_that_cuts_gives_the_same_bytes() -> None:
    with beside() as another:
        found = NewWordDiscoverer(beside=another).fit(CASES).new_words_
    assert found.to_csv() == _csv(CASES)


def _csv(texts: list[str]) -> str:
    return NewWordDiscoverer().fit(texts).new_words_.to_csv()


def test_transform_of_the_corpus_is_the_corpus(found: pd.DataFrame) -> None:
    again = NewWordDiscoverer().fit(CASES).transform(CASES)
    pd.testing.assert_frame_equal(again, found, atol=1e-5)


def test_transform_of_one_case_takes_its_frequencies(found: pd.DataFrame) -> None:
    discoverer = NewWordDiscoverer().fit(CASES)
    one = discoverer.transform([CASES[0]])
    often = {word for word in found["word"] if reference.occurrences([CASES[0]], word) >= 2}
    assert set(one["word"]) == often
    corpus = found.set_index("word")
    for row in one.itertuples():
        assert row.frequency == reference.occurrences([CASES[0]], row.word)
        assert row.documents == 1
        assert row.cohesion == corpus.loc[row.word, "cohesion"]
        assert row.weight <= corpus.loc[row.word, "weight"]


def test_transform_finds_the_coinage_of_one_case() -> None:
    case = "镇里办起连心驿站。连心驿站天天有人值班，连心驿站就是群众的家。"
    discoverer = NewWordDiscoverer(min_count=5).fit([*CASES, case])
    assert "连心驿站" not in set(discoverer.new_words_["word"])
    assert discoverer.transform([case]).set_index("word").loc["连心驿站", "frequency"] == 3


def test_transform_of_a_text_without_new_words_is_empty() -> None:
    assert len(NewWordDiscoverer().fit(CASES).transform(["。", ""])) == 0


def test_length_and_documents_move_a_weight_but_absorb_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = NewWordDiscoverer().fit(CASES).new_words_.set_index("word")
    monkeypatch.setattr(scores, "LISTING", dict.fromkeys(scores.LISTING, 0.0))
    alone = NewWordDiscoverer().fit(CASES).new_words_.set_index("word").loc[before.index]
    assert (alone["absorbed_by"] == before["absorbed_by"]).all()
    returning = before["frequency"] >= 2 * before["documents"]
    rising = returning & (before["documents"] > 2) & (before.index.str.len() > 2)
    assert rising.any() and (before["weight"] > alone["weight"])[rising].all()
    assert (before["weight"] < alone["weight"])[before["documents"] == 1].all()


def test_the_words_of_one_text_weigh_as_if_no_other_text_had_them(monkeypatch: pytest.MonkeyPatch) -> None:
    found = NewWordDiscoverer().fit(CASES).transform(CASES[:1])
    monkeypatch.setitem(scores.LISTING, "shared", 0.0)
    alone = NewWordDiscoverer().fit(CASES).transform(CASES[:1])
    assert len(found) and found["word"].tolist() == alone["word"].tolist()
    assert found["weight"].tolist() == pytest.approx(alone["weight"].tolist(), abs=2e-3)


@pytest.mark.parametrize("texts", [[], [""], ["\n\n"], ["abc 123"], ["好"]])
def test_nothing_to_find(texts: list[str]) -> None:
    found = NewWordDiscoverer().fit(texts).new_words_
    assert len(found) == 0
    assert list(found.columns) == NEW_WORDS.names


def test_latin_letters_inside_a_word() -> None:
    text = "村村通5G网络，5G网络进山。有了5G网络，2024年的山货卖得快，2024年的路也修好。"
    words = set(NewWordDiscoverer().fit([text]).new_words_["word"])
    assert "5G网络" in words
    assert not any(word.startswith("2024") for word in words)


def test_max_len_and_min_count() -> None:
    found = NewWordDiscoverer(max_len=4, min_count=20).fit(CASES).new_words_
    assert found["word"].str.len().max() == 4
    assert found["frequency"].min() >= 20


@pytest.mark.parametrize(("characters", "least"), [(2_000, 2), (50_000, 3), (2_000_000, 5)])
def test_least_count(characters: int, least: int) -> None:
    assert least_count(characters) == least


def test_count_words_counts_overlaps() -> None:
    total, documents = count_words(["哈哈哈", "哈哈", "无"], Index.of(["哈哈"]))
    assert (total["哈哈"], documents["哈哈"]) == (3, 2)


def test_numbers_with_units_weigh_less_than_the_same_evidence_elsewhere(evidence: pd.DataFrame) -> None:
    counted = evidence.assign(pos="m_new")
    assert (weigh(counted) < weigh(evidence)).all()


@pytest.mark.parametrize("phrase", ["重要车间", "车间情况"])
def test_a_plain_word_at_an_edge_makes_no_term(phrase: str) -> None:
    texts = [f"{phrase}好，村里有{phrase}。县里看{phrase}，还要{phrase}。"]
    found = pd.DataFrame(candidates(texts, Segmenter(), 2, 10)).set_index("word").loc[[phrase]]
    kept = found.assign(first_plain=0.0, last_plain=0.0)
    assert weigh(found.reset_index())[0] < weigh(kept.reset_index())[0]
