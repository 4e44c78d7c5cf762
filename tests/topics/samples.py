"""Paragraphs of three plain subjects, for topics that anybody can name."""

import random

SUBJECTS = {
    "road": ["公路", "桥梁", "隧道", "铁路", "机场", "航线", "港口", "物流", "货运", "客运", "车站", "里程"],
    "school": [
        "教师",
        "学生",
        "课程",
        "学校",
        "教室",
        "教材",
        "校园",
        "幼儿园",
        "大学",
        "考试",
        "学位",
        "师范",
    ],
    "health": [
        "医院",
        "医生",
        "护士",
        "药品",
        "疫苗",
        "诊所",
        "病床",
        "医保",
        "手术",
        "门诊",
        "体检",
        "康复",
    ],
}


def paragraphs(each: int = 60, seed: int = 1) -> list[list[str]]:
    """Return paragraphs, the three subjects in turn, each of eight words of one subject."""
    chance = random.Random(seed)
    return [chance.sample(words, 8) for _ in range(each) for words in SUBJECTS.values()]
