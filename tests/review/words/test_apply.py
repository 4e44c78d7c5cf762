"""The final keywords: what the program found, and what was decided about it."""

import pytest

from casemine import review, schema
from casemine.document import Document, Passage
from casemine.errors import StudyError


def words(case) -> dict[str, list[str]]:
    return case.final.groupby("doc_id")["word"].agg(list).to_dict()


def row(case, doc_id: str, word: str):
    final = case.final
    return final[(final["doc_id"] == doc_id) & (final["word"] == word)].iloc[0]


def decided(*rows: tuple[str, str, str]):
    blank = {"doc_id": "*", "coder": "a", "code": "", "quote": "", "note": ""}
    return schema.DECISIONS.frame(
        [
            {**blank, "word": word, "decision": decision, "standard": standard}
            for word, decision, standard in rows
        ]
    )


def test_without_decisions_the_final_table_is_the_raw_one(case) -> None:
    assert case.final is case.keywords
    case.decide(("积分制", "保留"), ("防贫预警", "", "", "", "", "再看"))
    assert case.final.equals(case.keywords)


def test_a_dropped_word_is_out_and_ranks_close_up(case) -> None:
    case.decide(("防贫预警", "删除"))
    assert words(case)["东岭县.txt"] == ["防贫预警机制", "扶贫产业", "产业扶贫"]
    assert words(case)["南塘镇.txt"] == ["扶贫产业园"]
    assert case.final.loc[case.final["doc_id"] == "东岭县.txt", "rank"].tolist() == [1, 2, 3]


def test_a_documents_own_decision_wins(case) -> None:
    case.decide(
        ("防贫预警", "删除"), ("防贫预警", "保留", "", "南塘镇.txt"), ("积分制", "删除", "", "西河村.txt")
    )
    assert "防贫预警" in words(case)["南塘镇.txt"]
    assert "防贫预警" not in words(case)["东岭县.txt"]
    assert "西河村.txt" not in words(case)


def test_merged_words_take_the_best_weight_and_count_distinct_spans(case) -> None:
    case.decide(("防贫预警机制", "合并", "防贫预警"), ("产业扶贫", "合并", "扶贫产业"))
    assert words(case)["东岭县.txt"] == ["防贫预警", "扶贫产业"]
    merged = row(case, "东岭县.txt", "防贫预警")
    # 防贫预警机制 holds one of the two 防贫预警: two spans, not three.
    assert (merged["weight"], merged["frequency"], merged["rank"]) == (9.0, 2, 1)
    text = case.documents[0].text
    assert text[merged["start"] : merged["end"]] == "防贫预警机制"
    assert merged["context"] == "东岭县建立防贫预警机制。"
    assert row(case, "东岭县.txt", "扶贫产业")["frequency"] == 2


def test_a_standard_term_that_is_no_keyword_counts_with_its_variants(case) -> None:
    case.decide(("扶贫产业园", "合并", "扶贫产业"))
    merged = row(case, "南塘镇.txt", "扶贫产业")
    assert (merged["rank"], merged["frequency"], merged["weight"]) == (1, 2, 6.0)


def test_chains_are_followed_to_their_end(case) -> None:
    case.decide(("防贫预警机制", "合并", "防贫预警"), ("防贫预警", "合并", "防返贫监测"))
    assert words(case)["东岭县.txt"] == ["防返贫监测", "扶贫产业", "产业扶贫"]
    assert row(case, "东岭县.txt", "防返贫监测")["frequency"] == 2
    assert words(case)["南塘镇.txt"] == ["扶贫产业园", "防返贫监测"]
    assert review.merges(case.decisions) == {"*": {"防贫预警机制": "防返贫监测", "防贫预警": "防返贫监测"}}


def test_what_merges_into_a_word_dropped_in_one_document_is_out_there(case) -> None:
    case.decide(("防贫预警机制", "合并", "防贫预警"), ("防贫预警", "删除", "", "东岭县.txt"))
    assert words(case)["东岭县.txt"] == ["扶贫产业", "产业扶贫"]
    assert words(case)["南塘镇.txt"] == ["扶贫产业园", "防贫预警"]
    assert review.merges(case.decisions) == {"*": {"防贫预警机制": "防贫预警"}, "东岭县.txt": {}}


def test_a_word_added_for_the_corpus_enters_where_it_stands(case) -> None:
    case.decide(("搬迁户", "新增"), ("防贫预警", "新增"))
    added = row(case, "南塘镇.txt", "搬迁户")
    assert added[["pos", "weight", "frequency", "rank", "new"]].tolist() == ["n_added", 0.0, 1, 3, False]
    assert added["context"] == "扶贫产业园吸纳搬迁户，防贫预警到户到人。"
    assert case.documents[1].text[added["start"] : added["end"]] == "搬迁户"
    assert "搬迁户" not in words(case)["东岭县.txt"]
    # What the program found already stays as it was.
    assert row(case, "南塘镇.txt", "防贫预警")["pos"] == "n_new"


def test_a_word_that_stands_nowhere_takes_its_quotation(case) -> None:
    quote = "西河村把帮扶政策与乡村全面振兴的规划连起来做。"
    case.decide(
        ("衔接乡村振兴", "新增", "", "", quote), ("数字乡村", "新增", "", "西河村.txt"), ("智慧乡村", "新增")
    )
    assert words(case)["西河村.txt"] == ["积分制", "数字乡村", "衔接乡村振兴"]
    added = row(case, "西河村.txt", "衔接乡村振兴")
    assert (added["context"], added["frequency"]) == (quote, 0)
    assert case.documents[2].text[added["start"] : added["end"]] == quote
    nothing = row(case, "西河村.txt", "数字乡村")
    assert nothing[["context", "frequency", "start", "end"]].tolist() == ["", 0, 0, 0]
    states = review.take(
        review.read_sheet(case.write()), case.decisions, case.keywords, case.documents
    ).decisions
    assert [key.word for key in review.no_evidence(states, case.documents)] == ["智慧乡村", "数字乡村"]


def test_variants_of_an_added_word_count_as_it(case) -> None:
    case.decide(("规划衔接", "新增", "", "东岭县.txt"), ("村干部", "合并", "规划衔接"))
    assert row(case, "东岭县.txt", "规划衔接")["frequency"] == 1


def test_a_document_without_keywords_takes_added_words(case) -> None:
    case.decide(("积分制", "删除"), ("村规民约", "新增"))
    assert words(case)["西河村.txt"] == ["村规民约"]
    assert row(case, "西河村.txt", "村规民约")["rank"] == 1


def test_a_circle_in_decisions_edited_by_hand_is_named(case) -> None:
    decisions = decided(("积分制", "merge", "防贫预警"), ("防贫预警", "merge", "积分制"))
    with pytest.raises(StudyError, match="in a circle: 防贫预警 -> 积分制 -> 防贫预警"):
        review.apply_decisions(case.keywords, decisions, case.documents)


def test_the_final_table_does_not_depend_on_the_order_of_documents(case) -> None:
    case.decide(("防贫预警机制", "合并", "防贫预警"), ("搬迁户", "新增"))
    turned = review.apply_decisions(case.keywords, case.decisions, case.documents[::-1])
    assert turned.equals(case.final)


def test_uncounted_passages_are_no_evidence() -> None:
    document = Document("a", "正文。\n参考文献：积分制研究。", passages=(Passage(4, 15, "references"),))
    decisions = decided(("积分制", "add", ""))
    assert review.apply_decisions(schema.KEYWORDS.frame([]), decisions, [document]).empty
