"""Figures of a study: tables in, matplotlib figures out, in one quiet style and a font that has Chinese.

Every figure is a function from a table and a `Style` to a `matplotlib.figure.Figure`, called within
`style.applied`; one that finds nothing to show raises `NothingToDraw`. This package itself imports
nothing heavy, so that the command line can name the figures without matplotlib.
"""

from __future__ import annotations

# Machine name -> caption, in the order of a study: words, keywords, codes, framework.
CAPTIONS = {
    "keyword_frequency": "关键词的案例频次",
    "word_cloud": "关键词词云（字号随案例频次）",
    "new_words": "新词的权重与频次",
    "cooccurrence": "关键词共现网络（颜色与形状为社群，连线粗细随共现案例数）",
    "dendrogram": "关键词聚类树状图（Ochiai距离，组间平均联结）",
    "codes_by_region": "各地区的选择式编码与轴心编码（颜色为占该地区案例的比例，数字为案例数）",
    "codes_by_year": "各年份的选择式编码与轴心编码（颜色为占该年份案例的比例，数字为案例数）",
    "category_shares": "选择式编码与轴心编码的案例数及占比",
    "coding_tree": "由开放式编码到轴心编码、选择式编码（线宽随案例数）",
    "saturation": "编码饱和度曲线（实线为随机排序的均值，阴影为第5至第95百分位数，虚线为文档原序）",
    "framework": "编码框架图",
}
FORMATS = ("png", "svg", "pdf")
COLUMNS = (1, 2)


class NothingToDraw(Exception):  # noqa: N818 - not an error: a study that is not that far yet
    """A study has nothing for a figure; the message says what is lacking."""
