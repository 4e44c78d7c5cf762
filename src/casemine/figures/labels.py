"""Labels that can be read: measured, broken into lines, and kept off one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from matplotlib import rcParams
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from numpy.typing import NDArray

from casemine.sheets import percent

MM_PER_POINT = 25.4 / 72
ELLIPSIS = "…"
# After these a line may well end.
_PAUSES = "，；、：。— "
# What no line begins with.
_CLOSING = "，。、；：？！）》」』”’…,.;:?!)]%"


def width(text: str, size: float) -> float:
    """Return the width of the longest line of `text` in mm at `size` points."""
    fonts = tuple(rcParams["font.family"])
    return max((_ems(line, fonts) for line in text.split("\n") if line), default=0.0) * size * MM_PER_POINT


@lru_cache(maxsize=65536)
def _ems(line: str, fonts: tuple[str, ...]) -> float:
    """Return the width of a line in ems."""
    look = FontProperties(family=list(fonts), size=100)
    return float(text_to_path.get_text_width_height_descent(line, look, ismath=False)[0]) / 100


def row_height(labels: Sequence[str]) -> float:
    """Return the height in mm of rows that are all alike, for labels of one line or two."""
    return 3.9 + 2.9 * max(label.count("\n") for label in labels)


def counted(count: int, total: int, unit: str = "", *, leading: int | None = None) -> str:
    """Return a count with its share of the total: 12 个案例（4.1%）; `leading` is as in `both`."""
    return f"{both(count, leading)}{unit}（{percent(count / total)}%）" if count else f"0{unit}"


def both(count: int, leading: int | None) -> str:
    """Return documents with a code, and behind a stroke those that have it among their keywords: 12/3.

    `leading` is None where the two are not told apart.
    """
    return f"{count:,}" if leading is None or not count else f"{count:,}/{leading:,}"


def fitted(text: str, room: float, size: float, lines: int = 1) -> str:
    """Break `text` into at most `lines` lines of `room` mm; what does not fit ends in an ellipsis.

    No line is much shorter than the others where that takes no further line.
    """
    text = " ".join(text.split())
    needed = int(np.ceil(width(text, size) / room))
    halves = [(text[:at], text[at:].lstrip()) for at in range(2, len(text)) if text[at - 1] in _PAUSES]
    halves = [pair for pair in halves if max(width(half, size) for half in pair) <= room]
    if needed == 2 <= lines and halves:
        first, second = min(halves, key=lambda pair: abs(len(pair[0]) - len(pair[1])))
        return f"{first.rstrip()}\n{second}"
    if 1 < needed <= lines:
        for share in (0.02, 0.15, 0.3, 0.5, 0.75):
            narrow = width(text, size) / needed * (1 - share) + room * share
            broken, whole = _broken(text, narrow, size, needed)
            if whole:
                return broken
    return _broken(text, room, size, lines)[0]


def _broken(text: str, room: float, size: float, lines: int) -> tuple[str, bool]:
    """Return the lines of `text`, and whether all of it is in them."""
    rest = text
    broken: list[str] = []
    while rest and len(broken) < lines:
        if width(rest, size) <= room:
            return "\n".join([*broken, rest]), True
        if len(broken) == lines - 1:
            kept = _longest(rest, room - width(ELLIPSIS, size), size)
            broken.append(rest[:kept].rstrip() + ELLIPSIS)
            break
        at = _break(rest, _longest(rest, room, size))
        broken.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return "\n".join(broken), not rest


def _longest(text: str, room: float, size: float) -> int:
    """Return how many characters of `text`, at least one, are no wider than `room`."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(text[:middle], size) <= room else (low, middle - 1)
    return low


