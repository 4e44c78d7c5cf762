import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from casemine.similarity.fingerprints import GUARANTEED, Letters, fingerprints

HAN = st.text("甲乙丙丁戊己庚辛", min_size=0, max_size=60)


def test_marks_and_blanks_are_no_letters_and_case_and_width_fold() -> None:
    text = "５G，基 站\n（Ａb）𠀀"
    letters = Letters.of(text)
    assert "".join(text[at] for at in letters.places) == "５G基站Ａb𠀀"
    assert letters.codes[:4].tolist() == Letters.of("5g基站").codes.tolist()


@given(HAN, HAN, HAN, HAN, st.text("子丑寅卯", min_size=GUARANTEED, max_size=60))
def test_what_two_texts_share_leaves_a_fingerprint_in_both(
    before: str, after: str, ahead: str, behind: str, passage: str
) -> None:
    first, second = (
        set(fingerprints(Letters.of(text).codes)[0].tolist())
        for text in (before + passage + after, ahead + passage + behind)
    )
    assert first & second


def test_a_text_shorter_than_a_shingle_has_none() -> None:
    hashes, places = fingerprints(Letters.of("甲乙丙").codes)
    assert len(hashes) == len(places) == 0
    assert np.array_equal(fingerprints(Letters.of("甲" * 20).codes)[1], [0])
