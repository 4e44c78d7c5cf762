from dataclasses import replace

import numpy as np
import pytest

from casemine.document import Document, Passage
from casemine.weigh.background import is_paper
from casemine.weigh.candidates import LONG_TEXT, Candidates, candidates_of, title_pieces
from casemine.weigh.lexicon import OWN, Settings
from casemine.weigh.spans import names_of

TITLE = "扶贫车间建到家门口"
TEXT = f"{TITLE}\n村民在扶贫车间上班，扶贫车间发放补贴。村集体经济壮大了。"
DOCUMENT = Document(
    "a.txt", TEXT, TITLE, passages=(Passage(0, len(TITLE), "title"), Passage(len(TITLE), len(TEXT), "body"))
)


def of(document: Document, settings: Settings, **options: bool) -> tuple[Candidates, dict[str, int]]:
    (candidates,) = candidates_of([document], settings, **options)
    text = document.counted
    words = [text[a : a + size] for a, size in zip(candidates.start, candidates.size, strict=True)]
    assert candidates.names.tolist() == names_of(words).tolist()
    return candidates, {word: at for at, word in enumerate(words)}


def test_a_candidate_knows_where_it_stands_and_how_often(plain: Settings) -> None:
    candidates, places = of(DOCUMENT, plain)
    at = places["扶贫车间"]
    assert candidates.frequency[at] == 3 and candidates.parts[at] == 2 and candidates.width[at] == 4
    assert (candidates.first[at], candidates.last[at]) == (TEXT.index("扶贫车间"), TEXT.rindex("扶贫车间"))
    assert candidates.titled[at] and not candidates.titled[places["补贴"]]
    assert candidates.characters == len(TEXT) - 1
    assert candidates.containing.tolist() == [1.0] * len(places)


def test_a_piece_of_a_longer_term_that_stands_nowhere_else_is_no_candidate(plain: Settings) -> None:
    case = "村干部带领群众脱贫攻坚，乡镇党委进村入户，"  # no research paper
    _, places = of(Document("a.txt", f"{case}网格中心收到线索，网格中心核实。"), plain)
    assert "网格中心" in places and not {"网格", "中心"} & set(places)
    _, places = of(Document("a.txt", f"{case}网格中心收到线索，网格中心核实，网格不大。"), plain)
    assert "网格" in places


PAPER = (
    "新疆绿洲旅游资源的空间分布研究。以新疆绿洲为样本，采用回归模型检验变量的显著性，"
    "结果表明，血管内皮功能与假设一致，血管内皮功能影响均值，文献综述支持这一假设。"
)


def test_in_a_research_paper_are_places_phrases_of_generic_words_and_pieces_of_terms(plain: Settings) -> None:
    lists = replace(plain, generic=frozenset({"旅游", "资源"}), places=frozenset({"新疆"}))
    found, places = of(Document("a.txt", PAPER), lists)
    assert is_paper(found.scholarly)
    assert {"新疆", "旅游资源", "内皮功能"} <= set(places) and not {"旅游", "资源"} & set(places)
    assert found.papers[places["绿洲"]] > 1 and found.papers[places["假设一致"]] == 0
    assert not {"研究", "影响"} & set(places)
    own = replace(lists, listed=frozenset({"影响"}))
    assert "影响" in of(Document("a.txt", PAPER), own)[1]  # whoever listed it called it a word
    case, places = of(Document("a.txt", "县委在新疆盘活旅游资源，攻坚克难，村干部带领群众脱贫攻坚。"), lists)
    assert not is_paper(case.scholarly)
    assert not {"新疆", "旅游资源"} & set(places) and not case.papers.any()


def test_a_phrase_cut_inside_a_phrase_that_stands_more_often_is_none(plain: Settings) -> None:
    _, places = of(Document("a.txt", "公益岗位加积分超市。公益岗位很多，积分超市也多。"), plain)
    assert {"公益岗位", "积分超市"} <= set(places)
    assert not {"岗位加积分超市", "公益岗位加积分"} & set(places)


def test_a_phrase_does_not_begin_inside_a_word(plain: Settings) -> None:
    _, places = of(Document("a.txt", "推行三色积分防贫预警。农户分成红黄绿三色。"), plain)
    assert "三色" in places and "色积分防贫" not in places


