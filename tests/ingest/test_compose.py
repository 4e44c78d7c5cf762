import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.ingest.compose import compose
from casemine.ingest.source import Block

LONG = "青石村引进高山茶，办起加工车间，村民在家门口务工，收入逐年增加，合作社按股分红，日子越过越好。" * 2


def kinds(*blocks: Block | str) -> list[tuple[str, str]]:
    text, passages = compose([block if isinstance(block, Block) else Block(block) for block in blocks])
    return [(passage.kind, text[passage.start : passage.end]) for passage in passages]


def test_title_heading_body() -> None:
    assert kinds("青石村的茶", "一、主要做法", LONG, LONG) == [
        ("title", "青石村的茶"),
        ("heading", "一、主要做法"),
        ("body", f"{LONG}\n{LONG}"),
    ]


def test_a_title_of_several_phrases_is_no_table() -> None:
    assert kinds("【山村新貌 茶香万里】青石村 茶园记 上集", LONG)[0][0] == "title"


def test_lines_of_cells_are_a_table() -> None:
    rows = ["年份 户数 收入", "2016年 4335 4.5", "2017年 3046 3.1"]
    assert kinds("题目", LONG, *rows)[2] == ("number_table", "\n".join(rows))
    words = ["措施 目的", "修路、架桥 方便出行", "种茶、办厂 增加收入"]
    assert kinds("题目", LONG, *words)[2] == ("table", "\n".join(words))


def test_masthead_is_no_title() -> None:
    assert kinds("第34卷第3期", "2022年9月", "茶乡学院学报", "青石村茶业研究")[-1] == (
        "title",
        "青石村茶业研究",
    )


def test_short_line_before_a_paragraph_is_a_heading() -> None:
    assert [kind for kind, _ in kinds("题目", LONG, "茶香四溢", LONG)] == ["title", "body", "heading", "body"]


def test_readers_kinds_are_kept() -> None:
    blocks = [Block("村志", "title"), Block("茶。", "heading"), Block(LONG, "paragraph", "¶ 3")]
    _, passages = compose(blocks)
    assert [(passage.kind, passage.place) for passage in passages] == [
        ("title", ""),
        ("heading", ""),
        ("body", "¶ 3"),
    ]


def test_rows_of_words_and_of_numbers() -> None:
    words = [Block("词语\t含义", "row"), Block("高山茶\t海拔八百米以上的茶", "row")]
    numbers = [Block("2016\t4335\t4.5", "row"), Block("2017\t3046\t3.1", "row")]
    assert kinds("题目", LONG, *words, LONG, *numbers)[2:] == [
        ("table", "词语\t含义\n高山茶\t海拔八百米以上的茶"),
        ("body", LONG),
        ("number_table", "2016\t4335\t4.5\n2017\t3046\t3.1"),
    ]


def test_english_abstract() -> None:
    found = kinds("题目", LONG, "Abstract: Tea changed the village.", "Keywords: tea; village", LONG)
    assert found[2] == ("abstract_en", "Abstract: Tea changed the village.\nKeywords: tea; village")


def test_references_to_the_next_section() -> None:
    entries = ["参考文献", "[1] 张三.茶园研究[J].山村,2020(3):1-5.", "[2] 李四.山路[M].茶乡出版社,2019."]
    assert kinds("题目", LONG, *entries, "二、附录", LONG)[2:4] == [
        ("references", "\n".join(entries)),
        ("heading", "二、附录"),
    ]


def test_single_reference() -> None:
    assert kinds("题目", LONG, "[3] 张三.茶园研究[J].山村,2020(3):1-5.", LONG)[2][0] == "references"


def test_articles_glued_by_a_page_break_are_parted() -> None:
    text, _ = compose([Block("办法"), Block("村民可以种茶。 第四条 村民可以修路。")])
    assert text.split("\n") == ["办法", "村民可以种茶。", "第四条 村民可以修路。"]


def test_broken_word_is_whole_again() -> None:
    story = "村里开会商量今年的打算，大家都说要把脱贫攻坚这件大事办好办实，不能让一户人家掉队，" * 4
    cut = [Block(story[at : at + 20]) for at in range(0, len(story), 20)]
    assert any(left.text.endswith("脱贫") or left.text.endswith("脱贫攻") for left in cut)
    assert compose(cut)[0].count("脱贫攻坚") == 4


def test_nothing_gives_nothing() -> None:
    assert compose([]) == ("", ())
    assert compose([Block("", "blank"), Block("\u3000", "paragraph")]) == ("", ())


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_inside_a_block_part_paragraphs(end: str) -> None:
    assert compose([Block(f"茶园。{end}山路。", "paragraph")])[0] == "茶园。\n山路。"


PIECES = st.text(alphabet="山村茶园。，；ab12 \t\n\u3000①一、（）[3]参考文献.：", max_size=60)
KINDS = st.sampled_from(["line", "blank", "paragraph", "heading", "title", "row"])
BLOCKS = st.lists(st.builds(Block, PIECES, KINDS, st.sampled_from(["", "p. 1", "p. 2"])), max_size=25)


@given(BLOCKS)
def test_passages_are_ordered_and_cover_the_text(blocks: list[Block]) -> None:
    text, passages = compose(blocks)
    assert (text, passages) == compose(blocks)
    rest, at = "", 0
    for passage in passages:
        assert at <= passage.start < passage.end <= len(text)
        assert text[passage.start : passage.end].strip()
        rest += text[at : passage.start]
        at = passage.end
    assert not (rest + text[at:]).strip()


@given(st.lists(st.text(alphabet="山村茶园路桥水电", min_size=1, max_size=90).map("{}。".format), max_size=9))
def test_clean_paragraphs_stay(paragraphs: list[str]) -> None:
    assert compose([Block(text) for text in paragraphs])[0].split("\n") == (paragraphs or [""])
    assert compose([Block(text, "paragraph") for text in paragraphs])[0] == "\n".join(paragraphs)
