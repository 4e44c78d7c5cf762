"""Messages: written in English where they arise, stored in English, shown in the language of the reader."""

from casemine.messages.catalogue import in_chinese, translate
from casemine.messages.columns import width, wrapped
from casemine.messages.language import LANGUAGES, choose, language

__all__ = ["LANGUAGES", "choose", "in_chinese", "language", "translate", "width", "wrapped"]
