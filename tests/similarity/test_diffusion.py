from casemine.similarity.diffusion import EARLIER, SAME, Flow, date_of, flows, in_time, origins
from casemine.similarity.passages import Shared


def test_the_date_is_that_of_signing_else_of_publishing_else_the_year() -> None:
    row = {"issued": "", "published": "2021-03-01", "year": "2020"}
    assert date_of(row) == "2021-03-01"
    assert date_of({**row, "issued": "2021-02-01"}) == "2021-02-01"
    assert date_of({"issued": "", "published": "", "year": ""}) == ""


def test_documents_without_a_date_come_last() -> None:
    assert in_time(["", "2021", "2020-05-01", "2021"]) == [2, 1, 3, 0]


def test_a_passage_comes_from_the_first_that_has_it() -> None:
    passages = [
        Shared(0, 1, 0, 40, 10, 50, 40, 3),
        Shared(0, 2, 0, 40, 0, 40, 40, 3),
        Shared(1, 2, 10, 50, 0, 40, 40, 3),
        Shared(1, 2, 60, 100, 60, 100, 40, 2),
    ]
    first, taken = origins(passages, [100, 100, 100], [EARLIER] * 4)
    assert first == [True, True, False, True]
    assert taken == [0.0, 0.4, 0.8]
    told = [passage for passage, origin in zip(passages, first, strict=True) if origin]
    assert flows(told) == [Flow(0, 1, 1, 40), Flow(0, 2, 1, 40), Flow(1, 2, 1, 40)]


def test_nothing_was_taken_from_a_document_of_the_same_date() -> None:
    passages = [Shared(0, 1, 0, 40, 10, 50, 40, 3), Shared(0, 2, 0, 40, 0, 40, 40, 3)]
    first, taken = origins(passages, [100, 100, 100], [SAME, EARLIER])
    assert (first, taken) == ([True, True], [0.0, 0.0, 0.4])
