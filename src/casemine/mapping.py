"""The one seam along which work is spread: anything shaped like `map` that keeps the order."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from importlib import import_module
from typing import Any, TypeVar

from casemine.errors import CasemineError, UsageError

Item = TypeVar("Item")
Result = TypeVar("Result")
# Takes a picklable function and items, yields the results in the order of the items.
Mapper = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]

# Seconds to wait for a scheduler to answer, and how often a task that fails is tried again.
_PATIENCE = 10
_RETRIES = 3


def in_process(function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Map in this process, one item at a time."""
    return map(function, items)


@contextmanager
def workers(jobs: int, scheduler: str = "") -> Iterator[Mapper]:
    """Give a mapper over `jobs` worker processes (this process alone for `jobs` <= 1), or over a cluster.

    Workers are spawned on every system, so that a result cannot depend on inherited state. `scheduler` is the
    address of a Dask scheduler that runs already (`tcp://host:8786`); its workers need casemine too, and
    `jobs` plays no part. Raises `UsageError` when Dask is not installed or nobody answers there.
    """
    if scheduler:
        with _cluster(scheduler) as mapper:
            yield mapper
        return
    if jobs <= 1:
        yield in_process
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context)
    try:
        yield lambda function, items: pool.map(function, items)
    except BrokenProcessPool as error:
        raise CasemineError(
            "a worker process was lost, as happens when memory runs out.",
            advice="Run it again with --jobs 1.",
        ) from error
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


@contextmanager
def _cluster(scheduler: str) -> Iterator[Mapper]:
    """Give a mapper over a Dask cluster; what a lost worker did is done again by another."""
    try:
        distributed = import_module("distributed")
    except ImportError as error:
        raise UsageError(
            "Dask is not installed.",
            place="--scheduler",
            advice="In casemine's folder: pip install '.[dask]'",
        ) from error
    try:
        client = distributed.Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(
            f"no Dask scheduler answers at {scheduler}.",
            place="--scheduler",
            advice="Give the address that `dask scheduler` prints, such as tcp://host:8786.",
        ) from error

    def spread(function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        # pure=False: a name made from the arguments would give back the result of an earlier call.
        futures = client.map(function, list(items), pure=False, retries=_RETRIES)
        try:
            for future in futures:
                yield future.result()
        except distributed.KilledWorker as error:
            raise UsageError(
                "workers were lost over one piece of work, again and again.",
                place=scheduler,
                advice="They may have run out of memory: give them more, or a lower --memory.",
            ) from error
        finally:
            client.cancel(futures)

    with client:
        yield spread
