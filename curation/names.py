"""Names of organisations and places: what is like a name, and a new row for one that is new.

Why: a name written in two ways becomes two organisations, and their numbers are never compared. A new name that is much like one of
the table is refused until the curator says that it is another. Here: likeness, ids and the two kinds of rows. Not here: reports
(`sources.py`).
"""

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from curation.refusals import RefusedError, checked, good_tables
from validation import Finding
from validation.models import key
from validation.vocabulary import PLACE_KINDS, USUAL_PUBLISHER
from validation.writing import write_tables

MIN_LIKENESS = 0.85
"""Part of two names, folded, that is the same (difflib's ratio), from which they are alike."""
USUAL_PLACE = PLACE_KINDS[-1].code
"""A populated place."""
_ARABIC = str.maketrans({"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": None})
_ARTICLE = re.compile(r"(?:(?<=\s)|\A)(?:(?:al|el|ad|ar|as|ash|at|an)[-\s’'](?=\w)|ال(?=\w{2}))")


def folded(name: str) -> str:
    """Return a name without what spellings differ in: case, accents, articles, spaces, signs and a kind in brackets."""
    plain = unicodedata.normalize("NFKD", re.sub(r"\([^()]*\)", " ", name)).casefold().translate(_ARABIC)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    squeezed = "".join(filter(str.isalnum, _ARTICLE.sub("", plain)))
    return squeezed.removeprefix("the") or squeezed


def like(name: str, table: pd.DataFrame) -> list[str]:
    """Return the names of a table that are like this one, the likest first: by any of its columns that hold names."""
    wanted = folded(name)
    columns = [column for column in table.columns if column.startswith("name") or column == "in_text"]
    spelled = table.assign(own=table["name"]).melt(id_vars="own", value_vars=columns, value_name="spelling")
    pairs = spelled[["own", "spelling"]].dropna().astype("str").to_numpy().tolist()
    matcher = difflib.SequenceMatcher(autojunk=False, b=wanted)
    found: dict[str, float] = {}
    for own, spelling in pairs:
        matcher.set_seq1(folded(spelling))
        if matcher.real_quick_ratio() >= MIN_LIKENESS and (ratio := matcher.ratio()) >= MIN_LIKENESS:
            found[own] = max(ratio, found.get(own, 0))
    return sorted(found, key=lambda own: (-found[own], own)) if wanted else []


def refuse_like(names: Mapping[str, str], table: pd.DataFrame, file: str) -> None:
    """Refuse names that are like one of the table; `names`: by the option that gave them."""
    for option, name in names.items():
        if name and (alike := like(name, table)):
            problem = f"“{name}” is like {', '.join(f'“{other}”' for other in alike[:3])}"
            action = "Use the name that is there, or say that this is another one (--anyway)"
            raise RefusedError([Finding(file, 0, option, "curation.like_name", problem, action)])


def slug(name: str, between: str = "") -> str:
    """Return the letters and digits of a name as an id, words joined by `between`; "" where it has no Latin letters."""
    plain = unicodedata.normalize("NFKD", re.sub(r"[’'ʿʾ`]", "", name)).encode("ascii", "ignore").decode().lower()
    return between.join(re.findall(r"[a-z0-9]+", plain))


def add_organisation(folder: Path, cells: Mapping[str, object], *, anyway: bool = False) -> str:
    """Add a row of organisations.csv and return its id; `cells` by column, the id made from the name where blank.

    Raises RefusedError: a name like a known one (unless `anyway`), and what a rule is against.
    """
    name = str(cells["name"])
    made = {"organisation_id": slug(name), "kind": USUAL_PUBLISHER}
    return _add(folder, "organisations", made | _given(cells), anyway=anyway)


def add_place(folder: Path, cells: Mapping[str, object], *, anyway: bool = False) -> str:
    """Add a row of places.csv and return its id; as `add_organisation`, by the OCHA and the Arabic name too."""
    given = _given(cells)
    kind = str(given.get("kind", USUAL_PLACE))
    # The kind stands in the label of a place and, but for a town, in its id.
    named = re.sub(r"\([^()]*\)", " ", str(cells["name"])) if kind == USUAL_PLACE else str(cells["name"])
    return _add(folder, "places", {"place_id": slug(named, "-"), "kind": kind} | given, anyway=anyway)


def _given(cells: Mapping[str, object]) -> dict[str, object]:
    return {column: cell for column, cell in cells.items() if cell not in (None, "")}


def _add(folder: Path, table: str, cells: Mapping[str, object], *, anyway: bool) -> str:
    """Add a row to a table; refused where a rule is against it."""
    (id_column,) = key(table)
    if not cells[id_column]:
        option = f"--{id_column.replace('_', '-')}"
        problem, action = (
            "no id can be made from the name",
            f"Give {option} in lower-case letters, such as north-bridge",
        )
        raise RefusedError([Finding(table, 0, option, "curation.no_id", problem, action)])
    with good_tables(folder, None) as dataset:
        rows = dataset.table(table)
        if not anyway:
            names = {column: str(cells.get(column, "")) for column in ("name", "name_ocha", "name_ar")}
            refuse_like({f"--{column.replace('_', '-')}": name for column, name in names.items()}, rows, table)
        new = pd.DataFrame([{column: cells.get(column) for column in rows.columns}]).astype(rows.dtypes)
        tables = {table: pd.concat([rows, new], ignore_index=True)}
        faults = checked(folder, None, tables).findings
        if faults:
            raise RefusedError(sorted({replace(fault, file=table, line=0) for fault in faults}))
        write_tables(folder, tables)
    return str(cells[id_column])
