"""The published counts as one table: what each counts, its series, its days, and what follows from several of them.

Why: charts, comparison and exports speak of the same counts. Here: joining, naming, the sums that `adds_to` allows, the runs
(values of one count over time) and the differences of two of their values; both are computed, so both are called ours. Not
here: what may be compared with what (`comparison.py`).
"""

from itertools import combinations

import pandas as pd

from analysis.arithmetic import add
from analysis.places import short
from validation import Dataset, dates
from validation.quantity import Quantity
from validation.reference_rules import COUNTED
from validation.vocabulary import (
    ABOUT,
    AT_LEAST,
    CONTEXT_ONLY,
    DOCUMENTED,
    ESTIMATE,
    EXACT,
    INCIDENT,
    INDICATORS,
    ORGANISATION_KINDS,
    PERIOD,
    POPULATION_GROUPS,
    SERIES_INDICATORS,
    STOCK,
    UP_TO,
    by_code,
    labels,
    sum_of,
)

SAME_START = pd.Timedelta(days=3)
"""Values of one series whose printed starts lie closer than this count from one start."""
INCIDENT_DAYS = 7
"""An event of at most so many days is an incident, of which all counts count the same days; a period ends on the day of count."""
MIN_YEARS = 3
"""Years that make a series by year."""


def published_counts(dataset: Dataset) -> pd.DataFrame:
    """Join published counts with their series and publishers; made once for a dataset, changing it changes nothing for others.

    One row a count, sorted by run and day. Beside its own columns: `title`, `definition`, `excludes`, `adds_to`, `part_of`,
    `release_of`, `licence`, `series_url`; `organisation`, `in_text`, `kind_of_organisation` and its label `organisation_kind`;
    `place_name`, `where` (the same; of people abroad from the country at war, "from" it), `from_day`, `day` (the last day that it
    covers); `start_first`, `start_last`, `end_first`, `end_last` (the days between which it begins and ends; those of its event where
    no start is printed); `published_day`; `value` (best, else the middle of low and high, else the one end that is known), `said` (in
    words), `word` (that a vague count is said with), `of_incident` (one event of a few days), `is_floor` (a minimum: documented, said
    as a floor, or leaving something out), `breaks`, `dated_breaks`, `ours` (a sum or a difference of ours), `run` (the number of the
    count of which it is a value). A count without a series has its own id in `series_id`. Empty where the reference holds a fault.
    """
    return dataset.kept("published_counts", lambda: _joined(dataset)).copy(deep=False)


def _joined(dataset: Dataset) -> pd.DataFrame:
    observations, series = dataset.table("observations"), dataset.table("series")
    if dataset.reference_findings:
        observations, series = observations.head(0), series.head(0)
    organisations = dataset.table("organisations").set_index("organisation_id")
    rows = observations.merge(series.rename(columns={"url": "series_url"}), on="series_id", how="left")
    names = dataset.table("places").set_index("place_id")["name"]
    rows = pd.concat([rows, *_sums(rows, organisations["name"])], ignore_index=True)
    breaks = _with_sums(dataset.table("breaks"), series)
    single = rows["series_id"].isna()
    rows = rows.assign(
        series_id=rows["series_id"].fillna(rows["observation_id"]),
        organisation=rows["organisation_id"].map(organisations["name"]),
        in_text=rows["organisation_id"].map(organisations["in_text"].fillna(organisations["name"])),
        kind_of_organisation=rows["organisation_id"].map(organisations["kind"]),
        organisation_kind=rows["organisation_id"].map(organisations["kind"]).map(labels(ORGANISATION_KINDS)),
        place_name=rows["place_id"].map(names),
    )
    rows["title"] = rows["title"].where(~single, _titles(rows))
    rows["definition"] = rows["definition"].fillna(rows["note"]).fillna("")
    rows["breaks"] = rows["series_id"].map(_in_words(breaks)).astype("str")
    rows["dated_breaks"] = rows["series_id"].map(_dated(breaks[breaks["date"].notna()]))
    rows["dated_breaks"] = rows["dated_breaks"].map(lambda found: found if isinstance(found, tuple) else ())
    rows["ours"] = rows["series_id"].str.startswith(OUR_SUM)
    events = dataset.table("events").drop_duplicates("event_id").set_index("event_id")
    rows = _with_runs(_with_days(rows, events["period_start"]))
    low, high = rows["low"].astype("Float64"), rows["high"].astype("Float64")
    words_for = dataset.table("vague_quantities").sort_values("word", key=lambda word: word.str.len(), kind="stable")
    vague = words_for.drop_duplicates(["low", "high"]).set_index(["low", "high"])["word"]
    ends = pd.MultiIndex.from_frame(rows[["low", "high"]])
    abroad = rows["indicator"].isin([term.code for term in SERIES_INDICATORS if term.abroad])
    return rows.assign(
        where=rows["place_name"].mask(
            abroad & (rows["place_id"] == dataset.about.country), "from " + rows["place_name"]
        ),
        of_incident=rows["event_id"].isin(incidents(events).index) & (rows["measure"] == INCIDENT),
        is_floor=_is_floor(rows),
        word=vague.reindex(ends).to_numpy() if len(vague) else None,
        value=rows["best"].astype("Float64").fillna((low + high) / 2).fillna(low).fillna(high),
        said=[Quantity.from_row(row).say() for row in rows[["bound", "low", "best", "high"]].to_dict("records")],
    )


