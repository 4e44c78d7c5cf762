from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemine.discover import NewWordDiscoverer, exchange, ngrams, shards
from casemine.discover.candidates import Means, ShardRun, candidates, dealt
from casemine.discover.store import Folder, Memory, Store, opened
from casemine.errors import UsageError
from casemine.parallel import Mapper, in_process, workers
from casemine.segment import Segmenter

SEGMENTER = Segmenter()
# Words of the dictionary, unknown names, marks, borders: enough to fill every column.
PIECES = ("扶贫", "车间", "陈怡斐", "的", "和", "推进", "产业", "，", "、", "\n", "志智双扶", "5G", "网络")
TEXTS = st.lists(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    min_size=1,
    max_size=6,
)


def story(seed: int, size: int = 200) -> str:
    random = Random(seed)
    return "山村纪事\n" + "".join(random.choice(PIECES) for _ in range(size))


STORIES = [story(seed) for seed in range(8)]


def backwards(function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
    """Do the last first, each twice, as when a worker was lost."""
    items = list(items)
    results = {item: (function(item), function(item))[1] for item in reversed(items)}
    return iter([results[item] for item in items])


def found(texts: list[str], using: Means) -> pd.DataFrame:
    return pd.DataFrame(candidates(texts, SEGMENTER, 2, 6, using))


def assert_same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(one, other, check_exact=True)


@given(TEXTS, st.integers(1, 200), st.integers(1, 5), st.sampled_from([in_process, backwards]))
@settings(deadline=None, max_examples=40)
def test_no_cut_changes_anything(texts: list[str], shard: int, parts: int, mapper: Mapper) -> None:
    whole = found(texts, Means(shard=10**6, parts=1))
    assert_same(found(texts, Means(mapper, shard=shard, parts=parts)), whole)


def test_the_stories_have_candidates_of_every_kind() -> None:
    words = found(STORIES, Means())
    assert {"扶贫车间", "志智双扶", "陈怡斐", "5G网络"} <= set(words["word"])
    assert words["word"].is_monotonic_increasing
    assert words["word"].is_unique


@pytest.mark.parametrize("jobs", [1, 2, 7])
def test_no_number_of_workers_changes_anything(jobs: int, tmp_path: Path) -> None:
    with workers(jobs) as mapper:
        spread = found(STORIES, Means(mapper, spill=tmp_path, shard=500, parts=3))
    assert_same(spread, found(STORIES, Means()))
    assert list(tmp_path.iterdir()) == []


def test_little_memory_changes_nothing(tmp_path: Path) -> None:
    plenty = NewWordDiscoverer().fit(STORIES).new_words_
    little = NewWordDiscoverer(memory=100_000, spill=tmp_path).fit(STORIES).new_words_
    assert_same(little, plenty)
    assert list(tmp_path.iterdir()) == []


def test_nothing_stays_after_an_error(tmp_path: Path) -> None:
    def fail(function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        yield from map(function, list(items)[:1])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        found(STORIES, Means(fail, spill=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_what_shards_told_each_other_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    left: set[str] = set()
    answer = ShardRun.answer

    def watched(run: ShardRun, question: str, least: int) -> None:
        answer(run, question, least)
        left.update(name for name in run.work.store.values if name.startswith(f"{question}.sent/"))

    monkeypatch.setattr(ShardRun, "answer", watched)
    with dealt(STORIES, Segmenter(), 3, Means()) as work:
        run = ShardRun(work, in_process)
        list(run.shards(shards.read))
        run.count(10)
        kept = {name.partition("/")[0] for name in work.store.values}
    assert not left
    assert kept == {"text", "segmenter", "shard", "codes", "level"}


def test_one_document_of_more_than_a_key_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = found(STORIES, Means())
    monkeypatch.setattr(ngrams, "KEY_BITS", 8)
    assert_same(found(STORIES, Means()), whole)


@pytest.fixture(params=["memory", "folder", "url"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "url":
        pytest.importorskip("fsspec")
    place = {"memory": None, "folder": tmp_path, "url": f"file://{tmp_path.as_posix()}"}[request.param]
    with opened(place) as store:
        yield store
    assert list(tmp_path.iterdir()) == []


def test_a_store_holds_and_forgets(store: Store) -> None:
    store.put("a/1", {"x": np.arange(3)})
    store.put("ab/1", "other")
    store.put("a/1", {"x": np.arange(4)})
    assert store.get("a/1")["x"].tolist() == [0, 1, 2, 3]
    store.drop("a")
    store.drop("none")
    assert store.get("ab/1") == "other"
    with pytest.raises((KeyError, FileNotFoundError)):
        store.get("a/1")


def test_a_folder_is_removed(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        assert isinstance(store, Folder)
        store.put("a/1", 1)
    assert list(tmp_path.iterdir()) == []
    with opened(None) as store:
        assert isinstance(store, Memory)


def test_a_folder_out_of_reach_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="elsewhere: a worker does not reach this folder"):
        Folder(tmp_path / "elsewhere").get("text/0")


@given(
    st.lists(st.dictionaries(st.integers(0, 30), st.integers(0, 100), max_size=10), min_size=1, max_size=4),
    st.integers(1, 4),
    st.integers(0, 50),
)
def test_every_shard_is_told_the_sums_over_all(asked: list[dict[int, int]], parts: int, least: int) -> None:
    store = Memory()
    keys = [np.array(list(shard), dtype=np.uint64) for shard in asked]
    for number, shard in enumerate(asked):
        values = np.array(list(shard.values()), dtype=np.int64)
        exchange.send(store, "q", number, parts, keys[number], np.stack((values, values + 1), axis=1))
    for part in range(parts):
        exchange.reduce(store, "q", part, parts, len(asked), least)
    numbers: dict[int, int] = {}
    for number, shard in enumerate(asked):
        known, sums = exchange.receive(store, "q", number, parts, keys[number])
        for key, its, (one, two) in zip(shard, known.tolist(), sums.tolist(), strict=True):
            total = sum(other.get(key, 0) for other in asked)
            assert (one, two) == (total, total + sum(key in other for other in asked))
            assert (its >= 0) == (total >= least)
            assert numbers.setdefault(key, its) == its
    frequent = [number for number in numbers.values() if number >= 0]
    assert len(set(frequent)) == len(frequent)
