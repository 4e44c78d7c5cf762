"""The published tables of the study, read from the files that hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from casemine import resources, sheets

# How the files join several words in one cell.
JOIN = "；"


@dataclass(frozen=True)
class Published:
    """What was printed, every cell a text.

    `counties` is Table 1 (year, counties, lifted, share), `new_words` Table 2 (word, pos, weight,
    frequency), `coding` Table 3 (open_code, axial_category, selective_category), `frequency` the
    keywords shown (keyword, cases), `roles` selective category -> its part in Figure 1, `places` the places
    described (place, region, selective, sample), `stated` what the text says, by item.

    Source: 左停、李颖、李世雄 (2021), 巩固拓展脱贫攻坚成果的机制与路径分析——基于全国117个案例的文本研究,
    华中农业大学学报(社会科学版), no. 2.
    """

    counties: pd.DataFrame
    new_words: pd.DataFrame
    coding: pd.DataFrame
    frequency: pd.DataFrame
    roles: Mapping[str, str]
    places: pd.DataFrame
    stated: Mapping[str, str]

    @property
    def cases(self) -> dict[str, int]:
        """Keyword shown -> the number of cases that have it."""
        return dict(zip(self.frequency["keyword"], map(int, self.frequency["cases"]), strict=True))

    @property
    def selective(self) -> dict[str, str]:
        """Open code of Table 3 -> its selective category."""
        return dict(zip(self.coding["open_code"], self.coding["selective_category"], strict=True))

    def words(self, item: str) -> list[str]:
        """Return the words that `stated` names under `item`."""
        return self.stated[item].split(JOIN)


def published() -> Published:
    """Read the published tables that come with casemine."""
    folder = resources.corpus("study-117")
    roles, stated = _read(folder, "framework"), _read(folder, "stated")
    return Published(
        counties=_read(folder, "table1_counties"),
        new_words=_read(folder, "table2_new_words"),
        coding=_read(folder, "table3_coding"),
        frequency=_read(folder, "keyword_case_frequency"),
        roles=dict(zip(roles["selective"], roles["role"], strict=True)),
        places=_read(folder, "described_places"),
        stated=dict(zip(stated["item"], stated["value"], strict=True)),
    )


def _read(folder: Path, name: str) -> pd.DataFrame:
    return sheets.read_csv(folder / f"{name}.csv")
