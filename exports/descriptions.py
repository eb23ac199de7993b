"""The columns of the models, described in the words of other standards: Data Package, JSON Schema.

Why: a column is described once, in the pandera models; whoever reads the files with other tools meets the same types
and limits. Here: one column at a time. Not here: whole packages (`package.py`) or the document of the API (`openapi.py`).
"""

from typing import Any

import pandera.pandas as pa

KINDS = {"Int64": "integer", "Float64": "number", "bool": "boolean"}


def kind(column: pa.Column) -> str:
    """Return the type that both standards know: integer, number, boolean or string."""
    return KINDS.get(str(column.dtype), "string")


def table_schema_field(name: str, column: pa.Column) -> dict[str, Any]:
    """Describe a column as a field of a Table Schema (Data Package v2)."""
    about = column.metadata or {}
    limits = {"required": not column.nullable, "unique": bool(column.unique)}
    limits = {name: True for name, set_ in limits.items() if set_} | _limits(column)
    field = {"name": name, "type": kind(column), "title": str(column.title), "description": str(column.description)}
    extra = {"example": about.get("example", ""), "unit": about.get("unit", ""), "constraints": limits}
    return field | {name: value for name, value in extra.items() if value and not str(value).endswith("…")}


def json_schema(column: pa.Column) -> dict[str, Any]:
    """Describe a column as a JSON Schema (2020-12); unknown is null."""
    limits = _limits(column)
    if "enum" in limits and column.nullable:
        limits["enum"] = [*limits["enum"], None]
    if "pattern" in limits:
        limits["pattern"] = f"^(?:{limits['pattern']})$"
    about = {"title": str(column.title), "description": str(column.description)}
    return {"type": [kind(column), "null"] if column.nullable else kind(column)} | about | limits


def _limits(column: pa.Column) -> dict[str, Any]:
    """Return the checks of a column as the limits that both standards write alike."""
    limits: dict[str, Any] = {}
    for check in column.checks:
        facts = check.statistics
        if check.name == "isin":
            limits["enum"] = list(facts["allowed_values"])
        elif check.name == "str_matches":
            # Both standards match whole cells; the marks of beginning and end are Python's.
            pattern = getattr(facts["pattern"], "pattern", facts["pattern"])
            limits["pattern"] = pattern.removeprefix("^").removesuffix(r"\Z").replace("(?:", "(")
        else:
            names = {"min_value": "minimum", "max_value": "maximum"}
            limits |= {names[name]: value for name, value in facts.items() if name in names}
    return limits
