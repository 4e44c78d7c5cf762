"""Work in the background: one at a time, and an end whatever happens."""

import threading

from casemine.errors import UsageError
from casemine.web.jobs import Jobs, Progress


def test_one_at_a_time_with_progress() -> None:
    jobs, go = Jobs(), threading.Event()

    def work(progress: Progress) -> None:
        progress("code", 1, 2)
        go.wait(30)

    assert jobs.start(work)
    assert not jobs.start(work)
    go.set()
    jobs.wait()
    assert (jobs.stage, jobs.done, jobs.total, jobs.error) == ("code", 1, 2, "")


def test_an_error_is_told() -> None:
    jobs = Jobs()

    def fail(progress: Progress) -> None:
        raise UsageError("no such thing.", advice="Do this.")

    jobs.start(fail)
    jobs.wait()
    assert jobs.error == "no such thing. Do this."
    jobs.start(lambda progress: 1 // 0)
    jobs.wait()
    assert "ZeroDivisionError" in jobs.error
