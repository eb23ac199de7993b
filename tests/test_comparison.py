"""Claims beside the record: what may be compared follows from the columns; not comparable is the default."""

import pytest

from analysis.comparison import COMPARABLE, NOT_COMPARABLE, WITH_CARE, as_of, compare, position, reference_view
from analysis.view import claims_view
from figures.palette import LIGHT
from figures.reference import reference as draw
from figures.reference import style_of
from tests import small
from validation import load

SERIES = "count,monitor,The count,killed,all,cumulative,,documented,north,people,All deaths counted.,,,,https://example.org/c"
OBSERVED = [
    "count-1,count,2018-01,2018-12-31,exact,800,800,,Toll,2019-01-05,https://example.org/1,1,",
    "count-2,count,2018-01,2019-06-30,exact,850,850,,Toll,2019-07-01,https://example.org/2,1,",
    "count-3,count,2018-01,2019-12-31,at_least,1000,,,Toll,2020-01-05,https://example.org/3,1,",
]
TOTAL = {"measure": "cumulative", "period_start": "2011-03", "period_end": "2019-07"}


def beside(folder, claim=None, series=(SERIES,), observed=OBSERVED, **caveats):
    """Return the claim and the table of the series beside it."""
    rows = {"claims": [small.claim(**(TOTAL | (claim or {})))], "claim_caveats": caveats.get("claim_caveats", [])}
    dataset = small.dataset(
        folder, series=list(series), observations=list(observed), breaks=caveats.get("breaks", []), **rows
    )
    assert dataset.findings == ()
    assert dataset.reference_findings == ()
    row = claims_view(dataset).iloc[0].to_dict()
    return row, compare(row, reference_view(dataset))


def changed(**cells):
    columns = list(small.SCHEMAS["series"].columns)
    given = dict(zip(columns, SERIES.split(","), strict=True))
    assert not set(cells) - set(given)
    return ",".join((given | cells).values())


def test_a_claim_is_set_beside_the_last_value_by_then_and_the_first_after(tmp_path):
    _, table = beside(tmp_path)
    row = table.iloc[0]
    assert row[["before", "before_day", "days", "after", "after_day", "judgement", "why"]].tolist() == [
        "850", "2019-06-30", 1, "at least 1,000", "2019-12-31", COMPARABLE, "",
    ]  # fmt: skip
    assert row["ratio"] == pytest.approx(900 / 850)


