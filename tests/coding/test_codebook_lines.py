from __future__ import annotations

import json

from hypothesis import given

from casemine import coding
from casemine.coding import Codebook
from casemine.coding.codebook_lines import key_lines, line_of
from coding.codebooks import ROUNDS, codebooks


def test_lines_of_keys_in_awkward_toml() -> None:
    source = (
        '# [[a]]\ntext = """\n[[a]]\nname = 1\n"""\n[[a]]\n"na me" = \'[[a]]\' # x\n'
        'list = [ # [\n  ["x",\n "y"], {k = 1, l = 2},\n  "z" ]\n[[a.b]]\nc.d = 1\n'
        "[[a]]\n  [[a.b]]\n  e = 2\n"
    )
    lines = key_lines(source)
    assert lines[("text",)] == 2
    assert lines[("a", 0)] == 6
    assert lines[("a", 0, "na me")] == 7
    assert [lines[("a", 0, "list", item)] for item in range(3)] == [9, 10, 11]
    assert lines[("a", 0, "b", 0)] == 12
    assert lines[("a", 0, "b", 0, "c", "d")] == 13
    assert lines[("a", 1)] == 14
    assert lines[("a", 1, "b", 0, "e")] == 16
    assert line_of(lines, ("a", 1, "b", 0, "unknown", 7)) == 15
    assert line_of(lines, ("nowhere",)) == 1


@ROUNDS
@given(drawn=codebooks())
def test_every_name_is_found_in_its_line(drawn: Codebook) -> None:
    source = coding.to_toml(drawn)
    lines = key_lines(source)
    named: dict[str, int] = {}
    for path, line in lines.items():
        if path[-1] == "name" and len(path) > 1:
            shown = source.split("\n")[line - 1].strip()
            assert shown.startswith("name = ")
            named[json.loads(shown.removeprefix("name = "))] = len(path)
    depths = {"selective": 3, "axial": 5, "open": 7}
    assert named == {code.name: depths[code.level] for code in drawn.entries}
