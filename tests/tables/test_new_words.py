from casemine import schema
from casemine.tables.new_words import leading_terms


def test_names_slogans_fragments_and_plain_words_are_not_shown_first() -> None:
    rows = [
        ("扶贫车间", "term", False, ""),
        ("王桂兰", "person", False, ""),
        ("新春走基层", "series", False, ""),
        ("发展", "term", True, ""),
        ("贫车间", "term", False, "扶贫车间"),
        ("防贫预警", "term", False, ""),
    ]
    told = {"pos": "n_new", "weight": 1.0, "frequency": 5, "documents": 2, "cohesion": 1.0}
    told |= {"left_entropy": 1.0, "right_entropy": 1.0}
    words = schema.NEW_WORDS.frame(
        [
            {**told, "word": word, "kind": kind, "generic": generic, "absorbed_by": into}
            for word, kind, generic, into in rows
        ]
    )
    assert leading_terms(words)["word"].tolist() == ["扶贫车间", "防贫预警"]