DIFFERENCES = {
    "another group": ({}, {"population_group": "civilians"}, NOT_COMPARABLE, "another group is counted"),
    "everybody by another name": ({"population_group": "civilians_and_fighters"}, {}, COMPARABLE, ""),
    "another place": ({}, {"place_id": "syria"}, NOT_COMPARABLE, "another place is counted (Syria)"),
    "families": ({"unit": "families"}, {}, NOT_COMPARABLE, "the claim counts families"),
    "a model": ({}, {"kind": "modelled"}, WITH_CARE, "the series is a statistical model"),
    "something left out": ({}, {"excludes": "Fighters"}, WITH_CARE, "the series leaves out: fighters"),
    "a break": ({}, {"broken": "2019-01,older deaths added"}, WITH_CARE, "the series has breaks (2019-01: older deaths added)"),
    "movements": ({}, {"counts": "movements"}, WITH_CARE, "the series counts movements, not people"),
    "a period beside a total": (
        {"measure": "period"}, {}, NOT_COMPARABLE, "it adds up in another way",
    ),
    "an old value": (
        {"period_end": "2019-07"}, {}, COMPARABLE, "",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("claim", "series", "judgement", "why"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_the_judgement_follows_from_what_is_counted(tmp_path, claim, series, judgement, why):
    breaks = [f"count,{series['broken']}"] if "broken" in series else []
    cells = {name: value for name, value in series.items() if name != "broken"}
    _, table = beside(tmp_path, claim, [changed(**cells)], breaks=breaks)
    assert table[["judgement", "why"]].to_numpy().tolist() == [[judgement, why]]


def test_a_value_of_over_a_year_before_and_none_before_are_not_comparable(tmp_path):
    _, table = beside(
        tmp_path / "old", observed=OBSERVED[:1], claim={"period_start": "2011-03", "period_end": "2019-07"}
    )
    assert table["judgement"].tolist() == [COMPARABLE]
    old = OBSERVED[0].replace("2018-12-31", "2018-06-29")
    _, table = beside(tmp_path / "older", observed=[old])
    assert table["why"].tolist() == ["its last value is 367 days older than the claim"]
    _, table = beside(tmp_path / "none", observed=OBSERVED[2:])
    assert table["why"].tolist() == ["no value on or before the date of the claim"]


def test_a_series_of_another_indicator_is_not_named_at_all(tmp_path):
    _, table = beside(tmp_path, series=[changed(indicator="injured")])
    assert table.empty


def test_caveats_of_the_claim_ask_for_care(tmp_path):
    labels = ["one_side_only,One side’s fire only,Only one side.,the claim counts one side’s fire only,"]
    rows = {"claim_caveats": ["paper-2019-07-12-01,one_side_only,Bombardment."]}
    dataset = small.dataset(
        tmp_path, claims=[small.claim(**TOTAL)], caveats=labels, series=[SERIES], observations=OBSERVED, **rows
    )
    claim = claims_view(dataset).iloc[0].to_dict()
    assert compare(claim, reference_view(dataset))["why"].tolist() == ["the claim counts one side’s fire only"]


EVENT = {"measure": "period", "event_id": "raid-2019", "period_start": "2019-06-20", "period_end": "2019-07"}
TALLY = {"measure": "period", "event_id": "raid-2019"}


@pytest.mark.parametrize(
    ("claim", "series", "start", "judgement", "why"),
    [
        (EVENT, TALLY, "2019-06-22", COMPARABLE, ""),
        (EVENT | {"event_id": ""}, TALLY, "2019-06-22", NOT_COMPARABLE, "another event or period is counted"),
        (EVENT, TALLY, "2019-02", NOT_COMPARABLE, "the claim counts from 20 June 2019, the series from February 2019"),
        (EVENT | {"measure": "incident", "period_start": ""}, TALLY, "2019-06-22", WITH_CARE, "the claim does not say from when it counts"),
        (EVENT, TALLY | {"measure": "incident"}, "2019-06-22", NOT_COMPARABLE, "the series counts a single incident"),
    ],
)  # fmt: skip
def test_tallies_of_an_event_are_compared_only_with_claims_about_it(tmp_path, claim, series, start, judgement, why):
    observed = [OBSERVED[1].replace("2018-01,", f"{start},")]
    _, table = beside(tmp_path, claim, [changed(**series)], observed)
    assert table[["judgement", "why"]].to_numpy().tolist() == [[judgement, why]]


@pytest.mark.parametrize(
    ("end", "published", "day"),
    [
        ("2019-07-07", "2019-07", "2019-07-07"),
        ("2019-07", "2019-07", "2019-07-01"),
        ("2017", "2018-01-07", "2017-12-31"),
        ("2019", "2019-07-12", "2019-07-12"),
    ],
)
def test_the_record_is_asked_for_the_last_day_that_a_claim_surely_knew_of(end, published, day):
    assert str(as_of({"period_end": end, "published": published}).date()) == day


def test_a_release_that_was_public_then_is_used_in_place_of_a_later_one(tmp_path):
    later = OBSERVED[1].replace("850,850", "870,870").replace("2019-07-01", "2025-06-12")
    early = changed(series_id="early", title="The count as first published")
    first = OBSERVED[1].replace("count-2,count", "early-2,early")
    _, table = beside(tmp_path / "both", series=[SERIES, early], observed=[later, first])
    assert table[["title", "before", "revised"]].to_numpy().tolist() == [["The count", "850", False]]
    _, table = beside(tmp_path / "later", observed=[later])
    assert table[["before", "revised"]].to_numpy().tolist() == [["870", True]]


def test_a_position_is_given_among_comparable_values_only(tmp_path):
    claim, table = beside(tmp_path)
    found = position(claim, table)
    assert (found.place, found.ratio) == ("above", pytest.approx(900 / 850))
    claim, table = beside(tmp_path / "none", series=[changed(place_id="syria")])
    assert position(claim, table).sentence == "No series of the record may be compared with this number."


def test_a_value_of_zero_gives_no_ratio_and_no_error(tmp_path):
    claim, table = beside(tmp_path, observed=[OBSERVED[1].replace("850,850", "0,0")])
    assert position(claim, table).sentence == (
        "Beside 1 series, it is above the range of their values (0); the nearest is The count at 30 June 2019."
    )


def test_a_word_has_no_position_but_is_told_the_range(tmp_path):
    word = {"wording": "hundreds", "bound": "vague", "low": 200, "best": "", "high": 999}
    claim, table = beside(tmp_path, word)
    assert position(claim, table).sentence == "The claim is a word or a range; the record has 850 (1 series)."


RECORD = load()
VIEW = claims_view(RECORD).set_index("claim_id", drop=False)
REFERENCE = reference_view(RECORD)


def usable(claim_id):
    table = compare(VIEW.loc[claim_id].to_dict(), REFERENCE)
    return table[table["judgement"] != NOT_COMPARABLE].set_index("series_id")


def test_the_11_million_stand_beside_our_sum_of_unhcrs_two_figures():
    rows = usable("trtworld-2019-07-08")
    assert rows[["before", "before_day", "judgement"]].to_numpy().tolist() == [["12,838,294", "2018-12-31", WITH_CARE]]
    assert rows.index.tolist() == ["our-sum-unhcr-idp"]


def test_the_six_million_are_beside_the_release_of_the_time():
    rows = usable("trtworld-2019-07-09")
    assert rows[["before", "after"]].to_numpy().tolist() == [["6,654,339", "6,615,249"]]


def test_the_200000_stand_beside_what_was_in_use_then_and_not_what_came_later():
    rows = usable("trtworld-2019-07-07")
    assert rows.loc["cccm-nws-2019", ["before", "before_day", "after"]].tolist() == ["330,000", "2019-06-13", "518,000"]


def test_every_figure_of_the_reference_is_carried():
    assert len(RECORD.table("observations")) == 382
    assert RECORD.reference_findings == ()


def test_nothing_but_unhcrs_two_figures_is_summed():
    added = REFERENCE[~REFERENCE["observation_id"].isin(RECORD.table("observations")["observation_id"])]
    assert set(added["series_id"]) == {"our-sum-unhcr-idp"}
    assert added["title"].str.contains("our sum").all()


ABROAD = {"series_id": "abroad", "title": "Abroad", "indicator": "refugees", "measure": "stock", "excludes": "Seekers"}
INSIDE = {
    "series_id": "inside", "title": "Inside", "indicator": "idps", "measure": "stock", "excludes": "Camps", "adds_to": "abroad",
}  # fmt: skip
STATES = [
    "state-1,abroad,,2019-06,exact,900,900,,Later,2019-08,https://example.org/1,1,",
    "state-2,abroad,,2019-06,exact,800,800,,Earlier,2019-07,https://example.org/1,1,",
    "state-3,inside,,2019-06,exact,50,50,,Later,2019-08,https://example.org/1,1,",
]


def test_a_sum_takes_the_latest_release_and_leaves_out_and_breaks_where_its_parts_do(tmp_path):
    breaks = ["abroad,2019-01,lists joined", "inside,2019-02,camps left out"]
    series = [changed(**ABROAD), changed(**INSIDE)]
    dataset = small.dataset(tmp_path, series=series, observations=STATES, breaks=breaks)
    assert dataset.reference_findings == ()
    view = reference_view(dataset).set_index("observation_id")
    assert view.loc["our-sum-inside-2019-06", ["indicator", "said", "excludes", "breaks"]].tolist() == [
        "displaced", "950", "Seekers; Camps", "2019-01: lists joined; 2019-02: camps left out",
    ]  # fmt: skip


def test_a_fault_of_the_reference_blocks_the_comparison_alone(tmp_path):
    dataset = small.dataset(tmp_path, series=[small.series()], observations=[small.count(bound="about")])
    assert dataset.good
    assert dataset.reference_findings != ()
    assert reference_view(dataset).empty


def test_the_figure_draws_each_value_and_stops_its_line_at_a_break():
    rows = REFERENCE[REFERENCE["series_id"] == "sohr-doc"]
    figure = draw(rows, VIEW.loc[["trtworld-2019-07-11"]], LIGHT)
    [line] = [trace for trace in figure.data if trace.mode == "lines+markers"]
    gaps = [str(line.x[at])[:10] for at, value in enumerate(line.y) if value is None]
    assert gaps == ["2013-06-26", "2021-05-30", "2025-01-01"]
    assert [value for value in line.y if value is not None] == rows.sort_values("day")["value"].tolist()
    [diamonds] = [trace for trace in figure.data if trace.customdata is not None]
    assert (diamonds.customdata[0][0], diamonds.y[0]) == ("trtworld-2019-07-11", 500000.0)


def test_the_figure_joins_no_counts_whose_breaks_have_no_date():
    figure = draw(REFERENCE[REFERENCE["series_id"] == "ohchr-doc"], VIEW.head(0), LIGHT)
    assert [trace.mode for trace in figure.data if trace.name] == ["markers"]


def test_the_figure_of_nothing_is_empty():
    figure = draw(REFERENCE.head(0), VIEW.head(0), LIGHT)
    assert sum(len(trace.x) for trace in figure.data) == 0


def test_more_publishers_than_colours_are_told_apart_by_the_shape_of_their_marks():
    styles = style_of([f"publisher {number}" for number in range(3 * len(LIGHT.publishers))], LIGHT)
    assert len(set(styles.values())) == len(styles) == 3 * len(LIGHT.publishers)
