"""Memos are kept as decisions are: a table, a history that only grows, and the one leads to the other."""

from pathlib import Path

from casemine.review import MEMOS, MemoKey, MemoState


def test_what_was_written_is_read_back_and_the_history_leads_to_it(tmp_path: Path) -> None:
    first = {
        MemoKey("A", doc_id="甲"): MemoState("=先看\n再定"),
        MemoKey("B", "书", "积分制"): MemoState("太宽"),
    }
    MEMOS.record(tmp_path, tmp_path, first, source="test")
    assert MEMOS.states(MEMOS.read(tmp_path)) == first
    second = {MemoKey("A", doc_id="甲"): MemoState("改定")}
    MEMOS.record(tmp_path, tmp_path, second, source="test")
    history = MEMOS.read_history(tmp_path)
    assert MEMOS.replay(history) == second == MEMOS.states(MEMOS.read(tmp_path))
    assert history["number"].tolist() == [1, 2, 3, 4]
