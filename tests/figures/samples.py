"""Tables of any size for figures, and what is written in a figure, with its place."""

from collections.abc import Iterator
from itertools import combinations

import pandas as pd
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from casemine import schema

WORDS = "防贫预警扶贫产业园建档立卡小额信贷易地搬迁村集体经济健康扶贫内生动力利益联结乡村治理"
REGIONS = ["云南", "四川", "贵州", "甘肃", "广西", "内蒙古", "黑龙江", "新疆生产建设兵团", "西藏", "青海"]


def label(number: int, long: bool) -> str:
    """A label that no other number has, short or as long as labels get."""
    at = number * 7 % (len(WORDS) - 10)
    return (
        f"{WORDS[at : at + 4]}{number}"
        if not long
        else f"{WORDS[at : at + 10]}与县域统筹发展的长效机制建设第{number}项"
    )


def frequency(size: int, long: bool = True) -> pd.DataFrame:
    return schema.FREQUENCY.frame(
        {"keyword": [label(at, long) for at in range(size)],
         "documents": [size * 3 // (at + 1) + 1 for at in range(size)], "containing": size,
         "occurrences": [size * 9 // (at + 1) + 1 for at in range(size)], "share": 0.5}
    )  # fmt: skip


def new_words(size: int, long: bool = True) -> pd.DataFrame:
    return schema.NEW_WORDS.frame(
        {"word": [label(at, long) for at in range(size)], "pos": "n_new",
         "weight": [100 / (at + 1) ** 0.5 for at in range(size)],
         "frequency": [3 + at * at * 31 % 97 for at in range(size)], "documents": 2, "cohesion": 5.0,
         "left_entropy": 2.0, "right_entropy": 2.0, "generic": False, "absorbed_by": ""}
    )  # fmt: skip


def codebook(selective: int, axial: int, opened: int, long: bool = True, role: str = "") -> pd.DataFrame:
    """A codebook of so many selective categories, axial ones in each and open codes in each of those."""
    rows = []
    for one in range(selective):
        top = f"{label(one, long)}类"
        rows.append({"code": top, "level": "selective", "parent": "", "role": role})
        for two in range(axial):
            middle = f"{label(one * axial + two, long)}面"
            rows.append({"code": middle, "level": "axial", "parent": top, "role": ""})
            rows += [{"code": f"{label((one * axial + two) * opened + three, long)}码", "level": "open",
                      "parent": middle, "role": ""} for three in range(opened)]  # fmt: skip
    return schema.CODEBOOK.frame(pd.DataFrame(rows).assign(
        definition="", include="", exclude="", aliases="", example=""))  # fmt: skip


def cases(codes: pd.DataFrame) -> dict[str, int]:
    return {code: 1 + at * 37 % 117 for at, code in enumerate(codes["code"])}


def by_group(codes: pd.DataFrame, groups: list[str]) -> pd.DataFrame:
    rows = [
        {"level": level, "code": code, "group": group, "group_documents": 117, "documents": count,
         "share": count / 117, "quotations": count, "quotation_share": 0.1}
        for at, (code, level) in enumerate(zip(codes["code"], codes["level"], strict=True))
        for to, group in enumerate(groups)
        for count in [at * to * 13 % 117]
    ]  # fmt: skip
    return schema.BY_GROUP.frame(rows)


def keywords(size: int, long: bool = True) -> pd.DataFrame:
    """Which documents have which keyword, as `crosstab.cooccurrence` takes it."""
    return pd.DataFrame(
        [
            {"doc_id": f"{at * step % 23}", "item": label(at, long)}
            for at in range(size)
            for step in range(1, 5)
        ]
    )


def words_of(figure: Figure) -> list[Text]:
    """Every text that a figure shows."""
    return [text for text in _texts(figure) if text.get_visible() and text.get_text().strip()]


def written(figure: Figure) -> list[tuple[str, Bbox]]:
    """Every text that a figure shows, with the pixels it takes."""
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    return [(text.get_text(), text.get_window_extent(renderer)) for text in words_of(figure)]


def _texts(figure: Figure) -> Iterator[Text]:
    yield from figure.texts
    for axes in figure.axes:
        yield from axes.texts
        if axes.axison:
            for axis in (axes.xaxis, axes.yaxis):
                yield axis.label
                yield from _ticks(axis)


def _ticks(axis: Axis) -> Iterator[Text]:
    low, high = sorted(axis.get_view_interval())
    yield from (tick.label1 for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high)


def faults(figure: Figure) -> list[str]:
    """Texts that overlap one another by more than half a pixel, or leave the figure."""
    slack = 0.5
    texts = written(figure)
    assert texts
    width, height = figure.bbox.width, figure.bbox.height
    found = [
        f"{text!r} leaves the figure: {box.extents.round(1)} in {width:.0f} x {height:.0f}"
        for text, box in texts
        if box.x0 < -slack or box.y0 < -slack or box.x1 > width + slack or box.y1 > height + slack
    ]
    for (one, first), (other, second) in combinations(texts, 2):
        across = min(first.x1, second.x1) - max(first.x0, second.x0)
        down = min(first.y1, second.y1) - max(first.y0, second.y0)
        if across > slack and down > slack:
            found.append(f"{one!r} and {other!r} overlap by {across:.1f} x {down:.1f}")
    return found
