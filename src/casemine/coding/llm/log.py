"""suggestions.jsonl: every question and answer; a model is asked once, and its answers can be replayed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from casemine.errors import StudyError


@dataclass(frozen=True)
class Answered:
    """One question as it was put, and the answer as it came."""

    model: str
    codebook: str
    doc_id: str
    start: int
    end: int
    question: str
    instructions: str
    answer: str

    @property
    def key(self) -> str:
        """A hash of all that the answer depends on."""
        return key_of(self.model, self.instructions, self.question)


def key_of(model: str, instructions: str, question: str) -> str:
    """Return a hash of a question to a model; `instructions` is the hash of what was said before."""
    return hash_of("\x1f".join((model, instructions, question)))


def hash_of(text: str) -> str:
    """Return the SHA-256 of a text, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


class AnswerLog:
    """The answers in a file, a JSON object a line; what is said before every question stands in it once.

    The file is only ever added to, a line at a time, so that what was answered stays whatever happens.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._said: set[str] = set()
        self.answers: dict[str, Answered] = {}
        if path.is_file():
            self._read()

    def _read(self) -> None:
        lines = self.path.read_text(encoding="utf-8", errors="replace").split("\n")
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                if "text" in row:
                    self._said.add(str(row["instructions"]))
                else:
                    answered = Answered(**{name: kind(row[name]) for name, kind in _KINDS.items()})
                    self.answers[answered.key] = answered
            except (ValueError, LookupError, TypeError, RecursionError) as error:
                if number == len(lines):
                    continue  # the writing of the last line was cut off
                raise StudyError(
                    f"line {number} cannot be read ({type(error).__name__}).",
                    place=str(self.path),
                    advice="Take the line out: the model is asked again.",
                ) from error

    def add(self, answered: Answered, instructions: str) -> None:
        """Add an answer, and before the first one of a kind what was said before the question."""
        rows: list[dict[str, object]] = []
        if answered.instructions not in self._said:
            rows.append({"instructions": answered.instructions, "text": instructions})
        rows.append(asdict(answered))
        self._end_whole()
        with self.path.open("a", encoding="utf-8", newline="\n") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        self._said.add(answered.instructions)
        self.answers[answered.key] = answered

    def _end_whole(self) -> None:
        """Take away a last line that has no end: writing it was stopped, and what follows would join it."""
        if not self.path.is_file():
            return
        data = self.path.read_bytes()
        if data and not data.endswith(b"\n"):
            with self.path.open("r+b") as file:
                file.truncate(data.rfind(b"\n") + 1)


_KINDS = {
    "model": str,
    "codebook": str,
    "doc_id": str,
    "start": int,
    "end": int,
    "question": str,
    "instructions": str,
    "answer": str,
}
