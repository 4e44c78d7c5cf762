from casemine.document import Document, Passage
from casemine.lexicon.matching import occurrences
from casemine.weigh.context import Contexts


def test_latin_words_do_not_stand_inside_longer_ones():
    assert list(occurrences("AI与CHAIN，AI2、AI。", "AI")) == [(0, 2), (13, 15)]
    assert list(occurrences("使用GIS平台", "GIS")) == [(2, 5)]


def test_a_body_sentence_goes_before_a_heading():
    text = "扶贫车间的建设\n村里办起了扶贫车间，吸纳了三十多人就近就业。"
    document = Document("a", text, passages=(Passage(0, 7, "heading"), Passage(8, len(text), "body")))
    context = Contexts(document).of("扶贫车间")
    assert context == ("村里办起了扶贫车间，吸纳了三十多人就近就业。", 13, 17)
    assert text[context.start : context.end] == "扶贫车间"


def test_a_readable_sentence_goes_before_a_very_short_one():
    text = "扶贫车间好。" + "村里办起了扶贫车间，吸纳了三十多人就近就业。" + "第二个扶贫车间也已开工。"
    assert Contexts(Document("a", text)).of("扶贫车间").start == 11


def test_a_heading_serves_where_nothing_else_does():
    document = Document(
        "a", "扶贫车间\n村里很好。", passages=(Passage(0, 4, "title"), Passage(5, 10, "body"))
    )
    assert Contexts(document).of("扶贫车间") == ("扶贫车间", 0, 4)


def test_uncounted_text_gives_no_example_and_no_count():
    text = "扶贫车间见于文献。\n村里也有扶贫车间。"
    document = Document("a", text, passages=(Passage(0, 9, "references"), Passage(10, len(text), "body")))
    contexts = Contexts(document)
    assert contexts.count("扶贫车间") == 1
    assert contexts.of("扶贫车间") == ("村里也有扶贫车间。", 14, 18)


def test_a_word_that_only_a_longer_latin_word_holds_is_found_there():
    document = Document("a", "全县用13D打印，13D打印很快。")
    assert Contexts(document).of("3D打印")[1:] == (4, 8) and Contexts(document).count("3D打印") == 2


def test_a_text_without_marks_has_a_window_for_context() -> None:
    text = "说" * 500 + "扶贫车间" + "做" * 500
    context = Contexts(Document("a", text)).of("扶贫车间")
    assert len(context.sentence) == 200
    assert "扶贫车间" in context.sentence
