"""The report as one HTML page: it opens from disk, loads nothing, leads every number back to sentences."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from casemine import schema
from casemine.report import page_data, page_tables
from casemine.report.content import Content
from casemine.report.method import citation, facts, method_en, method_zh
from casemine.report.page_tables import Grid
from casemine.terms import coder_in_chinese


def html(content: Content) -> str:
    """Return the report as one HTML page; the same content gives the same text.

    Texts of documents enter it escaped, as cells or as JSON, and the page's own policy lets it load nothing.
    """
    tables = {name: grid for name, grid in page_tables.tables(content).items() if grid.rows}
    tables |= page_tables.of_sections(content)
    grouped = page_tables.groups(content)
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "json": _json,
        "data_uri": _data_uri,
        "shown": page_tables.shown,
        "coder": coder_in_chinese,
    }
    return environment.from_string(_file("page.html")).render(
        content=content,
        facts=facts(content),
        regions=len(set(content.documents["region"]) - {""}),
        years=_years(content),
        tables=tables,
        groups=grouped,
        quotations=page_data.of_sections(content),
        headers=schema.DOCUMENTS.headers,
        levels=page_tables.LEVELS,
        values=page_tables.VALUES,
        tree=page_data.tree(content),
        method={"zh-CN": method_zh(content), "en": method_en(content)},
        citation=citation(content),
        settings=_flat(content.run.settings),
        data=_data(content, tables, grouped),
        texts=page_data.texts(content),
        style=Markup(_file("page.css")),
        script=Markup(_file("page.js")),
    )


def _file(name: str) -> str:
    return resources.files("casemine.report").joinpath(name).read_text(encoding="utf-8")


def _json(value: Any) -> Markup:
    """Write JSON that stands in a script element: no `<` can end the element or open a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


def _data_uri(svg: str) -> str:
    """Return a figure as an address of its own: its identifiers and styles meet no other figure's."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _data(
    content: Content, tables: Mapping[str, Grid], grouped: Mapping[str, Mapping[str, Grid]]
) -> dict[str, Any]:
    """Return what the script of the page works on."""
    documents = content.documents
    return {
        "documents": documents[["doc_id", "title", "region", "year"]].to_numpy().tolist(),
        "codes": content.codebook[["code", "parent"]].to_numpy().tolist(),
        "tables": {name: grid.as_json() for name, grid in tables.items()},
        "groups": {
            field: {name: grid.as_json() for name, grid in of.items()} for field, of in grouped.items()
        },
        "groupOf": page_data.group_of(content),
        **page_data.spans(content),
    }


def _years(content: Content) -> str:
    years = sorted(filter(None, content.documents["year"]))
    return "–".join(dict.fromkeys([years[0], years[-1]])) if years else ""


def _flat(settings: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Name each setting as casemine.toml does, section and key."""
    return {
        f"{section}.{key}": json.dumps(value, ensure_ascii=False)
        for section, keys in settings.items()
        for key, value in keys.items()
    }
