"""What a report shows, with some of it changed."""

from types import SimpleNamespace
from typing import Any

from casemine.report.content import Content


def changed(content: Content, **values: Any) -> Any:
    names = [name for name in vars(Content) if not name.startswith("_")]
    return SimpleNamespace(**{name: getattr(content, name) for name in names} | values)
