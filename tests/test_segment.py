import pickle
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from casemine.segment import _THRICE, Segmenter, _repeats

SAMPLE = (
    "新型经营主体带动建档立卡贫困户1.2万人，村级产业园收入增长35.6%。\n"
    "推行“七步防贫预警”工作法，GIS平台覆盖A1片区；他说的确实在理，乒乓球拍卖完了。\r\n"
    "　　結婚的和尚未結婚的，都来自東莞。𠮷野家，①②③，ＡＢＣ，http://a.b/c_d?x=1&y=2"
)
ADDED = {"新型经营主体": "n_new", "村级产业园": "n_new", "防贫预警": "n_new", "A1片区": "ns_new"}
needs_both = pytest.mark.skipif(not find_spec("rjieba"), reason="no rjieba wheel for this machine")


@pytest.fixture(scope="module")
def plain() -> Segmenter:
    return Segmenter()


def test_cut_gives_back_the_text(plain: Segmenter) -> None:
    assert "".join(plain.cut(SAMPLE)) == SAMPLE


def test_added_words_stay_whole() -> None:
    words = Segmenter(ADDED).cut("新型经营主体和村级产业园")
    assert words == ["新型经营主体", "和", "村级产业园"]


def test_tokens_carry_tag_and_span(plain: Segmenter) -> None:
    tokens = plain.with_words({"防贫预警": "n_new"}).tokens("做好 防贫预警12天GIS")
    assert [tuple(token) for token in tokens] == [
        ("做好", "v", 0, 2), ("防贫预警", "n_new", 3, 7), ("12", "m", 7, 9), ("天", "q", 9, 10),
        ("GIS", "eng", 10, 13),
    ]  # fmt: skip


def test_membership_and_frequency(plain: Segmenter) -> None:
    assert "长效机制" in plain and "防贫预警" not in plain
    assert plain.frequency("防贫预警") == 0 < plain.frequency("的") < plain.total


def test_a_pickled_segmenter_cuts_the_same() -> None:
    segmenter = Segmenter(ADDED)
    expected = segmenter.cut(SAMPLE)
    assert pickle.loads(pickle.dumps(segmenter)).cut(SAMPLE) == expected


@needs_both
@pytest.mark.parametrize("words", [{}, ADDED])
def test_both_engines_cut_the_same(words: dict[str, str]) -> None:
    assert Segmenter(words, engine="jieba").cut(SAMPLE) == Segmenter(words, engine="rjieba").cut(SAMPLE)


@needs_both
@settings(max_examples=200, deadline=None)
@example("防防防业")
@example("级防防防防防业")
@given(
    st.text(
        st.sampled_from("的和在有人民生产业园区扶贫困户脱坚攻防预警级一二三12.%aB-_，。 \n𠮷"), max_size=60
    )
)
def test_both_engines_cut_any_text_the_same(text: str) -> None:
    fast, slow = _engines()
    assert fast.cut(text) == slow.cut(text)


@needs_both
def test_of_paths_that_are_equally_probable_the_longer_word_stands_first() -> None:
    for segmenter in _engines():
        assert segmenter.cut("防防防业") == ["防防", "防", "业"]
        assert "".join(segmenter.cut("研究研究研究防防防")) == "研究研究研究防防防"


@given(st.text("防防防研究a1，𠮷", min_size=190, max_size=230), st.integers(0, 200), st.integers(0, 12))
def test_repetitions_are_told_in_long_texts_as_in_short_ones(text: str, begin: int, size: int) -> None:
    assert _repeats(text) == any(_repeats(text[at : at + 190]) for at in range(0, len(text) - 189, 1))
    piece = text[begin : begin + size]
    plain = "甲乙丙丁戊己庚辛壬癸" * 20
    assert _repeats(plain + piece) == _repeats(piece) == (_THRICE.search(piece) is not None)


def _engines(_kept: list[Segmenter] = []) -> list[Segmenter]:  # noqa: B006 - loading jieba takes a second
    if not _kept:
        _kept += [Segmenter(ADDED, engine="rjieba"), Segmenter(ADDED, engine="jieba")]
    return _kept


@given(st.lists(st.text(alphabet="的地长效机制防贫预警新型A1 ，", max_size=6)))
def test_many_words_are_looked_up_as_one_is(words: list[str]) -> None:
    segmenter = Segmenter(ADDED)
    assert segmenter.tags(words) == [segmenter.tag(word) for word in words]
    assert segmenter.frequencies(words).tolist() == [segmenter.frequency(word) for word in words]
    assert segmenter.lacking(words) == [word not in segmenter for word in words]


def test_the_total_is_that_of_jieba(plain: Segmenter) -> None:
    # One word stands twice in jieba's dictionary; jieba adds both up.
    assert plain.total == 60_101_967
    plain.frequency("的")
    assert plain.total == 60_101_967


@needs_both
def test_rjieba_can_be_imported_whole_afterwards_and_is_not_touched() -> None:
    code = (
        "from casemine.segment import Segmenter; import sys\n"
        "print(Segmenter({'防贫预警': 'n'}).cut('防贫预警')); print('rjieba' in sys.modules)\n"
        "import rjieba; rjieba.add_word('县里建立', 100000, 'n')\n"
        "print(rjieba.cut('防贫预警', hmm=False), Segmenter().cut('县里建立'))"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.splitlines() == ["['防贫预警']", "False", "['防', '贫', '预警'] ['县里', '建立']"]


def test_an_rjieba_laid_out_in_another_way_is_imported_whole(tmp_path: Path) -> None:
    (tmp_path / "rjieba").mkdir()
    code = "class Jieba:\n    def cut(self, text, hmm):\n        return [text]\n"
    (tmp_path / "rjieba" / "__init__.py").write_text(code, encoding="utf-8")
    check = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from casemine.segment import Segmenter\n"
    check += "print(Segmenter(engine='rjieba').cut('防贫预警'))"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", check], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout == "['防贫预警']\n"


@pytest.mark.parametrize("engine", ["jieba", "rjieba"] if find_spec("rjieba") else ["jieba"])
def test_a_word_of_ones_own_stays_whole_whatever_its_marks(engine: str) -> None:
    own = ["5G基站", "12345热线", "1+X证书", "互联网+", "双随机、一公开", "Edu Trust认证"]
    segmenter = Segmenter(own, engine=engine)
    for word in own:
        assert word in segmenter.cut(f"推行{word}，好"), word
