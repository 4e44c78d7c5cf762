"""Which language a person reads: asked for, or that of the system."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "casemine"
LANGUAGES = ("zh", "en")
_GETTEXT = {"zh": "zh_CN", "en": "en"}
# As gettext has them: the first that is set decides, and C and POSIX are English.
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
# The primary language of a Windows LANGID is its low ten bits; that of Chinese is 4.
_PRIMARY, _CHINESE = 0x3FF, 0x04

_chosen = "en"


def language() -> str:
    """Return the language in which messages are shown: zh or en."""
    return _chosen


def choose(asked: str = "") -> str:
    """Show messages in `asked`, else in CASEMINE_LANG, else in the language of the system; return which.

    The words that click has of its own follow: it looks them up with gettext, in the current domain.
    """
    global _chosen
    named = asked or os.environ.get("CASEMINE_LANG", "")
    _chosen = of_name(named) if named else of_system()
    gettext.bindtextdomain(DOMAIN, LOCALE)
    gettext.textdomain(DOMAIN)
    # gettext asks this variable before those of the system.
    os.environ["LANGUAGE"] = _GETTEXT[_chosen]
    return _chosen


def of_name(name: str) -> str:
    """Return the language of a locale's name: zh_CN.UTF-8 and zh-Hans are Chinese.

    >>> of_name("zh_CN.UTF-8"), of_name("C.UTF-8"), of_name("Chinese (Simplified)_China.936")
    ('zh', 'en', 'zh')
    """
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def of_system() -> str:
    """Return the language of the locale, on Windows without one that of its own windows."""
    named = next((value for name in _VARIABLES if (value := os.environ.get(name))), "")
    if named or os.name != "nt":
        return of_name(named)
    import ctypes

    shown: int = ctypes.windll.kernel32.GetUserDefaultUILanguage()  # type: ignore[attr-defined,unused-ignore]
    return "zh" if shown & _PRIMARY == _CHINESE else "en"
