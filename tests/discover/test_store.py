"""Values held in memory or in a folder: put, get, drop, and gone afterwards."""

from pathlib import Path

import pytest

from casemine.discover.store import Folder, Memory, Store, opened
from casemine.errors import UsageError


@pytest.mark.parametrize("kind", ["memory", "folder"])
def test_a_group_is_forgotten_alone(kind: str, tmp_path: Path) -> None:
    store: Store = Memory() if kind == "memory" else Folder(tmp_path)
    store.put("cut/0", [1, 2])
    store.put("cutting/0", "甲")
    store.put("cut/0", [3])
    assert store.get("cut/0") == [3]
    store.drop("cut")
    store.drop("none")
    assert store.get("cutting/0") == "甲"
    with pytest.raises((KeyError, FileNotFoundError)):
        store.get("cut/0")


def test_a_store_is_gone_afterwards_whatever_happens(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), opened(tmp_path) as store:
        store.put("a/0", 1)
        assert len(list(tmp_path.iterdir())) == 1
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    with opened(None) as store:
        store.put("a/0", 1)
    assert store == store and not store.values  # type: ignore[attr-defined]


def test_a_folder_that_a_worker_does_not_reach_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="a worker does not reach this folder"):
        Folder(tmp_path / "none").get("a/0")
