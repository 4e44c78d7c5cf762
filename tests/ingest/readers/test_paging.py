from casemine.ingest.readers.page import Line
from casemine.ingest.readers.paging import Page, blocks_of, body_size, with_notes_apart, without_running


def line(text, base, size=12.0, column=0):
    return Line(text, 0.0, 100.0, base, size, column)


def page(number, *extra, body=6):
    lines = [line(f"第{number}页的第{at}行写的是村里的事情，", 100 + 20 * at) for at in range(body)]
    return Page(number, (*lines, *extra))


def test_heads_and_feet_in_the_same_place_go_and_titles_and_sentences_stay():
    pages = [
        page(number, line("乡村月刊", 20, 9), line(f"— {number} —", 800, 9), line("年度报告", 60, 20))
        for number in (1, 2)
    ]
    kept = [[item.text for item in part.lines] for part in without_running(pages)]
    assert all("乡村月刊" not in texts and not any("—" in text for text in texts) for texts in kept)
    assert all("年度报告" in texts and len(texts) == 7 for texts in kept)


def test_a_line_on_one_page_alone_stays():
    pages = [page(1, line("乡村月刊", 20, 9)), page(2), page(3)]
    assert without_running(pages) == pages


def test_notes_are_the_smaller_lines_at_the_foot_from_a_mark_on():
    notes = (line("① 访谈记录，2021年", 700, 9), line("三月，村部。", 713, 9))
    parted = with_notes_apart([page(1, *notes), page(2)])
    assert [item.text for item in parted[0].notes] == ["① 访谈记录，2021年", "三月，村部。"]
    assert len(parted[0].lines) == 6
    blocks = blocks_of([page(1, *notes), page(2)])
    assert [(block.text, block.place) for block in blocks[-2:]] == [
        ("① 访谈记录，2021年", "note p. 1"),
        ("三月，村部。", "note p. 1"),
    ]


def test_small_lines_without_a_mark_and_references_are_no_notes():
    caption = line("表的说明文字", 700, 9)
    assert with_notes_apart([page(1, caption)])[0].notes == ()
    entry = line("[1] 某书，2020。", 720, 9)
    assert with_notes_apart([page(1, line("参考文献", 690), entry)])[0].notes == ()


def test_the_size_of_the_text_is_that_of_most_characters():
    assert body_size([page(1, line("题", 10, 30))]) == 12.0
    assert body_size([]) == 0.0
