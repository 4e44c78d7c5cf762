"""`casemine similar`: which documents are near which, the passages they share, and who wrote what first."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from casemine import schema, sheets
from casemine.arguments import share, whole_number
from casemine.pipeline import content_words, engine, paragraphs
from casemine.pipeline.context import ExtractContext, Progress, quiet
from casemine.pipeline.engine import Parameters, Stage
from casemine.pipeline.products import put_figures, put_tables, text_reader, titles_of
from casemine.pipeline.sections import Analysis, Drawing
from casemine.report.section import Quotation, Section, SectionTable
from casemine.similarity import diffusion, vectors
from casemine.similarity.fingerprints import Letters, Positions
from casemine.similarity.passages import Common, Index, Shared, common_passages, shared
from casemine.study import Call, Study

# A matrix of more documents is read by nobody.
MOST_IN_MATRIX = 400
# A passage is common where more documents have it than this and than the share of them asked for.
_FEWEST_COMMON = 30
_COMMON_TOLD = 1_000


@dataclass(frozen=True)
class Similar:
    """What `similar` found: tables `schema.SIMILAR`, `SIMILAR_DOCUMENTS`, `SHARED_PASSAGES`,
    `COMMON_PASSAGES` and `DIFFUSION`, the files written, and figures not drawn with the reason.
    """  # fmt: skip

    pairs: pd.DataFrame
    documents: pd.DataFrame
    passages: pd.DataFrame
    common: pd.DataFrame
    diffusion: pd.DataFrame
    files: tuple[str, ...] = ()
    not_drawn: tuple[str, ...] = ()


def similar(
    study: Study | str | os.PathLike[str],
    *,
    least: int = 40,
    alike: float = 0.3,
    neighbours: int = 10,
    common: float = 0.1,
    progress: Progress = quiet,
) -> Similar:
    """Compare the documents of a study: by words, by shared passages, and in the order of time.

    Writes tables/similar*.csv and similar.xlsx, figures and exports/similar.gexf.

    Parameters
    ----------
    study : Study or path
        The study, or its folder.
    least : int
        Letters and digits (marks and blanks do not count) of the shortest passage that is told. From 27
        on every passage that is the same to the letter is found.
    alike : float
        Least cosine of two documents that are called near.
    neighbours : int
        Nearest documents told of each.
    common : float
        What more than this share of the documents have (and more than 30) is a common phrase: listed apart.

    Returns
    -------
    Similar
        The tables, as pandas frames.

    Notes
    -----
    Words: TF-IDF (as gensim weighs) and the cosine. Passages: winnowing (Schleimer, Wilkerson & Aiken 2003),
    extended to the letter, joined over changes of up to 20 letters. Clusters: Louvain (Blondel et al. 2008).

    Examples
    --------
    >>> import casemine, tempfile
    >>> from pathlib import Path
    >>> folder = Path(tempfile.mkdtemp())
    >>> text = "建立防止返贫监测机制，对易返贫致贫人口早发现、早干预、早帮扶，守住不发生规模性返贫的底线。"
    >>> for year in (2020, 2021):
    ...     _ = (folder / f"{year}年方案.txt").write_text(f"{year}年。{text}", encoding="utf-8")
    >>> made = casemine.extract([folder], folder / "study")
    >>> casemine.similar(made, least=30).passages[["first", "second", "letters"]].values.tolist()
    [['2020年方案.txt', '2021年方案.txt', 41]]
    """
    study = Study.of(study)
    parameters = {
        "least": whole_number(least, name="least", least=16),
        "alike": share(alike, name="alike", least=0, most=1),
        "neighbours": whole_number(neighbours, name="neighbours", least=1),
        "common": share(common, name="common", least=0, most=1),
    }
    with study.locked():
        found: Similar = engine.make(ExtractContext.of(study, progress), SIMILAR, parameters)
    return found


@dataclass(frozen=True)
class _Texts:
    """The documents in the order of time: names, dates and letters."""

    names: list[str]
    dates: list[str]
    letters: list[Letters]

    def span(self, document: int, start: int, end: int) -> tuple[int, int]:
        """Return where letters `[start, end)` of a document stand in its text."""
        places: Positions = self.letters[document].places
        return int(places[start]), int(places[end - 1]) + 1


def _similar(context: ExtractContext, least: int, alike: float, neighbours: int, common: float) -> Similar:
    study = context.study
    rows = study.documents.to_dict("records")
    dates = [diffusion.date_of({str(name): value for name, value in row.items()}) for row in rows]
    in_time = diffusion.in_time(dates)
    rank = {at: number for number, at in enumerate(in_time)}
    letters, counts, words = _read(context, len(rows))
    texts = _Texts([rows[at]["doc_id"] for at in in_time], [dates[at] for at in in_time],
                   [letters[at] for at in in_time])  # fmt: skip
    weights = vectors.tfidf(counts[in_time])
    near = vectors.nearest(weights, neighbours=neighbours, least=alike)
    many = max(_FEWEST_COMMON, int(common * len(rows)))
    index = Index.of(texts.letters)
    passages = _found(context, index, least, many)
    told = common_passages(index, least=least, common=many)[:_COMMON_TOLD]
    del index
    numbers = vectors.clusters(len(rows), near)
    leading = vectors.leading_words(weights, words, numbers)
    lengths = [len(each.codes) for each in texts.letters]
    order = [diffusion.order(texts.dates[each.first], texts.dates[each.second]) for each in passages]
    first, taken = diffusion.origins(passages, lengths, order)
    passed = [each for each, origin, when in zip(passages, first, order, strict=True)
              if origin and when == diffusion.EARLIER]  # fmt: skip
    flows = diffusion.flows(passed)
    found = Similar(
        _pairs(texts, near, passages, lengths),
        _documents(texts, near, numbers, leading, taken, flows, [rank[at] for at in range(len(rows))]),
        _passages(study, texts, passages, first, order),
        _common(study, texts, told),
        schema.DIFFUSION.frame([
            {"source": texts.names[flow.source], "target": texts.names[flow.target],
             "source_date": texts.dates[flow.source], "target_date": texts.dates[flow.target],
             "passages": flow.passages, "letters": flow.letters,
             "share": min(flow.letters / max(lengths[flow.target], 1), 1.0)} for flow in flows
        ]),
    )  # fmt: skip
    return _write(study, found, weights, texts)


def _read(context: ExtractContext, total: int) -> tuple[list[Letters], Any, list[str]]:
    """Read every text once; return letters, counts of words and the words."""
    cut = content_words.ContentWords(context)
    letters: list[Letters] = []

    def words() -> Any:
        for number, document in enumerate(context.study.iter_texts(), start=1):
            letters.append(Letters.of(document.counted))
            context.progress("read", number, total)
            yield cut(document.counted)

    counts, vocabulary = vectors.counted(words())
    return letters, counts, vocabulary


def _found(context: ExtractContext, index: Index, least: int, many: int) -> list[Shared]:
    passages = []
    total = len(index.bounds) - 1
    for passage in shared(index, least=least, common=many):
        context.progress("compare", passage.first + 1, total)
        passages.append(passage)
    return passages


def _pairs(
    texts: _Texts, near: Sequence[tuple[int, int, float]], passages: Sequence[Shared], lengths: Sequence[int]
) -> pd.DataFrame:
    cosines = {(first, second): cosine for first, second, cosine in near}
    flows = {(flow.source, flow.target): flow for flow in diffusion.flows(passages)}
    rows = []
    for first, second in {*cosines, *flows}:
        flow = flows.get((first, second), diffusion.Flow(first, second, 0, 0))
        rows.append({
            "first": texts.names[first], "second": texts.names[second],
            "cosine": cosines.get((first, second), float("nan")),
            "passages": flow.passages, "letters": flow.letters,
            "share": min(flow.letters / max(lengths[second], 1), 1.0),
        })  # fmt: skip
    table = schema.SIMILAR.frame(rows)
    return table.sort_values(["cosine", "share", "first", "second"], ascending=[False, False, True, True],
                             kind="stable", ignore_index=True)  # fmt: skip


def _documents(
    texts: _Texts,
    near: Sequence[tuple[int, int, float]],
    numbers: Sequence[int],
    leading: dict[int, list[str]],
    taken: Sequence[float],
    flows: Sequence[diffusion.Flow],
    order: Sequence[int],
) -> pd.DataFrame:
    """Return the table of documents in the order of documents.csv."""
    best: dict[int, tuple[float, int]] = {}
    for first, second, cosine in near:
        for own, other in ((first, second), (second, first)):
            best[own] = max(best.get(own, (-1.0, 0)), (cosine, -other))
    given = pd.Series([flow.source for flow in flows], dtype="int64").value_counts()
    rows = []
    for at in order:
        cosine, nearest = best.get(at, (float("nan"), 0))
        rows.append({
            "doc_id": texts.names[at], "date": texts.dates[at], "cluster": numbers[at],
            "words": "；".join(leading.get(numbers[at], ())),
            "nearest": texts.names[-nearest] if at in best else "", "cosine": cosine,
            "taken": taken[at], "given": int(given.get(at, 0)),
        })  # fmt: skip
    return schema.SIMILAR_DOCUMENTS.frame(rows)


def _passages(
    study: Study, texts: _Texts, passages: Sequence[Shared], first: Sequence[bool], order: Sequence[str]
) -> pd.DataFrame:
    rows: list[dict[str, object]] = []
    text_of = text_reader(study)
    for passage, origin, when in zip(passages, first, order, strict=True):
        one, other = passage.first, passage.second
        start, end = texts.span(one, passage.first_start, passage.first_end)
        second_start, second_end = texts.span(other, passage.second_start, passage.second_end)
        rows.append({
            "first": texts.names[one], "second": texts.names[other],
            "first_date": texts.dates[one], "second_date": texts.dates[other],
            "order": when, "origin": origin,
            "first_start": start, "first_end": end, "second_start": second_start, "second_end": second_end,
            "letters": passage.letters, "likeness": passage.likeness, "documents": passage.documents,
            "text": text_of(texts.names[one])[start:end],
        })  # fmt: skip
    table = schema.SHARED_PASSAGES.frame(rows)
    falling = ["letters", "first", "second", "first_start", "second_start"]
    return table.sort_values(falling, ascending=[False, True, True, True, True], ignore_index=True)


def _common(study: Study, texts: _Texts, told: Sequence[Common]) -> pd.DataFrame:
    text_of = text_reader(study)
    rows = []
    for passage in told:
        start, end = texts.span(passage.document, passage.start, passage.end)
        name = texts.names[passage.document]
        rows.append({
            "doc_id": name, "date": texts.dates[passage.document], "start": start, "end": end,
            "letters": passage.end - passage.start, "documents": passage.documents,
            "text": text_of(name)[start:end],
        })  # fmt: skip
    return schema.COMMON_PASSAGES.frame(rows)


def _write(study: Study, found: Similar, weights: Any, texts: _Texts) -> Similar:
    from casemine.exchange.graph import gexf_of
    from casemine.figures import likeness

    files = put_tables(study, "similar", [
        (schema.SIMILAR, "", "文档相似", found.pairs),
        (schema.SIMILAR_DOCUMENTS, "documents", "文档与聚类", found.documents),
        (schema.SHARED_PASSAGES, "passages", "相同段落", found.passages),
        (schema.COMMON_PASSAGES, "common", "套语", found.common),
        (schema.DIFFUSION, "diffusion", "扩散", found.diffusion),
    ])  # fmt: skip
    if len(texts.names) <= MOST_IN_MATRIX:
        square = pd.DataFrame(vectors.matrix(weights).round(4), columns=texts.names)
        square.insert(0, "doc_id", texts.names)
        sheets.write_csv(square, study.new_file("tables/similar_matrix.csv"))
        files.append("tables/similar_matrix.csv")
    else:
        study.remove("tables/similar_matrix.csv")
    titles = titles_of(study)
    study.new_file("exports/similar.gexf").write_bytes(gexf_of(_graph(found, titles)))
    drawn, not_drawn = put_figures(study, {
        "similar": lambda style: likeness.near(found.pairs, found.documents, titles, style),
        "diffusion": lambda style: likeness.passed(found.diffusion, titles, style),
    })  # fmt: skip
    return Similar(found.pairs, found.documents, found.passages, found.common, found.diffusion,
                   (*files, "exports/similar.gexf", *drawn), not_drawn)  # fmt: skip


def _graph(found: Similar, titles: dict[str, str]) -> Any:
    """Return the directed graph of documents: near ones (both ways one edge) and what passed on."""
    import networkx

    graph: Any = networkx.MultiDiGraph()
    for row in found.documents.to_dict("records"):
        graph.add_node(row["doc_id"], label=sheets.printable(titles[row["doc_id"]]),
                       date=row["date"], cluster=int(row["cluster"]), taken=float(row["taken"]))  # fmt: skip
    for row in found.pairs.dropna(subset=["cosine"]).to_dict("records"):
        graph.add_edge(row["first"], row["second"], kind="near", weight=float(row["cosine"]))
    for row in found.diffusion.to_dict("records"):
        graph.add_edge(row["source"], row["target"], kind="passed on", weight=float(row["letters"]))
    return networkx.relabel_nodes(graph, sheets.printable)


def _reads(context: ExtractContext, parameters: Parameters) -> Sequence[str]:
    return content_words.READS


SIMILAR = Stage(
    "similar", _reads, _similar, depends=paragraphs.depends, replaces=True,
    libraries=("jieba", "matplotlib", "networkx", "numpy", "scipy"),
)  # fmt: skip


def _section(study: Study, call: Call, draw: Drawing) -> Section | None:
    """Say in a report which documents are near, and what passed from whom to whom."""
    from casemine.figures import likeness

    pairs = study.table(schema.SIMILAR, "tables/similar.csv")
    documents = study.table(schema.SIMILAR_DOCUMENTS, "tables/similar_documents.csv")
    passages = study.table(schema.SHARED_PASSAGES, "tables/similar_passages.csv")
    flows = study.table(schema.DIFFUSION, "tables/similar_diffusion.csv")
    titles = titles_of(study)
    near = pairs.dropna(subset=["cosine"])
    least, alike = call.parameters["least"], call.parameters["alike"]
    told = passages[passages["origin"]].head(5)
    return Section(
        "similar", "文本相似与政策扩散",
        f"{len(documents):,} 篇文档中，{len(near):,} 对用词相近，有 {len(passages):,} 个相同段落，"
        f"其中 {len(flows):,} 组由较早的文档传到较晚的文档。",
        f"文档相似度取 TF-IDF 余弦（不低于 {alike:g}）；相同段落以指纹法（winnowing）查找，不计标点，"
        f"至少 {least} 字，先后按成文、发布日期或年份判断。",
        f"Likeness of documents is the cosine of TF-IDF (at least {alike:g}); shared passages of at least "
        f"{least} letters were found by winnowing, their order by date.",
        (
            SectionTable("用词相近的文档", near.rename(columns=schema.SIMILAR.headers),
                         shares=("占文档乙比例",)),
            SectionTable("由较早文档传到较晚文档的段落", flows.rename(columns=schema.DIFFUSION.headers),
                         "文字相同不等于抄录：两者可能同出于更早的文件。",
                         shares=("占承袭文档比例",)),
        ),
        [
            *draw("similar", "用词相近的文档（颜色与形状为聚类）",
                  lambda style: likeness.near(pairs, documents, titles, style)),
            *draw("diffusion", "相同段落由较早文档传到较晚文档",
                  lambda style: likeness.passed(flows, titles, style)),
        ],
        [Quotation(f"{row['first']} → {row['second']}", row["first"], row["first_start"], row["first_end"])
         for row in told.to_dict("records")],
    )  # fmt: skip


SECTION = Analysis("similar", _section)
