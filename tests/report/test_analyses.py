"""The sentences of analyses say the parameters and the figures of the call."""

from casemine.report.analyses import topics_method, words_method

CHOSEN = {
    "topics": 12, "coherence": 0.1234, "stability": 0.7, "paragraphs": 1500, "vocabulary": 900,
    "least": 10, "most": 0.1,
}  # fmt: skip


def test_topics_say_how_many_and_how_good() -> None:
    zh, en = topics_method({"engine": "nmf", "seed": 3, "choose": [5, 12]}, CHOSEN, 2, 5, 3)
    for text in (zh, en):
        assert "12" in text and "0.123" in text and "0.70" in text and "1,500" in text
    assert "由2个备选主题数中" in zh and "chosen from 2 numbers" in en
    zh, en = topics_method({"engine": "lda", "seed": 0, "choose": []}, CHOSEN, 1, 5, 5)
    assert "LdaModel" in zh and "latent Dirichlet" in en and "chosen from" not in en


def test_words_say_statistic_groups_and_parts_of_speech() -> None:
    zh, en = words_method({"keyness": "g2", "by": ["year"], "pos": []}, 5)
    assert "年份" in zh and "G2" in zh and "G2" in en and "new words" in en
    zh, en = words_method({"keyness": "chi2", "by": ["year"], "pos": ["n"]}, 5)
    assert "χ2" in zh and "chi-squared" in en
