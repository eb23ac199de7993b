"""How a column is described: the pieces that the models are written with.

Field metadata: `example`; `unit`; `references` ("table.column" that the value must stand in); `must` (the condition
in words, for messages); `labels` (of each
code, for people). Examples are of a war that never was. Here: kinds of columns that several tables share. Not here: any table (`models.py`).
"""

from collections.abc import Iterable
from typing import Any

import pandera.pandas as pa

from validation import dates, vocabulary

ID = r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z"
ID_MUST = "be lower-case letters, digits and single hyphens"
WEB = r"^https?://[^\s/]+\.[^\s/]+(?:/\S*)?\Z"
WEB_MUST = "be an address that begins with http:// or https://"
DATE_MUST = "be a date as YYYY, YYYY-MM or YYYY-MM-DD"


def column(title: str, description: str, example: str, *, blank: bool = False, **options: Any) -> Any:
    """Describe a column; `references`, `unit` and `must` become metadata, the rest are pandera's checks."""
    extra: dict[str, Any] = {
        name: options.pop(name) for name in ("references", "unit", "must", "labels") if name in options
    }
    return pa.Field(
        title=title, description=description, nullable=blank, metadata={"example": example} | extra, **options
    )


def identifier(title: str, description: str, example: str) -> Any:
    """Describe the column that names a row."""
    return column(title, description, example, unique=True, str_matches=ID, must=ID_MUST)


def date(title: str, description: str, example: str, *, blank: bool = False) -> Any:
    """Describe a date of reduced precision."""
    return column(title, description, example, blank=blank, str_matches=dates.PATTERN, must=DATE_MUST)


def code(title: str, description: str, terms: Iterable[vocabulary.Term], *, blank: bool = False) -> Any:
    """Describe a column that holds a code of the vocabulary; the first of them is its example."""
    labels = vocabulary.labels(terms)
    return column(title, description, next(iter(labels)), blank=blank, isin=list(labels), labels=labels)


def plain_title(column: pa.Column) -> str:
    """Return the title of a column for people who see names, not ids: Place, where the model says Place id."""
    return str(column.title).removesuffix(" id").removesuffix(" (id)")


class Table(pa.DataFrameModel):
    """A table as its file is: these columns in this order and no others."""

    class Config:
        strict, ordered = True, True
