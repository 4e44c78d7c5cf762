import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.ingest.characters import (
    clean_characters,
    close_spaces,
    drop_citations,
    restore_full_stops,
)
from casemine.ingest.layout import drop_running_lines, is_row, join_lines, join_pair, width
from casemine.ingest.source import Block


def lines(text: str, place: str = "") -> list[Block]:
    return [Block(line, "line" if line.strip() else "blank", place) for line in text.split("\n")]


def texts(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("２０２０年ＧＤＰ增长６．５％", "2020年GDP增长6.5%"),
        ("村民，干部；（试行）？", "村民，干部；（试行）？"),
        ("茶\u3000园\u00a0与\t路", "茶 园 与 路"),
        ("脱\u200b贫\ufeff攻\xad坚\ue004", "脱贫攻坚"),
        ("⼈⼒与⻓⻛", "人力与长风"),
        ("１．项目", "1.项目"),
        ("２０１８－２０２２", "2018-2022"),
        ("cafe\u0301", "café"),
        ("«办法»", "《办法》"),
        ("互联网＋茶业", "互联网+茶业"),
    ],
)
def test_clean_characters(before: str, after: str) -> None:
    assert clean_characters(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("收入增加[12]。", "收入增加。"),
        ("已有研究［１５］指出".translate({0xFF11: "1", 0xFF15: "5"}), "已有研究指出"),
        ("多人论及[2,3]，又[5-7]。", "多人论及，又。"),
        ("发展任务 [4,5]。", "发展任务。"),
        ("印发〔2021〕7号文", "印发〔2021〕7号文"),
        ("见[2020]年报", "见[2020]年报"),
        ("[3] 张三.茶园研究", "[3] 张三.茶园研究"),
        ("步骤①与②", "步骤①与②"),
        ("取值于[0,1]之间", "取值于[0,1]之间"),
    ],
)
def test_drop_citations(before: str, after: str) -> None:
    assert drop_citations(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2013 年以来，全村种茶。", "2013年以来，全村种茶。"),
        ("从 9 899 万人减到 551 万人，", "从9899万人减到551万人，"),
        ("坚 持茶业优先，稳步推进。", "坚持茶业优先，稳步推进。"),
        ("第一章 总 则", "第一章 总则"),
        ("目 录", "目录"),
        ("第三条 村民可以种茶。", "第三条 村民可以种茶。"),
        ("1.2 茶园概况", "1.2 茶园概况"),
        ("山村新貌 茶香万里", "山村新貌 茶香万里"),
        ("落实“规划到户 责任到人”，见效。", "落实“规划到户 责任到人”，见效。"),
        ("tea garden of the village", "tea garden of the village"),
        ("增收 ，致富 。", "增收，致富。"),
    ],
)
def test_close_spaces(before: str, after: str) -> None:
    assert close_spaces(before) == after


def test_full_stops_are_restored_where_they_are_the_habit() -> None:
    assert restore_full_stops(["种茶.修路.", "建厂.卖v2.0", "[1] 李.茶"]) == [
        "种茶。修路。",
        "建厂。卖v2.0",
        "[1] 李.茶",
    ]
    assert restore_full_stops(["种茶。修路。建厂。", "见村.口"]) == ["种茶。修路。建厂。", "见村.口"]


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("脱贫攻", "坚", "脱贫攻坚"),
        ("rural", "life", "rural life"),
        ("pros-", "perity", "prosperity"),
        ("pros⁃", "perity", "prosperity"),
        ("采用NLP", "工具", "采用NLP工具"),
        ("共20", "20户", "共2020户"),
    ],
)
def test_join_pair(left: str, right: str, joined: str) -> None:
    assert join_pair(left, right) == joined


def test_width_counts_display_cells() -> None:
    assert [width("茶a"), width("２０"), width("“茶”")] == [3, 4, 6]


def test_rows_have_three_cells_and_no_sentence() -> None:
    assert is_row("2016年 4335 4.5 832")
    assert is_row("词语 词性 权重")
    assert not is_row("从 2012 年的 9 899 万人减到 551 万人，其中")
    assert not is_row("会 议 纪 要")
    assert not is_row("第一章 总 则")


STORY = (
    "青石村地处深山，土地贫瘠，多年来村民靠种玉米为生，收入微薄。去年春天，驻村工作队与村两委反复商量，"
    "决定引进高山茶，并请来农技专家手把手地教授栽培技术。如今漫山茶园连成一片，茶叶加工车间也已投产，"
    "村民在家门口务工，每月收入三千元。"
)
SECOND = (
    "村里还办起合作社，实行统一采收、统一加工、统一销售，利润按股分红。老支书说，过去盼的是吃饱饭，"
    "现在想的是把茶卖到更远的地方去，让年轻人愿意回来。"
)


def wrapped(paragraph: str, size: int, indent: str = "") -> list[str]:
    text = indent + paragraph
    return [text[at : at + size] for at in range(0, len(text), size)]


