"""The one seam along which work is spread: anything shaped like `map` that keeps the order."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
# Takes a picklable function and items, yields the results in the order of the items.
Mapper = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]


def in_process(function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Map in this process, one item at a time."""
    return map(function, items)


@contextmanager
def workers(jobs: int) -> Iterator[Mapper]:
    """Give a mapper over `jobs` worker processes (this process alone for `jobs` <= 1).

    Workers are spawned on every system, so that a result cannot depend on inherited state.
    """
    if jobs <= 1:
        yield in_process
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context)
    try:
        yield lambda function, items: pool.map(function, items)
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()
