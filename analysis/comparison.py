"""Comparison: a claim beside the official record at the claim's own date.

Why: a reader who meets a number asks: compared with what? What may be set beside what follows from rules over the columns
of both, never from judgement by hand; not comparable is the default. No verdict on a report is given. Here: the reference
as one table, the judgement, the position of a claim. Not here: drawing (`figures/reference.py`), adding claims.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis import words
from analysis.arithmetic import add
from validation import Dataset, dates
from validation.quantity import Quantity
from validation.vocabulary import (
    AT_LEAST,
    CUMULATIVE,
    ESTIMATE,
    EVERYBODY,
    INCIDENT,
    INDICATORS,
    MODELLED,
    MOVEMENTS,
    PEOPLE,
    PERIOD,
    STOCK,
    by_code,
    sum_of,
)

COMPARABLE, WITH_CARE, NOT_COMPARABLE = "comparable", "comparable with care", "not comparable"
MAX_DAYS = 366
"""An observation more than a year before a claim says nothing about the claim's date."""
CLOSE_STARTS = pd.Timedelta(days=31)
SAME_COUNT = ["organisation_id", "indicator", "population_group", "measure", "kind", "place_id", "event_id"]
"""Columns in which two releases of one count agree: the later is a revision of the earlier."""

Row = Mapping[Hashable, Any]


def reference_view(dataset: Dataset) -> pd.DataFrame:
    """Join observations with their series, and add the sums that `adds_to` of a series allows.

    One row per observation. Beside its columns: those of its series (`series_url` for the series' address), `organisation`,
    `place_name`, `from_day`, `day` (the last day that it covers), `value` (best, else the middle of low and high, else the
    one end that is known), `said` (the value in words), `breaks` (those of its series in words) and `dated_breaks` (date
    and reason of each). Empty where the reference holds a fault.
    """
    observations, series = dataset.table("observations"), dataset.table("series")
    organisations = dataset.table("organisations").set_index("organisation_id")["name"]
    if dataset.reference_findings:
        observations, series = observations.head(0), series.head(0)
    rows = observations.merge(series.rename(columns={"url": "series_url"}), on="series_id", how="inner")
    rows = pd.concat([rows, *_sums(rows, organisations)], ignore_index=True)
    breaks = _with_sums(dataset.table("breaks"), series)
    dated = breaks[breaks["date"].notna()]
    low, high = rows["low"].astype("Float64"), rows["high"].astype("Float64")
    return rows.assign(
        organisation=rows["organisation_id"].map(organisations),
        place_name=rows["place_id"].map(dataset.table("places").set_index("place_id")["name"]),
        from_day=dates.first_day(rows["period_start"]),
        day=dates.last_day(rows["period_end"]),
        published_day=dates.first_day(rows["published"]),
        value=rows["best"].astype("Float64").fillna((low + high) / 2).fillna(low).fillna(high),
        said=[Quantity.from_row(row).say() for row in rows.to_dict("records")],
        breaks=rows["series_id"].map(_in_words(breaks)).astype("str"),
        dated_breaks=rows["series_id"].map(_dated(dated)).map(lambda found: found if isinstance(found, tuple) else ()),
    )


MIN_YEARS = 3
"""Years that make a series by year."""


def widest_by_year(reference: pd.DataFrame) -> pd.DataFrame:
    """Return, of each publisher, the series of whole-war periods with the largest values: its total, not a part of it."""
    periods = reference[(reference["measure"] == PERIOD) & reference["event_id"].isna()]
    sizes = periods.groupby(["organisation_id", "series_id"])["value"].agg(["size", "max"])
    sizes = sizes[sizes["size"] >= MIN_YEARS].reset_index().sort_values(["max", "series_id"], ascending=[False, True])
    widest = sizes.drop_duplicates("organisation_id")["series_id"]
    return periods[periods["series_id"].isin(widest)]


