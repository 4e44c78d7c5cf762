"""Whatever the size of a study and its labels: no text over another, none off the page, none too small."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from casemine.coding.saturation import saturation
from casemine.figures import (
    NothingToDraw,
    categories,
    cloud,
    cooccurrence,
    curves,
    framework,
    tree,
    words,
)
from casemine.figures.style import SMALL, TALLEST, WIDTHS, Style
from casemine.tables import crosstab
from figures.samples import (
    REGIONS,
    by_group,
    cases,
    codebook,
    faults,
    frequency,
    keywords,
    new_words,
    words_of,
)

SIZES = pytest.mark.parametrize(
    ("size", "long"), [(5, True), (50, False), (500, True)], ids=["5 long", "50 short", "500 long"]
)
# Selective categories, axial ones in each, open codes in each of those.
SHAPES = pytest.mark.parametrize(
    ("shape", "long"),
    [
        ((1, 2, 2), True),
        ((2, 1, 1), False),
        ((3, 3, 3), True),
        ((5, 3, 3), False),
        ((8, 2, 1), True),
        ((20, 5, 5), True),
    ],
    ids=lambda value: "x".join(map(str, value)) if isinstance(value, tuple) else "long" if value else "short",
)
AIM = "巩固拓展脱贫成果同乡村振兴有效衔接并形成长效机制的总体目标"


def check(figure: Figure, style: Style) -> str:
    """Hold a figure to the rules of all; return what is written in it."""
    assert faults(figure) == []
    wide, tall = figure.get_size_inches() * 25.4
    assert wide == pytest.approx(WIDTHS[style.columns])
    assert tall <= TALLEST + 1
    assert all(text.get_fontsize() >= SMALL for text in words_of(figure))
    return "".join(text.get_text() for text in words_of(figure))


@SIZES
def test_bars_and_points(style: Style, size: int, long: bool) -> None:
    told = check(words.keyword_frequency(frequency(size, long), style), style)
    assert ("前 30 个关键词，共" in told) == (size > 30)
    assert "片段除外" in check(words.new_words(new_words(size, long), style), style)


@SIZES
def test_word_cloud(style: Style, size: int, long: bool) -> None:
    figure = cloud.word_cloud(frequency(size, long), style)
    check(figure, style)
    sizes = [text.get_fontsize() for text in figure.axes[0].texts]
    assert sizes == sorted(sizes, reverse=True)
    if not long:
        assert len(sizes) >= min(size, 60)


@SIZES
def test_network_and_dendrogram(style: Style, size: int, long: bool) -> None:
    matrices = crosstab.cooccurrence(keywords(size, long), top=30)
    told = check(cooccurrence.cooccurrence(matrices.counts, style, of=size), style)
    assert ("个关键词，共 500 个关键词" in told) == (size == 500)
    assert "虚线处分为" in check(cooccurrence.dendrogram(matrices.ochiai, style, of=size), style)


def test_a_network_takes_no_more_keywords_than_a_page_holds() -> None:
    matrices = crosstab.cooccurrence(keywords(300, long=False), top=300)
    style = Style(columns=1)
    with style.applied():
        told = check(cooccurrence.cooccurrence(matrices.counts, style, of=300), style)
    assert "个关键词，共 300 个关键词；连线为最强的" in told


@SHAPES
def test_codebooks(style: Style, shape: tuple[int, int, int], long: bool) -> None:
    codes = codebook(*shape, long=long, role="基础")
    having = cases(codes)
    upper = codes.loc[codes["level"] == "selective", "code"]
    told = check(framework.framework(codes, AIM, having, 117, style), style)
    assert ("个选择式编码，共" in told) == (len(upper) > 12 or told.count("基础") < len(upper))
    check(framework.framework(codes.assign(role=""), "", {}, 0, style), style)
    told = check(tree.coding_tree(codes, having, style), style)
    assert ("个开放式编码，共" in told) == (shape[0] * shape[1] * shape[2] > 70)
    told = check(categories.category_shares(codes, having, 117, style), style)
    assert ("个类属，共" in told) == (len(codes[codes["level"] != "open"]) > 50)


@pytest.mark.parametrize(
    "groups",
    [
        ["云南", "未注明"],
        REGIONS,
        [f"{region}{number}" for number in range(5) for region in REGIONS],
        [str(year) for year in range(1990, 2026)],
        ["Guangxi Zhuang Autonomous Region", "Xinjiang"],
    ],
    ids=["one region", "ten", "fifty", "years", "Latin"],
)
def test_heat_maps(style: Style, groups: list[str]) -> None:
    codes = codebook(5, 3, 1, long=True)
    drawn = categories.codes_by_group(
        by_group(codes, groups), codes, cases(codes), style, kind="地区", unnamed="未注明", ordered=False
    )
    told = check(drawn, style)
    assert ("案例最多的" in told) == (len(groups) > 30)


def test_a_case_from_each_province_fits_a_page(style: Style) -> None:
    codes = codebook(6, 3, 1, long=False)
    provinces = [*REGIONS, *(f"省{number}" for number in range(22)), "未注明"]
    table = by_group(codes, provinces).assign(group_documents=1, documents=1, share=1.0)
    drawn = categories.codes_by_group(
        table, codes, cases(codes), style, kind="地区", unnamed="未注明", ordered=False
    )
    assert ("案例最多的" in check(drawn, style)) == (style.columns == 1)


@pytest.mark.parametrize("size", [3, 30, 300])
def test_saturation_curves(style: Style, size: int) -> None:
    documents = [f"{at:03}" for at in range(size)]
    rows = [
        {"level": level, "code": f"{at * step % count}", "doc_id": name}
        for level, count in (("open", 58), ("axial", 7), ("selective", 6))
        for at, name in enumerate(documents)
        for step in (1, 7)
    ]
    curve = saturation(pd.DataFrame(rows), documents).curve
    assert "累计编码数" in check(curves.saturation(curve, style), style)


def test_a_study_without_anything_gets_reasons(style: Style) -> None:
    codes, nothing = codebook(2, 1, 1), pd.DataFrame()
    alone = crosstab.cooccurrence(pd.DataFrame({"doc_id": ["a", "b"], "item": ["甲", "乙"]}))
    for drawing in (
        lambda: words.keyword_frequency(frequency(0), style),
        lambda: words.new_words(new_words(0), style),
        lambda: cloud.word_cloud(frequency(0), style),
        lambda: cooccurrence.cooccurrence(alone.counts, style, of=2),
        lambda: cooccurrence.dendrogram(alone.ochiai, style, of=2),
        lambda: curves.saturation(nothing, style),
        lambda: categories.category_shares(codes, {}, 3, style),
        lambda: tree.coding_tree(codes, {"没有的编码": 1}, style),
        lambda: framework.framework(codes[:0], AIM, {}, 0, style),
    ):
        with pytest.raises(NothingToDraw):
            drawing()


def test_bars_are_as_long_as_their_counts(style: Style) -> None:
    table = frequency(7)
    (axes,) = words.keyword_frequency(table, style).axes
    bars = [patch.get_width() for patch in axes.patches]
    assert bars == sorted(table["documents"], reverse=True)


def test_the_cells_of_a_heat_map_hold_the_documents(style: Style) -> None:
    codes = codebook(1, 2, 0, long=False)
    table = by_group(codes, ["云南", "四川"])
    drawn = categories.codes_by_group(
        table, codes, cases(codes), style, kind="地区", unnamed="未注明", ordered=True
    )
    shown = [text.get_text() for text in drawn.axes[0].texts]
    counts = table.loc[table["documents"] > 0, "documents"].astype(str)
    assert sorted(set(counts)) == sorted(set(shown) & set(counts))


def test_lines_of_the_tree_grow_with_cases(style: Style) -> None:
    codes = codebook(1, 1, 3, long=False)
    names = codes.loc[codes["level"] == "open", "code"].tolist()
    upper = codes.loc[codes["level"] != "open", "code"].tolist()
    figure = tree.coding_tree(
        codes, dict(zip(names, (1, 5, 9), strict=True)) | dict.fromkeys(upper, 9), style
    )
    thick = [patch.get_linewidth() for patch in figure.axes[0].patches]
    assert np.allclose(thick[:3], [0.4 + 6.6 * share / 9 for share in (1, 5, 9)])
