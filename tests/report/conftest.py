"""A small study, extracted, reviewed, coded and measured once for all tests of the report."""

import shutil
from pathlib import Path

import pytest

from casemine import pipeline, resources, sheets

KEPT, DROPPED = 12, 3


@pytest.fixture(scope="session")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    cases = tmp_path_factory.mktemp("cases")
    for name in ("02-sichuan-luojiang.txt", "07-zhejiang-lishui.txt", "08-jiangxi.txt", "manifest.csv"):
        shutil.copy(resources.corpus("cases") / name, cases / name)
    folder = tmp_path_factory.mktemp("studies") / "study"
    pipeline.extract([str(cases)], folder)
    words = sheets.read_csv(folder / "frequency.csv")["keyword"].tolist()
    rows = [f"*,{word},保留" for word in words[:KEPT]] + [f"*,{word},删除" for word in words[-DROPPED:]]
    sheet = folder.parent / "sheet.csv"
    sheet.write_text("\n".join(["文档编号,词语,决定", *rows]) + "\n", encoding="utf-8-sig")
    pipeline.apply_review(folder, sheet)
    pipeline.code(folder)
    pipeline.saturation(folder)
    return folder
