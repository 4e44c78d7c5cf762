import pickle
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemine import schema
from casemine.document import Document, Passage
from casemine.errors import UsageError
from casemine.parallel import workers
from casemine.weigh import KeywordWeigher
from casemine.weigh.kinds import TERM, Judged
from casemine.weigh.weigher import Weighed, adds_nothing, leading

# Sentences of our own, in the manner of case reports.
TEXTS = {
    "a.txt": "扶贫车间建到家门口\n"
    "青河县把扶贫车间建到家门口，村民在扶贫车间里缝制校服。\n"
    "扶贫车间让留守妇女就近就业，县里给扶贫车间发放稳岗补贴。\n"
    "有了稳岗补贴，工人的收入更稳定。",
    "b.txt": "光伏扶贫照亮山村\n"
    "石桥村的光伏扶贫电站并网发电，收益归村集体经济。\n"
    "村集体经济壮大以后，石桥村设立公益岗位。光伏扶贫的收益也用于公益岗位。",
    "c.txt": "易地搬迁后续帮扶\n"
    "易地搬迁群众搬进新居，社区开办扶贫车间。\n"
    "易地搬迁后续帮扶关键在产业，利益联结机制把搬迁群众和龙头企业连在一起。利益联结机制要长久。",
}


def documents(texts: dict[str, str] = TEXTS) -> list[Document]:
    corpus = []
    for doc_id, text in texts.items():
        title = text.split("\n")[0]
        passages = (Passage(0, len(title), "title"), Passage(len(title), len(text), "body"))
        corpus.append(Document(doc_id, text, title, passages=passages))
    return corpus


def words(table, doc_id):
    return table.loc[table["doc_id"] == doc_id, "word"].tolist()


def test_terms_lead_and_not_their_parts():
    table = KeywordWeigher(top=5).fit_transform(documents())
    assert words(table, "a.txt")[0] == "扶贫车间"
    assert "稳岗补贴" in words(table, "a.txt")
    assert "光伏扶贫" in words(table, "b.txt")
    assert "利益联结机制" in words(table, "c.txt")
    assert "车间" not in words(table, "a.txt")


def test_table_is_complete_and_in_order():
    table = KeywordWeigher(top=3).fit_transform(documents())
    schema.KEYWORDS.check(table)
    assert table["doc_id"].tolist() == sorted(TEXTS, key=str)[0:1] * 3 + ["b.txt"] * 3 + ["c.txt"] * 3
    assert table["rank"].tolist() == [1, 2, 3] * 3
    for _, rows in table.groupby("doc_id"):
        assert rows["weight"].is_monotonic_decreasing
    row = table.iloc[0]
    assert (row["pos"], row["frequency"], bool(row["new"])) == ("n_new", 5, True)


def test_every_context_is_a_sentence_that_holds_the_word_at_its_offsets():
    table = KeywordWeigher().fit_transform(documents())
    for row in table.itertuples():
        text = TEXTS[row.doc_id]
        assert text[row.start : row.end] == row.word
        assert row.word in row.context
        assert row.context in text
        assert text.count(row.word) == row.frequency


@pytest.mark.parametrize("method", ["tfidf", "textrank", "contrast"])
def test_the_order_of_the_documents_plays_no_part(method):
    corpus = documents()
    expected = KeywordWeigher(method=method).fit_transform(corpus)
    random.Random(7).shuffle(corpus)
    assert KeywordWeigher(method=method).fit_transform(corpus).equals(expected)
    assert words(expected, "a.txt")[0] == "扶贫车间"


def test_fit_and_transform_give_what_fit_transform_gives():
    weigher = KeywordWeigher()
    assert weigher.fit(documents()).transform(documents()).equals(KeywordWeigher().fit_transform(documents()))


def test_two_processes_give_the_same(monkeypatch):
    monkeypatch.setattr("casemine.weigh.weigher.BATCH", 100)
    with workers(2) as mapper:
        table = KeywordWeigher(mapper=mapper).fit_transform(documents())
    assert table.equals(KeywordWeigher().fit_transform(documents()))


