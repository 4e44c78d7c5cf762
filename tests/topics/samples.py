"""Paragraphs of three plain subjects, for topics that anybody can name."""

import random

_ROAD = "公路 桥梁 隧道 铁路 机场 航线 港口 物流 货运 客运 车站 里程"
_SCHOOL = "教师 学生 课程 学校 教室 教材 校园 幼儿园 大学 考试 学位 师范"
_HEALTH = "医院 医生 护士 药品 疫苗 诊所 病床 医保 手术 门诊 体检 康复"
SUBJECTS = {"road": _ROAD.split(" "), "school": _SCHOOL.split(" "), "health": _HEALTH.split(" ")}


def paragraphs(each: int = 60, seed: int = 1) -> list[list[str]]:
    """Return paragraphs, the three subjects in turn, each of eight words of one subject."""
    chance = random.Random(seed)
    return [chance.sample(words, 8) for _ in range(each) for words in SUBJECTS.values()]
