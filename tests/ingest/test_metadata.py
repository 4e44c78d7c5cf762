from casemine.document import Passage
from casemine.ingest.compose import compose
from casemine.ingest.metadata import Described, describe
from casemine.ingest.source import Block

PROSE = "为了发展高山茶，结合本县实际，现就有关事项通知如下，请认真贯彻执行。" * 3


def described(*lines: str, stem: str = "x", **given: str) -> Described:
    text, passages = compose([Block(line, "paragraph") for line in (*lines, PROSE)])
    return describe(text, passages, stem, given)


def test_what_is_given_wins_and_is_read_as_people_write_it() -> None:
    result = described(
        "四川省种茶办法",
        title="[视频]茶",
        region="贵州省",
        year="2021年3月",
        issued="2021/3/5",
        issuer="财政部 农业农村部",
        county="织金县",
        乡镇="甲镇",
    )
    columns = result.columns
    assert (columns["title"], columns["region"], columns["year"]) == ("茶", "贵州", "2021")
    assert (columns["issued"], columns["issuer"]) == ("2021-03-05", "财政部、农业农村部")
    assert (columns["city"], columns["county"], columns["area_code"]) == ("毕节市", "织金县", "520524")
    assert "title=given" in columns["origins"] and "city=given" in columns["origins"]
    assert result.further == {"乡镇": "甲镇"}


def test_a_doi_given_as_the_title_is_kept_beside_the_one_of_the_text() -> None:
    result = described("高山茶的种植与增收", title="DOI: 10.1000/182")
    assert result.columns["title"] == "高山茶的种植与增收"
    assert result.further == {"title_given": "DOI: 10.1000/182"}
    assert described(title="DOI: 10.1000/182").columns["title"] == "DOI: 10.1000/182"  # the text has none


def test_a_given_year_that_names_no_single_year_is_kept_beside() -> None:
    result = described("2018年种茶办法", year="2019-2021")
    assert result.columns["year"] == "" and result.further == {"year_given": "2019-2021"}


def test_a_county_in_the_title_gives_its_prefecture_and_code() -> None:
    columns = described("昭觉县人民政府关于种茶的通知").columns
    assert (columns["region"], columns["city"], columns["county"]) == ("四川", "凉山彝族自治州", "昭觉县")
    assert columns["area_code"] == "513431"


def test_a_document_of_the_whole_country_has_no_county() -> None:
    columns = described("国务院关于种茶的通知", stem="昭觉县_2020").columns
    assert (columns["region"], columns["county"]) == ("全国", "") or columns["region"] == "四川"


def test_origins_name_what_is_there_and_nothing_else() -> None:
    columns = described("山村里的茶", stem="news_20200630_茶").columns
    assert columns["origins"] == "title=text[0:5]; year=name"


TRADITIONAL = (
    "為了發展高山茶，結合本縣實際，現就有關事項通知如下，請認真貫徹執行，並將有關情況及時報告縣人民政府。" * 2
)


def in_traditional(*lines: str, **given: str) -> Described:
    text, passages = compose([Block(line, "paragraph") for line in (*lines, TRADITIONAL)])
    return describe(text, passages, "x", given)


def test_what_is_found_in_a_traditional_text_is_written_as_there() -> None:
    columns = in_traditional("昭覺縣人民政府關於種茶的通知").columns
    assert columns["title"] == "昭覺縣人民政府關於種茶的通知"
    assert (columns["issuer"], columns["document_kind"]) == ("昭覺縣人民政府", "通知")
    assert (columns["county"], columns["region"]) == ("昭觉县", "四川")


def test_names_of_lists_are_written_as_there_and_given_cells_as_given() -> None:
    result = in_traditional("種茶條例", document_kind="條例", authority="規章", issuer="财政部", 鄉鎮="甲鎮")
    columns = result.columns
    assert (columns["document_kind"], columns["authority"]) == ("条例", "规章")
    assert columns["issuer"] == "财政部"
    assert result.further == {"鄉鎮": "甲鎮"}


def test_a_given_cell_stands_before_the_same_words_in_the_text() -> None:
    columns = in_traditional("本縣種茶辦法", title="种茶办法").columns
    assert columns["title"] == "种茶办法"


def test_a_given_year_of_a_traditional_text_is_kept_as_given() -> None:
    result = in_traditional("種茶辦法", year="2019年與2021年")
    assert result.columns["year"] == ""
    assert result.further == {"year_given": "2019年與2021年"}


def test_given_cells_of_a_traditional_text_are_matched_by_words_and_written_from_their_own_cell() -> None:
    text = "臺灣省農業廳關於乾旱的通知\n地方政府應該推動鄉村旅遊，對於人口外流問題提出對策，並繼續調查。"
    given = {"title": "臺灣省農業廳關於乾旱的通知", "issuer": "台灣省農業廳", "document_kind": "計畫"}
    columns = describe(text, (Passage(0, len(text), "body"),), "a", given).columns
    assert (columns["issuer"], columns["document_kind"]) == ("台灣省農業廳", "计划")
