"""What changed from one codebook to another."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from casemine.coding.codebook import ABOUT, ALIAS_JOIN, CODE_TEXTS, RULE_FIELDS, Code, Codebook, rule_texts
from casemine.schema import CODEBOOK_DIFF

_PATH_JOIN = " > "


def diff(old: Codebook, new: Codebook) -> pd.DataFrame:
    """Return the table `CODEBOOK_DIFF` of what leads from `old` to `new`.

    A code that is gone was *renamed* when it is an alias of a code that is new, or when a new code of
    its level has its definition or its aliases; it was *merged* when it is an alias of a code that
    stood before, or when several codes went into one new one. A category that only got another name
    does not *move* its members.
    """
    merged, renamed = _successors(old, new)
    rows = [*_about(old, new)]
    rows += [_row("merged", old.by_name[was], "code", was, now) for was, now in merged.items()]
    rows += [_row("renamed", old.by_name[was], "code", was, now) for was, now in renamed.items()]
    for code in old.entries:
        if code.name in new.by_name or code.name in renamed:
            now = new.by_name[renamed.get(code.name, code.name)]
            rows += _changes(code, now, old, new, renamed)
        elif code.name not in merged:
            rows.append(_row("removed", code, "code", _above(old, code), ""))
    came = set(renamed.values())
    for code in new.entries:
        if code.name not in old.by_name and code.name not in came:
            rows.append(_row("added", code, "code", "", _above(new, code)))
    return CODEBOOK_DIFF.frame(rows)


def _successors(old: Codebook, new: Codebook) -> tuple[dict[str, str], dict[str, str]]:
    """Return merged and renamed codes, old name -> new name."""
    gone = [code for code in old.entries if code.name not in new.by_name]
    by_alias = {code.name: new.by_alias[code.name] for code in gone if code.name in new.by_alias}
    claims = list(by_alias.values())
    single = {was: now for was, now in by_alias.items() if now not in old.by_name and claims.count(now) == 1}
    merged = {was: now for was, now in by_alias.items() if was not in single}
    taken = set(claims)
    fresh = [code for code in new.entries if code.name not in old.by_name and code.name not in taken]
    renamed = dict(single)
    for code in gone:
        if code.name in by_alias:
            continue
        twin = next((one for one in fresh if _same(code, one)), None)
        if twin is not None:
            renamed[code.name] = twin.name
            fresh.remove(twin)
    return merged, renamed


def _same(code: Code, other: Code) -> bool:
    if code.level != other.level:
        return False
    same_definition = bool(code.definition) and code.definition == other.definition
    return same_definition or (bool(code.aliases) and set(code.aliases) == set(other.aliases))


def _changes(
    was: Code, now: Code, old: Codebook, new: Codebook, renamed: dict[str, str]
) -> Iterator[dict[str, str]]:
    if (was.level, renamed.get(was.parent, was.parent)) != (now.level, now.parent):
        yield _row("moved", was, "parent", _above(old, was), _above(new, now))
    for key in CODE_TEXTS:
        if getattr(was, key) != getattr(now, key):
            yield _row("redefined", was, key, getattr(was, key), getattr(now, key))
    if set(was.aliases) != set(now.aliases):
        yield _row("redefined", was, "aliases", ALIAS_JOIN.join(was.aliases), ALIAS_JOIN.join(now.aliases))
    before, after = rule_texts(was), rule_texts(now)
    for key in RULE_FIELDS:
        if before[key] != after[key]:
            yield _row("redefined", was, key, before[key], after[key])


def _about(old: Codebook, new: Codebook) -> Iterator[dict[str, str]]:
    for key in ABOUT:
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            yield _row("redefined", Code("", "codebook"), key, before, after)


def _above(book: Codebook, code: Code) -> str:
    """Return the categories above a code; for a selective category, its level."""
    return _PATH_JOIN.join(book.chain(code.name)[:-1]) or code.level


def _row(change: str, code: Code, field: str, before: str, after: str) -> dict[str, str]:
    return dict(zip(CODEBOOK_DIFF.names, (change, code.level, code.name, field, before, after), strict=True))