OUR_SUM, OUR_DIFFERENCE = "our-sum-", "our-difference-"
"""Beginnings of the ids of what is computed from published counts."""


def incidents(events: pd.DataFrame) -> pd.DataFrame:
    """Return the events that are incidents; `events` is the table, by its id."""
    first, last = dates.first_day(events["period_start"]), dates.last_day(events["period_end"])
    return events[(last - first).dt.days < INCIDENT_DAYS]


def _titles(rows: pd.DataFrame) -> pd.Series:
    """Name a count that has no series: "Killed: children, Mhambel (Syria Civil Defence)"."""
    group = rows["population_group"].map(labels(POPULATION_GROUPS)).str.lower()
    what = rows["indicator"].map(labels(SERIES_INDICATORS)) + ": " + group
    return what + ", " + rows["place_name"].map(short) + " (" + rows["organisation"] + ")"


def _with_days(rows: pd.DataFrame, events: pd.Series) -> pd.DataFrame:
    """Add the days between which a count begins and ends; an event stands in for a start that is not printed."""
    start = rows["period_start"].fillna(rows["event_id"].map(events))
    start = start.where(rows["measure"] != STOCK, None)
    start_first, start_last = dates.first_day(start), dates.last_day(start)
    end_first, end_last = dates.first_day(rows["period_end"]), dates.last_day(rows["period_end"])
    whole = is_whole_span(rows)
    return rows.assign(
        from_day=dates.first_day(rows["period_start"]),
        day=end_last,
        start_first=start_first,
        start_last=start_last.where(~whole, start_first),
        end_first=end_first.where(~whole, end_last),
        end_last=end_last,
        published_day=dates.first_day(rows["published"]),
    )


def is_whole_span(rows: pd.DataFrame) -> pd.Series:
    """Whether each is of a whole month or year: what happened over time, from and to the same month or year."""
    return (
        (rows["period_start"] == rows["period_end"])
        & (rows["measure"] != INCIDENT)
        & (rows["period_end"].str.len() < 10)
    )


def is_whole_year(rows: pd.DataFrame) -> pd.Series:
    """Whether each covers the days of one calendar year, from the first to the last."""
    first, last = rows["start_first"], rows["end_last"]
    begins, ends = first.dt.day_of_year == 1, (last.dt.month == 12) & (last.dt.day == 31)
    whole: pd.Series = begins & ends & (first.dt.year == last.dt.year)
    return whole


def _with_runs(rows: pd.DataFrame) -> pd.DataFrame:
    """Number the runs: values of one count with one start over time, earlier releases of the same count among them."""
    root = rows["release_of"].fillna(rows["series_id"])
    single = rows["series_id"] == rows["observation_id"]
    counted = rows[COUNTED].astype("str").fillna("")
    key = counted[COUNTED[0]].str.cat(counted[COUNTED[1:]], sep="\x1f")
    # Two single counts of one publisher that count the same are values of one count.
    root = root.where(~single, "") + "\x1f" + key.where(single, "")
    root = root.where(rows["use"] != CONTEXT_ONLY, root + "\x1f" + CONTEXT_ONLY)
    by = ["_root", "start_first", "period_start", "end_last", "published_day"]
    rows = rows.assign(_root=root).sort_values(by, kind="stable", na_position="first")
    reach = rows["start_last"].groupby(rows["_root"]).cummax()
    before = reach.groupby(rows["_root"]).shift()
    new = rows["_root"] != rows["_root"].shift()
    far = (rows["start_first"] - before > SAME_START) | (rows["start_first"].notna() & before.isna() & ~new)
    # A break without a date: values with different starts are not of one count.
    far |= is_broken_without_date(rows) & (rows["period_start"].fillna("") != rows["period_start"].fillna("").shift())
    rows = rows.assign(run=(new | far).cumsum() - 1)
    order = ["run", "end_last", "published_day", "observation_id"]
    return rows.sort_values(order, kind="stable", na_position="first").drop(columns="_root").reset_index(drop=True)


