"""Weigh: documents in, the leading keywords of each out, as the table `schema.KEYWORDS`."""

from casemine.weigh.by_new_words import leading_new_words
from casemine.weigh.weigher import KeywordWeigher

__all__ = ["KeywordWeigher", "leading_new_words"]
