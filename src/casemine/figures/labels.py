"""Labels that can be read: measured, broken into lines, and kept off one another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from numpy.typing import NDArray

_MM_PER_POINT = 25.4 / 72
ELLIPSIS = "…"
# What no line begins with.
_CLOSING = "，。、；：？！）》」』”’…,.;:?!)]%"


def width(text: str, size: float) -> float:
    """Return the width of the longest line of `text` in mm at `size` points."""
    look = FontProperties(size=size)
    lines = [text_to_path.get_text_width_height_descent(line, look, ismath=False)[0]
             for line in text.split("\n") if line]  # fmt: skip
    return float(max(lines, default=0.0)) * _MM_PER_POINT


def fitted(text: str, room: float, size: float, lines: int = 1) -> str:
    """Break `text` into at most `lines` lines of `room` mm; what does not fit ends in an ellipsis."""
    rest, broken = " ".join(text.split()), []
    while rest and len(broken) < lines:
        last = len(broken) == lines - 1
        if width(rest, size) <= room:
            broken.append(rest)
            rest = ""
        elif last:
            kept = _longest(rest, room - width(ELLIPSIS, size), size)
            broken.append(rest[:kept].rstrip() + ELLIPSIS)
        else:
            at = _break(rest, _longest(rest, room, size))
            broken.append(rest[:at].rstrip())
            rest = rest[at:].lstrip()
    return "\n".join(broken)


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


def place_beside(
    points: NDArray[np.float64],
    sizes: Sequence[tuple[float, float]],
    box: tuple[float, float],
    obstacles: NDArray[np.float64],
) -> list[tuple[float, float] | None]:
    """Place a label beside each point: the centre of each label, or None where there is no room.

    Everything is in mm from the upper left corner; `sizes` are widths and heights of the labels, the
    first having the first choice; `obstacles` are points no label may cover. Tries places around the
    point, nearer ones first.
    """
    taken: list[tuple[float, float, float, float]] = []
    found: list[tuple[float, float] | None] = []
    for (x, y), (wide, tall) in zip(points, sizes, strict=True):
        spot = None
        for dx, dy in _around():
            cx = x + dx + np.sign(dx) * wide / 2
            cy = y + dy + np.sign(dy) * tall / 2
            rect = (cx - wide / 2, cy - tall / 2, cx + wide / 2, cy + tall / 2)
            inside = rect[0] >= 0 and rect[1] >= 0 and rect[2] <= box[0] and rect[3] <= box[1]
            if inside and not _covers(rect, obstacles) and not any(_overlap(rect, one) for one in taken):
                spot = (float(cx), float(cy))
                taken.append(rect)
                break
        found.append(spot)
    return found


def _around() -> list[tuple[float, float]]:
    """Return offsets from a point to the near edge of its label, in mm: right, left, above, below, aslant."""
    offsets: list[tuple[float, float]] = []
    for far in (1.1, 2.2, 3.5, 5.0, 7.0, 9.5, 12.5):
        offsets += [(far, 0), (-far, 0), (0, -far), (0, far), (far, -far), (far, far), (-far, -far), (-far, far),
                    (far, -far / 2), (far, far / 2), (-far, -far / 2), (-far, far / 2)]  # fmt: skip
    return offsets


def _covers(rect: tuple[float, float, float, float], points: NDArray[np.float64]) -> bool:
    left, top, right, bottom = rect
    xs, ys = points[:, 0], points[:, 1]
    margin = 0.4
    hit = (xs > left - margin) & (xs < right + margin) & (ys > top - margin) & (ys < bottom + margin)
    return bool(hit.any())


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def push_apart(
    centres: NDArray[np.float64],
    sizes: NDArray[np.float64],
    box: tuple[float, float],
    rounds: int = 600,
) -> NDArray[np.float64]:
    """Move boxes as little as needed until none overlaps another or leaves `box`.

    `centres` and `sizes` are n x 2, in mm; each pair that overlaps moves apart along the axis where
    less is missing. The result may still overlap when the boxes hardly fit.
    """
    placed = centres.astype(float).copy()
    half = sizes / 2
    limit = np.array(box)
    for _ in range(rounds):
        placed = np.clip(placed, half, limit - half)
        apart = placed[:, np.newaxis, :] - placed[np.newaxis, :, :]
        missing = half[:, np.newaxis, :] + half[np.newaxis, :, :] - np.abs(apart)
        touching = np.triu((missing > 1e-6).all(axis=2), 1)
        if not touching.any():
            break
        for one, other in zip(*np.nonzero(touching), strict=True):
            short = half[one] + half[other] - np.abs(placed[one] - placed[other])
            if (short <= 1e-6).any():
                continue  # an earlier pair of this round has parted them
            axis = int(short[1] <= short[0])
            sign = 1.0 if placed[one, axis] >= placed[other, axis] else -1.0
            shift = sign * (short[axis] / 2 + 0.02)
            placed[one, axis] += shift
            placed[other, axis] -= shift
    return np.clip(placed, half, limit - half)