def test_one_document_alone_has_sensible_keywords():
    table = KeywordWeigher(top=2).fit_transform(documents()[:1])
    assert table["word"].tolist() == ["扶贫车间", "稳岗补贴"]


def test_a_document_outside_the_corpus_can_be_weighed():
    weigher = KeywordWeigher(top=1).fit(documents()[:2])
    assert weigher.transform(documents()[2:])["word"].tolist() == ["易地搬迁"]


def test_generic_words_are_no_keywords_but_may_be_part_of_one():
    generic = frozenset({"扶贫", "车间", "易地搬迁", "群众"})
    table = KeywordWeigher(generic=generic).fit_transform(documents())
    keywords = set(table["word"])
    assert not keywords & {"扶贫", "车间", "扶贫车间", "易地搬迁"}
    assert "光伏扶贫" in keywords


def test_a_piece_of_title_that_many_share_is_no_subject():
    subjects = ("草莓", "果园", "鱼塘", "茶园")
    texts = {
        f"{subject}.txt": f"【石桥新貌】{subject}\n村里谈{subject}。石桥新貌之一。" for subject in subjects
    }

    def weight(corpus):
        table = KeywordWeigher(left_out=()).fit_transform(corpus)
        return table.loc[table["word"] == "石桥新貌", "weight"].iloc[0]

    assert weight(documents(texts)) < weight(documents(texts)[:3]) / 2


def test_names_of_villages_count_little():
    text = "下垚村种菌菇。下垚村的菌菇基地大，菌菇基地在下垚村口。"
    assert KeywordWeigher().fit_transform([Document("a", text)])["word"].iloc[0] == "菌菇基地"


def test_stop_words_end_phrases():
    table = KeywordWeigher(stopwords=frozenset({"车间"})).fit_transform(documents())
    assert not any("车间" in word for word in table["word"])


def test_new_words_are_kept_whole_with_their_tag():
    text = "防返贫监测在镇里铺开。镇里用防返贫监测盯紧边缘户，防返贫监测很灵。"
    table = KeywordWeigher(new_words={"防返贫监测": ("n_new", 9.0)}).fit_transform([Document("a", text)])
    row = table.iloc[0]
    assert (row["word"], row["pos"], row["frequency"], bool(row["new"])) == ("防返贫监测", "n_new", 3, True)


def test_new_words_that_name_persons_are_no_keywords():
    text = "孟辛垚办起合作社。孟辛垚带着大家种菌菇，孟辛垚的合作社很红火。"
    table = KeywordWeigher(new_words={"孟辛垚": "nr_new"}).fit_transform([Document("a", text)])
    assert "合作社" in table["word"].tolist()
    assert not any("孟" in word for word in table["word"])


def test_latin_terms_are_words_and_bare_numbers_are_not():
    text = "用GIS平台与K-means算法分析PM2.5浓度。GIS平台与K-means算法在2019年用了12.5%的数据。"
    keywords = KeywordWeigher().fit_transform([Document("a", text)])["word"].tolist()
    assert {"GIS平台", "K-means算法"} <= set(keywords)
    assert not any(word[0].isdecimal() for word in keywords)


def test_a_new_word_inside_a_sentence_may_not_cross_a_line():
    keywords = KeywordWeigher().fit_transform([Document("a", "龙头\n企业龙头\n企业")])
    assert "龙头企业" not in keywords["word"].tolist()


@pytest.mark.parametrize("text", ["", " \n ", "的了吗。", "2019年12月", "。。。"])
def test_text_without_words_has_no_keywords(text):
    table = KeywordWeigher().fit_transform([Document("a", text)])
    schema.KEYWORDS.check(table)
    assert table.empty


def test_no_documents():
    assert KeywordWeigher().fit_transform([]).empty


def test_unknown_methods_and_forgotten_fits_are_named():
    with pytest.raises(UsageError, match="no keyword method"):
        KeywordWeigher(method="bm25").fit(documents())
    with pytest.raises(UsageError, match="seen no corpus"):
        KeywordWeigher().transform(documents())


