import networkx
import numpy as np

from casemine.networks.formats import dl, pajek


def test_ucinet_gets_a_full_matrix_in_the_code_page_of_chinese_windows() -> None:
    text = dl(["甲 村", '乙"'], np.array([[0, 2.5], [2.5, 0]])).decode("gb18030")
    assert text.splitlines() == [
        "dl n=2", "format = fullmatrix", "labels:", '"甲 村"', "\"乙'\"", "data:", "0 2.5", "2.5 0"
    ]  # fmt: skip


def test_pajek_reads_back_what_was_written() -> None:
    made = networkx.Graph()
    made.add_edge("甲", "乙 丙", weight=2)
    data = pajek(made)
    assert data.startswith(b"\xef\xbb\xbf*Vertices 2")
    back = networkx.parse_pajek(data.decode("utf-8-sig"))
    assert sorted(back) == ["乙 丙", "甲"] and back["甲"]["乙 丙"][0]["weight"] == 2
