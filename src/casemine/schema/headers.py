"""Chinese headers for tables that are printed or exported: the other way leads `Table.machine_names`."""

from __future__ import annotations

from collections.abc import Sequence


def chinese_headers(names: Sequence[str]) -> dict[str, str]:
    """Return machine name -> Chinese header, as the table has them that shares most columns with `names`.

    A name that no column of that table has stays as it is.

    Examples
    --------
    >>> chinese_headers(["keyword", "documents"])
    {'keyword': '关键词', 'documents': '案例频次'}
    """
    # The tables are defined beside this module, which they do not know.
    from casemine.schema import TABLES

    table = max(TABLES, key=lambda one: len(set(one.names) & set(names)))
    return {name: header for name, header in table.headers.items() if name in names}
