"""The estimators of the library do what scikit-learn expects of one."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sklearn.base import BaseEstimator, TransformerMixin, clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils.validation import check_is_fitted

import casemine
from casemine import CasemineError, Document, KeywordWeigher, NewWordDiscoverer, Segmenter
from casemine.errors import ParameterError
from casemine.schema import KEYWORDS

CASES = Path(__file__).parents[1] / "corpora" / "cases"
TEXTS = [
    "村里办起扶贫车间，妇女在家门口上班。扶贫车间的订单来自外地。",
    "县里又建了三个扶贫车间；志智双扶也跟上来。",
    "志智双扶靠夜校，扶贫车间靠订单。",
    "有人问，志智双扶靠什么？扶贫车间又靠什么？",
]
DOCUMENTS = [Document(f"{number}.txt", text) for number, text in enumerate(TEXTS)]
KINDS: list[Any] = [(NewWordDiscoverer, TEXTS), (KeywordWeigher, DOCUMENTS)]
both = pytest.mark.parametrize(("kind", "given"), KINDS)


@both
def test_is_an_estimator(kind: type, given: list[Any]) -> None:
    assert issubclass(kind, BaseEstimator) and issubclass(kind, TransformerMixin)
    estimator = kind()
    for name, value in estimator.get_params().items():
        assert getattr(estimator, name) is value
    assert estimator.fit(given) is estimator
    check_is_fitted(estimator)


@both
def test_parameters_are_only_stored_and_survive_a_clone(kind: type, given: list[Any]) -> None:
    segmenter = Segmenter({"扶贫车间": "n"})
    estimator = kind(segmenter=segmenter).set_params(generic={"订单"}).fit(given)
    copy = clone(estimator)
    assert copy.generic == {"订单"}
    assert copy.segmenter.words == segmenter.words
    assert not hasattr(copy, "columns_") and not hasattr(copy, "containing_")


@both
def test_says_that_it_is_not_fitted(kind: type, given: list[Any]) -> None:
    for ask in (kind().transform, kind().get_feature_names_out):
        with pytest.raises(NotFittedError, match="Call fit") as error:
            ask(given)
        assert isinstance(error.value, CasemineError)
        assert str(pickle.loads(pickle.dumps(error.value))) == str(error.value)


@both
def test_takes_generators(kind: type, given: list[Any]) -> None:
    estimator = kind().fit(item for item in given)
    table = estimator.transform(item for item in given)
    assert table.equals(kind().fit(given).transform(given))
    assert table.equals(kind().fit_transform(item for item in given)) or kind is NewWordDiscoverer


@both
@pytest.mark.parametrize(
    "wrong", ["扶贫车间", b"abc", {"a": "b"}, 3, [None], [1.5], pd.DataFrame({"a": ["b"]})]
)
def test_refuses_what_is_no_list_of_texts(kind: type, given: list[Any], wrong: Any) -> None:
    fitted = kind().fit(given)
    for ask in (kind().fit, kind().fit_transform, fitted.transform):
        with pytest.raises(ValueError) as error:
            ask(wrong)
        assert isinstance(error.value, CasemineError) and error.value.advice


def test_a_weigher_is_told_to_take_documents() -> None:
    with pytest.raises(CasemineError, match=r"document 1.*Document\('a', text\)"):
        KeywordWeigher().fit(TEXTS)


def test_a_discoverer_takes_documents_columns_and_texts_alike() -> None:
    expected = NewWordDiscoverer().fit(TEXTS).new_words_
    assert NewWordDiscoverer().fit(DOCUMENTS).new_words_.equals(expected)
    assert NewWordDiscoverer().fit(pd.Series(TEXTS)).new_words_.equals(expected)


@pytest.mark.parametrize(
    "parameters",
    [
        {"max_len": 0}, {"max_len": 1}, {"max_len": "10"}, {"max_len": True}, {"min_count": 0},
        {"min_count": 2.5}, {"generic": "发展"}, {"generic": {1}}, {"segmenter": "jieba"}, {"memory": 0},
        {"mapper": None}, {"beside": 1}, {"spill": 3},
    ],
)  # fmt: skip
def test_a_discoverer_checks_its_parameters_in_fit(parameters: dict[str, Any]) -> None:
    discoverer = NewWordDiscoverer(**parameters)
    with pytest.raises(ValueError) as error:
        discoverer.fit(TEXTS)
    assert isinstance(error.value, CasemineError)
    assert error.value.place == next(iter(parameters))
    assert error.value.advice


@pytest.mark.parametrize(
    "parameters", [{"method": "bm25"}, {"top": 0}, {"generic": "发展"}, {"segmenter": 1}]
)
def test_a_weigher_checks_its_parameters_in_fit(parameters: dict[str, Any]) -> None:
    for ask in (KeywordWeigher(**parameters).fit, KeywordWeigher(**parameters).fit_transform):
        with pytest.raises(ValueError):
            ask(DOCUMENTS)


@both
def test_stands_in_a_pipeline(kind: type, given: list[Any]) -> None:
    words = FunctionTransformer(lambda table: table["word"].tolist())
    pipeline = Pipeline([("find", kind()), ("words", words)])
    assert "扶贫车间" in pipeline.fit_transform(given)
    assert "扶贫车间" in pipeline.set_params(find__generic=frozenset({"订单"})).fit(given).transform(given)


@both
def test_is_searched_over_a_grid(kind: type, given: list[Any]) -> None:
    grid = {"max_len": [2, 6]} if kind is NewWordDiscoverer else {"top": [1, 5]}
    search = GridSearchCV(kind(), grid, scoring=lambda it, given, y=None: -len(it.transform(given)), cv=2)
    search.fit(given)
    assert search.best_params_ == ({"max_len": 2} if kind is NewWordDiscoverer else {"top": 1})


@both
def test_names_what_it_learned(kind: type, given: list[Any]) -> None:
    names = kind().fit(given).get_feature_names_out()
    assert names.dtype == object
    assert "扶贫车间" in names if kind is NewWordDiscoverer else names.tolist() == KEYWORDS.names


def test_shows_the_parameters_that_were_changed() -> None:
    assert repr(NewWordDiscoverer(min_count=3)) == "NewWordDiscoverer(min_count=3)"
    assert repr(KeywordWeigher(top=5)) == "KeywordWeigher(top=5)"
    assert repr(Segmenter({"扶贫车间": "n"})) == "Segmenter({'扶贫车间': 'n'})"
    assert repr(Segmenter(map(str, range(1000)))) == "Segmenter(<1000 words>)"
    assert len(repr(Document("a", "文" * 5000, title="山村纪事"))) < 100


@both
def test_a_fitted_one_can_be_pickled(kind: type, given: list[Any]) -> None:
    fitted = kind().fit(given)
    assert pickle.loads(pickle.dumps(fitted)).transform(given).equals(fitted.transform(given))


def test_a_segmenter_refuses_a_bare_string() -> None:
    with pytest.raises(ValueError, match="one text stands"):
        Segmenter("扶贫车间")


def test_dir_shows_the_public_names() -> None:
    assert set(casemine.__all__) <= set(dir(casemine))


def test_discovery_itself_needs_neither_scikit_learn_nor_pandas() -> None:
    code = (
        "import sys; from casemine.pipeline.discover import discover; discover([sys.argv[1]])\n"
        "print([name for name in ('sklearn', 'scipy', 'pandas', 'matplotlib') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(CASES)],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("new_words", wrong) for wrong in (
            "x", ["词"], {"词": None}, {"词": 5}, {"": "n"}, {5: "n"}, {"词": ("n_new", "x")},
            {"词": ("n_new",)}
        )),
        ("left_out", "person"), ("left_out", ["xyz"]), ("left_out", None), ("cues", None), ("cues", ["a"]),
        ("mapper", None), ("stopwords", "的"),
    ],
)  # fmt: skip
def test_a_weigher_names_the_parameter_that_is_wrong(name: str, value: Any) -> None:
    with pytest.raises(ParameterError) as caught:
        KeywordWeigher(**{name: value}).fit(DOCUMENTS)
    assert caught.value.place == name


def test_a_weigher_says_how_to_take_the_table_of_a_discoverer() -> None:
    found = NewWordDiscoverer(min_count=2).fit(TEXTS).new_words_
    with pytest.raises(ParameterError, match=r"dict\(zip\(frame\['word'\], frame\['pos'\]\)\)"):
        KeywordWeigher(new_words=found).fit(DOCUMENTS)
    KeywordWeigher(new_words=dict(zip(found["word"], found["pos"], strict=True))).fit(DOCUMENTS)


def test_stopwords_are_any_collection_of_words() -> None:
    listed, frozen = (
        KeywordWeigher(stopwords=kind(["的"]), generic=kind(["村"])) for kind in (list, frozenset)
    )
    assert listed.fit_transform(DOCUMENTS).equals(frozen.fit_transform(DOCUMENTS))


def test_nothing_is_weighed_and_no_words_are_known_before_fit() -> None:
    with pytest.raises(NotFittedError):
        list(KeywordWeigher().weighed(DOCUMENTS))
    with pytest.raises(NotFittedError, match="seen no texts yet"):
        _ = NewWordDiscoverer().new_words_
