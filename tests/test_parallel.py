import pickle

import pytest

from casemine import parallel
from casemine.errors import DocumentError


def double(number: int) -> int:
    return 2 * number


def refuse(number: int) -> int:
    raise DocumentError("is empty.", place=str(number), advice="Remove it.")


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    with parallel.workers(jobs) as mapper:
        assert list(mapper(double, range(5))) == [0, 2, 4, 6, 8]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_in_a_worker_arrives_whole(jobs: int) -> None:
    with pytest.raises(DocumentError, match=r"7: is empty\. Remove it\."), parallel.workers(jobs) as mapper:
        list(mapper(refuse, [7]))


def test_errors_can_be_pickled() -> None:
    error = pickle.loads(pickle.dumps(DocumentError("c", place="p", advice="a")))
    assert (type(error), error.cause, error.place, error.advice) == (DocumentError, "c", "p", "a")
