"""`casemine topics`: what a corpus is about, without a codebook: topics of its paragraphs."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd

from casemine import coding, schema
from casemine.arguments import several, whole_number
from casemine.errors import StudyError, UsageError
from casemine.pipeline import paragraphs
from casemine.pipeline.context import ExtractContext, Progress, quiet
from casemine.pipeline.engine import Parameters, Stage
from casemine.pipeline.products import (
    column_meant,
    groups_of,
    named_groups,
    put_figures,
    put_table,
    text_reader,
)
from casemine.pipeline.sections import Analysis, Drawing
from casemine.report.analyses import topics_method
from casemine.report.section import Quotation, Section, SectionTable
from casemine.study import Call, Study, replace_file
from casemine.topics import choice, model, tables
from casemine.topics.paragraphs import Paragraphs

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from casemine.figures.style import Style
    from casemine.topics.model import Topics

Tables = dict[str, pd.DataFrame]
Draw: TypeAlias = "Callable[[Style], Figure]"
_SUMMARY, _CHOICE, _QUOTES = "topics_summary", "topics_choice", "topic_quotes"
_TOP = "主题"
_DRAFT = "程序由主题模型所得的草稿，未经研究者审定：主题以其前三个词语为名，命名、定义和取舍由研究者完成。"


@dataclass(frozen=True)
class TopicsFound:
    """The tables of topics by the name of their file, how many there are, and figures not drawn, why."""

    study: Study
    topics: int
    tables: Tables
    not_drawn: tuple[str, ...] = ()


def find_topics(
    study: Study | str | os.PathLike[str],
    *,
    topics: int = 10,
    choose: Sequence[int] = (),
    by: Sequence[str] = ("region", "year"),
    engine: str = "nmf",
    seed: int = 0,
    progress: Progress = quiet,
) -> TopicsFound:
    """Find the topics of a study's paragraphs; write tables/topics*.csv and figures/topics*.

    Parameters
    ----------
    study : Study or path
        The study, as `casemine extract` made it.
    topics : int
        How many topics.
    choose : sequence of int
        Numbers to choose from by coherence and stability, in place of `topics`.
    by : sequence of str
        Columns of documents.csv to give the shares of topics by.
    engine : {"nmf", "lda"}
        gensim's Nmf over TF-IDF, or its LdaModel over counts.
    seed : int
        The first of the seeds; the same seed gives the same bytes.

    Returns
    -------
    TopicsFound
        `tables` maps files to frames (`schema.TOPICS`, `DOCUMENT_TOPICS`, ...).

    Raises
    ------
    UsageError
        For a column or engine that is none, too few paragraphs, or without gensim.

    Examples
    --------
    >>> from casemine import find_topics
    >>> found = find_topics("STUDY", topics=12, by=["year"])  # doctest: +SKIP
    >>> found.tables["tables/topics.csv"].head()  # doctest: +SKIP
    """
    from casemine.pipeline.engine import make

    study = Study.of(study)
    if engine not in model.ENGINES:
        raise UsageError(f"no such engine: {engine}.", advice=f"Give one of {', '.join(model.ENGINES)}.")
    advice = "A corpus has two topics at least: give a whole number, 2 or more."
    topics = whole_number(topics, name="topics", least=2, advice=advice)
    numbers = several(choose, name="choose", advice="Give numbers of topics in a list: [5, 10, 15].")
    choose = [whole_number(count, name="choose", least=2, advice=advice) for count in numbers]
    seed = whole_number(seed, name="seed", least=0)
    named = several(by, name="by", advice="Give them in a list: ['region', 'year'].")
    by = [column_meant(study, name) for name in named]
    for field in by:
        groups_of(study, field)
    parameters = {"topics": topics, "choose": choose, "by": by, "engine": engine, "seed": seed}
    with study.locked():
        found: TopicsFound = make(ExtractContext.of(study, progress), TOPICS, parameters)
    return found


def _topics(
    context: ExtractContext, topics: int, choose: Sequence[int], by: Sequence[str], engine: str, seed: int
) -> TopicsFound:
    study = context.study
    texts = _content(context)
    of = model.corpus(texts)
    counts = sorted(set(choose)) or [topics]
    seeds = choice.SEEDS_CHOOSING if choose else choice.SEEDS
    todo, fitted = len(counts) * (seeds + 1), 0

    def done() -> None:
        nonlocal fitted
        fitted += 1
        context.progress("topics", fitted, todo)

    measured = [
        choice.measured(of, count, engine=engine, seed=seed, seeds=seeds, done=done) for count in counts
    ]
    coherence = choice.coherences(texts, [one.topics for one in measured])
    means = [float(np.mean(row)) for row in coherence]
    curve = choice.choose(of, counts, means, [one.stability for one in measured])
    at = curve["chosen"].tolist().index(True)
    written = _tables(study, measured[at].topics, of, texts.spans.of(of.rows), coherence[at], by)
    written |= put_table(study, _CHOICE, schema.TOPICS_CHOICE, curve, "主题数")
    _, not_drawn = put_figures(study, {name: draw for name, _, draw in _figures(written)})
    return TopicsFound(study, counts[at], written, not_drawn)


def _content(context: ExtractContext) -> Paragraphs:
    """Return the paragraphs of a study as lists of words of content, and their spans."""
    reader, texts = paragraphs.Reader.of(context), Paragraphs()
    total = len(context.study.documents)
    content = paragraphs.Content.of(context, reader)
    for done, document in enumerate(context.study.iter_texts(), 1):
        for paragraph in reader.paragraphs(document):
            held = filter(content.holds, paragraph.words)
            texts.add(held, paragraph.doc_id, paragraph.start, paragraph.end)
        context.progress("segment", done, total)
    return texts


def _tables(
    study: Study,
    found: Topics,
    of: model.Corpus,
    spans: Sequence[tables.Span],
    coherence: Sequence[float],
    by: Sequence[str],
) -> Tables:
    doc_ids = study.documents["doc_id"].tolist()
    number = {doc_id: at for at, doc_id in enumerate(doc_ids)}
    owners = np.array([number[doc_id] for doc_id, _, _ in spans], dtype=np.int64)
    shares = tables.of_documents(found, of, owners, len(doc_ids))
    order = tables.falling(shares)
    found, shares, coherence = found.ordered(order), shares[:, order], [coherence[at] for at in order]
    label = tables.labels(found)
    written = put_table(study, "topics", schema.TOPICS, tables.words(found), "主题")
    written |= put_table(
        study, _SUMMARY, schema.TOPIC_SUMMARY, tables.summary(found, shares, coherence), "主题概览"
    )
    written |= put_table(
        study,
        "document_topics",
        schema.DOCUMENT_TOPICS,
        tables.document_table(doc_ids, shares),
        "文档主题",
    )
    quotes = tables.quotes(found, of, spans, text_reader(study))
    written |= put_table(study, _QUOTES, schema.TOPIC_QUOTES, quotes, "主题原文")
    for field in by:
        grouped = tables.by_group(named_groups(study, field), shares, label)
        written |= put_table(study, f"topics_by_{field}", schema.TOPICS_BY, grouped, "分组主题")
    return written


def _figures(written: Tables) -> list[tuple[str, str, Draw]]:
    """Return the figures of topics: name, caption, and what draws it of a style."""
    from casemine.figures import topics as drawn

    summary, words = written[f"tables/{_SUMMARY}.csv"], written["tables/topics.csv"]
    found: list[tuple[str, str, Draw]] = [
        (
            "topics",
            "各主题的主要词语（条长随词语在主题中的权重）",
            lambda style: drawn.bars(words, summary, style),
        ),
        (
            "topics_map",
            "主题分布图（距离为主题用词的差异，圆面积随主题占比）",
            lambda style: drawn.plane(words, summary, style),
        ),
    ]
    for name, frame in written.items():
        field = name.removeprefix("tables/topics_by_").removesuffix(".csv")
        if field != name.removesuffix(".csv") and frame["group"].nunique() > 1:
            found.append((
                f"topics_by_{field}", f"主题占比的分组比较（{schema.DOCUMENTS.headers.get(field, field)}）",
                partial(drawn.by_group, frame),
            ))  # fmt: skip
    curve = written[f"tables/{_CHOICE}.csv"]
    if len(curve) > 1:
        found.append(
            ("topics_choice", "主题数的选择（一致性与稳定性）", lambda style: drawn.choice(curve, style))
        )
    return found


def to_codebook(study: Study | str | os.PathLike[str], file: str | os.PathLike[str]) -> Path:
    """Draft a codebook of the topics a study has: a topic is an axial category, its words are open codes.

    A word goes to the topic where it weighs most. Raises `StudyError` where no topics were found yet,
    `UsageError` where `file` is there already.
    """
    study, path = Study.of(study), Path(file)
    if path.exists():
        raise UsageError("exists already; nothing was written.", place=str(path), advice="Give another name.")
    words = study.table_or_empty(schema.TOPICS, "tables/topics.csv")
    if words.empty:
        raise StudyError(
            "has no topics yet.", place=str(study.folder), advice="Run `casemine topics STUDY` first."
        )
    quotes = study.table_or_empty(schema.TOPIC_QUOTES, f"tables/{_QUOTES}.csv")
    replace_file(path, coding.to_toml(_draft(words, quotes, path.stem)))
    return path


def _draft(words: pd.DataFrame, quotes: pd.DataFrame, name: str) -> coding.Codebook:
    heaviest = words.sort_values(["weight", "topic"], ascending=[False, True]).drop_duplicates("word")
    first = quotes.drop_duplicates("label").set_index("label")["quote"].to_dict()
    entries = [coding.Code(_TOP, "selective", definition="语料的各个主题。")]
    for (number, label), own in heaviest.sort_values(["topic", "rank"]).groupby(["topic", "label"]):
        axial = f"主题{number:02d} {label}"
        entries.append(coding.Code(axial, "axial", _TOP, example=_line(first.get(label, ""))))
        words_of = [word for word in own["word"].head(model.LEADING) if word != _TOP]
        entries += [coding.Code(word, "open", axial) for word in words_of]
    return coding.Codebook(
        name=name, title="主题编码草稿", version="0.1", note=_DRAFT, entries=tuple(entries)
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _section(study: Study, call: Call, draw: Drawing) -> Section:
    read = {
        name: study.table(_TABLE_OF.get(name, schema.TOPICS_BY), name)
        for name in call.outputs
        if name.endswith(".csv")
    }
    summary, curve = read[f"tables/{_SUMMARY}.csv"], read[f"tables/{_CHOICE}.csv"]
    chosen = curve[curve["chosen"]].iloc[0].to_dict()
    quotes = read[f"tables/{_QUOTES}.csv"]
    shown = summary[["topic", "words", "share", "coherence"]].rename(columns=schema.TOPIC_SUMMARY.headers)
    listed = [SectionTable("主题及其主要词语", shown, "占比为各篇文本中该主题占比的均值；一致性为c_npmi。",
                           shares=["占比"])]  # fmt: skip
    if len(curve) > 1:
        listed.append(SectionTable("主题数的选择", curve.rename(columns=schema.TOPICS_CHOICE.headers)))
    pictures = [picture for one in _figures(read) for picture in draw(*one)]
    passages = [
        Quotation(f"主题{row['topic']} {row['label']}", row["doc_id"], row["start"], row["end"])
        for row in quotes.to_dict("records")
    ]
    seeds = choice.SEEDS_CHOOSING if call.parameters["choose"] else choice.SEEDS
    zh, en = topics_method(call.parameters, chosen, len(curve), model.SHORTEST, seeds)
    lead = (
        f"共{chosen['topics']}个主题，按占比排列；主题名为其前三个词语，命名由研究者完成。"
        f"平均一致性{chosen['coherence']:.3f}，稳定性{chosen['stability']:.2f}。"
    )
    return Section("topics", "主题", lead, zh, en, listed, pictures, passages)


_TABLE_OF = {
    "tables/topics.csv": schema.TOPICS,
    f"tables/{_SUMMARY}.csv": schema.TOPIC_SUMMARY,
    "tables/document_topics.csv": schema.DOCUMENT_TOPICS,
    f"tables/{_QUOTES}.csv": schema.TOPIC_QUOTES,
    f"tables/{_CHOICE}.csv": schema.TOPICS_CHOICE,
}


def _reads(context: ExtractContext, parameters: Parameters) -> tuple[str, ...]:
    return paragraphs.READS


TOPICS = Stage("topics", _reads, _topics, depends=paragraphs.depends, replaces=True,
               libraries=("gensim", "jieba", "matplotlib", "numpy", "scipy"))  # fmt: skip
SECTION = Analysis("topics", _section)
