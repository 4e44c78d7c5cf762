"""The same passes over a Dask cluster of real processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest

from casemine.discover.candidates import Means, candidates
from casemine.errors import DocumentError, UsageError
from casemine.parallel import workers
from casemine.segment import Segmenter

distributed = pytest.importorskip("distributed")
# Dask's own: a killed worker may leave its sockets to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")

PIECES = ("扶贫", "车间", "陈怡斐", "的", "和", "推进", "产业", "，", "、", "\n", "志智双扶", "5G", "网络")
RANDOM = Random(1)
STORIES = ["山村纪事\n" + "".join(RANDOM.choice(PIECES) for _ in range(200)) for _ in range(9)]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=3, threads_per_worker=1, dashboard_address=None, silence_logs="CRITICAL"
    ) as cluster:
        yield cluster


def found(using: Means) -> pd.DataFrame:
    return pd.DataFrame(candidates(STORIES, Segmenter(), 2, 6, using))


def refuse(number: int) -> int:
    raise DocumentError("is empty.", place=str(number), advice="Remove it.")


def test_a_lost_worker_changes_nothing(cluster: Any, tmp_path: Path) -> None:
    calls = 0
    lost = []

    with workers(0, cluster.scheduler_address) as mapper:

        def dangerous(function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
            nonlocal calls
            calls += 1
            for result in mapper(function, items):
                if calls == 6 and not lost:
                    lost.append(cluster.workers[0].process.pid)
                    kill(lost[0])
                yield result

        spread = found(Means(dangerous, spill=tmp_path, shard=300, parts=3))
    assert calls > 6
    assert lost
    pd.testing.assert_frame_equal(spread, found(Means()), check_exact=True)
    assert list(tmp_path.iterdir()) == []


def kill(pid: int) -> None:
    psutil = pytest.importorskip("psutil")
    process = psutil.Process(pid)
    process.kill()
    process.wait(10)


def test_results_come_in_order_and_an_error_arrives_whole(cluster: Any) -> None:
    with workers(0, cluster.scheduler_address) as mapper:
        assert list(mapper(abs, range(-5, 0))) == [5, 4, 3, 2, 1]
        with pytest.raises(DocumentError, match=r"7: is empty\. Remove it\."):
            list(mapper(refuse, [7]))


def test_no_scheduler_there() -> None:
    with (
        pytest.raises(UsageError, match="no Dask scheduler answers"),
        workers(0, "nonsense://nowhere"),
    ):
        pass
