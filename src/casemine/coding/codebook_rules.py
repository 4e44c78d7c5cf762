"""The coding rules of a code as codebook files hold them: TOML, and the cells of a sheet."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from casemine.coding.codebook import RULE_FIELDS, Code
from casemine.coding.codebook_lines import KeyPath
from casemine.coding.rules import (
    RULE_KEYS,
    Need,
    Rule,
    bad_rule,
    bad_word,
    parse_need,
    parse_rule,
    split_words,
)

_LISTS = RULE_KEYS[:3]


class RuleReader:
    """Takes `RULE_FIELDS` out of the TOML table of a code.

    `say(path, reason)` is told every mistake, `known(table, path, keys)` every table, to name foreign
    keys; `paths` are the places of what was read.
    """

    def __init__(
        self,
        table: Mapping[str, Any],
        say: Callable[[KeyPath, str], None],
        known: Callable[[dict[str, Any], KeyPath, tuple[str, ...]], None],
    ) -> None:
        self._table = table
        self._say = say
        self._known = known
        self.paths: list[KeyPath] = [("without",)]

    def fields(self) -> dict[str, Any]:
        """Return `RULE_FIELDS` as `Code` takes them."""
        return {
            "without": self._words(self._table.get("without", []), ("without",)),
            "needs": tuple(self._needs()),
            "rules": tuple(self._rules()),
        }

    def _needs(self) -> Iterator[Need]:
        given = self._table.get("needs", {})
        if not isinstance(given, dict):
            self._say(("needs",), 'needs must give words their company, such as { "大数据" = ["比对"] }.')
            return
        for word, company in given.items():
            path: KeyPath = ("needs", word)
            self.paths.append(path)
            # A bare list is the usual case: one of these words.
            yield Need(word, self._rule({"any": company} if isinstance(company, list) else company, path))

    def _rules(self) -> Iterator[Rule]:
        given = self._table.get("rules", [])
        if not isinstance(given, list):
            self._say(("rules",), 'rules must be a list, such as [{ all = ["贷款", "贴息"], near = 10 }].')
            return
        for number, table in enumerate(given):
            path: KeyPath = ("rules", number)
            self.paths.append(path)
            yield self._rule(table, path)

    def _rule(self, table: Any, path: KeyPath) -> Rule:
        if not isinstance(table, dict):
            self._say(path, f"a rule must be a table of {', '.join(RULE_KEYS)}.")
            return Rule()
        self._known(table, path, RULE_KEYS)
        lists = {key: self._words(table[key], (*path, key)) for key in _LISTS if key in table}
        near = table.get("near", 0)
        if "near" in table and (not isinstance(near, int) or isinstance(near, bool) or near < 1):
            self._say((*path, "near"), "near must be a number of characters, 1 or more.")
            near = 0
        return Rule(**lists, near=near)

    def _words(self, given: Any, path: KeyPath) -> tuple[str, ...]:
        if not isinstance(given, list) or not all(isinstance(word, str) for word in given):
            self._say(path, f'{path[-1]} must be a list of texts, such as ["甲", "乙"].')
            return ()
        return tuple(word.strip() for word in given)


def rules_toml(code: Code) -> list[str]:
    """Return the lines that say `RULE_FIELDS` of a code in TOML, those that are empty left out."""
    lines = [f"without = {_list(code.without)}"] if code.without else []
    for need in code.needs:
        company = _list(need.rule.any) if need.rule == Rule(any=need.rule.any) else _inline(need.rule)
        lines.append(f"needs.{_quoted(need.word)} = {company}")
    if code.rules:
        lines += ["rules = [", *(f"  {_inline(rule)}," for rule in code.rules), "]"]
    return lines


def _inline(rule: Rule) -> str:
    parts = [f"{key} = {_list(getattr(rule, key))}" for key in _LISTS if getattr(rule, key)]
    parts += [f"near = {rule.near}"] if rule.near else []
    return f"{{ {', '.join(parts)} }}" if parts else "{}"


def _list(words: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, words))}]"


def _quoted(text: str) -> str:
    # A JSON text is a TOML text.
    return json.dumps(text, ensure_ascii=False)


def rules_of(cells: Mapping[str, str], words: Iterable[str]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Read `RULE_FIELDS` from the cells of a sheet: as `Code` takes them, and (field, what is wrong).

    `words` are the name and the aliases of the code.
    """
    own = tuple(words)
    wrong: list[tuple[str, str]] = []

    def each(key: str, parse: Callable[[str], Any]) -> Iterator[Any]:
        for line in filter(None, map(str.strip, cells.get(key, "").split("\n"))):
            try:
                yield parse(line)
            except ValueError as error:
                wrong.append((key, f"{error}."))

    found = {
        "without": tuple(word for line in cells.get("without", "").split("\n") for word in split_words(line)),
        "needs": tuple(each("needs", lambda line: parse_need(line, own))),
        "rules": tuple(each("rules", parse_rule)),
    }
    return found, wrong


def sound_rules(code: Code) -> Code:
    """Return a code without the words and rules that no codebook may hold."""
    without = tuple(word for word in code.without if not bad_word(word) and word not in code.words)
    sound = [
        need for need in code.needs if need.word in code.words and not [*bad_rule(need.rule, company=True)]
    ]
    needs = {need.word: need for need in sound}
    rules = tuple(rule for rule in code.rules if not [*bad_rule(rule)])
    return replace(code, without=without, needs=tuple(needs.values()), rules=rules)


__all__ = ["RULE_FIELDS", "RuleReader", "rules_of", "rules_toml", "sound_rules"]
