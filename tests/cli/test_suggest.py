"""`casemine suggest`: what it prints, and what it refuses."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from fake_model import served

Call = Callable[..., Result]
NONE = '{"codes": [], "reason": "无"}'


def test_it_says_what_came_of_it(coded: Path, call: Call) -> None:
    with served(lambda body: NONE) as (url, _):
        asked = ("suggest", coded, "--model", "m", "--endpoint", url, "--of", "all", "--unchecked")
        result = call(*asked, "--limit", "2")
        assert result.exit_code == 0, result.output
        assert result.stdout.startswith("llm:m: 0 sentences with a code, 2 with none of these (2 asked")
        counts = json.loads(call(*asked, "--limit", "2", "--format", "json").stdout)
    assert (counts["asked"], counts["replayed"], counts["checked"]) == (0, 2, None)


def test_a_blind_sample_comes_first(coded: Path, call: Call) -> None:
    result = call("suggest", coded, "--model", "m")
    assert result.exit_code == 2 and "coded blindly by a person" in result.stderr


def test_other_computers_need_a_word(coded: Path, call: Call) -> None:
    result = call("suggest", coded, "--model", "m", "--endpoint", "https://api.example.org/v1")
    assert result.exit_code == 2 and "--remote" in result.stderr


def test_an_endpoint_that_fails_is_one_message(coded: Path, call: Call) -> None:
    with served(lambda body: 500) as (url, _):
        result = call("suggest", coded, "--model", "m", "--endpoint", url, "--unchecked", "--of", "all")
    assert result.exit_code == 1 and "answered 500" in result.stderr
