"""The errors casemine raises: each says what is wrong, where, and what to do next."""

from __future__ import annotations


class CasemineError(Exception):
    """An error a person can act on: the one root of all errors that casemine raises by itself.

    Parameters
    ----------
    cause
        What is wrong, as a sentence.
    place
        Where: a file, a row, a key, the name of a parameter; "" where there is none.
    advice
        What to do next, as a sentence; "" where nobody knows.

    Examples
    --------
    >>> from casemine import CasemineError
    >>> print(CasemineError("is no table.", place="cases.xlsx", advice="Save it as .xlsx again."))
    cases.xlsx: is no table. Save it as .xlsx again.
    """

    def __init__(self, cause: str, *, place: str = "", advice: str = "") -> None:
        super().__init__(cause, place, advice)
        self.cause = cause
        self.place = place
        self.advice = advice

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        then = f" {self.advice}" if self.advice else ""
        return f"{where}{self.cause}{then}"

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only arguments do not survive the default pickling between worker processes.
        return (_rebuild, (type(self), self.cause, self.place, self.advice))


def _rebuild(kind: type[CasemineError], cause: str, place: str, advice: str) -> CasemineError:
    return kind(cause, place=place, advice=advice)


class CasemineWarning(UserWarning):
    """What was done otherwise than a person may expect; nothing is lost."""


class UsageError(CasemineError):
    """The command or the settings are wrong: nothing was done."""


class ParameterError(UsageError, ValueError):
    """A parameter of an estimator or a function has a value that it cannot have."""


class DocumentError(CasemineError):
    """One document cannot be read; the others still count."""


class UnreadableError(DocumentError, UsageError):
    """A file is damaged, or larger than is safe to read: an input, a sheet, settings, anything."""


class StudyError(CasemineError):
    """The study folder does not hold what is asked of it."""


class SchemaError(CasemineError):
    """A table does not have the columns, types or key its definition asks for."""
