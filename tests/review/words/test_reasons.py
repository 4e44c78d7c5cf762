import pytest

from casemine import resources
from casemine.review.words.reasons import reason_to_drop


@pytest.mark.parametrize(
    ("word", "tag", "reason"),
    [
        ("省人民政府", "nt", "机构"), ("河口村", "", "地名"), ("县委书记", "", "职务"),
        ("十四五时期", "", "时间"),
        ("牢记使命", "", "口号"), ("第一书记", "", ""), ("示范村", "", ""), ("积分制", "", ""),
    ],
)  # fmt: skip
def test_offices_places_times_and_slogans_have_a_reason_against_them(word, tag, reason) -> None:
    assert reason_to_drop(word, tag).startswith(reason) and bool(reason_to_drop(word, tag)) == bool(reason)


@pytest.mark.parametrize(
    ("word", "tag", "reason"),
    [
        ("二十大报告", "", "会议"), ("四川", "", "地名"), ("王明", "nr_new", "人名"), ("王明", "n_new", ""),
        ("近年来", "", "时间"), ("青岭", "ns_new", "地名"), ("县财政局", "", "机构"), ("中国梦", "", "口号"),
        ("特色小镇", "", ""), ("深度贫困地区", "", ""), ("驻村工作队", "", ""),
    ],
)  # fmt: skip
def test_reasons_name_what_the_word_is(word: str, tag: str, reason: str) -> None:
    told = reason_to_drop(word, tag)
    assert told.startswith(reason) and bool(told) == bool(reason)


@pytest.mark.parametrize(
    "word",
    [
        "中华民族",
        "工薪族",
        "脱贫村群众",
        "边境村村民",
        "联系村干部",
        "包村干部",
        "软弱涣散村党支部",
        "少数民族群众",
    ],
)
def test_people_and_bodies_of_no_one_place_have_no_reason_against_them(word: str) -> None:
    assert reason_to_drop(word) == ""


@pytest.mark.parametrize(
    "word",
    ["旦村村委会", "花茂村村民", "下姜村党支部", "藏族", "独龙族群众", "东乡族村民", "新疆维吾尔族农户"],
)
def test_people_and_bodies_of_one_place_or_people_have(word: str) -> None:
    assert reason_to_drop(word).startswith("某地的人或机构")


def test_there_are_56_peoples() -> None:
    peoples = resources.word_list(resources.dictionary("peoples.txt"))
    assert len(peoples) == 56 and all(people.endswith("族") for people in peoples)
