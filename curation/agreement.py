"""How well two readers of a text agree: number by number and column by column, and what is left to settle.

Why: a coding that only one reader can repeat is an opinion. Two readings made apart are laid side by side; the table of
docs/curation.md is made from datasets/curation.csv, so that it can be counted again. Numbers are paired by their place in the
text; those that a reader added by hand by paragraph and quote. Here: pairing, counting, the rows and the words of the record.
Not here: a reader's draft (`drafts.py`), whether a coding is right (`validation`).
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from curation.refusals import RefusedError, cells_of
from validation import Finding, reading, rules
from validation.column_findings import column_findings
from validation.curation_rules import CODED
from validation.models import SCHEMAS, key
from validation.vocabulary import CLAIM, FIRST, SECOND, SETTLED
from validation.writing import csv_text, write_file

TABLE = str(SCHEMAS["curation"].name)
BEGIN, END = "<!-- agreement: made by program from datasets/curation.csv -->", "<!-- end of agreement -->"
"""The lines of docs/curation.md between which the table stands."""
NO_DOUBLE_READING = "`datasets/curation.csv` holds no text that was read twice yet."
ONE_VALUE, NOTHING = "every value is the same, so agreement by chance is not defined", "nothing to compare"
"""Why there is no alpha."""

Cells = npt.NDArray[Any]
_AT = r"^p(?P<paragraph>[1-9][0-9]*)-(?P<start>[0-9]+)\Z"
"""The id of a number that was found in the text."""
_COMPARED = ["decision", "wording", *CODED]
_WHERE = ["number_id", "paragraph", "wording"]
_PAIR = ["source_id", "number", "count"]


@dataclass(frozen=True, eq=False)
class Agreement:
    """Two readings side by side.

    `fields`: for each `column` its `label`, how many numbers were `compared`, how many `agreed`, `percent`, Krippendorff's
    `alpha` (nominal; blank where it is not defined, then `alpha_note` says why). `differences`, to be settled: `number_id`,
    `paragraph`, `wording`, `column`, and what the `first` and the `second` reader wrote, "" where blank. `only`: numbers that
    one of the two decided and the other did not: `number_id`, `paragraph`, `wording`, `decision` and whose `reading`.
    """

    fields: pd.DataFrame
    differences: pd.DataFrame
    only: pd.DataFrame


def compare(first: pd.DataFrame, second: pd.DataFrame) -> Agreement:
    """Lay two readings side by side: tables of triage, rows of drafts, or rows of curation.csv.

    The decision is compared for every number that either decided, so a number that one of them missed is a difference; the
    quote and the codes where both say claim. Two blanks agree; spaces do not count.
    """
    pairs = _pairs(first, second)
    one, other = (pairs[[f"{name}_{which}" for name in _COMPARED]].to_numpy(object) for which in (FIRST, SECOND))
    claimed = (one[:, 0] == CLAIM) & (other[:, 0] == CLAIM)
    fields = []
    for column, name in enumerate(_COMPARED):
        mine, theirs = (cells[:, column] if name == "decision" else cells[claimed, column] for cells in (one, other))
        alpha, note = _alpha(mine, theirs)
        agreed = int((mine == theirs).sum())
        percent = round(100 * agreed / len(mine), 1) if len(mine) else None
        fields.append((name, str(SCHEMAS[TABLE].columns[name].title), len(mine), agreed, percent, alpha, note))
    differing = one != other
    differing[~claimed, 1:] = False
    at, where = np.nonzero(differing)
    said = pd.DataFrame(
        {"column": np.array(_COMPARED, object)[where], "first": one[at, where], "second": other[at, where]}, dtype="str"
    )
    differences = pd.concat([pairs[_WHERE].iloc[at].reset_index(drop=True), said], axis="columns")
    missed = pairs[(pairs["decision_first"] == "") | (pairs["decision_second"] == "")]
    by_first = missed["decision_second"] == ""
    only = missed[_WHERE].assign(
        decision=missed["decision_first"].where(by_first, missed["decision_second"]),
        reading=by_first.map({True: FIRST, False: SECOND}).astype("str"),
    )
    columns = ["column", "label", "compared", "agreed", "percent", "alpha", "alpha_note"]
    return Agreement(
        fields=pd.DataFrame(fields, columns=columns).astype({"percent": "Float64", "alpha": "Float64"}),
        differences=differences,
        only=only.reset_index(drop=True),
    )


def _alpha(one: Cells, other: Cells) -> tuple[float | None, str]:
    """Return Krippendorff's alpha of two readers for names without an order, or why there is none; blank is a value."""
    if not len(one):
        return None, NOTHING
    codes, values = pd.factorize(np.concatenate([one, other]))
    if len(values) < 2:
        return None, ONE_VALUE
    import krippendorff

    return round(float(krippendorff.alpha(codes.reshape(2, -1), level_of_measurement="nominal")), 3), ""


