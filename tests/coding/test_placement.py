"""Placing: what is placed, suggested, left; contexts; the researcher's answers."""

import pandas as pd
import pytest

from casemine import coding, resources
from casemine.coding import placement, vectors
from casemine.coding.category_scores import CategoryScores, category_scores
from casemine.coding.codebook import Code, Codebook, depth_first
from casemine.coding.codebook_index import CodebookIndex
from casemine.coding.learning import Lessons
from casemine.coding.likeness import Semantics
from casemine.coding.normalise import Terms
from casemine.coding.placement import FAINT, FAR, MARGIN, accept, place
from casemine.errors import StudyError
from casemine.segment import Segmenter

BOOK = coding.find("six-in-one")


def row(word: str, contexts: dict[str, list[str]] | None = None, book: Codebook = BOOK) -> dict[str, object]:
    made = place([word], book, contexts)
    return {str(name): value for name, value in made.iloc[0].to_dict().items()}


def test_a_code_stands_in_its_chain() -> None:
    made = row("防贫预警")
    assert (made["open"], made["axial"], made["selective"]) == ("防贫预警", "实施动态监测", "落实防贫保障")
    assert (made["status"], made["selective_status"], made["method"]) == ("placed", "placed", "exact")
    assert made["score"] == 1
    assert made["codebook"] == BOOK.label


def test_what_is_only_alike_is_suggested_with_three_alternatives() -> None:
    made = row("返贫预警级别评定")
    assert made["status"] == "suggested"
    assert str(made["alternatives"]).count("；") == 2
    assert str(made["axial_alternatives"]).count("；") == 2


def test_what_is_far_from_all_is_unplaced_and_named_nowhere() -> None:
    made = row("碳排放权")
    assert made["status"] == "unplaced"
    assert (made["open"], made["axial"]) == ("", "")
    assert float(str(made["score"])) < FAINT


def test_sentences_decide_the_selective_category_of_an_unseen_phrase() -> None:
    sentences = [
        "县里请来老师办培训班，教脱贫户技能，培养致富的本领，激发他们的志气和内生动力，宣传教育天天有。"
    ]
    plain, told = row("科技冬训课"), row("科技冬训课", {"科技冬训课": sentences})
    assert told["selective"] == "强化志智双扶"
    assert float(str(told["selective_score"])) >= MARGIN
    assert told["selective_status"] == "placed"
    assert plain["status"] == told["status"]


def test_form_alone_decides_nothing() -> None:
    made = place(["五步监测办法", "防贫预警的级别", "扶贫保险公司"], BOOK)
    assert (made["selective_score"] >= MARGIN).any()
    assert not (made["selective_status"] == "placed").any()


def test_two_characters_are_never_decided_by_their_sentences() -> None:
    assert row("报告", {"报告": ["防贫预警的报告，防贫保险的报告。"]})["selective_status"] != "placed"


def test_an_open_code_suggested_lies_within_the_placed_category() -> None:
    words = ["五步监测办法", "村里的大车间", "农产品直播带货", "搬迁户后续扶持"]
    made = place(words, BOOK, {word: ["防贫预警推送之后，监测员上门核实，随时帮扶。"] for word in words})
    assert "placed" in made["selective_status"].tolist()
    for one in made[(made["selective_status"] == "placed") & (made["open"] != "")].to_dict("records"):
        assert BOOK.chain(one["open"])[0] == one["selective"]


def test_few_categories_are_never_decided_by_margin() -> None:
    entries = [Code("好处", "selective"), Code("坏处", "selective")]
    entries += [Code("收入", "axial", "好处"), Code("支出", "axial", "坏处")]
    entries += [Code("工资收入", "open", "收入"), Code("医药支出", "open", "支出")]
    word = "工资性的收益"
    made = place([word], Codebook("two", entries=depth_first(entries)), {word: ["工资收入多了。"]})
    assert made["selective_score"][0] > MARGIN
    assert made["selective_status"][0] != "placed"


def test_doubles_go_and_the_order_stays() -> None:
    assert place(["易地搬迁", "防贫预警", "易地搬迁"], BOOK)["keyword"].tolist() == ["易地搬迁", "防贫预警"]


def test_nothing_to_place_or_nowhere_to_place_it() -> None:
    assert place([], BOOK).empty
    assert place(["防贫预警"], Codebook("empty"))["status"].tolist() == ["unplaced"]


def test_a_keyword_is_placed_for_itself() -> None:
    words = ["返贫预警级别评定", "农家乐", "防贫预警"]
    together = place(words, BOOK).set_index("keyword")
    for word in words:
        assert together.loc[word].to_dict() == place([word], BOOK).set_index("keyword").loc[word].to_dict()


