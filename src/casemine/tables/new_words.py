"""Which new words are shown first: terms, not all that discovery found."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def leading_terms(words: pd.DataFrame) -> pd.DataFrame:
    """Return the new words that are terms, by falling weight: `words` is `schema.NEW_WORDS`.

    Left out are generic words, fragments of longer ones, and what is more likely a name, a slogan or a piece
    of a clause: they stand in the table, and only there.
    """
    return words[~words["generic"] & (words["absorbed_by"] == "") & (words["kind"] == "term")]