def test_a_fitted_weigher_can_be_pickled():
    weigher = pickle.loads(pickle.dumps(KeywordWeigher(top=2).fit(documents())))
    assert weigher.transform(documents()).equals(KeywordWeigher(top=2).fit_transform(documents()))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("扶贫车间产业的，。\nAI2 和", max_size=40), max_size=3))
def test_offsets_hold_on_any_text(texts):
    corpus = [Document(str(number), text) for number, text in enumerate(texts)]
    for row in KeywordWeigher().fit_transform(corpus).itertuples():
        text = texts[int(row.doc_id)]
        assert text[row.start : row.end] == row.word
        assert row.frequency >= 1
        assert row.context in text and row.word in row.context


REPORT = (
    "县里办起扶贫车间，扶贫车间吸纳妇女就业。光伏扶贫电站发电，村集体经济增收，合作社种植脐橙，脐橙产业联农带农。\n"
    "驻村工作队推进易地扶贫搬迁，易地扶贫搬迁后续扶持落实到户，防贫预警机制和公益岗位兜住底线。\n"
)


def weighed() -> Weighed:
    document = Document("a", REPORT)
    (only,) = KeywordWeigher().fit([document]).weighed([document])
    return only


@given(st.integers(1, 12), st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]), min_size=20, max_size=20))
def test_the_leading_are_those_of_greatest_weight_times_chance(top: int, chances: list[float]) -> None:
    only = weighed()

    def judge(index: int, word: str) -> Judged:
        chance = chances[index % len(chances)]
        return Judged("generic" if chance == 0.1 else TERM, 0.0 if chance == 0.1 else chance)

    kept = leading(only, top, judge)
    assert [each.weight for each in kept] == sorted((each.weight for each in kept), reverse=True)
    assert all(
        each.weight == round(float(only.weights[each.at]) * judge(each.at, "").factor, 4) for each in kept
    )
    assert not {each.kind for each in kept} & {"generic"}
    # Whatever was not kept weighs less, is not wanted, or says what one that was kept says.
    words = [each.word for each in kept]
    for index, weight in enumerate(only.weights.tolist()):
        word = only.word(index)
        kind, factor = judge(index, word)
        if kind == TERM and len(kept) == top and round(weight * factor, 4) > kept[-1].weight:
            assert any(word in other or other in word for other in words)


def test_a_word_with_words_that_say_nothing_is_no_keyword_beside_it() -> None:
    words = [each.word for each in leading(weighed(), 40)]
    assert "脐橙" in words and "种植脐橙" not in words
    assert adds_nothing("发展电商", "电商") and adds_nothing("电商们", "电商")
    assert not adds_nothing("电商服务站", "电商")


def test_what_repeats_a_keyword_is_passed_over_and_kept_in_a_research_paper() -> None:
    text = "驻村工作队进村。工作队入户，驻村工作队走访，驻村工作队办实事。脐橙丰收，脐橙上市，脐橙品牌响。"
    document = Document("a", text)
    (only,) = KeywordWeigher().fit([document]).weighed([document])
    words = [each.word for each in leading(only, 40)]
    assert "驻村工作队" in words and "工作队" not in words  # once of four times by itself
    assert "脐橙" in words and not any("脐橙" in word for word in words if word != "脐橙")
    paper = replace(only, candidates=replace(only.candidates, scholarly=1.0))
    assert {"驻村工作队", "工作队", "脐橙", "脐橙丰收"} <= {each.word for each in leading(paper, 40)}


def test_a_word_inside_two_keywords_of_a_research_paper_is_passed_over() -> None:
    text = "移民生计恢复力高。移民生计恢复力低，移民生计恢复力变化。生计恢复力指数，生计恢复力指标；恢复力。"
    document = Document("a", text)
    (only,) = KeywordWeigher().fit([document]).weighed([document])
    paper = replace(only, candidates=replace(only.candidates, scholarly=1.0))
    words = [each.word for each in leading(paper, 3)]
    assert words == ["生计恢复力", "移民生计恢复力", "移民生计"]
    assert "恢复力" not in {each.word for each in leading(paper, 40)}
