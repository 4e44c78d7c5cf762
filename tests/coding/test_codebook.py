from __future__ import annotations

from pathlib import Path

import pytest

from casemine import coding
from casemine.coding import Code
from casemine.errors import UsageError
from coding.codebooks import RULED, SMALL, book, written


def test_the_table_of_codes(tmp_path: Path) -> None:
    codes = coding.load(written(tmp_path, SMALL)).codes
    assert list(codes.columns) == [
        "code", "level", "parent", "role", "definition", "include", "exclude", "aliases", "example",
        "without", "needs", "rules",
    ]  # fmt: skip
    assert codes.iloc[0].tolist() == ["保障", "selective", "", "基础", *[""] * 8]
    assert codes.set_index("code").loc["预警", "aliases"] == "警示；风险预警"


def test_an_unknown_code_has_no_chain(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no code 别的"):
        coding.load(written(tmp_path, SMALL)).chain("别的")


def test_comments_layout_and_order_of_keys_do_not_change_the_hash(tmp_path: Path) -> None:
    plain = coding.load(written(tmp_path, SMALL))
    turned = SMALL.replace('name = "保障"\nrole = "基础"', '  role = "基础" # 说明\n\n  name = "保障"')
    other = coding.load(written(tmp_path, turned, "turned.toml"))
    assert other.hash == plain.hash
    assert plain.label == f"small@{plain.hash[:12]}"
    assert len(plain.hash) == 64
    changed = coding.load(written(tmp_path, SMALL.replace("及早", "尽早"), "changed.toml"))
    assert changed.hash != plain.hash


def test_the_hash_is_the_same_on_every_machine() -> None:
    known = book(Code("甲", "selective"))
    assert known.hash == "61627a5b3773dfa20191d51970d8b8791e3fc6b4262aa96c1cb25ed4b6a7db4b"


def test_a_codebook_without_rules_keeps_its_hash(tmp_path: Path) -> None:
    plain = coding.load(written(tmp_path, RULED.split("needs")[0].replace('without = ["保障局"]', "")))
    assert plain.label == "ruled@95305d5b8a6e"
    assert coding.load(written(tmp_path, RULED)).hash != plain.hash