@pytest.mark.parametrize("size", [18, 22, 25, 31, 35])
@pytest.mark.parametrize("indent", ["", "\u3000\u3000", "    "])
def test_wrapped_paragraphs_are_joined(size: int, indent: str) -> None:
    page = "\n".join(wrapped(STORY, size, indent) + wrapped(SECOND, size, indent))
    assert texts(join_lines(lines(page))) == [STORY, SECOND]


def test_blank_line_after_every_wrapped_line() -> None:
    page = "\n\n".join([*wrapped(STORY, 24), "一、主要做法", *wrapped(SECOND, 24)])
    assert texts(join_lines(lines(page))) == [STORY, "一、主要做法", SECOND]


def test_headings_and_lists_open_paragraphs() -> None:
    page = "\n".join(
        [*wrapped(STORY, 22), "（一）种茶", *wrapped(SECOND, 22), "2.1 分红", *wrapped(STORY, 22)]
    )
    assert texts(join_lines(lines(page))) == [STORY, "（一）种茶", SECOND, "2.1 分红", STORY]


def test_a_paragraph_goes_on_over_a_page() -> None:
    cut = wrapped(STORY, 22)
    blocks = [Block(line, "line", f"p. {1 + (index > 2)}") for index, line in enumerate(cut)]
    assert join_lines(blocks) == [Block(STORY, "line", "p. 1")]


def test_a_footnote_comes_after_the_paragraph_it_breaks() -> None:
    cut = wrapped(STORY, 22)
    page = "\n".join([*cut[:3], "①高山茶：海拔八百米以上的茶。", *cut[3:]])
    assert texts(join_lines(lines(page))) == [STORY, "①高山茶：海拔八百米以上的茶。"]


def test_one_paragraph_a_line_stays() -> None:
    page = ["山村茶香", STORY, "一、做法", SECOND, "青石村村民委员会", "2020年5月"]
    assert texts(join_lines(lines("\n".join(page)))) == page


def test_a_list_of_names_stays() -> None:
    names = [f"{place}县高山茶产业发展服务中心" for place in "甲乙丙丁戊己"]
    assert texts(join_lines(lines("\n".join(names)))) == names


def test_heads_and_page_numbers_go_with_pages() -> None:
    bodies = wrapped(STORY + SECOND, 22)
    blocks: list[Block] = []
    for page in range(1, 5):
        place = f"p. {page}"
        blocks += [Block("青石村案例汇编", "line", place)]
        blocks += [Block(line, "line", place) for line in bodies[2 * page - 2 : 2 * page]]
        blocks += [Block(f"- {page} -", "line", place)]
    kept = texts(drop_running_lines(blocks))
    assert kept == bodies[:8]


def test_the_title_stays_below_the_running_head_that_repeats_it() -> None:
    bodies = wrapped(STORY + SECOND, 22)
    head = "青石村案例汇编"
    blocks = [Block(head, "line", "p. 1")]
    for page in range(1, 5):
        pages = [head, *bodies[2 * page - 2 : 2 * page]]
        blocks += [Block(text, "line", f"p. {page}") for text in pages]
    assert texts(drop_running_lines(blocks)) == [head, *bodies[:8]]


def test_a_sentence_repeated_on_pages_stays() -> None:
    blocks = [
        Block(text, "line", f"p. {page}")
        for page in range(4)
        for text in ("村民说好。", "茶" * page + "叶丰收。", f"第{page}件事办成。")
    ]
    assert drop_running_lines(blocks) == blocks


def test_labels_and_numbered_lists_stay_without_pages() -> None:
    page = lines("\n".join(f"姓名\n{number}\n附件{number}" for number in range(1, 9)))
    assert drop_running_lines(page) == page


def test_page_numbers_go_without_pages() -> None:
    page = "\n".join(f"第{number}页 共3页\n{STORY}" for number in range(1, 4))
    assert texts(drop_running_lines(lines(page))) == [STORY] * 3


def test_numbered_heads_go_at_the_distance_of_a_page() -> None:
    page = "\n".join(
        "\n".join([*wrapped(STORY * 4, 18), f"青石村案例汇编 {number}"]) for number in range(7, 11)
    )
    assert not [text for text in texts(drop_running_lines(lines(page))) if "汇编" in text]


HAN_TEXT = st.text(alphabet="山村茶园路桥水电户民增收", min_size=1, max_size=60).map(lambda text: text + "。")


@given(st.lists(HAN_TEXT, max_size=8))
def test_sentences_one_a_line_stay(paragraphs: list[str]) -> None:
    assert texts(join_lines(lines("\n".join(paragraphs)))) == paragraphs


@given(st.text(max_size=80))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_characters(text)
    assert clean_characters(once) == once


@given(st.lists(st.text(alphabet="山村茶。，ab1 \u3000①一、[3]", max_size=40), max_size=30))
def test_joining_loses_no_character(parts: list[str]) -> None:
    joined = join_lines(lines("\n".join(part.replace("\n", "") for part in parts)))
    assert sorted("".join("".join(texts(joined)).split())) == sorted("".join("".join(parts).split()))
