"""`python -m validation.dictionary`: write the dictionary of the tables from the models.

Why: a description kept by hand drifts from the checks. `datasets/README.md` is made here; with `--check` nothing is
written and a stale file is a failure.
"""

import argparse
import sys
from collections.abc import Sequence

import pandera.pandas as pa

from validation.dataset import DEFAULT_FOLDER
from validation.models import READERS_CLAIMS, SCHEMAS, TABLES, key
from validation.vocabulary import CODES

TYPES = {"Int64": "whole number", "Float64": "decimal number"}


def dictionary() -> str:
    """Return the dictionary as Markdown."""
    parts = [
        "# The tables",
        "Made from the models in `validation/models.py` by `make dictionary`; do not edit by hand.",
        "UTF-8 without BOM, LF line ends, comma, a header, rows sorted by their key. Blank means unknown, never zero.",
    ]
    for name, schema in SCHEMAS.items():
        parts += [
            f"## {name}.csv",
            f"One row: {_lower(schema.description)} Key: {', '.join(f'`{k}`' for k in key(name))}.",
            _columns(schema),
        ]
    parts += [
        "## Claims as downloaded",
        "The CSV that readers download has the columns of `claims.csv`, then these:",
        _columns(READERS_CLAIMS, leave_out=list(SCHEMAS["claims"].columns)),
        "## Controlled words",
    ]
    for title, terms in CODES.items():
        rows = "\n".join(f"| `{term.code}` | {term.label} | {term.definition} |" for term in terms)
        parts.append(f"### {title[0].upper()}{title[1:]}\n\n| code | label | meaning |\n|---|---|---|\n{rows}")
    return "\n\n".join(parts) + "\n"


def _lower(text: str | None) -> str:
    words = (text or "").strip()
    return words[:1].lower() + words[1:]


def _columns(schema: pa.DataFrameSchema, leave_out: Sequence[str] = ()) -> str:
    head = "| column | title | meaning | type | blank | must | example |\n|---|---|---|---|---|---|---|\n"
    lines = []
    for name, column in schema.columns.items():
        if name in leave_out:
            continue
        about = column.metadata or {}
        allowed: list[str] = next(
            (check.statistics["allowed_values"] for check in column.checks if check.name == "isin"), []
        )
        must = [about["must"]] if "must" in about else []
        must += [f"stand in {about['references']}"] if "references" in about else []
        must += ["be unique"] if column.unique else []
        must += ["be one of " + ", ".join(f"`{value}`" for value in allowed)] if allowed else []
        kind = TYPES.get(str(column.dtype), "text") + (f" ({about['unit']})" if "unit" in about else "")
        cells = [
            f"`{name}`",
            column.title,
            column.description,
            kind,
            "yes" if column.nullable else "no",
            "; ".join(must),
            f"`{about['example']}`" if "example" in about else "",
        ]
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return head + "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the dictionary, or with `--check` say whether it is stale; give the exit status."""
    parser = argparse.ArgumentParser(prog="python -m validation.dictionary", description="Write datasets/README.md.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the file is stale")
    options = parser.parse_args(arguments)
    path = DEFAULT_FOLDER / "README.md"
    fresh = dictionary()
    if options.check:
        stale = not path.exists() or path.read_text(encoding="utf-8") != fresh
        print(
            "datasets/README.md is stale: run `make dictionary`."
            if stale
            else f"The dictionary of {len(TABLES)} tables is fresh."
        )
        return int(stale)
    path.write_text(fresh, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
