"""The page says what the files of the study say, holds hostile texts as texts, and reaches for nothing."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import html as lxml_html

from casemine import pipeline, sheets
from casemine.cli import casemine
from casemine.messages import in_chinese
from casemine.pipeline.report import report_view
from casemine.pipeline.view import view
from casemine.report import page_tables
from casemine.report.content import Content, Picture
from casemine.report.html import html
from casemine.report.method import method_en, method_zh
from casemine.study import Study
from report.shown import changed

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><defs><clipPath id="p"/></defs></svg>'


@pytest.fixture(scope="module")
def gathered(reported: Path) -> Content:
    pictures = (Picture("one", "第一幅", SVG, b""), Picture("two", 'a "second" <one>', SVG, b""))
    return changed(report_view(view(Study(reported))), pictures=pictures)


@pytest.fixture(scope="module")
def page(gathered: Content) -> str:
    return html(gathered)


@cache
def parsed(page: str) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(page)


def embedded(page: str, name: str = "data") -> Any:
    return json.loads(parsed(page).get_element_by_id(name).text)


def column(grid: dict[str, Any], header: str) -> list[str]:
    at = grid["headers"].index(header)
    return [row[at] for row in grid["rows"]]


def test_the_same_study_gives_the_same_bytes(reported: Path, gathered: Content, page: str) -> None:
    assert html(gathered) == page
    (path,) = pipeline.report.report(reported, formats=["html"]).files
    written = path.read_bytes()
    again = "import sys; from casemine.pipeline.report import report; report(sys.argv[1], formats=['html'])"
    environment = os.environ | {"PYTHONHASHSEED": "7", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", again, str(reported)], check=True, env=environment)
    assert path.read_bytes() == written


def test_nothing_leaves_the_page(page: str) -> None:
    tree = parsed(page)
    addresses = tree.xpath("//@src | //@href | //@action | //@data | //@srcset")
    assert len(addresses) > 8
    assert all(address.startswith(("#", "data:")) for address in addresses)
    assert not re.search(r"@import|url\(", "".join(tree.xpath("//style/text()")))
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert {"default-src 'none'", "img-src data:"} <= set(policy.split("; "))
    assert tree.xpath("//head/*[1]/@charset") == ["utf-8"]


def test_numbers_are_those_of_the_files(reported: Path, page: str) -> None:
    tables = embedded(page)["tables"]
    frequency = sheets.read_csv(reported / "frequency_final.csv")
    assert column(tables["keywords"], "关键词") == frequency["keyword"].tolist()
    assert column(tables["keywords"], "案例频次") == frequency["documents"].tolist()
    assert column(tables["keywords"], "占比") == [f"{float(share):.1%}" for share in frequency["share"]]
    words = sheets.read_csv(reported / "new_words.csv")
    assert column(tables["new-words"], "权重") == [f"{float(weight):,.2f}" for weight in words["weight"]]
    documents = sheets.read_csv(reported / "documents.csv")
    assert column(tables["documents"], "字数") == [f"{int(chars):,}" for chars in documents["chars"]]
    quoted = sheets.read_csv(reported / "codings.csv").drop_duplicates(["doc_id", "start", "code"])
    counts = Counter(quoted["doc_id"])
    expected = [str(counts[doc_id]) for doc_id in documents["doc_id"]]
    assert column(tables["documents"], "引文数") == expected
    left_out = sheets.read_csv(reported / "left_out.csv")
    assert column(tables["left-out"], "原因") == [in_chinese(reason) for reason in left_out["reason"]]
    summary = sheets.read_csv(reported / "tables" / "saturation_summary.csv")
    assert column(tables["saturation"], "新编码数") == summary["new"].tolist()


def test_the_tree_counts_cases_and_quotations_of_each_code(reported: Path, page: str) -> None:
    codings = sheets.read_csv(reported / "codings.csv").drop_duplicates(["doc_id", "start", "code"])
    for code, own in codings.groupby("code"):
        (summary,) = parsed(page).xpath(f"//details[contains(@class, 'open')]/summary[span='{code}']")
        leading = own.loc[own["from"] == "keyword", "doc_id"].nunique()
        told = [b.text for b in summary.findall(".//b")]
        both = [str(own["doc_id"].nunique()), str(leading), str(len(own))]
        # Where all codes come from keywords there is one count of documents.
        assert told in (both, [both[0], both[2]])


def test_codes_by_group_are_those_of_the_tables(reported: Path, page: str) -> None:
    pipeline.rigour.tables(reported, ("region", "year"))
    for field, of in embedded(page)["groups"].items():
        table = sheets.read_csv(reported / "tables" / f"codes_by_{field}_six-in-one.csv")
        for value in ("documents", "quotations", "share"):
            for level in page_tables.LEVELS:
                own = table[(table["level"] == level) & (table["quotations"] != "0")]
                grid = of[f"{level}/{value}"]
                cells = {(row[0], header): cell for row in grid["rows"]
                         for header, cell in zip(grid["headers"], row, strict=True)}  # fmt: skip
                for row in own.to_dict("records"):
                    pair = (row["code"], row["group"])[:: 1 if grid["down"] == "code" else -1]
                    number = row[value]
                    assert cells[pair] == (f"{float(number):.1%}" if value == "share" else number)


def test_group_tables_put_the_longer_side_down_and_add_up(gathered: Content) -> None:
    made = page_tables.groups(gathered)["region"]
    selective, open_ = made["selective/documents"], made["open/quotations"]
    assert (selective.down, open_.down) == ("code", "code")
    header = list(open_.columns)
    assert header[0] == "开放式编码"
    assert header[-1] == "合计"
    assert all(sum(map(int, row[1:-1])) == int(row[-1]) for row in open_.rows)
    (sizes,) = open_.foot
    assert sizes == ["文档数", "1", "1", "1", "3"]
    by_one = gathered.groups["region"].query(
        "code in ['落实防贫保障', '推进产业升级'] or level != 'selective'"
    )
    down = page_tables.groups(changed(gathered, groups={"region": by_one}))["region"]["selective/share"]
    assert down.down == "group"
    assert list(down.columns)[:2] == ["分组", "文档数"]
    assert down.foot[0][:2] == ["合计", "3"]


def test_quotations_and_texts_lead_to_the_sentences(reported: Path, page: str) -> None:
    data = embedded(page)
    codings = sheets.read_csv(reported / "codings.csv")
    expected = {(row["doc_id"], row["code"], row["quote"]) for row in codings.to_dict("records")}
    found = set()
    for code, document, start, end, _, source, *keywords in data["quotations"]:
        sentence = embedded(page, f"text-{document}")["text"][start:end]
        found.add((data["documents"][document][0], data["codes"][code][0], sentence))
        assert data["sources"][source] in ("全文", "关键词", "关键词、全文", "人工")
        for at in range(0, len(keywords), 3):
            word, offset, length = keywords[at : at + 3]
            assert sentence[offset : offset + length] == data["words"][word]
    assert found == expected
    contexts = {
        (
            data["documents"][row[1]][0],
            data["words"][row[6]],
            embedded(page, f"text-{row[1]}")["text"][row[2] : row[3]],
        )
        for row in data["contexts"]
    }
    keywords = sheets.read_csv(reported / "keywords_final.csv")
    assert contexts == set(keywords[["doc_id", "word", "context"]].itertuples(index=False, name=None))


def test_hostile_texts_are_texts(attacking: Path, attack: str) -> None:
    gathered = report_view(view(Study(attacking)), title=attack)
    page = html(gathered)
    tree = parsed(page)
    assert tree.findtext(".//title") == tree.findtext(".//h1") == attack
    scripts = tree.findall(".//script")
    assert [script.get("type") for script in scripts].count(None) == 1
    assert len(scripts) == 2 + len(gathered.texts)
    assert not tree.findall(".//b/script")
    for at, document in enumerate(gathered.texts):
        assert attack in document.text or at == 1
        assert embedded(page, f"text-{at}")["text"] == document.text
    assert column(embedded(page)["tables"]["documents"], "标题")[0] == f"{attack}甲"
    raw = page[page.index('id="data"') :]
    assert raw.count("<!--") == 0
    assert raw.count("</script>") == len(scripts)


def test_offsets_count_code_points(attacking: Path) -> None:
    gathered = report_view(view(Study(attacking)))
    data = embedded(html(gathered))
    of_second = [row for row in data["quotations"] if row[1] == 1]
    assert of_second
    # The title stands above the text of its row.
    assert min(row[2] for row in of_second) == gathered.texts[1].text.index("\n") + 1


def test_pictures_stand_apart_with_their_captions(page: str) -> None:
    images = parsed(page).xpath("//section[@id='figures']//img")
    assert [image.get("alt") for image in images] == ["第一幅", 'a "second" <one>']
    assert all(image.get("src").startswith("data:image/svg+xml;base64,") for image in images)
    assert parsed(page).xpath("//*[@id='p']") == []


def test_without_scripts_the_essentials_are_there(gathered: Content, page: str) -> None:
    tree = deepcopy(parsed(page))
    for element in tree.xpath("//script | //style"):
        element.drop_tree()
    shown = tree.text_content()
    assert method_zh(gathered) in shown
    assert method_en(gathered) in shown
    assert len(tree.xpath("//details[@data-code]")) == (gathered.codebook["level"] == "open").sum()
    assert len(tree.xpath("//div[@data-table='keywords']//tbody/tr")) == 15
    assert len(tree.xpath("//div[@data-field='region']//tbody/tr")) > 0
    assert "关键词由研究者审定了一部分" in shown
    identifiers = tree.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))


def test_a_study_that_was_not_coded_has_a_page(attacking: Path, tmp_path: Path) -> None:
    cases = tmp_path / "cases"
    cases.mkdir()
    (cases / "甲.txt").write_text("一篇没有新词的文本。", encoding="utf-8")
    pipeline.extract.extract([str(cases)], tmp_path / "study")
    (path,) = pipeline.report.report(tmp_path / "study", formats=["html"]).files
    tree = parsed(path.read_text("utf-8"))
    assert tree.xpath("//section/@id") == ["figures", "keywords", "new-words", "documents", "method"]
    assert "尚未编码" in tree.text_content()
    assert "全部文件均已读入" in tree.text_content()


def test_the_command_writes_the_page_and_warns_of_stale_codings(reported: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(casemine, ["report", str(reported), "--title", "三个案例"])
    assert result.exit_code == 0, result.output
    assert "report.html" in result.stdout
    assert result.stderr == ""
    assert parsed((reported / "report.html").read_text("utf-8")).findtext(".//h1") == "三个案例"
    assert CliRunner().invoke(casemine, ["report", str(reported), "-q"]).stdout == ""
    font = ["--font", str(reported / "run.json")]
    result = CliRunner().invoke(casemine, ["report", str(reported), *font])
    assert result.exit_code == 2 and "cannot be read as a font" in result.stderr
    result = CliRunner().invoke(casemine, ["report", str(tmp_path)])
    assert result.exit_code == 2
    assert "is not a casemine study" in result.stderr
    result = CliRunner().invoke(casemine, ["report", str(reported), "--codebook", "none"])
    assert result.exit_code == 2
    assert not list(reported.glob(".casemine-*"))
