"""Whatever is decided, nothing is lost, and a sheet written from decisions changes none of them."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from casemine import review, study
from casemine.review.form import FilledSheet, SheetRow, cell_text
from casemine.review.words.apply import merges
from casemine.review.words.check import resolved
from casemine.review.words.columns import FORM, UNDECIDED, WordKey, WordState
from casemine.review.words.decisions import as_states
from casemine.review.words.read import WordSheet

WORDS = [
    "防贫预警机制",
    "防贫预警",
    "扶贫产业",
    "产业扶贫",
    "扶贫产业园",
    "积分制",
    "搬迁户",
    "数字乡村",
    "=新词",
    "'引号",
]
PLACES = ["*", "东岭县.txt", "南塘镇.txt", "西河村.txt"]

texts = st.one_of(
    st.just(""),
    st.sampled_from(
        ["=1+1", "'甲", "''", "-5", "2021", "1e5", "甲,乙\n丙", '"引"', "_x000D_", "TRUE", "@乙"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
).map(cell_text)
states = st.builds(
    WordState,
    decision=st.sampled_from(["keep", "drop", "merge", "add", "undo", "", "也许"]),
    standard=st.sampled_from(["", "", *WORDS, "防返贫监测"]),
    code=texts,
    quote=st.sampled_from(["", "", "积分制", "不在文中"]),
    note=texts,
)
rows = st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(WORDS), states), max_size=8)
sheets_ = rows.map(
    lambda rows: FilledSheet(
        "x",
        FORM,
        tuple(SheetRow(at, WordKey("", *row[:2]), "", row[2]) for at, row in enumerate(rows, start=2)),
    )
)
fixed = settings(max_examples=20, deadline=None)


def good(case, sheet: WordSheet, held: dict[WordKey, WordState] | None = None) -> dict[WordKey, WordState]:
    """Return the decisions of the rows of `sheet` that are right, each taken over by itself."""
    held = dict(held or {})
    for row in sheet.rows:
        try:
            one = FilledSheet("x", FORM, (row,))
            held = review.take(one, review.as_table(held), case.keywords, case.documents).decisions
        except review.SheetError:
            continue
    return held


def right(case, sheet: WordSheet) -> WordSheet:
    """Return `sheet` with the rows alone that are right by themselves, one a word."""
    rows = {row.key[1:]: row for row in sheet.rows if good(case, FilledSheet("x", FORM, (row,)))}
    return FilledSheet("x", FORM, tuple(rows.values()))


@given(sheet=sheets_, gone=st.sets(st.sampled_from(WORDS)), csv=st.booleans())
@fixed
def test_export_apply_export_is_stable_and_loses_nothing(
    new_case, sheet: WordSheet, gone: set[str], csv: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = new_case(Path(folder))
        held = good(case, sheet)
        decisions = review.as_table(held)
        # Some keywords vanish, as after another extraction.
        case.keywords = case.keywords[~case.keywords["word"].isin(gone)].reset_index(drop=True)
        made = review.build_sheet(case.keywords, case.frequency, decisions, case.documents)
        files = review.write_sheet(made, case.folder / "review.xlsx", csv=csv)
        read = review.read_sheet(files[-1])
        shown = {row.key._replace(coder="researcher"): row.state for row in read.rows if any(row.state)}
        assert shown == held
        taken = review.take(read, decisions, case.keywords, case.documents)
        assert taken.decisions == held
        again = review.build_sheet(
            case.keywords, case.frequency, review.as_table(taken.decisions), case.documents, earlier=[read]
        )
        assert again.equals(made)


@given(first=sheets_, second=sheets_)
@fixed
def test_typed_cells_survive_an_export_until_they_are_applied(
    new_case, first: WordSheet, second: WordSheet
) -> None:
    case = new_case(Path())
    held = good(case, first)
    table = review.as_table(held)
    made = review.build_sheet(case.keywords, case.frequency, table, case.documents, earlier=[second])
    with tempfile.TemporaryDirectory() as folder:
        read = review.read_sheet(review.write_sheet(made, Path(folder) / "s.xlsx")[0])
    typed = [(row.key.doc_id, row.key.word, row.state) for row in read.rows]
    for row in second.rows:
        now = held.get(row.key._replace(coder="researcher"), UNDECIDED)
        assert resolved(row, now) == now or (row.key.doc_id, row.key.word, row.state) in typed
    shown = {WordKey("researcher", *row[:2]) for row in typed}
    assert held.keys() <= shown


@given(sheet=sheets_)
@fixed
def test_a_sheet_is_taken_over_whole_or_not_at_all_and_twice_is_once(new_case, sheet: WordSheet) -> None:
    case = new_case(Path())
    none = review.no_decisions()
    sheet = right(case, sheet)
    try:
        taken = review.take(sheet, none, case.keywords, case.documents)
    except review.SheetError as error:
        assert str(error).count("\n") >= 1
        return
    table = review.as_table(taken.decisions)
    assert review.take(sheet, table, case.keywords, case.documents).decisions == taken.decisions
    final = review.apply_decisions(case.keywords, table, case.documents)
    standards = merges(table)
    for doc_id, group in final.groupby("doc_id"):
        assert group["rank"].tolist() == list(range(1, len(group) + 1))
        own = standards.get(str(doc_id), standards.get("*", {}))
        assert not set(group["word"]) & set(own)
        text = next(document.text for document in case.documents if document.doc_id == doc_id)
        assert all(row.context in text for row in group.itertuples())


@given(sheets=st.lists(sheets_, min_size=1, max_size=4))
@settings(max_examples=20, deadline=None)
def test_the_history_played_again_gives_the_decisions(new_case, sheets: list[WordSheet]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = new_case(Path(folder))
        before = b""
        applied = 0
        for sheet in sheets:
            decisions = good(case, sheet, as_states(case.decisions))
            with study.transaction(case.folder) as staging:
                applied += len(review.record(case.folder, staging, decisions, source="x"))
            assert review.as_table(decisions).equals(case.decisions)
            now = (case.folder / "history.csv").read_bytes() if applied else b""
            assert now.startswith(before)
            before = now
        assert len(case.history) == applied
        assert review.as_table(review.replay(case.history)).equals(case.decisions)
