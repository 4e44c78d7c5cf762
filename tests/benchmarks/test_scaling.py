import json
import lzma
from pathlib import Path

import pytest

import scaling


def lines(texts: list[str]) -> str:
    return "".join(json.dumps({"doc_id": text, "text": text}, ensure_ascii=False) + "\n" for text in texts)


def test_the_first_documents_are_cut_off(tmp_path: Path) -> None:
    data = tmp_path / "a.jsonl.xz"
    data.write_bytes(lzma.compress(lines(["扶贫车间", "增收", "乡村"]).encode()))
    assert scaling.cut(data, 5e-6, tmp_path / "b.jsonl") == (6, 18)
    assert (tmp_path / "b.jsonl").read_text(encoding="utf-8") == lines(["扶贫车间", "增收"])


def test_exponent_of_a_power() -> None:
    assert scaling.exponent([(size, 3 * size**1.5) for size in (2, 10, 49)]) == pytest.approx(1.5)


def test_what_travels_is_counted(tmp_path: Path) -> None:
    data = tmp_path / "a.jsonl"
    data.write_text(lines(["村里建起扶贫车间。", "扶贫车间里有订单。"]), encoding="utf-8")
    seen = scaling.traffic(data)
    assert seen.read > seen.written > seen.calls > 0


def test_ten_times_the_text_takes_ten_times_the_hours_shared_by_the_workers() -> None:
    found = scaling.prospects(characters=10**9, size=10**9, seconds=3600, power=1.0, moved=100)
    assert "| 10 GB | 10,000 | 10.0 | 0.6 | 0.0 | 1.0 |" in found
