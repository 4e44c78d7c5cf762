"""The catalogue has every message and no other; `pytest tests/messages --regold -n 0` takes new ones."""

import io
import re
from datetime import UTC, datetime

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import message_sources
from casemine.messages import in_chinese
from casemine.messages.catalogue import _whole
from casemine.messages.language import DOMAIN, LOCALE

FOLDER = LOCALE / "zh_CN" / "LC_MESSAGES"
SOURCE = FOLDER / f"{DOMAIN}.po"
HEAD = [("Content-Type", "text/plain; charset=utf-8"), ("Plural-Forms", "nplurals=1; plural=0;")]
DAY = datetime(2000, 1, 1, tzinfo=UTC)
HEADER = "# What casemine says, in Chinese."
BRACES = re.compile(r"\{(\w+)\}")


def read() -> Catalog:
    with SOURCE.open("rb") as file:
        return read_po(file, locale="zh_CN")


def with_messages(old: Catalog, asked: dict[str, set[str]]) -> Catalog:
    """Return a catalogue of the messages asked for, those that are new without Chinese."""
    new = Catalog(locale="zh_CN", domain=DOMAIN, header_comment=HEADER, project="casemine", fuzzy=False)
    for text, places in sorted(asked.items(), key=lambda item: (sorted(item[1]), item[0])):
        one, _, many = text.partition("\0")
        known = old.get(one)
        asked_for = (one, many) if many else one
        nothing = ("",) if many else ""
        places_ = [(place, None) for place in sorted(places)]
        new.add(asked_for, known.string if known else nothing, locations=places_)
    return new


def as_po(catalogue: Catalog) -> bytes:
    """Return a catalogue as text: without the dates and names that gettext puts in the head."""
    written = io.BytesIO()
    write_po(written, catalogue, width=110, omit_header=True, include_lineno=False)
    head = "".join(f'"{name}: {value}\\n"\n' for name, value in HEAD)
    return f'{HEADER}\nmsgid ""\nmsgstr ""\n{head}\n'.encode() + written.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """Return a catalogue as gettext reads it, the same bytes at any time."""
    plain = Catalog(locale="zh_CN", charset="utf-8", fuzzy=False, creation_date=DAY, revision_date=DAY)
    plain.mime_headers = HEAD
    for message in catalogue:
        if message.id and message.string:
            plain.add(message.id, message.string)
    written = io.BytesIO()
    write_mo(written, plain)
    return written.getvalue()


def identity(message: str | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else "\0".join(message)


@pytest.fixture(scope="module")
def asked() -> dict[str, set[str]]:
    return message_sources.messages()


def test_no_message_lacks_its_chinese_and_none_is_unused(
    asked: dict[str, set[str]], request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--regold"):
        catalogue = with_messages(read() if SOURCE.exists() else Catalog(locale="zh_CN"), asked)
        SOURCE.write_bytes(as_po(catalogue))
        (FOLDER / f"{DOMAIN}.mo").write_bytes(as_mo(read()))
        _whole.cache_clear()
    known = {identity(message.id): message.string for message in read() if message.id}
    assert [text for text in sorted(asked) if not known.get(text)] == [], f"without Chinese in {SOURCE}"
    assert sorted(set(known) - set(asked)) == [], "no longer said: pytest tests/messages --regold"


def test_what_is_compiled_is_what_is_written() -> None:
    written = {
        identity(message.id): message.string if isinstance(message.string, str) else message.string[0]
        for message in read()
        if message.id
    }
    assert _whole() == written


def test_the_chinese_has_no_braces_that_the_english_lacks() -> None:
    strange = {
        message.id: set(BRACES.findall(message.string)) - set(BRACES.findall(message.id))
        for message in read()
        if message.id and isinstance(message.id, str)
    }
    assert {text: names for text, names in strange.items() if names} == {}


def test_a_message_is_known_whole_by_lines_by_sentences_and_behind_a_place() -> None:
    assert in_chinese("  the file is empty.\n") == "  文件为空。\n"
    assert in_chinese("the file is empty.\nIs it a REFI-QDA project?") == "文件为空。\n它是 REFI-QDA 项目吗？"
    assert in_chinese("the file is empty. Give another name.") == "文件为空。请换一个名称。"
    assert in_chinese("a/b.txt: the file is empty.") == "a/b.txt：文件为空。"
    kept = "row 23: 贷款 is no keyword there (any more): kept, without effect."
    assert in_chinese(kept) == "第 23 行：贷款 已不是那里的关键词：保留，但不起作用。"
    assert in_chinese("row 5 of nobody") == "row 5 of nobody"
    assert in_chinese("Note: no unit was coded by two people") == "注：没有两人都编码过的单元"


def test_what_stands_in_braces_is_translated_but_not_a_single_word() -> None:
    assert in_chinese("page 3: a scan without text layer; the rest was read.").startswith("第 3 页：为扫描页")
    # A folder may be called as a word of casemine is.
    assert in_chinese("Next: casemine run report") == "下一步：casemine run report"
    assert in_chinese("follows code:six-in-one") == "随 code:six-in-one 而变"


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("the same text as cases/甲.txt", "与cases/甲.txt文本相同"),
        ("row 3 has no text in column 正文.", "第3行的正文列没有文本。"),
        ("there is no column 文; the columns are a, b; c.", "没有文列；各列为：a, b; c。"),
        (
            "row 3 has the same 编号 as a row above: 甲 as a row above: 乙.",
            "第3行的编号与上面一行相同：甲 as a row above: 乙。",
        ),
        ("the table cannot be read: x\ny.", "表无法读取：x\ny。"),
        ("a hidden folder", "隐藏文件夹"),
        ("said by nobody", "said by nobody"),
        ("", ""),
    ],
)
def test_what_differs_from_file_to_file_is_kept(english: str, chinese: str) -> None:
    assert in_chinese(english) == chinese


def test_a_whole_message_after_its_place_is_surer_than_a_template() -> None:
    said = "diffusion: no passage passed from a document to one of a later date."
    assert in_chinese(said) == "diffusion：没有段落从一篇文档传到日期较晚的文档。"
