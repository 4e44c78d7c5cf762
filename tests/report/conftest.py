"""Two small studies, made once for all tests of the report: a plain one, and one that attacks a page."""

import json
import shutil
from pathlib import Path

import pytest

from casemine import pipeline, resources, sheets
from casemine.pipeline.report import ReportView, report_view
from casemine.pipeline.view import view
from casemine.study import Study

KEPT, DROPPED = 12, 3


@pytest.fixture(scope="session")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    cases = tmp_path_factory.mktemp("cases")
    for name in ("02-sichuan-luojiang.txt", "07-zhejiang-lishui.txt", "08-jiangxi.txt", "manifest.csv"):
        shutil.copy(resources.corpus("cases") / name, cases / name)
    folder = tmp_path_factory.mktemp("studies") / "study"
    pipeline.extract.extract([str(cases)], folder)
    words = sheets.read_csv(folder / "frequency.csv")["keyword"].tolist()
    rows = [f"*,{word},保留" for word in words[:KEPT]] + [f"*,{word},删除" for word in words[-DROPPED:]]
    sheet = folder.parent / "sheet.csv"
    sheet.write_text("\n".join(["文档编号,词语,决定", *rows]) + "\n", encoding="utf-8-sig")
    pipeline.review.apply_review(folder, sheet)
    pipeline.code.code(folder)
    pipeline.rigour.saturation(folder)
    return folder


SENTENCE = "全县建立防贫预警机制，扶贫产业园带动增收。"


@pytest.fixture(scope="session")
def attack() -> str:
    """What ends a script, opens a comment, ends an attribute."""
    return "<script>document.title='run'</script></script><!-- <b>&amp; \"'"


@pytest.fixture(scope="session")
def attacking(tmp_path_factory: pytest.TempPathFactory, attack: str) -> Path:
    cases, folder = tmp_path_factory.mktemp("cases"), tmp_path_factory.mktemp("studies") / "攻击"
    records = [
        {"title": f"{attack}甲", "region": "云南", "text": f"扶贫车间{attack}有效。\n{SENTENCE * 60}"},
        # Each of these two characters is one code point and two units of JavaScript.
        {"title": "\U00020000乡", "region": "四川", "text": f"\U00020000\U00020001{SENTENCE}\n特色产业。"},
        {"title": "", "region": "", "text": f"{attack}特色产业与扶贫车间。"},
    ]
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    (cases / "甲&'b.jsonl").write_text("\n".join(lines), encoding="utf-8")
    pipeline.extract.extract([str(cases)], folder)
    pipeline.code.code(folder)
    return folder


@pytest.fixture(scope="session")
def small(coded_once: Path) -> ReportView:
    """What a report shows of the small coded study."""
    return report_view(view(Study(coded_once)), title="小研究")