def test_single_characters_in_a_row_that_stand_once_are_no_phrase(plain: Settings) -> None:
    _, places = of(Document("a.txt", "让搬迁群众有活干"), plain)
    assert "搬迁群众" in places and "活干" not in places


def test_what_a_text_only_denies_it_does_not_speak_of(plain: Settings) -> None:
    denied = "还有五个未摘帽贫困县。未摘帽贫困县要挂牌督战，未脱贫的要帮。"
    _, places = of(Document("a.txt", denied), plain)
    assert "摘帽贫困县" not in places
    assert "脱贫" in places  # what is still to be done is what it is about
    _, places = of(Document("a.txt", denied + "摘帽贫困县也有政策。"), plain)
    assert "摘帽贫困县" in places


def test_generic_words_alone_are_none_and_listed_ones_are(plain: Settings) -> None:
    generic = Settings(plain.segmenter, {}, frozenset(), frozenset({"补贴"}))
    assert "补贴" not in of(DOCUMENT, generic)[1]
    parts = frozenset({"扶贫", "车间"})
    assert "扶贫车间" not in of(DOCUMENT, Settings(plain.segmenter, {}, frozenset(), parts))[1]
    discovered = {"扶贫车间": "n_new"}  # one word now
    assert "扶贫车间" in of(DOCUMENT, Settings(plain.segmenter, discovered, frozenset(), parts))[1]
    itself = parts | {"扶贫车间"}
    assert "扶贫车间" not in of(DOCUMENT, Settings(plain.segmenter, discovered, frozenset(), itself))[1]
    listed = Settings(plain.segmenter, {}, frozenset(), frozenset(), listed=frozenset({"车间"}))
    candidates, places = of(DOCUMENT, listed)
    assert candidates.listed[places["车间"]] and candidates.nested[places["车间"]] == 0


def test_a_new_word_has_its_tag_and_is_let_through(plain: Settings) -> None:
    new = Settings(plain.segmenter, {"扶贫车间": "n_new"}, frozenset(), frozenset())
    candidates, places = of(DOCUMENT, new)
    at = places["扶贫车间"]
    assert candidates.discovered[at] and candidates.begins[at] >= OWN and candidates.ends[at] >= OWN
    assert candidates_of([DOCUMENT], new).tags[candidates.tag[at]] == "n_new"
    assert not candidates.discovered[places["补贴"]]


def test_in_a_long_text_a_phrase_that_stands_once_is_none(plain: Settings) -> None:
    text = "合作社发展特色养殖。" + "。" * (LONG_TEXT + 10)
    assert "特色养殖" in of(Document("a", text[:200]), plain)[1]
    assert "特色养殖" not in of(Document("a", text), plain)[1]


def test_documents_together_are_as_each_alone(plain: Settings) -> None:
    other = Document("b.txt", "易地搬迁群众住进新居。易地搬迁见效。")
    together = list(candidates_of([DOCUMENT, other], plain))
    for document, candidates in zip([DOCUMENT, other], together, strict=True):
        alone, _ = of(document, plain)
        for name, values in vars(alone).items():
            assert np.array_equal(values, getattr(candidates, name)), name


def test_textrank_only_where_it_is_asked_for(plain: Settings) -> None:
    assert not of(DOCUMENT, plain)[0].centrality.any()
    assert of(DOCUMENT, plain, with_textrank=True)[0].centrality.min() > 0


@pytest.mark.parametrize(
    ("title", "pieces"),
    [
        ("【石桥新貌】驻村十年：路通了", ["石桥新貌", "驻村十年", "路通了"]),
        ("", []),
        ("K-means方法", ["K-means方法"]),
    ],
)
def test_a_title_is_cut_at_its_marks(title: str, pieces: list[str]) -> None:
    assert title_pieces(Document("a", "正文", title)) == pieces


def test_a_piece_that_many_titles_share_is_no_title(plain: Settings) -> None:
    series = Settings(plain.segmenter, {}, frozenset(), frozenset(), series=frozenset({TITLE}))
    candidates, places = of(DOCUMENT, series)
    assert not candidates.titled[places["扶贫车间"]]
