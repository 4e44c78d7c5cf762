"""Networks as UCINET and Pajek read them. Their files: UCINET DL (fullmatrix), Pajek .net."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


def dl(items: Sequence[str], ties: NDArray[np.float64]) -> bytes:
    """Return a square matrix as UCINET's DL, in GB 18030: UCINET reads the code page of Windows.

    Source: UCINET 6 User's Guide, "DL language".
    """
    lines = [f"dl n={len(items)}", "format = fullmatrix", "labels:"]
    lines += [f'"{_plain(item)}"' for item in items]
    lines += ["data:", *(" ".join(f"{tie:.6g}" for tie in row) for row in ties.tolist())]
    return ("\r\n".join(lines) + "\r\n").encode("gb18030")


def pajek(made: Any) -> bytes:
    """Return a graph as Pajek's .net, in UTF-8 with a byte order mark, as Pajek reads Unicode."""
    number = {node: at for at, node in enumerate(made, start=1)}
    lines = [f"*Vertices {len(number)}", *(f'{at} "{_plain(node)}"' for node, at in number.items()), "*Edges"]
    lines += [
        f"{number[first]} {number[second]} {weight:.6g}"
        for first, second, weight in made.edges.data("weight")
    ]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-8")


def _plain(label: str) -> str:
    return " ".join(label.replace('"', "'").split())