def test_no_part_of_the_keywords_decides_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    meaning = Semantics(vectors.load(resources.dictionary("vectors/work-reports.npz")), Segmenter())
    words = ["扶貧車間", "扶贫车间", "科技冬训课", "防贫预警", "碳排放权"]
    contexts = {
        "扶贫车间": ["扶贫车间招来村民就业，带动产业增收。"],
        "扶貧車間": ["扶貧車間開在村口，婦女在家門口務工。"],
        "科技冬训课": ["县里请来老师办培训班，教脱贫户技能，激发内生动力。"],
    }
    villages = map(chr, range(0x4E00, 0x4E40))
    lessons = Lessons.of(BOOK, {f"{village}村渔业": "构建长效机制" for village in villages})
    for taught in (None, lessons):
        whole = place(words, BOOK, contexts, meaning, lessons=taught)
        with monkeypatch.context() as patch:
            patch.setattr(placement, "_PART", 2)
            parts = place(words, BOOK, contexts, meaning, lessons=taught)
        pd.testing.assert_frame_equal(parts, whole)
    # A word that stands in both scripts hears the sentences of both, whichever of its forms is asked about.
    assert whole["nearness"][0] == whole["nearness"][1] != 0


def test_vectors_see_what_characters_do_not() -> None:
    table = vectors.load(resources.dictionary("vectors/work-reports.npz"))
    meaning = Semantics(table, Segmenter())
    names = BOOK.at("axial")
    scores = category_scores(["农户贷款贴息"], CodebookIndex(Terms(BOOK, meaning, aliases=False)), "axial")[0]
    best = sorted(range(len(names)), key=lambda at: -scores[at])[:3]
    assert "拓展扶贫资产融资渠道" in [names[at].name for at in best]


def test_answers_win_at_whatever_level() -> None:
    made = place(["返贫预警级别评定", "碳排放权", "农家乐"], BOOK)
    answered = accept(made, {"返贫预警级别评定": "分级预警", "碳排放权": "夯实发展基础"}, BOOK).set_index(
        "keyword"
    )
    assert answered.loc["返贫预警级别评定", ["open", "status", "method"]].tolist() == [
        "分级预警",
        "placed",
        "decision",
    ]
    assert answered.loc["碳排放权", ["open", "selective", "status"]].tolist() == [
        "",
        "夯实发展基础",
        "unplaced",
    ]
    assert answered.loc["农家乐"].to_dict() == made.set_index("keyword").loc["农家乐"].to_dict()


def test_an_answer_the_codebook_lacks_is_named() -> None:
    with pytest.raises(StudyError, match="没有的编码"):
        accept(place(["防贫预警"], BOOK), {"防贫预警": "没有的编码"}, BOOK)


NEAR_SENTENCE = "县里办培训班教脱贫户技能，宣传教育天天有，激发志气和内生动力。"


def test_an_alias_decides_where_its_sentences_agree_and_is_suggested_where_they_do_not() -> None:
    agreeing = ["请来的师傅办就业培训，教技能，学手艺，提高脱贫群众的能力。"]
    other = ["出院结算时医保先报一次，低保户住院看病的自付部分由防贫保险赔付，临时救助兜底。"] * 3
    right, doubted = row("就业培训", {"就业培训": agreeing}), row("就业培训", {"就业培训": other})
    assert (right["status"], right["method"], right["open"]) == ("placed", "alias", "技能培训")
    assert (doubted["status"], doubted["method"], doubted["open"]) == ("suggested", "alias", "技能培训")
    assert doubted["selective_status"] == "suggested"
    assert row("就业培训")["status"] == "placed"


def test_the_name_of_a_code_is_placed_whatever_is_said_around_it() -> None:
    made = row("技能培训", {"技能培训": ["出院结算时医保先报一次，防贫保险赔付，临时救助兜底。"]})
    assert (made["status"], made["selective"]) == ("placed", "强化志智双扶")


def test_a_word_of_no_category_is_given_none() -> None:
    made = row("亚运会场馆", {"亚运会场馆": ["运动员在新建的场馆里训练，开幕式下个月举行。"]})
    assert (made["open"], made["axial"], made["selective"]) == ("", "", "")
    assert (made["status"], made["selective_status"]) == ("unplaced", "unplaced")
    assert float(str(made["nearness"])) < FAR


def test_three_selective_categories_are_shown_and_the_first_of_them_first() -> None:
    made = row("科技冬训课", {"科技冬训课": [NEAR_SENTENCE]})
    shown = [one.rsplit(" ", 1) for one in str(made["selective_alternatives"]).split("；")]
    assert len(shown) == 3
    assert made["selective"] == shown[0][0]
    scores = [float(score) for _, score in shown]
    assert scores == sorted(scores, reverse=True)


def test_nearness_is_about_alike_for_other_codebooks_and_needs_sentences() -> None:
    meaning = Semantics(vectors.load(resources.dictionary("vectors/work-reports.npz")), Segmenter())
    inside, outside = "扶贫车间", "导弹部队"
    said = {
        inside: ["村里的扶贫车间让妇女就近就业，增加收入。"],
        outside: ["导弹部队参加阅兵，官兵斗志昂扬。"],
    }
    for name in ("six-in-one", "consolidate-extend"):
        ground = CodebookIndex(Terms(coding.find(name), meaning))
        near = CategoryScores.of([inside, outside, "无句子的词"], ground, said).nearness
        assert near[0] > FAR > near[1]
        assert near[2] == 0


def test_sentences_help_to_find_the_axial_category() -> None:
    word = "王家湾的新办法"
    said = {word: ["保险公司承保，谁家遭灾由保险赔付，银行等金融机构给贷款，用市场分担风险。"]}
    made = row(word, said)
    assert "引入市场机制" in str(made["axial_alternatives"])