def _sum_id(series_id: str) -> str:
    """Return the id of the sum of the series and the one that it adds to."""
    return f"our-sum-{series_id}"


def _with_sums(breaks: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """Add the breaks of our sums: where one of its two series breaks, the sum does."""
    summed = series[series["adds_to"].notna()]
    parts = pd.concat([summed["series_id"], summed["adds_to"]])
    of_parts = pd.DataFrame({"series_id": parts, "sum_id": pd.concat([summed["series_id"].map(_sum_id)] * 2)})
    found = of_parts.merge(breaks, on="series_id").drop(columns="series_id").rename(columns={"sum_id": "series_id"})
    return pd.concat([breaks, found.drop_duplicates().sort_values(list(breaks.columns))], ignore_index=True)


def _in_words(breaks: pd.DataFrame) -> pd.Series:
    """Return the breaks of each series in words, "; " between, by series id."""
    said = (breaks["date"] + ": ").fillna("") + breaks["reason"]
    return said.groupby(breaks["series_id"]).agg("; ".join)


def _dated(breaks: pd.DataFrame) -> pd.Series:
    """Return date and reason of the dated breaks of each series, by series id."""
    pairs = pd.Series(list(zip(breaks["date"], breaks["reason"], strict=True)), index=breaks.index, dtype="object")
    return pairs.groupby(breaks["series_id"]).agg(tuple)


def _sums(rows: pd.DataFrame, organisations: pd.Series) -> list[pd.DataFrame]:
    """Return the observations of each pair of series of which one `adds_to` the other, added date by date and called ours."""
    found = []
    indicators = by_code(INDICATORS)
    latest = rows.sort_values("published", kind="stable", na_position="first")
    latest = latest.drop_duplicates(["series_id", "period_end"], keep="last").set_index("period_end").sort_index()
    for _, part in latest[latest["adds_to"].notna()].groupby("series_id"):
        other = latest[latest["series_id"] == part["adds_to"].iloc[0]]
        dates_of_both = other.index.intersection(part.index)
        sums = [
            add([Quantity.from_row(row) for row in pair])
            for pair in zip(
                other.loc[dates_of_both].to_dict("records"), part.loc[dates_of_both].to_dict("records"), strict=True
            )
        ]
        both = other.loc[dates_of_both][[total is not None for total in sums]].reset_index()
        totals = [total for total in sums if total is not None]
        if both.empty:
            continue
        both_series = [pieces.iloc[0] for pieces in (other, part)]
        names = [str(row["indicator"]) for row in both_series]
        whole = sum_of(*names)
        assert whole is not None  # noqa: S101  (rule series.adds_to)
        left_out = [row["excludes"] for row in both_series if isinstance(row["excludes"], str)]
        first, second = (indicators[name].label for name in names)
        publisher = organisations.get(both["organisation_id"].iloc[0], "")
        found.append(
            both.assign(
                observation_id=_sum_id(both_series[1]["series_id"]) + "-" + both["period_end"],
                series_id=_sum_id(both_series[1]["series_id"]),
                bound=[total.bound for total in totals],
                **{
                    end: pd.array([getattr(total, end) for total in totals], dtype="Int64")
                    for end in ("low", "best", "high")
                },
                indicator=whole.code,
                kind=ESTIMATE,
                excludes="; ".join(dict.fromkeys(left_out)) or None,
                adds_to=None,
                title=f"{first} and {second.lower()} together (our sum, {publisher})",
                definition=f"Our sum of “{both_series[0]['title']}” and “{both_series[1]['title']}” at the same date.",
                publication="Sum of two figures of the " + both["publication"],
                note="Our sum of two figures",
            )
        )
    return found


@dataclass(frozen=True)
class Position:
    """Where a claim stands among the observations that it may be compared with; `sentence` says it."""

    place: str
    ratio: float | None
    sentence: str


def compare(claim: Row, reference: pd.DataFrame) -> pd.DataFrame:
    """Set a claim (a row of the claims view) beside each series of its indicator.

    One row a series: `title`, `organisation`, `kind`, `judgement`, `why`; of the last observation on or before the
    claim's date (`as_of`) `before` (words), `before_day`, `days`, `value`, `ratio`, `publication`, `published`, `url`,
    `revised` (a release after the report, where none of the time is known); of the first after it `after`,
    `after_day`. Comparable first, then the nearest.
    """
    columns = [
        "title", "organisation", "kind", "judgement", "why", "before", "before_day", "days", "value", "ratio", "after", "after_day",
        "publication", "published", "url", "revised", "series_id",
    ]  # fmt: skip
    same = reference[reference["indicator"] == claim["indicator"]]
    known = isinstance(claim["period_end"], str)
    found = [_beside(claim, rows, reference) for _, rows in same.groupby("series_id")] if known else []
    table = pd.DataFrame.from_records(found, columns=columns)
    table = table[~table.duplicated(["organisation", "value", "before_day"]) | table["value"].isna()]
    rank = table["judgement"].map({COMPARABLE: 0, WITH_CARE: 1, NOT_COMPARABLE: 2})
    return table.assign(_rank=rank).sort_values(["_rank", "days", "title"], ignore_index=True).drop(columns="_rank")


def as_of(claim: Row) -> pd.Timestamp:
    """Return the day for which the record is asked: the last day that the claim surely knew of.

    A claim to the month speaks at least for its first day; it may reach to the day of the report, never past its
    period.
    """
    end, printed = pd.Series([claim["period_end"]], dtype="str"), pd.Series([claim["published"]], dtype="str")
    known = min(dates.first_day(printed).iloc[0], dates.last_day(end).iloc[0])
    return max(dates.first_day(end).iloc[0], known)


def _beside(claim: Row, rows: pd.DataFrame, reference: pd.DataFrame) -> dict[str, object]:
    rows = rows.sort_values(["day", "published_day"], kind="stable")
    date = as_of(claim)
    earlier, later = rows[rows["day"] <= date], rows[rows["day"] > date]
    series = rows.iloc[0].to_dict()
    facts: dict[str, object] = {
        "series_id": series["series_id"],
        "title": series["title"],
        "organisation": series["organisation"],
        "kind": series["kind"],
    }
    days = None
    if len(earlier):
        used, revised = _of_the_time(earlier.iloc[-1], claim, reference)
        days = int((date - used["day"]).days)
        number = _number(claim)
        facts |= {
            "before": used["said"], "before_day": used["period_end"], "days": days, "value": float(used["value"]),
            "ratio": number / float(used["value"]) if number is not None and used["value"] else None,
            "publication": used["publication"], "published": used["published"], "url": used["url"], "revised": revised,
        }  # fmt: skip
    if len(later):
        facts |= {"after": later.iloc[0]["said"], "after_day": later.iloc[0]["period_end"]}
    refusals, cautions = _differences(claim, series, days)
    judgement = NOT_COMPARABLE if refusals else WITH_CARE if cautions else COMPARABLE
    return facts | {"judgement": judgement, "why": "; ".join(refusals or cautions)}


def _of_the_time(last: pd.Series, claim: Row, reference: pd.DataFrame) -> tuple[pd.Series, bool]:
    """Return the release that was public when the report was printed, where one is known; say whether it is a later one."""
    printed = dates.last_day(pd.Series([claim["published"]], dtype="str")).iloc[0]
    if pd.isna(last["published_day"]) or last["published_day"] <= printed:
        return last, False
    same = (reference["day"] == last["day"]) & (reference["published_day"] <= printed)
    for column in SAME_COUNT:
        same &= (reference[column] == last[column]) | (reference[column].isna() & pd.isna(last[column]))
    known = reference[same]
    return (known.iloc[-1], False) if len(known) else (last, True)


def _number(claim: Row) -> float | None:
    """Return the number that a claim prints; a word or a range has none."""
    return None if pd.isna(claim["best"]) else float(claim["best"])


def _differences(claim: Row, series: Row, days: int | None) -> tuple[list[str], list[str]]:
    """Describe what forbids a comparison and what asks for care, from the columns of both."""
    no: list[str] = []
    care: list[str] = []
    _what_is_counted(claim, series, no, care)
    _how_it_adds_up(claim, series, no, care)
    if days is None:
        no.append("no value on or before the date of the claim")
    elif days > MAX_DAYS:
        no.append(f"its last value is {days:,} days older than the claim")
    if series["kind"] == MODELLED:
        care.append("the series is a statistical model")
    if isinstance(series["excludes"], str):
        care.append(f"the series leaves out: {series['excludes'][0].lower()}{series['excludes'][1:]}")
    if isinstance(claim["asks_for_care"], str):
        care.append(claim["asks_for_care"])
    return no, care


def _what_is_counted(claim: Row, series: Row, no: list[str], care: list[str]) -> None:
    if claim["unit"] != PEOPLE:
        no.append("the claim counts families")
    groups = {claim["population_group"], series["population_group"]}
    if len(groups) > 1 and not groups <= set(EVERYBODY):
        no.append("another group is counted")
    if claim["place_id"] != series["place_id"]:
        no.append(f"another place is counted ({series['place_name']})")
    if series["counts"] == MOVEMENTS:
        care.append("the series counts movements, not people")


def _how_it_adds_up(claim: Row, series: Row, no: list[str], care: list[str]) -> None:
    measures = (claim["measure"], series["measure"])
    if measures == (CUMULATIVE, STOCK):
        care.append("the claim is a total since the war began by its words, the series a state at a date")
    elif measures == (CUMULATIVE, CUMULATIVE):
        if isinstance(series["breaks"], str):
            care.append(f"the series has breaks ({series['breaks'].rstrip('.')})")
    elif measures == (PERIOD, INCIDENT):
        no.append("the series counts a single incident")
    elif set(measures) <= {INCIDENT, PERIOD}:
        if not isinstance(claim["event_id"], str) or claim["event_id"] != series["event_id"]:
            no.append("another event or period is counted")
        elif pd.isna(claim["from_day"]):
            care.append("the claim does not say from when it counts")
        elif series["measure"] == PERIOD and abs(claim["from_day"] - series["from_day"]) > CLOSE_STARTS:
            no.append(
                f"the claim counts from {words.date(claim['period_start'])}, the series from {words.date(series['period_start'])}"
            )
    elif measures != (STOCK, STOCK):
        no.append("it adds up in another way")


def position(claim: Row, compared: pd.DataFrame) -> Position:
    """Describe where a claim stands among the observations that it may be compared with, care included."""
    usable = compared[compared["judgement"] != NOT_COMPARABLE].dropna(subset=["value"])
    if usable.empty:
        return Position("", None, "No series of the record may be compared with this number.")
    low, high = usable["value"].min(), usable["value"].max()
    span = words.number(low) if low == high else f"{words.number(low)} to {words.number(high)}"
    care = int((usable["judgement"] == WITH_CARE).sum())
    cautions = "" if not care else ", with care" if care == len(usable) else f", {care} of them with care"
    among = f"{len(usable)} series{cautions}"
    number = _number(claim)
    if number is None:
        return Position("", None, f"The claim is a word or a range; the record has {span} ({among}).")
    place = "below" if number < low else "above" if number > high else "within"
    nearest = usable.iloc[(usable["value"] - number).abs().argmin()]
    ratio = number / float(nearest["value"]) if nearest["value"] else None
    floor = "its floor is" if claim["bound"] == AT_LEAST else "it is"
    where = f"{nearest['title']} at {words.date(nearest['before_day'])}"
    times = f"it is {ratio:.2f} times the nearest, {where}" if ratio is not None else f"the nearest is {where}"
    sentence = f"Beside {among}, {floor} {place} the range of their values ({span}); {times}."
    return Position(place, ratio, sentence)