def _pairs(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Return each number that either reader decided, with the cells of both, in the order of the text."""
    one, other = _decided(first), _decided(second)
    if "source_id" not in first or "source_id" not in second:
        one, other = one.assign(source_id=""), other.assign(source_id="")
    pairs = one.merge(other, how="outer", on=_PAIR, suffixes=("_first", "_second"))
    cells = pairs.columns.drop(_PAIR)
    pairs[cells] = pairs[cells].fillna("")
    for name in _WHERE:
        pairs[name] = pairs[f"{name}_first"].where(pairs[f"{name}_first"] != "", pairs[f"{name}_second"])
    order = pairs[["source_id", "paragraph", "wording"]].assign(
        paragraph=pd.to_numeric(pairs["paragraph"], errors="coerce"),
        start=pd.to_numeric(pairs["number_id"].str.extract(_AT)["start"]),
    )
    return pairs.loc[order.sort_values(["source_id", "paragraph", "start", "wording"]).index].reset_index(drop=True)


def _decided(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with a decision, every cell as text with single spaces, with what they are paired by.

    A number that was found in the text is known by its id; one that was added by hand, and a second row for the same number,
    by paragraph and quote. What a claim is part of is said by the number of that claim. Row by row, because a text has dozens of
    numbers: the same in steps of pandas is a quarter of the time of a publishing.
    """
    read: pd.DataFrame = table.reset_index() if table.index.name == "number_id" else table
    columns = ["source_id", "number_id", "claim_id", "paragraph", "reader", "decided_on", *_COMPARED]
    cells = ((" ".join(cell.split()) for cell in row) for row in cells_of(read.reindex(columns=columns)))
    rows = [dict(zip(columns, row, strict=True)) for row in cells]
    rows = [row for row in rows if row["decision"]]
    before, counts = set[tuple[str, str]](), Counter[tuple[str, str]]()
    for row in rows:
        if row["decision"] != CLAIM:
            row.update(dict.fromkeys(CODED, ""))
        place, found = (row["source_id"], row["number_id"]), re.match(_AT, row["number_id"])
        row["paragraph"] = row["paragraph"] or (found["paragraph"] if found else "")
        by_hand = found is None or place in before
        row["number"] = f"{row['paragraph']}: {row['wording'].casefold()}" if by_hand else row["number_id"]
        before.add(place)
    for ids in ("claim_id", "number_id"):
        numbers: dict[tuple[str, str], str] = {}
        for row in rows:
            if row[ids]:
                numbers.setdefault((row["source_id"], row[ids]), row["number"])
        for row in rows:
            row["part_of"] = numbers.get((row["source_id"], row["part_of"]), row["part_of"])
    count = []
    for row in rows:
        count.append(counts[row["source_id"], row["number"]])
        counts[row["source_id"], row["number"]] += 1
    return pd.DataFrame(rows, columns=[*columns, "number"], dtype="str").assign(count=np.array(count, dtype="int64"))


def with_ids(first: pd.DataFrame, second: pd.DataFrame, known: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return two readings of decided numbers, each number by one id in both: as found, else as those of the record (`known`)."""
    read = [(table, _decided(table)) for table in (first, second)]
    given = _given(pd.concat([rows for _, rows in read]), _given_before(known))
    one, other = (_named(table, rows, given) for table, rows in read)
    return one, other


def _named(table: pd.DataFrame, rows: pd.DataFrame, given: Mapping[tuple[str, int], str]) -> pd.DataFrame:
    ids = [given.get((number, count), number) for number, count in zip(rows["number"], rows["count"], strict=True)]
    own = {old: new for old, new in zip(rows["number_id"], ids, strict=True) if not re.match(_AT, old)}
    return table.assign(number_id=ids, part_of=table["part_of"].map(lambda whole: own.get(whole, whole)))


def _given(rows: pd.DataFrame, before: Mapping[tuple[str, int], str]) -> dict[tuple[str, int], str]:
    """Return the id of each number that was added by hand: as it was given before, else the next one of its paragraph."""
    found, last = dict(before), dict[str, int]()
    for number_id in before.values():
        paragraph, _, at = number_id.removeprefix("p").partition("-h")
        last[paragraph] = max(last.get(paragraph, 0), int(at))
    by_hand = rows.loc[rows["number"] != rows["number_id"], ["paragraph", "number", "count"]].drop_duplicates()
    for paragraph, number, count in by_hand.sort_values(["paragraph", "number", "count"]).itertuples(index=False):
        if (number, count) not in found:
            last[paragraph] = last.get(paragraph, 0) + 1
            found[number, count] = f"p{paragraph}-h{last[paragraph]}"
    return found


def _given_before(known: pd.DataFrame) -> dict[tuple[str, int], str]:
    """Return the ids that numbers added by hand have in the record of one text."""
    read = [_decided(rows) for _, rows in known.groupby("reading")]
    ids = ["number", "count", "number_id"]
    by_hand = [rows.loc[rows["number"] != rows["number_id"], ids] for rows in read]
    named = (row for rows in by_hand for row in rows.itertuples(index=False))
    return {(number, count): number_id for number, count, number_id in named}


def record(
    source_id: str,
    first: pd.DataFrame,
    second: pd.DataFrame,
    settled: pd.DataFrame,
    names: Mapping[str, str],
    reasons: Mapping[str, str],
    on: str,
    known: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the rows of curation.csv for two readings of a text and what was settled; raise RefusedError for bad ones.

    `names`: the reader of each reading (vocabulary, READINGS), where a row has no `reader`. `reasons`: why a number was settled
    so, by its id; of one that was added by hand by "paragraph: quote". `on`: the day, where a row has no `decided_on`. `known`:
    what is on record of the text, so that a number added by hand keeps its id. Numbers on which both readers and `settled` are
    alike have no settled row, unless a reason is given. Either of `second` and `settled` may be empty.
    """
    tables = {FIRST: first, SECOND: second, SETTLED: settled}
    read = {name: _decided(table.assign(source_id=source_id)) for name, table in tables.items()}
    before = _given_before(known) if known is not None else {}
    given = _given(pd.concat([read[FIRST], read[SECOND]]), before)
    read[SETTLED] = _as_read(read[SETTLED], {number_id: place for place, number_id in given.items()})
    given = _given(read[SETTLED], given)
    rows_of = {
        name: list(table[[*_PAIR, *_COMPARED]].itertuples(index=False, name=None)) for name, table in read.items()
    }
    both = {*rows_of[FIRST]} & {*rows_of[SECOND]}
    alike = pd.Series([row in both for row in rows_of[SETTLED]], read[SETTLED].index, dtype=bool)
    folded = {key.casefold(): " ".join(reason.split()) for key, reason in reasons.items()}
    why = read[SETTLED]["number_id"].map(folded).fillna(read[SETTLED]["number"].str.casefold().map(folded))
    why = why.astype("str").fillna("")
    read[SETTLED] = read[SETTLED].assign(reason=why)[~alike | (why != "")]
    rows = pd.concat([table.assign(reading=name) for name, table in read.items()])
    rows["reader"] = rows["reader"].where(rows["reader"] != "", rows["reading"].map(names).fillna(""))
    rows["decided_on"] = rows["decided_on"].str[:10].where(rows["decided_on"] != "", on)
    places = zip(rows["number"], rows["count"], strict=True)
    rows["number_id"] = [given.get((number, count), number) for number, count in places]
    rows["part_of"] = [given.get((number, 0), number) for number in rows["part_of"]]
    return _checked(rows.reindex(columns=list(SCHEMAS[TABLE].columns)).fillna(""))


def _as_read(settled: pd.DataFrame, places: Mapping[str, tuple[str, int]]) -> pd.DataFrame:
    """Return what was settled, paired with what was read by its ids: its quote may be another now."""
    if settled.empty:
        return settled
    own = zip(settled["number"], settled["count"], strict=True)
    paired = [places.get(number_id, place) for number_id, place in zip(settled["number_id"], own, strict=True)]
    numbers = [number for number, _ in paired]
    moved = dict(zip(settled["number"], numbers, strict=True))
    wholes = settled["part_of"].map(lambda whole: moved.get(whole, whole))
    return settled.assign(number=numbers, count=[count for _, count in paired], part_of=wholes)


def _checked(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows typed; raise RefusedError with what the model and the rules of the table alone find in them."""
    file = f"{TABLE}.csv"
    rows = rows.sort_values(key(TABLE), kind="stable")
    typed, faults = reading.parse(csv_text(TABLE, rows).encode(), file, SCHEMAS[TABLE])
    if typed is not None:
        faults += column_findings(typed, TABLE, {(fault.line, fault.column) for fault in faults})
        own = [rule for rule in rules.RULES if rule.needs == (TABLE,)]
        faults += [fault for rule in own for fault in rule.find({TABLE: typed})]
    if typed is None or faults:
        places = dict(enumerate((rows["number_id"] + " (" + rows["reading"] + ")"), 2))
        raise RefusedError(sorted({replace(fault, file=places.get(fault.line, file), line=0) for fault in faults}))
    return typed.reset_index(drop=True)


def _readings(curation: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the first and the second readings of the texts that were read twice."""
    twice = curation.loc[curation["reading"] == SECOND, "source_id"]
    rows = curation[curation["source_id"].isin(twice)]
    return rows[rows["reading"] == FIRST], rows[rows["reading"] == SECOND]


def overall(curation: pd.DataFrame) -> pd.DataFrame:
    """Return for each source of curation.csv its `numbers`, its `readers` and `percent`: agreement of two on the decisions."""
    pairs = _pairs(*_readings(curation))
    same = (pairs["decision_first"] == pairs["decision_second"]).groupby(pairs["source_id"])
    by_source = curation.groupby("source_id")
    said = curation[["source_id", "reader"]].drop_duplicates().groupby("source_id")["reader"].agg("; ".join)
    frame = pd.DataFrame(
        {
            "numbers": by_source["number_id"].nunique(),
            "readers": said,
            "percent": (100 * same.sum() / same.size()).round(1),
        }
    )
    kinds = {"source_id": "str", "numbers": "int64", "readers": "str", "percent": "Float64"}
    return frame.rename_axis("source_id").reset_index().astype(kinds)


def markdown(curation: pd.DataFrame) -> str:
    """Return what docs/curation.md says of the texts that were read twice, as Markdown."""
    first, second = _readings(curation)
    if second.empty:
        return NO_DOUBLE_READING
    reports = overall(curation[curation["source_id"].isin(second["source_id"])])
    lines = [
        "Numbers that were read twice, the second time without sight of the first: "
        f"{reports['numbers'].sum()}. Reports: {len(reports)}.",
        "",
        "| column | rows that agreed | percent | Krippendorff’s alpha (nominal) |",
        "|---|---|---|---|",
    ]
    fields = compare(first, second).fields
    agreed = fields["agreed"].astype("str") + " of " + fields["compared"].astype("str")
    alpha = fields["alpha"].map("{:.3f}".format, na_action="ignore").fillna(fields["alpha_note"])
    lines += _rows(fields["label"], agreed, fields["percent"], alpha)
    lines += ["", "| report | numbers | agreement on the decision, percent |", "|---|---|---|"]
    lines += _rows(reports["source_id"], reports["numbers"], reports["percent"])
    return "\n".join(lines)


def _rows(*columns: pd.Series) -> list[str]:
    """Return rows of a Markdown table."""
    cells = zip(*(column.astype("str").fillna("") for column in columns), strict=True)
    return [f"| {' | '.join(row)} |" for row in cells]


def write_page(path: Path, curation: pd.DataFrame, *, check: bool = False) -> bool:
    """Whether the table in the page had to change; it is written unless `check`. Raises RefusedError where its place is gone."""
    text = path.read_text(encoding="utf-8")
    fresh, places = re.subn(
        f"({re.escape(BEGIN)}).*?({re.escape(END)})",
        lambda found: f"{found[1]}\n\n{markdown(curation)}\n\n{found[2]}",
        text,
        flags=re.DOTALL,
    )
    if places != 1:
        problem = "the page has no place for the table"
        action = f"Put back the lines {BEGIN} and {END}"
        raise RefusedError([Finding(path.name, 0, "", "agreement.markers", problem, action)])
    if fresh != text and not check:
        write_file(path, fresh.encode())
    return fresh != text
