import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemine.document import Passage
from casemine.ingest.compose import compose
from casemine.ingest.source import Block
from casemine.ingest.title import is_speaker, name_title, title_with_origin, without_marks

PROSE = "为了发展高山茶，结合本县实际，现就有关事项通知如下，请认真贯彻执行，并将有关情况及时报告。" * 2


@pytest.mark.parametrize(
    ("text", "passages", "stem", "title"),
    [
        ("山村 茶香\n正文。", (Passage(0, 5, "title"),), "x", "山村 茶香"),
        ("正文。", (Passage(0, 3, "body"),), "20200315_茶乡_故事", "茶乡 故事"),
        ("正文。", (), "2020", "2020"),
    ],
)
def test_title_with_origin(text: str, passages: tuple[Passage, ...], stem: str, title: str) -> None:
    assert title_with_origin(text, passages, stem)[0] == title


def titled(*lines: str, stem: str = "文件名") -> str:
    text, passages = compose([Block(line) for line in (*lines, PROSE, PROSE)])
    return title_with_origin(text, passages, stem)[0]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["——2021年3月2日在青石市第四届人民代表大会第五次会议上", "青石市市长 张三"], "文件名"),
        (["（2007年1月20日 张小三）"], "文件名"),
        (["二〇二一年二月五日在青石州第十一届人民代表大会第六次会议上", "州长 李四"], "文件名"),
        (["——2020年1月7日", "在青石市第四届人民代表大会第四次会议上", "市长 张三"], "文件名"),
        (["——2016年1月12日在青石市第三届人民代表大会第四次会议上 张小三"], "文件名"),
        (["上海市市长 张三"], "文件名"),
        (["代省长 张 三"], "文件名"),
        (["贵州省"], "文件名"),
        (["昭觉县"], "文件名"),
        (["青石县"], "文件名"),
        (["附件 3"], "文件名"),
        (["附件3", "青石县茶园管理办法"], "青石县茶园管理办法"),
        (["附件：青石县茶园管理办法"], "青石县茶园管理办法"),
        (["[!NOTE] 相关通知", "青石县茶园管理办法"], "青石县茶园管理办法"),
        (["[视频]山村里的茶"], "山村里的茶"),
        (["【图文】山村里的茶"], "山村里的茶"),
        (["【山村新貌】山村里的茶"], "【山村新貌】山村里的茶"),
        (["政府工作报告", "——2021年3月2日在青石市人民代表大会上"], "政府工作报告"),
        (["——2021年3月2日在青石市人民代表大会上", "政府工作报告"], "政府工作报告"),
        (["青石市政府工作报告——2022年1月17日在青石市第五届人民代表大会第五次会议上"], "青石市政府工作报告"),
        (
            ["毕节市人民政府文件", "毕府发〔2021〕3号", "毕节市人民政府关于种茶的通知"],
            "毕节市人民政府关于种茶的通知",
        ),
        (["毕节市人民政府", "关于加快发展高山茶的意见"], "毕节市人民政府关于加快发展高山茶的意见"),
        (
            ["中共毕节市委", "毕节市人民政府", "关于发展茶业的意见"],
            "中共毕节市委毕节市人民政府关于发展茶业的意见",
        ),
        (["000001", "机密★1年", "特急", "毕节市人民政府关于种茶的通知"], "毕节市人民政府关于种茶的通知"),
        (["索引号：123", "发布日期：2021-03-05", "标题：青石县茶园管理办法"], "青石县茶园管理办法"),
        (["首页 > 政务公开 > 文件", "青石县茶园管理办法"], "青石县茶园管理办法"),
        (["新华社北京3月5日电", "青石县茶业规划"], "青石县茶业规划"),
        (["3月5日，在青石县茶业大会上，县长张三作报告"], "文件名"),
        (["各位代表：", "现在，我代表县人民政府，向大会报告工作，请予审议。"], "政府工作报告"),
        (["各位代表：", "我是茶农。"], "文件名"),
        (["第一章 总则"], "文件名"),
        (["第五章 茶园"], "第五章 茶园"),
        (["一、茶园"], "文件名"),
        (["××县文件", "××〔××××〕×号"], "文件名"),
        (["市长与茶农的故事"], "市长与茶农的故事"),
        (["省长来到青石村"], "省长来到青石村"),
        (["2021年茶业工作要点"], "2021年茶业工作要点"),
        (["2021年3月青石县茶业统计公报"], "2021年3月青石县茶业统计公报"),
    ],
)
def test_titles(lines: list[str], title: str) -> None:
    assert titled(*lines) == title


def test_an_order_bears_the_title_of_what_it_promulgates() -> None:
    order = "《青石县茶园管理办法》已经2021年4月7日县人民政府常务会议通过，现予公布，自2021年6月1日起施行。"
    assert (
        titled("毕节市人民政府令", "第12号", order, "2021年4月9日", "青石县茶园管理办法")
        == "青石县茶园管理办法"
    )


def test_a_title_that_the_format_names_is_no_title_when_it_is_an_annex_mark() -> None:
    text, passages = compose([Block("附件 3", "title"), Block("青石县茶园管理办法"), Block(PROSE)])
    assert title_with_origin(text, passages, "x")[0] == "青石县茶园管理办法"


def test_marks_and_datelines_are_no_part_of_the_passage() -> None:
    text, passages = compose([Block("[视频]山村里的茶"), Block(PROSE)])
    assert [(passage.kind, text[passage.start : passage.end]) for passage in passages][:2] == [
        ("body", "[视频]"),
        ("title", "山村里的茶"),
    ]


def test_a_title_says_where_it_stands() -> None:
    text, passages = compose([Block("[视频]山村里的茶"), Block(PROSE)])
    assert title_with_origin(text, passages, "x") == ("山村里的茶", "text[4:9]")
    assert title_with_origin(PROSE, (), "某村的茶") == ("某村的茶", "name")


@pytest.mark.parametrize(
    ("stem", "title"),
    [
        ("gwr_云南省_2006", "gwr 云南省 2006"),
        ("20210305_茶乡", "茶乡"),
        ("2021-03-05", "2021-03-05"),
        ("云南省_毕节市_2016", "云南省 毕节市 2016"),
    ],
)
def test_a_file_name_is_kept_where_only_a_place_would_be_left(stem: str, title: str) -> None:
    assert name_title(stem) == title


@pytest.mark.parametrize(
    "line", ["青石市市长 张三", "上海市市长 李四", "省 长 王小明", "国务院总理　张三", "自治区主席 李 四"]
)
def test_speakers(line: str) -> None:
    assert is_speaker(line)


@pytest.mark.parametrize("line", ["县长带头种茶", "市长信箱", "总理的茶", "茶园主任", "市长"])
def test_no_speakers(line: str) -> None:
    assert not is_speaker(line) or line == "市长"


def test_site_names_are_taken_off() -> None:
    assert without_marks("山村里的茶_青石新闻网") == "山村里的茶"
    assert without_marks("山村—茶园") == "山村—茶园"


@given(
    st.lists(
        st.text(alphabet="茶山村县市长〔〕（）2021年月日—第号令文件附 ：[]视频", max_size=30), max_size=6
    )
)
def test_a_title_stands_in_the_text_or_is_the_file_name(lines: list[str]) -> None:
    text, passages = compose([Block(line) for line in lines])
    title, origin = title_with_origin(text, passages, "名")
    assert title and (origin == "name" or "".join(title.split()) in "".join(text.split()))
