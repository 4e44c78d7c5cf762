import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.document import Document
from casemine.ingest import duplicates
from casemine.ingest.duplicates import digest, exact, near, resemblance, sketch

HAN = "".join(map(chr, range(0x4E00, 0x5200)))


def story(seed: int, length: int = 4000) -> str:
    return "".join(random.Random(seed).choices(HAN, k=length))


def digests(documents: list[Document]) -> list[tuple[str, bytes]]:
    return [(document.doc_id, digest(document)) for document in documents]


def test_of_exact_duplicates_the_smallest_id_stays() -> None:
    documents = [Document("b", "茶"), Document("a", "茶"), Document("c", "路"), Document("d", "茶")]
    assert exact(digests(documents)) == {"b": "a", "d": "a"}


def test_near_duplicates_name_the_earlier_document() -> None:
    text = story(1)
    documents = [
        Document("c", text[:2000] + "改动" + text[2050:]),
        Document("a", text),
        Document("b", story(2)),
        Document("d", text[:1000] + story(3)),
        Document("e", "短"),
        Document("f", ""),
    ]
    assert near(documents) == {"c": "a"}


@pytest.mark.parametrize(("common", "block"), [(0, 512), (3, 2), (3, 1), (1_000, 3)])
def test_what_all_documents_have_and_where_they_are_cut_plays_no_part(
    common: int, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates, "_COMMON", common)
    monkeypatch.setattr(duplicates, "_BLOCK", block)
    head = story(9, 1500)
    documents = [Document(f"{number:02}", head + story(number)) for number in range(10)]
    documents += [Document("10", head + story(3)[:-40]), Document("11", head + story(7)), Document("12", "")]
    documents += [Document("13", head + story(3)[:-80])]
    assert near(documents) == {"10": "03", "11": "07", "13": "03"}
    assert near([Document(f"{number}", head + str(number)) for number in range(6)]) == dict.fromkeys(
        "12345", "0"
    )


def test_the_hash_is_the_same_everywhere() -> None:
    assert sketch("青石村的茶").tolist() == sketch("青石 村的\n茶").tolist()
    assert sketch("青石村的茶香").tolist() == [4425379605667107791, 18106498702531785277]


@pytest.mark.parametrize("share", [0.5, 0.7, 0.9])
def test_resemblance_is_estimated(share: float) -> None:
    both, left, right = story(4, 6000), story(5, 6000), story(6, 6000)
    kept = int(6000 * share)
    one, other = both[:kept] + left[kept:], both[:kept] + right[kept:]
    grams = [{text[at : at + 5] for at in range(len(text) - 4)} for text in (one, other)]
    true = len(grams[0] & grams[1]) / len(grams[0] | grams[1])
    # Standard error of 256 hashes: at most 0.032.
    assert abs(resemblance(sketch(one), sketch(other)) - true) < 0.1


TEXTS = st.text(alphabet="山村茶园路桥", max_size=60)


@given(TEXTS, TEXTS)
def test_resemblance_of_short_texts_is_exact(one: str, other: str) -> None:
    grams = [{text[at : at + 5] for at in range(len(text) - 4)} for text in (one, other)]
    union = grams[0] | grams[1]
    true = len(grams[0] & grams[1]) / len(union) if grams[0] and grams[1] else 0.0
    assert resemblance(sketch(one), sketch(other)) == pytest.approx(true)
    assert resemblance(sketch(one), sketch(other)) == resemblance(sketch(other), sketch(one))


@given(st.lists(TEXTS, max_size=8), st.randoms(use_true_random=False))
def test_order_plays_no_part(found: list[str], chance: random.Random) -> None:
    documents = [Document(f"d{index}", text) for index, text in enumerate(found)]
    shuffled = documents.copy()
    chance.shuffle(shuffled)
    assert near(documents) == near(shuffled)
    assert exact(digests(documents)) == exact(digests(shuffled))
    assert all(earlier < later for later, earlier in near(documents).items())


@given(TEXTS)
def test_sketch_is_sorted_and_bounded(text: str) -> None:
    hashes = sketch(text, 16)
    assert len(hashes) <= 16
    assert bool(np.all(hashes[1:] > hashes[:-1]))
