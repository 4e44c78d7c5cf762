"""casemine mines Chinese policy and case documents: new words, keywords, frequency tables."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casemine.document import Document
    from casemine.errors import CasemineError
    from casemine.estimators import KeywordWeigher, NewWordDiscoverer
    from casemine.pipeline.extract import extract
    from casemine.pipeline.topics import find_topics
    from casemine.pipeline.words import count_words
    from casemine.segment import Segmenter
    from casemine.settings import Settings
    from casemine.study import Study

__all__ = [
    "CasemineError",
    "Document",
    "KeywordWeigher",
    "NewWordDiscoverer",
    "Segmenter",
    "Settings",
    "Study",
    "count_words",
    "extract",
    "find_topics",
]

_HOMES = {
    "CasemineError": "errors",
    "Document": "document",
    "KeywordWeigher": "estimators",
    "NewWordDiscoverer": "estimators",
    "Segmenter": "segment",
    "Settings": "settings",
    "Study": "study",
    "extract": "pipeline.extract",
    "find_topics": "pipeline.topics",
    "count_words": "pipeline.words",
}


def __getattr__(name: str) -> Any:
    # Imported when used: pandas and scikit-learn would make `import casemine` take a second.
    if name in _HOMES:
        return getattr(import_module(f"casemine.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'casemine' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
