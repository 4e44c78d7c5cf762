from casemine.coding.codebook import Code, Codebook, depth_first
from casemine.coding.codebook_index import CodebookIndex
from casemine.coding.normalise import Terms

BOOK = Codebook(
    name="b",
    entries=depth_first(
        [
            Code("保障", "selective"),
            Code("监测", "axial", "保障"),
            Code(
                "预警", "open", "监测", definition="及早警示。", aliases=("警示", "风险预警"), example="报。"
            ),
            Code("发展", "selective"),
            Code("产业", "axial", "发展"),
            Code("就业", "axial", "发展", include="务工。"),
        ]
    ),
)
INDEX = CodebookIndex(Terms(BOOK, None))


def test_the_texts_of_a_code_are_its_name_its_definition_and_its_aliases() -> None:
    own = [text for code, text in INDEX.texts if code == "预警"]
    assert own == ["预警", "及早警示。", "警示，风险预警"]
    assert INDEX.pool.texts == tuple(text for _, text in INDEX.texts)
    plain = CodebookIndex(Terms(BOOK, None, aliases=False))
    assert [text for code, text in plain.texts if code == "预警"] == ["预警", "及早警示。"]


def test_categories_stand_in_the_order_of_the_codebook_below_their_own() -> None:
    assert INDEX.categories("selective") == ("保障", "发展")
    assert INDEX.categories("axial") == ("监测", "产业", "就业")
    assert INDEX.above().tolist() == [0, 1, 1]


def test_the_members_of_a_category_are_the_texts_of_all_its_codes() -> None:
    of = [[INDEX.texts[at][1] for at in own] for own in INDEX.members("axial")]
    assert of == [["监测", "预警", "及早警示。", "警示，风险预警"], ["产业"], ["就业", "务工。"]]
    whole = INDEX.members("selective")
    assert sorted(at for own in whole for at in own) == list(range(len(INDEX.texts)))


def test_a_passage_is_near_the_category_whose_grams_it_shares() -> None:
    counts = INDEX.counter.transform(["县里及早警示，马上报。", "他们外出务工。", "天气好"])
    told = INDEX.told(counts, "axial")
    assert told.shape == (3, 3)
    assert told[0].argmax() == 0 and told[1].argmax() == 2
    assert told[2].tolist() == [0, 0, 0]
