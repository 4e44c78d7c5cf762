import pickle

import pytest

from casemine import errors
from casemine.errors import (
    CasemineError,
    DocumentError,
    ParameterError,
    SchemaError,
    StudyError,
    UnreadableError,
    UsageError,
)

KINDS = (CasemineError, UsageError, ParameterError, DocumentError, StudyError, SchemaError, UnreadableError)


def test_place_cause_and_advice_are_one_message() -> None:
    error = CasemineError("is no table.", place="a.xlsx", advice="Save it again.")
    assert str(error) == "a.xlsx: is no table. Save it again."
    assert str(CasemineError("is no table.")) == "is no table."
    assert str(CasemineError("is no table.", advice="Save it again.")) == "is no table. Save it again."


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_of_a_worker_arrives_whole(kind: type[CasemineError]) -> None:
    error = pickle.loads(pickle.dumps(kind("is no table.", place="a.xlsx", advice="Save it again.")))
    assert type(error) is kind
    assert (error.cause, error.place, error.advice) == ("is no table.", "a.xlsx", "Save it again.")


def test_every_error_has_one_root_and_a_wrong_value_is_a_value_error() -> None:
    every = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    kinds = [kind for kind in every if not issubclass(kind, Warning)]
    assert set(kinds) == set(KINDS) and all(issubclass(kind, CasemineError) for kind in kinds)
    assert issubclass(ParameterError, ValueError) and issubclass(ParameterError, UsageError)
