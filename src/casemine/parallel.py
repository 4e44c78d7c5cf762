"""The one seam along which work is spread: anything shaped like `map` that keeps the order."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from multiprocessing import resource_tracker
from typing import Any, TypeVar

from casemine.errors import CasemineError, UsageError

Item = TypeVar("Item")
Result = TypeVar("Result")
# Takes a picklable function and items, yields the results in the order of the items.
Mapper = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]

# Takes a picklable function and what to give it, begins the work, and returns how to get its result.
Submit = Callable[..., Callable[[], Any]]

# Seconds to wait for a scheduler to answer, and how often a task that fails is tried again.
_PATIENCE = 10
_RETRIES = 3
# Items that are handed out ahead, by worker: none is idle, and no more than these are held at once.
_AHEAD = 2


def in_process(function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Map in this process, one item at a time."""
    return map(function, items)


def at_once(function: Callable[..., Result], *given: object) -> Callable[[], Result]:
    """Do the work in this process, now."""
    result = function(*given)
    return lambda: result


@contextmanager
def beside() -> Iterator[Submit]:
    """Give a process of its own to which work can be handed while this one goes on, in the order given."""
    with _processes(1) as pool:

        def submit(function: Callable[..., Any], *given: object) -> Callable[[], Any]:
            with _spawning():
                return pool.submit(function, *given).result

        yield submit


@contextmanager
def workers(jobs: int, scheduler: str = "") -> Iterator[Mapper]:
    """Give a mapper over `jobs` worker processes (this process alone for `jobs` <= 1), or over a cluster.

    `scheduler` is the address of a Dask scheduler that runs already (`tcp://host:8786`); its workers need
    casemine too, and `jobs` plays no part. Raises `UsageError` when Dask is not installed or nobody answers
    there.
    """
    if scheduler:
        with _cluster(scheduler) as mapper:
            yield mapper
        return
    if jobs <= 1:
        yield in_process
        return
    with _processes(jobs) as pool:

        def begin(function: Callable[[Any], Any], item: Any) -> Callable[[], Any]:
            with _spawning():
                return pool.submit(function, item).result

        def spread(function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
            return ahead(partial(begin, function), items, _AHEAD * jobs)

        yield spread


def ahead(
    begin: Callable[[Item], Callable[[], Result]], items: Iterable[Item], most: int
) -> Iterator[Result]:
    """Yield the results of items in their order, with the work on at most `most` of them begun.

    `begin` begins the work on an item and returns how to get its result. Items are taken as they are needed,
    so that memory holds no more of a long stream than these.
    """
    begun: deque[Callable[[], Result]] = deque()
    for item in items:
        begun.append(begin(item))
        if len(begun) >= most:
            yield begun.popleft()()
    while begun:
        yield begun.popleft()()


@contextmanager
def _processes(count: int) -> Iterator[ProcessPoolExecutor]:
    """Give so many processes, spawned on every system: a result cannot depend on inherited state."""
    pool = ProcessPoolExecutor(
        count, mp_context=multiprocessing.get_context("spawn"), initializer=_leave_interrupts
    )
    try:
        yield pool
    except BrokenProcessPool as error:
        raise CasemineError(
            "a worker process was lost, as happens when memory runs out.",
            advice="Run it again with --jobs 1.",
        ) from error
    finally:
        # Whatever they still do is not asked for any more. From Python 3.14 on: `terminate_workers`.
        for process in list((pool._processes or {}).values()):
            process.terminate()
        pool.shutdown(cancel_futures=True)


def _leave_interrupts() -> None:
    """Ignore Ctrl-C, which a terminal sends to every process: the first one ends those it began."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _spawning() -> Iterator[None]:
    """Keep Ctrl-C back while processes begin: from those for good, from this one until they are known."""
    if threading.current_thread() is not threading.main_thread():
        yield  # it comes to the main thread alone
        return
    pressed: list[object] = []
    before = signal.signal(signal.SIGINT, lambda *given: pressed.append(given))
    try:
        with _blocked():
            yield
    finally:
        signal.signal(signal.SIGINT, before)
        if pressed:
            signal.raise_signal(signal.SIGINT)


@contextmanager
def _blocked() -> Iterator[None]:
    """Block Ctrl-C, which those that begin meanwhile inherit; on Windows `_leave_interrupts` must do."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # as it begins, it would lift the block
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


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
        # What all items share travels once to each worker that asks for it. It is a task, not scattered data:
        # when the workers that hold it are lost, the scheduler makes it again.
        shared = client.submit(bytes, pickle.dumps(function, protocol=5), pure=False)
        begun: set[Any] = {shared}

        def begin(item: Any) -> Callable[[], Any]:
            # pure=False: a name made from the arguments would give back the result of an earlier call.
            future = client.submit(_applied, shared, item, pure=False, retries=_RETRIES)
            begun.add(future)

            def result() -> Any:
                value = future.result()
                begun.discard(future)  # the worker may forget it
                return value

            return result

        try:
            yield from ahead(begin, items, max(_AHEAD, _AHEAD * sum(client.nthreads().values())))
        except distributed.KilledWorker as error:
            raise UsageError(
                "workers were lost over one piece of work, again and again.",
                place=scheduler,
                advice="They may have run out of memory: give them more, or a lower --memory.",
            ) from error
        finally:
            client.cancel(list(begun))

    with client:
        yield spread


# The function that a thread of a worker was given last: a segmenter in it is made ready once.
_given = threading.local()


def _applied(pickled: bytes, item: Any) -> Any:
    """Do the work on one item, on a worker of a cluster."""
    if getattr(_given, "pickled", None) != pickled:
        _given.pickled, _given.function = pickled, pickle.loads(pickled)  # our own client made it
    return _given.function(item)
