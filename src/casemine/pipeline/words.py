"""`casemine words`: the plain word list of a study, the words that mark each group, their trend."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import pandas as pd

from casemine import schema
from casemine.arguments import instance, several, whole_number
from casemine.errors import ParameterError, UsageError
from casemine.lexicon.tags import TAGS
from casemine.pipeline import engine, paragraphs
from casemine.pipeline.context import ExtractContext, Progress, quiet
from casemine.pipeline.engine import Parameters, Stage
from casemine.pipeline.products import column_meant, groups_of, named_groups, put_figures, put_table
from casemine.pipeline.sections import Analysis, Drawing
from casemine.report.analyses import words_method
from casemine.report.section import Section, SectionTable
from casemine.study import Call, Study
from casemine.tables import wordlist

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from casemine.figures.style import Style

Tables = dict[str, pd.DataFrame]
Draw: TypeAlias = "Callable[[Style], Figure]"
_LIST = "tables/words.csv"
# Words of a group in the report, words whose trend is kept.
_OF_GROUP, _TREND = 10, 30


@dataclass(frozen=True)
class WordsCounted:
    """The tables of words by the name of their file, and figures not drawn with the reason."""

    study: Study
    tables: Tables
    not_drawn: tuple[str, ...] = ()


def count_words(
    study: Study | str | os.PathLike[str],
    *,
    by: Sequence[str] = ("region", "year"),
    pos: Sequence[str] = (),
    keyness: str = "g2",
    top: int = 500,
    progress: Progress = quiet,
) -> WordsCounted:
    """Count the words of a study; write tables/words*.csv and figures/words*.

    Parameters
    ----------
    study : Study or path
        The study, as `casemine extract` made it.
    by : sequence of str
        Columns of documents.csv: the words that mark each of their groups, and the trend over them.
    pos : sequence of str
        First letters of parts of speech (n, v, a, ...) to keep; none keeps all words of content.
    keyness : {"g2", "chi2"}
        The statistic.
    top : int
        Words in words.csv, and in each group.

    Returns
    -------
    WordsCounted
        `tables` maps files to frames (`schema.WORDS`, `WORDS_BY`, `WORD_TREND`).

    Raises
    ------
    UsageError
        For a column or measure that is none.

    Examples
    --------
    >>> from casemine import count_words
    >>> count_words("STUDY", by=["year"], pos=["n"]).tables["tables/words.csv"].head()  # doctest: +SKIP
    """
    study = Study.of(study)
    if keyness not in wordlist.MEASURES:
        raise UsageError(
            f"no such measure: {keyness}.", advice=f"Give one of {', '.join(wordlist.MEASURES)}."
        )
    advice = "Give them in a list: ['n', 'v']."
    fields = [column_meant(study, name) for name in several(by, name="by", advice=advice)]
    for field in fields:
        groups_of(study, field)
    letters = several(pos, name="pos", advice=advice)
    top = whole_number(top, name="top", least=1)
    parameters = {"by": fields, "pos": letters, "keyness": keyness, "top": top}
    with study.locked():
        context = ExtractContext.of(study, progress)
        _check_letters(context, letters)
        counted: WordsCounted = engine.make(context, WORDS, parameters)
    return counted


def _check_letters(context: ExtractContext, letters: Sequence[str]) -> None:
    """Raise `ParameterError` for what no part of speech begins with: it would give an empty list.

    Words of a person's dictionary and new words may have tags of their own.
    """
    if not letters:
        return
    advice = "Give first letters of parts of speech, such as n, v, a or nz."
    tags = {*TAGS, *context.segmenter.words.values(), *context.study.new_words["pos"]}
    for part in letters:
        instance(part, str, name="pos", advice=advice)
        if not part or not any(tag.startswith(part) for tag in tags):
            raise ParameterError(f"is {part!r:.60}.", place="pos", advice=advice)


def _words(
    context: ExtractContext, by: Sequence[str], pos: Sequence[str], keyness: str, top: int
) -> WordsCounted:
    study = context.study
    counts = _counts(context, pos)
    listed = wordlist.word_list(counts, top)
    written = put_table(study, "words", schema.WORDS, listed, "高频词")
    for field in by:
        groups = named_groups(study, field)
        marked = wordlist.keyness(counts, groups, measure=keyness, top=top)
        over = wordlist.trend(counts, groups, listed["word"].head(_TREND).tolist())
        written |= put_table(study, f"words_by_{field}", schema.WORDS_BY, marked, "特征词")
        written |= put_table(study, f"words_over_{field}", schema.WORD_TREND, over, "词频走势")
    _, not_drawn = put_figures(study, {name: draw for name, _, draw in _figures(written)})
    return WordsCounted(study, written, not_drawn)


def _counts(context: ExtractContext, pos: Sequence[str]) -> wordlist.Counts:
    reader = paragraphs.Reader.of(context)
    content = paragraphs.Content.of(context, reader)
    sizes: list[int] = []
    total = len(context.study.documents)

    def documents() -> Iterator[dict[str, int]]:
        for done, document in enumerate(context.study.iter_texts(), 1):
            found = Counter(word for paragraph in reader.paragraphs(document) for word in paragraph.words)
            sizes.append(found.total())
            yield {word: many for word, many in found.items() if _kept(word, content, pos)}
            context.progress("words", done, total)

    return wordlist.count(documents(), sizes, reader.tags)


def _kept(word: str, content: paragraphs.Content, pos: Sequence[str]) -> bool:
    """Tell whether a word counts: of content, or of the parts of speech asked for and no function word."""
    if not pos:
        return content.holds(word)
    wanted = content.reader.tags[word].startswith(tuple(pos))
    return wanted and len(word) > 1 and word not in content.without


def _figures(written: Tables) -> list[tuple[str, str, Draw]]:
    """Return the figures of words: name, caption, and what draws it in a style."""
    from casemine.figures import wordlist as drawn

    listed = written[_LIST]
    found: list[tuple[str, str, Draw]] = [
        ("words", "高频词（出现次数）", lambda style: drawn.bars(listed, style))
    ]
    for name, frame in written.items():
        field = _field(name, "words_by_")
        if field and frame["group"].nunique() > 1:
            header = schema.DOCUMENTS.headers.get(field, field)
            found.append((
                f"words_by_{field}", f"各组的特征词（{header}；按统计量由高到低，条长为对数比）",
                partial(drawn.marked, frame),
            ))  # fmt: skip
        field = _field(name, "words_over_")
        if field == "year" and frame["group"].nunique() > 2:
            found.append((
                "words_over_year", "高频词的历年走势（每万词频率）",
                partial(drawn.trend, frame),
            ))  # fmt: skip
    return found


def _field(name: str, kind: str) -> str:
    base = name.removeprefix("tables/").removesuffix(".csv")
    return base.removeprefix(kind) if base.startswith(kind) else ""


def _section(study: Study, call: Call, draw: Drawing) -> Section:
    read = {name: study.table(_table_of(name), name) for name in call.outputs if name.endswith(".csv")}
    listed, measure = read[_LIST], call.parameters["keyness"]
    statistic = "G2" if measure == "g2" else "χ2"
    tables = [
        SectionTable(
            "高频词表", listed.rename(columns=schema.WORDS.headers), "每万词频率以全部词语为分母。",
            shares=["文档占比"],
        )
    ]  # fmt: skip
    for name, frame in read.items():
        if (field := _field(name, "words_by_")) and frame["group"].nunique() > 1:
            header = schema.DOCUMENTS.headers.get(field, field)
            shown = frame.groupby("group", sort=False).head(_OF_GROUP).rename(columns=schema.WORDS_BY.headers)
            note = f"统计量为{statistic}，各组与其余各组相比，每组列前{_OF_GROUP}个；全表见{name}。"
            tables.append(SectionTable(f"各组的特征词（{header}）", shown, note, most=200))
    pictures = [picture for one in _figures(read) for picture in draw(*one)]
    zh, en = words_method(call.parameters, wordlist.LEAST)
    lead = f"列出出现最多的{len(listed):,}个词语。"
    return Section("words", "高频词与特征词", lead, zh, en, tables, pictures)


def _table_of(name: str) -> schema.Table:
    if _field(name, "words_by_"):
        return schema.WORDS_BY
    return schema.WORD_TREND if _field(name, "words_over_") else schema.WORDS


def _reads(context: ExtractContext, parameters: Parameters) -> tuple[str, ...]:
    return paragraphs.READS


WORDS = Stage("words", _reads, _words, depends=paragraphs.depends, replaces=True,
              libraries=("jieba", "matplotlib", "numpy", "scipy"))  # fmt: skip
SECTION = Analysis("words", _section)
