"""The shipped font: every character that a researcher may meet, under its own name and licence."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from casemine import resources
from casemine.errors import UsageError
from casemine.figures.style import Style

RARE = "㧟䶮堃喆瑢𬭸𫖯𫓧〇々"


def double_bytes(encoding: str) -> str:
    """Every character that an encoding writes in two bytes, those of private use aside."""
    found = set()
    for first in range(0x81, 0xFF):
        for second in range(0x40, 0xFF):
            try:
                found.add(bytes([first, second]).decode(encoding))
            except UnicodeDecodeError:
                continue
    return "".join(char for char in found if len(char) == 1 and not 0xE000 <= ord(char) <= 0xF8FF)


@pytest.mark.parametrize("encoding", ["gb2312", "gbk", "big5"])
def test_it_has_every_ideograph_of_the_encodings(encoding: str) -> None:
    characters = double_bytes(encoding)
    assert len(characters) > 7000
    ideographs = "".join(char for char in characters if "\u4e00" <= char <= "\u9fff")
    assert Style().lacking(ideographs) == ""
    assert encoding != "gb2312" or Style().lacking(characters) == ""


def test_it_has_rare_names_and_all_that_comes_with_casemine() -> None:
    assert Style().lacking(RARE) == ""
    root = resources.dictionary("stopwords.txt").parent
    texts = [
        *root.rglob("*.txt"),
        *root.rglob("*.csv"),
        *root.rglob("*.toml"),
        *resources.corpus("cases").glob("*.txt"),
    ]
    assert len(texts) > 15
    for path in texts:
        data = path.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030")
        assert Style().lacking(text) == "", path.name


def test_what_no_font_has_is_named() -> None:
    assert Style().lacking("防贫𠀀预警\n🚜") == "🚜𠀀"


def test_it_has_a_name_of_its_own_and_its_licence() -> None:
    path = resources.dictionary("fonts/CasemineSansSC-Regular.ttf")
    font = TTFont(path)
    names = {record.nameID: str(record) for record in font["name"].names}
    assert names[1] == "Casemine Sans SC"
    assert "Adobe" in names[0]
    assert "Open Font License" in names[13]
    assert font["OS/2"].fsType == 0  # may be embedded
    licence = (path.parent / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Adobe" in licence


def test_a_font_of_ones_own_comes_first_and_the_shipped_one_helps_out(tmp_path: Path) -> None:
    import matplotlib

    plain = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    style = Style(font=plain)
    with style.applied():
        assert matplotlib.rcParams["font.family"] == ["DejaVu Sans", "Casemine Sans SC"]
    assert style.lacking("防贫ABC") == ""
    (tmp_path / "none.ttf").write_bytes(b"no font")
    with (
        pytest.raises(UsageError, match="cannot be read as a font"),
        Style(font=tmp_path / "none.ttf").applied(),
    ):
        pass


def test_the_style_leaves_the_settings_of_matplotlib_alone() -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    with Style().applied():
        assert matplotlib.rcParams["pdf.fonttype"] == 42
    assert dict(matplotlib.rcParams) == before
