"""A few rounds of the kill test and of the pairs; by hand benchmarks/kills.py runs a thousand."""

import sys

import pytest

kills = pytest.importorskip("kills")
pairs = pytest.importorskip("pairs")

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="processes are forked"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of forking where threads may run
]


def named(*names):
    return [command for command in kills.COMMANDS if command.name in names]


def test_a_killed_command_loses_nothing(tmp_path):
    made = list(kills.rounds(named("review --apply"), 4, 0, tmp_path, short=True))
    assert [one.wrong for one in made] == [[]] * 4
    at = [one.last for one in made if one.last]
    assert len(set(at)) == len(at) == 2
    assert max(at) <= made[0].moves


def test_two_commands_at_once_lose_nothing(tmp_path):
    (apply,) = named("review --apply")
    for pair, wrong in pairs.rounds([(apply, apply)], 1, tmp_path, short=True):
        assert wrong == [], [command.name for command in pair]
