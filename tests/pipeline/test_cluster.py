"""Extract, code and recode over a Dask cluster of real processes, one of which is killed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from threading import Thread
from time import sleep
from typing import Any

import pytest

import casemine
from casemine import pipeline
from casemine.pipeline.recode import recode_all

distributed = pytest.importorskip("distributed")
# Dask's own: a killed worker may leave its sockets to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")

PIECES = (
    "扶贫车间",
    "合作社",
    "陈怡斐",
    "的",
    "和",
    "推进",
    "产业帮扶",
    "，",
    "。",
    "\n",
    "志智双扶",
    "5G网络",
)
RANDOM = Random(1)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs="CRITICAL"
    ) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("corpus")
    for number in range(4):
        text = "".join(RANDOM.choice(PIECES) for _ in range(150))
        (folder / f"{number}.txt").write_text(f"第{number}村纪事\n\n{text}", encoding="utf-8")
    return folder


def tables(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".csv", ".txt")
    }


def kill_one(cluster: Any) -> None:
    """Kill a worker as soon as there is work."""
    psutil = pytest.importorskip("psutil")
    process = psutil.Process(cluster.workers[0].process.pid)
    for _ in range(1000):
        if any(state.processing for state in cluster.scheduler.workers.values()):
            break
        sleep(0.005)
    process.kill()


def test_a_lost_worker_changes_no_byte_of_a_coded_study(cluster: Any, corpus: Path, tmp_path: Path) -> None:
    here = casemine.extract([corpus], tmp_path / "here", jobs=1)
    pipeline.code.code(here, jobs=1)
    killing = Thread(target=kill_one, args=(cluster,))
    killing.start()
    address = cluster.scheduler_address
    (tmp_path / "spill").mkdir()
    there = casemine.extract([corpus], tmp_path / "there", scheduler=address, spill=str(tmp_path / "spill"))
    killing.join()
    pipeline.code.code(there, scheduler=address)
    assert tables(tmp_path / "there") == tables(tmp_path / "here")
    assert list((tmp_path / "spill").iterdir()) == []

    several = [str(corpus / name) for name in ("0.txt", "lacking.txt")]
    for name, scheduler in (("A", ""), ("B", address)):
        batch = recode_all(several, here, tmp_path / name, jobs=1, scheduler=scheduler)
        assert list(batch.failed) == [several[1]]
    assert tables(tmp_path / "A") == tables(tmp_path / "B")
