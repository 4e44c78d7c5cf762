"""Coders compared: who can be, and who cannot."""

from pathlib import Path

import pytest

from casemine import review
from casemine.errors import UsageError
from casemine.pipeline import compare, serve
from casemine.pipeline.code import coded_books
from casemine.study import Study


def test_two_blind_coders_at_their_common_sentences(coded: Path) -> None:
    study = Study(coded)
    (book,) = coded_books(study)
    assert compare.raters(study, book) == []
    rows = study.codings.drop_duplicates(["doc_id", "start"]).head(3).to_dict("records")
    codes = [code.name for code in book.at("open")[:2]]
    for coder, given in (("甲", (0, 0, 0)), ("乙", (0, 1))):
        for row, at in zip(rows, given, strict=False):
            key = review.QuoteKey(coder, book.name, row["doc_id"], row["start"], row["end"])
            serve.decide_quotes(study, [(key, review.QuoteState("", codes[at], row["quote"]))], blind=True)
    # 甲 decided first and would make the study's codings, but coded blindly.
    assert compare.raters(study, book) == ["甲", "乙", "study"]
    place = [rows[0][name] for name in ("doc_id", "start", "end", "code", "keyword")]
    key = review.QuoteKey("researcher", book.name, *place)
    serve.decide_quotes(study, [(key, review.QuoteState("keep", "", rows[0]["quote"]))])
    assert compare.raters(study, book) == ["甲", "乙", "study"]
    seen = compare.compare(study, book, ["甲", "乙"])
    assert seen.places == 2
    assert set(seen.table["code"]) == set(codes)
    with pytest.raises(UsageError, match="choose two"):
        compare.compare(study, book, ["甲", "甲"])
