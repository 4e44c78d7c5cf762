import io
import zipfile

import pytest

from casemine.bounded import Archive, archive
from casemine.errors import UnreadableError

from . import hostile_files as hostile


def packed(content, method=zipfile.ZIP_DEFLATED):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as made:
        made.writestr("甲.txt", content)
    return written.getvalue()


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_members_are_read_whole_and_damage_is_one_error(method):
    data = packed("茶园" * 2000, method)
    opened = Archive(data)
    assert opened.named("甲.txt").decode() == "茶园" * 2000
    assert opened.named("乙.txt") == b""
    for cut in range(30, len(data), max(1, len(data) // 40)):
        for damaged in (data[:cut], hostile.flipped(data, cut / len(data))):
            try:
                opened = Archive(damaged)
                for member in opened.members:
                    opened.read(member)
            except UnreadableError as error:
                assert error.advice


def test_a_bomb_is_refused_before_it_goes_off_also_where_the_directory_lies(monkeypatch):
    with pytest.raises(UnreadableError, match="bomb"):
        Archive(hostile.zip_bomb(size=30 << 20)).read(Archive(hostile.zip_bomb(size=30 << 20)).members[0])
    lying = Archive(hostile.lying_bomb())
    with pytest.raises(UnreadableError):
        lying.read(lying.members[0])
    monkeypatch.setattr(archive, "MOST_IN_ALL", 100)
    with pytest.raises(UnreadableError, match="1 GiB"):
        Archive(packed("茶" * 100))