def _is_floor(rows: pd.DataFrame) -> pd.Series:
    """Whether each is a minimum: a documented count, one said as a floor, one that leaves something out."""
    return (rows["kind"] == DOCUMENTED) | (rows["bound"] == AT_LEAST) | rows["excludes"].notna()


def is_broken_without_date(rows: pd.DataFrame) -> pd.Series:
    """Whether the series of each count has a break that has no date, and none that has."""
    return rows["breaks"].notna() & (rows["dated_breaks"].map(len) == 0)


def differences(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what each two values of one count with one start count between them, as rows of the published counts.

    None across a break. A difference holds what the later value holds; its bound follows from both (a floor less an exact
    number is a floor, an exact number less a floor a ceiling); its period begins at the day of the earlier value.
    """
    # Later counts of one incident are a catching-up, not deaths between.
    running = rows[
        rows["start_first"].notna()
        & (rows["measure"] != INCIDENT)
        & rows["best"].notna()
        & rows["bound"].isin([EXACT, AT_LEAST, ABOUT])
    ]
    to_the_day = running["end_first"] == running["end_last"]
    running = running[~is_broken_without_date(running) & to_the_day & running["use"].isna() & ~running["ours"]]
    found = []
    columns = ["run", "period_start", "day", "best", "bound", "dated_breaks"]
    # Between values of two releases lies what was revised, too.
    for _, part in running[columns].groupby([running["run"], running["release_of"].fillna("")]):
        for (one, earlier), (other, later) in combinations(part.to_dict("index").items(), 2):
            same_start = earlier["period_start"] == later["period_start"] and earlier["day"] < later["day"]
            broken = any(earlier["day"] < pd.Timestamp(date) <= later["day"] for date, _ in earlier["dated_breaks"])
            allowed = _BOUNDS.get((earlier["bound"], later["bound"]))
            if same_start and not broken and allowed and later["best"] > earlier["best"]:
                found.append((one, other, allowed))
    if not found:
        return rows.head(0)
    first, last, bound = (list(column) for column in zip(*found, strict=True))
    before, after = rows.loc[first].reset_index(drop=True), rows.loc[last].reset_index(drop=True)
    value, bounds = after["best"] - before["best"], pd.Series(bound)
    low, high = value.where(bounds.isin([EXACT, AT_LEAST])), value.where(bounds.isin([EXACT, UP_TO]))
    quantities = pd.DataFrame({"bound": bounds, "low": low, "best": value, "high": high})
    after = after.assign(**{str(name): quantities[name] for name in quantities})
    return after.assign(
        is_floor=_is_floor(after),
        value=value.astype("Float64"),
        said=[Quantity.from_row(row).say() for row in quantities.to_dict("records")],
        observation_id=OUR_DIFFERENCE + before["observation_id"] + "-" + after["observation_id"],
        measure=PERIOD,
        period_start=before["period_end"],
        start_first=before["end_first"],
        start_last=before["end_last"],
        from_day=before["end_first"],
        ours=True,
        run=-1,
        note="Our difference of " + after["said"] + " and " + before["said"],
    )


_BOUNDS = {
    (EXACT, EXACT): EXACT, (EXACT, AT_LEAST): AT_LEAST, (AT_LEAST, EXACT): UP_TO,
    (EXACT, ABOUT): ABOUT, (ABOUT, EXACT): ABOUT, (ABOUT, ABOUT): ABOUT,
}  # fmt: skip
"""The bound of a difference, by those of its earlier and its later value; of two floors, or of a floor and an approximation,
nobody knows what lies between."""


def widest_by_year(counts: pd.DataFrame) -> pd.DataFrame:
    """Return, of each publisher, the series of whole-war periods with the largest values: its total, not a part of it."""
    periods = counts[(counts["measure"] == PERIOD) & counts["event_id"].isna() & ~counts["ours"]]
    sizes = periods.groupby(["organisation_id", "series_id"])["value"].agg(["size", "max"])
    sizes = sizes[sizes["size"] >= MIN_YEARS].reset_index().sort_values(["max", "series_id"], ascending=[False, True])
    widest = sizes.drop_duplicates("organisation_id")["series_id"]
    return periods[periods["series_id"].isin(widest)]


def _sum_id(series_id: str) -> str:
    """Return the id of the sum of the series and the one that it adds to."""
    return f"{OUR_SUM}{series_id}"


def _with_sums(breaks: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """Add the breaks of our sums: where one of its two series breaks, the sum does."""
    summed = series[series["adds_to"].notna()]
    parts = pd.concat([summed["series_id"], summed["adds_to"]])
    of_parts = pd.DataFrame({"series_id": parts, "sum_id": pd.concat([summed["series_id"].map(_sum_id)] * 2)})
    found = of_parts.merge(breaks, on="series_id").drop(columns="series_id").rename(columns={"sum_id": "series_id"})
    return pd.concat([breaks, found.drop_duplicates().sort_values(list(breaks.columns))], ignore_index=True)


def _in_words(breaks: pd.DataFrame) -> pd.Series:
    """Return the breaks of each series in words, "; " between, by series id."""
    # One without a reason is a finding that takes down the counts; the claims go on being shown.
    said = ((breaks["date"] + ": ").fillna("") + breaks["reason"]).dropna()
    return said.groupby(breaks["series_id"]).agg("; ".join)


def _dated(breaks: pd.DataFrame) -> pd.Series:
    """Return date and reason of the dated breaks of each series, by series id."""
    pairs = pd.Series(list(zip(breaks["date"], breaks["reason"], strict=True)), index=breaks.index, dtype="object")
    return pairs.groupby(breaks["series_id"]).agg(tuple)


def _sums(rows: pd.DataFrame, organisations: pd.Series) -> list[pd.DataFrame]:
    """Return the observations of each pair of series of which one `adds_to` the other, added date by date and called ours.

    Where values were released again there is a sum of each time, so that a report meets the one that could be made then.
    """
    found = []
    indicators = by_code(INDICATORS)
    for _, part in rows[rows["adds_to"].notna()].groupby("series_id"):
        whole_count = rows[rows["release_of"].fillna(rows["series_id"]) == part["adds_to"].iloc[0]]
        pairs = _of_one_time(whole_count, part)
        values = (rows.loc[pairs[name]].to_dict("records") for name in ("one", "other"))
        totals = [add([Quantity.from_row(row) for row in pair]) for pair in zip(*values, strict=True)]
        pairs = pairs.assign(total=pd.Series(totals, pairs.index, dtype="object")).dropna(subset=["total"])
        if pairs.empty:
            continue
        both = rows.loc[pairs["one"]].set_index(pairs.index)
        both_series = [rows.loc[pairs[name].iloc[-1]] for name in ("one", "other")]
        names = [str(row["indicator"]) for row in both_series]
        whole = sum_of(*names)
        assert whole is not None  # noqa: S101  (rule series.adds_to)
        left_out = [row["excludes"] for row in both_series if isinstance(row["excludes"], str)]
        first, second = (indicators[name].label for name in names)
        publisher = organisations.get(both["organisation_id"].iloc[0], "")
        earlier = ("-" + pairs["published"].fillna("")).where(pairs.duplicated("period_end", keep="last"), "")
        found.append(
            both.assign(
                observation_id=_sum_id(both_series[1]["series_id"]) + "-" + both["period_end"] + earlier,
                series_id=_sum_id(both_series[1]["series_id"]),
                bound=[total.bound for total in pairs["total"]],
                **{
                    end: pd.array([getattr(total, end) for total in pairs["total"]], dtype="Int64")
                    for end in ("low", "best", "high")
                },
                indicator=whole.code,
                kind=ESTIMATE,
                excludes="; ".join(dict.fromkeys(left_out)) or None,
                adds_to=None,
                part_of=None,
                release_of=None,
                title=f"{first} and {second.lower()} together (our sum, {publisher})",
                definition=f"Our sum of “{both_series[0]['title']}” and “{both_series[1]['title']}” at the same date.",
                publication="Sum of two published counts: " + both["publication"],
                published=pairs["published"],
                note="Our sum of two published counts",
            )
        )
    return found


def _of_one_time(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Pair the values of two series date by date: at each release of either the last of both; `published` is when the pair was known."""
    values = pd.concat([one.assign(one=one.index), other.assign(other=other.index)], ignore_index=True)
    values = values.sort_values(["period_end", "published"], kind="stable", na_position="first")
    known = values.groupby("period_end")[["one", "other"]].ffill()
    pairs = values[["period_end", "published"]].join(known).dropna(subset=["one", "other"])
    return pairs.drop_duplicates(["period_end", "published"], keep="last").astype({"one": "int64", "other": "int64"})