def _break(text: str, at: int) -> int:
    """Return the best place up to `at` to break: not inside a Latin word, not before closing marks."""
    for place in range(at, max(at // 2, 1) - 1, -1):
        before, after = text[place - 1], text[place : place + 1]
        inside = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
        if not inside and after not in _CLOSING:
            return place
    return at


@dataclass(frozen=True)
class PlacedText:
    """Where a label goes: its centre, and the end of the line that leads to it where it stands far off."""

    x: float
    y: float
    leader: tuple[float, float] | None


_Rect = tuple[float, float, float, float]


def place_beside(
    points: NDArray[np.float64],
    sizes: Sequence[tuple[float, float]],
    box: tuple[float, float],
    radii: Sequence[float] = (),
) -> list[PlacedText | None]:
    """Place a label beside each of the first points, None where there is no room.

    Everything is in mm from the upper left corner. There is a point for each of `sizes` (width, height of
    the label), and there may be more; the first have the first choice. No label covers a point, another
    label or a leading line, and no line meets another or a point that is to have a label. Points that are
    circles have `radii`: labels stand outside of them.
    """
    taken: list[_Rect] = []
    marks = np.vstack([points, *map(_disc, points, radii)])
    labels: list[PlacedText | None] = []
    for at, (wide, tall) in enumerate(sizes):
        label = None
        for dx, dy, far in _around():
            rim = (radii[at] if radii else 0.0) / np.hypot(dx, dy)
            corner = points[at] + (dx * (far + rim), dy * (far + rim))
            x, y = corner[0] + np.sign(dx) * wide / 2, corner[1] + np.sign(dy) * tall / 2
            rect = (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
            line = _line(points[at], corner) if far > _NEAR else np.empty((0, 2))
            inside = rect[0] >= 0 and rect[1] >= 0 and rect[2] <= box[0] and rect[3] <= box[1]
            if (
                not inside
                or _covers(rect, marks)
                or _touches(line, np.delete(points[: len(sizes)], at, axis=0))
            ):
                continue
            if any(_overlap(rect, box) or _covers(box, line) for box in taken):
                continue
            label = PlacedText(
                float(x), float(y), (float(corner[0]), float(corner[1])) if far > _NEAR else None
            )
            taken.append(rect)
            marks = np.vstack([marks, line])
            break
        labels.append(label)
    return labels


# In mm: up to here a label needs no line to its point; how fine the places for rectangles lie.
_NEAR, _STEP = 1.5, 1.0


def _around() -> list[tuple[float, float, float]]:
    """Return directions and distances (mm) from a point to the near edge of its label, the best first."""
    sides = [(1, 0), (-1, 0), (0, -1), (0, 1)]
    aslant = [(1, -0.7), (1, 0.7), (-1, -0.7), (-1, 0.7)]
    return [(dx, dy, far) for far in (1.2, 2.4, 3.6, 5.0, 6.5) for dx, dy in (*sides, *aslant)]


def _line(start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points on the way from `start` to `end`, every half millimetre, without its ends."""
    steps = max(int(np.hypot(*(end - start)) * 2), 2)
    return np.asarray(start + (end - start) * np.arange(1, steps)[:, np.newaxis] / steps)


def _disc(centre: NDArray[np.float64], radius: float) -> NDArray[np.float64]:
    """Return points all over a circle, dense enough for no label to slip between them."""
    turns = np.exp(1j * np.linspace(0, 2 * np.pi, 32, endpoint=False))
    spots = np.concatenate([turns * radius * share for share in (1.0, 0.66, 0.33)])
    return np.asarray(centre + np.column_stack((spots.real, spots.imag)))


def _covers(rect: _Rect, points: NDArray[np.float64], margin: float = 0.35) -> bool:
    left, top, right, bottom = rect
    xs, ys = points[:, 0], points[:, 1]
    hit = (xs > left - margin) & (xs < right + margin) & (ys > top - margin) & (ys < bottom + margin)
    return bool(hit.any())


def _touches(line: NDArray[np.float64], points: NDArray[np.float64], margin: float = 0.7) -> bool:
    away = np.hypot(*(line[:, np.newaxis, :] - points[np.newaxis, :, :]).transpose(2, 0, 1))
    return bool((away < margin).any())


def _overlap(first: _Rect, second: _Rect) -> bool:
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]


def first_free(
    spots: NDArray[np.float64],
    size: tuple[float, float],
    taken: NDArray[np.float64],
    box: tuple[float, float],
) -> int | None:
    """Return which of `spots` is the first where a rectangle of `size` lies in `box` and overlaps none.

    `taken` is n x 4: the middles of rectangles and the halves of their sizes. Everything is in mm.
    """
    half = np.array(size) / 2
    inside = np.all((spots >= half) & (spots <= np.array(box) - half), axis=1)
    near = np.abs(spots[:, np.newaxis, :] - taken[np.newaxis, :, :2]) < half + taken[np.newaxis, :, 2:]
    free = inside & ~np.any(np.all(near, axis=2), axis=1)
    return int(free.argmax()) if free.any() else None


def place_near(
    wishes: NDArray[np.float64], sizes: NDArray[np.float64], box: tuple[float, float]
) -> NDArray[np.float64]:
    """Put rectangles where they wish to be or, where that is taken, as near as there is room.

    `wishes` (middles) and `sizes` are n x 2, in mm from the upper left corner of `box`; the first have the
    first choice. One for which there is no room at all stays where it wished to be.
    """
    limit = np.array(box)
    grid = np.stack(np.meshgrid(np.arange(0, box[0], _STEP), np.arange(0, box[1], _STEP)), axis=-1).reshape(
        -1, 2
    )
    taken = np.empty((0, 4))
    for wish, size in zip(wishes, sizes, strict=True):
        wanted = np.clip(wish, size / 2, limit - size / 2)
        nearest = grid[np.argsort(((grid - wanted) ** 2).sum(axis=1), kind="stable")]
        spots = np.vstack([wanted, nearest])
        at = first_free(spots, (float(size[0]), float(size[1])), taken, box)
        spot = spots[at or 0]
        taken = np.vstack([taken, [*spot, *size / 2]])
        grid = grid[np.any(np.abs(grid - spot) >= size / 2, axis=1)]  # no later middle lies in this one
    return np.asarray(taken[:, :2])
