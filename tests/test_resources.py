from pathlib import Path

from casemine.resources import user_dictionary


def test_a_user_dictionary_is_read_as_jieba_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text(
        "# ours\nEdu Trust认证 2000 n\n1+X证书 3\nC#编程 # a remark\n防返贫 5 n_new\n扶贫车间\n", "utf-8"
    )
    assert user_dictionary(path) == {
        "Edu Trust认证": "n", "1+X证书": "n", "C#编程": "n", "防返贫": "n_new", "扶贫车间": "n",
    }  # fmt: skip
