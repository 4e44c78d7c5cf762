"""Which sheet to write, and what its rows have alike: the sample, the status, what earlier sheets hold."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from casemine.errors import UsageError
from casemine.review.form import FilledSheet, KeyT, SheetRow, StateT
from casemine.terms import RESEARCHER, safe_name

UNSEEN, DECIDED, BY_HAND, UNFOUNDED, GONE, PENDING = (
    "待定",
    "已决定",
    "手工新增",
    "无出处",
    "已消失",
    "未应用",
)

# A row of a sheet that is being built: machine name of the column -> cell.
Cells = dict[str, Any]


@dataclass(frozen=True)
class SheetPlan:
    """Which sheet to write: whose, of what, and how much of it.

    `sample` is the share of candidates, drawn by `seed`: the same for the same words, and a larger
    share holds the smaller one. A `blind` sheet shows neither suggestions nor anybody's answers.
    """

    coder: str = RESEARCHER
    by_document: bool = False
    sample: float = 1.0
    seed: int = 0
    blind: bool = False

    def __post_init__(self) -> None:
        if self.blind and self.coder == RESEARCHER:
            raise UsageError("a blind sheet is for a second coder.", advice="Name them: --coder NAME.")
        if not 0 < self.sample <= 1:
            raise UsageError(f"a sample is a share over 0 and up to 1, not {self.sample}.")

    @property
    def file_name(self) -> str:
        """review.xlsx, or review-NAME.xlsx for any coder but the main one."""
        name = "" if self.coder == RESEARCHER else "-" + safe_name(self.coder)
        return f"review{name}.xlsx"


def sampled(rows: Sequence[Cells], plan: SheetPlan, names: Sequence[str]) -> list[Cells]:
    """Return the plan's share of `rows`, rounded up, in their order.

    They are drawn by a hash of the seed and of the cells `names`, by which a row is named.
    """
    count = math.ceil(plan.sample * len(rows))
    drawn = sorted(range(len(rows)), key=lambda at: _lot(rows[at], plan.seed, names))[:count]
    return [rows[at] for at in sorted(drawn)]


def _lot(row: Cells, seed: int, names: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join([str(seed), *(str(row[name]) for name in names)]).encode()).hexdigest()


@dataclass(frozen=True)
class CarryOver(Generic[KeyT, StateT]):
    """How rows of an earlier sheet enter a new one.

    `key_of` names a row of the new sheet, `pending` says whether a row of the earlier one is still to be
    applied, `bare` makes a row for what the new sheet does not list, `typed` gives the cells as a person
    typed them.
    """

    key_of: Callable[[Cells], KeyT]
    pending: Callable[[SheetRow[KeyT, StateT], KeyT], bool]
    bare: Callable[[SheetRow[KeyT, StateT], KeyT], Cells]
    typed: Callable[[SheetRow[KeyT, StateT]], Cells]

    def into(
        self, rows: list[Cells], earlier: Sequence[FilledSheet[KeyT, StateT]], plan: SheetPlan
    ) -> list[str]:
        """Put into `rows` what was typed into earlier sheets and not applied; return their foreign headers.

        Raises `UsageError` when one is another coder's.
        """
        places = {self.key_of(row): row for row in rows}
        typed: dict[KeyT, list[StateT]] = {}
        extra: dict[str, None] = {}
        for line in _lines(earlier, plan):
            extra |= dict.fromkeys(line.extra)
            key: KeyT = line.key._replace(coder=plan.coder)  # type: ignore[attr-defined]
            before = typed.setdefault(key, [])
            if line.group:  # its one decision stands in the row of the group
                continue
            pending = self.pending(line, key) and line.state not in before
            if pending or line.extra:
                # What was typed twice, in two ways, stands in two rows: the person sees and settles it.
                if key not in places or (pending and before):
                    places[key] = self.bare(line, key) | {"status": GONE}
                    rows.append(places[key])
                places[key].update(line.extra)
            if pending:
                before.append(line.state)
                places[key].update(self.typed(line) | {"status": PENDING})
        return list(extra)


def _lines(earlier: Sequence[FilledSheet[KeyT, StateT]], plan: SheetPlan) -> Iterator[SheetRow[KeyT, StateT]]:
    for sheet in earlier:
        others = sorted({row.key[0] for row in sheet.rows if row.key[0]} - {plan.coder})
        if others:
            cause = f"this sheet is of {', '.join(others)}."
            raise UsageError(cause, place=sheet.place, advice="Give another file with -o.")
        yield from sheet.rows
