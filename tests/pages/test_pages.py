"""Every page, entered through `dashboard.py`: what it shows, what filters and links do, what bad tables do."""

import hashlib
import json
import re

import pandas as pd
import pytest

import dashboard
from analysis.comparison_words import comparisons
from analysis.counts import published_counts
from analysis.view import claims_view
from app_pages.parts import tables
from tests.support import ROOT, real, small
from tests.support.pages import drawn, opened, said

PAGES = [file for file, *_ in dashboard.PAGES]
TITLES = {
    "overview": "What reports say about people killed and displaced in Syria",
    "casualties": "People killed, injured and missing",
    "displacement": "People displaced",
    "events": "Events",
    "counts": "Published counts",
    "places": "Places the claims are about",
    "sources": "Where the numbers were printed",
    "data": "The numbers as a table",
    "method": "Method",
    "about": "About",
}


@pytest.mark.parametrize("page", PAGES)
def test_each_page_begins_with_a_title_that_says_what_is_seen(page):
    app = opened(page)
    assert [title.value for title in app.title] == [TITLES[page]]
    assert not app.warning


def test_casualties_draw_or_write_every_claim_of_people_killed_below_the_published_counts():
    app = opened("casualties")
    assert [header.value for header in app.header] == [
        "How many died in each year", "How many have died since 2011", "What the reports say, event by event",
    ]  # fmt: skip
    years, documented, estimates, by_event = drawn(app)
    alone = [button.key.removeprefix("alone-casualties-people-") for button in app.button if button.label == "Details"]
    assert (years, documented, estimates) == ([], ["trtworld-2019-07-11"], ["trtworld-2019-07-11"])
    assert (len(by_event), len(alone), len({*by_event, *alone})) == (9, 4, 13)


def test_deaths_by_year_are_split_by_kind_of_violence_on_a_switch_that_a_link_keeps():
    title = "Deaths were highest in 2014"
    bars = {}
    for asked in ({}, {"split": ["By kind of violence"]}, {"split": ["nonsense"]}):
        app = opened("casualties", **asked)
        figure = json.loads(app.get("plotly_chart")[0].proto.spec)
        assert f"<b>{title}</b>" in [note["text"] for note in figure["layout"]["annotations"]]
        bars[str(asked)] = sum(trace["type"] == "bar" for trace in figure["data"])
        assert bool(app.warning) == ("nonsense" in str(asked))
    assert list(bars.values()) == [1, 3, 1]
    assert "We found no count by the Syrian Observatory for Human Rights for 2016 to 2018, 2021 and 2022" in said(app)


def test_what_each_total_counts_is_listed_when_asked_for():
    app = opened("casualties")
    assert [expander.label for expander in app.expander] == ["What each total counts and leaves out"]
    assert not app.dataframe


def test_displacement_draws_every_claim_of_displaced_people_families_and_population():
    app = opened("displacement")
    totals = ["trtworld-2019-07-08", "trtworld-2019-07-09", "trtworld-2019-07-10"]
    among_counts, by_host, composition, others = drawn(app)
    assert (among_counts, by_host, composition, len(others)) == (totals, [], totals, 4)
    for words in ("“tens of thousands of people”", "“more than 5,000 families”", "“an estimated two million Syrians”"):
        assert said(app).count(words) == 1


def test_overview_sets_the_largest_claims_beside_published_counts_with_the_sentence_of_the_card():
    app = opened()
    figure = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert len(set(drawn(app)[0])) == 10
    said_in = [note["text"].replace("<br>", " ") for note in figure["layout"]["annotations"] if note.get("text")]
    assert [text for text in said_in if "UNHCR’s nearest count is 12.8 million" in text] != []
    assert "<b>16 of 23 claims have a comparable published count</b>" in said_in


def test_overview_shows_only_changes_of_tables_that_readers_know_one_line_each():
    [text] = [line.value for line in opened().caption if re.match(r"\d+ \w+ 20\d\d: ", line.value)]
    changes = text.replace("\\", "").split("  \n")
    assert len(changes) == 3
    assert changes[2].startswith("26 November 2026: Five attacks and battles are listed as events of their own")
    assert not [line for line in changes if re.search("series|caveat|_", line, re.IGNORECASE)]


def test_overview_says_of_every_claim_how_it_compares_in_the_chart_or_in_the_list_of_all_others():
    app = opened()
    known = comparisons(real.record())
    app.session_state["more-claims"] = True
    app.run()
    [rest] = [table.value for table in app.dataframe]
    drawn_claims = known.loc[sorted(set(drawn(app)[0]))]
    assert sorted([*rest["comparison"], *drawn_claims["comparison"]]) == sorted(known["comparison"])
    said_of = dict(zip(rest["wording"], rest["comparison_status"], strict=True))
    assert said_of["20 deaths"] == "Narrower or wider count"
    assert said_of["57 militants"] == "Only near counts"
    assert said_of["reportedly killed 5 people"] == "Same thing counted"


def test_every_figure_says_its_sources_its_number_of_claims_and_the_data_version():
    app = opened("casualties", source=["TRT World 2019"])
    notes = json.loads(app.get("plotly_chart")[-1].proto.spec)["layout"]["annotations"]
    [line] = [note["text"].replace("<br>", " ") for note in notes if note.get("name") == "sources"]
    assert line.startswith("Sources: TRT World (2019). 5 claims shown. Data version ")


def test_every_figure_has_a_text_alternative_that_states_what_it_shows():
    years, *_, chart = opened("casualties").get("plotly_chart")
    assert chart.proto.alt == (
        "People reported killed or injured, by event: 9 claims, from “three women” (TRT World) to “900 people” (Response Coordinators "
        "Group). Sources: Breitbart News (2019); TRT World (2019); The Hill News (2018). 9 claims shown. "
        f"Data version {real.record().version}."
    )
    assert years.proto.alt.startswith("Deaths were highest in 2014. Last published counts: ")


def test_a_link_opens_the_filtered_view_on_every_page():
    for page in ("casualties", "data", "sources"):
        app = opened(page, source=["The Hill News 2018"], indicator=["Killed"])
        assert [box.value for box in app.multiselect[:3]] == [["thehillnews-2018-01-07"], [], ["killed"]]
        assert "Showing 4 of 23 claims" in said(app)


def test_no_page_changes_the_rows_that_it_shares_with_all_readers(monkeypatch):
    shared, choose = [], tables.chosen
    monkeypatch.setattr(tables, "chosen", lambda *of, **but: shared.append(choose(*of, **but)) or shared[-1])
    app = opened()
    for page in PAGES:
        app.switch_page(f"app_pages/{page}.py").run()
        assert [title.value for title in app.title] == [TITLES[page]]
    assert {len(rows) for rows in shared} > {23}
    view = claims_view(real.record())
    for rows in shared:
        pd.testing.assert_frame_equal(rows, view.loc[rows.index])


def test_the_labels_in_links_are_those_of_the_filters():
    assert {box.key: list(box.options) for box in opened().multiselect} == {
        "source": ["The New Arab 2015", "The Hill News 2018", "TRT World 2019", "Breitbart 2019", "bne IntelliNews 2024"],
        "year": ["2015", "2017", "2018", "2019", "2024"],
        "indicator": ["Killed", "Displaced", "Refugees", "Internally displaced", "Population"],
        "group": ["All people", "Civilians", "Children", "Women", "Opposition fighters", "Pro-government forces", "Civilians and fighters"],
        "place": [
            "Darkush (town)", "Idlib (governorate)", "Khan Shaykhun (town)", "North-west Syria", "Saraqib (sub-district)",
            "Southern Idlib (area)", "Syria",
        ],
        "attributed": [
            "Jisr al-Shughur activist coordinating committee", "National Liberation Army", "Pro-opposition media (not named)",
            "Response Coordinators Group", "Syrian Observatory for Human Rights", "TRT World", "The Hill News", "bne IntelliNews",
        ],
    }  # fmt: skip


def test_an_unknown_value_in_a_link_is_named_and_ignored():
    app = opened(source=["The Moon 1999", "TRT World 2019"], year=["<b>x</b>"])
    [warning] = app.warning
    assert "Source: The Moon 1999".replace(":", r"\:") in warning.value
    assert r"\<b\>x\</b\>" in warning.value
    assert "Showing 11 of 23 claims" in said(app)


def test_an_unknown_event_in_a_link_is_named_and_ignored():
    app = opened("events", event=["No such event"])
    assert [warning.value for warning in app.warning] == [
        r"This link has a filter we do not know; it was ignored: Event\: No such event"
    ]


@pytest.mark.parametrize("page", ["overview", "events", "data"])
def test_an_unknown_name_in_a_link_is_named_and_ignored(page):
    app = opened(page, Year=["2018"], sauce=["<b>"], year=["2019"], utm_source=["newsletter"])
    assert [warning.value for warning in app.warning] == [
        "This link has a filter we do not know; it was ignored: Year; sauce"
    ]
    assert list(app.query_params) == ["year"]
    assert "Showing 12 of 23 claims" in said(app)


def test_the_names_that_a_link_may_hold_are_not_warned_of():
    app = opened(
        "events", event=["North-west offensive, 2019"], claim=["trtworld-2019-07-05"], year=["2019"], embed=["true"]
    )
    assert not app.warning


def test_filters_that_leave_nothing_say_how_many_claims_of_the_page_each_of_them_hides():
    app = opened("casualties", source=["The New Arab 2015"], year=["2019"])
    assert drawn(app) == [[], [], []], "published counts stay whole"
    assert [info.value for info in app.info] == [
        "No claims of people killed or injured match. Without “Source”: 8 claims; without “Year”: 1 claim."
    ]


@pytest.mark.parametrize(
    ("page", "asked", "message"),
    [
        ("displacement", {"source": ["The New Arab 2015"], "year": ["2019"]},
         "No claims of people displaced match. Without “Source”: 4 claims."),
        ("overview", {"source": ["The New Arab 2015"], "indicator": ["Population"]},
         "No claims match. Without “Source”: 1 claim; without “What is counted”: 1 claim."),
        ("events", {"source": ["The New Arab 2015"], "event": ["North-west offensive, 2019"]},
         "No claims about “North-west offensive, 2019” match. Without “Source”: 8 claims."),
        ("displacement", {"source": ["The New Arab 2015"], "group": ["Children"]},
         "No claims of people displaced match. Clear the filters to see all."),
    ],
)  # fmt: skip
def test_an_empty_section_counts_only_claims_of_what_it_shows(page, asked, message):
    assert [info.value.replace("\\", "") for info in opened(page, **asked).info] == [message]


def test_clear_all_brings_every_claim_back():
    app = opened("data", source=["The New Arab 2015"], year=["2019"])
    next(button for button in app.button if button.label == "Clear all filters").click().run()
    assert "Showing all 23 claims" in said(app)


def test_a_link_to_a_claim_opens_its_card():
    app = opened(claim=["trtworld-2019-07-05"])
    text = said(app)
    assert "**Count starts before the event**" in text
    assert "Contains: “20 deaths” (Response Coordinators Group)" in text
    facts = dict(app.table[0].value.itertuples(index=False))
    assert facts["Said by"] == "Response Coordinators Group"
    assert facts["Printed by"] == r"TRT World, July 2019, paragraph 23"
    assert facts["Period"] == "February 2019 to July 2019"


@pytest.mark.parametrize("page", PAGES)
def test_a_message_about_a_link_stands_above_the_title(page):
    app = opened(page, claim=["nobody-1"], source=["The Moon 1999"])
    kinds = [element.type for element in app.main]
    assert kinds.count("warning") == 2
    assert kinds[: kinds.index("title")].count("warning") == 2


def test_the_footer_says_whose_the_numbers_are_and_the_data_version_once():
    assert [caption.value for caption in opened().caption if "quoted as published" in caption.value] == [
        "Claims are quoted as published, with who said them. Published counts are those of the organisations named. "
        "We do not judge which is right."
    ]
    html = [block.proto.body for block in opened("about").get("html") if "Data version" in block.proto.body]
    [line] = [body for body in html if "on-paper" not in body]
    assert re.sub("<[^>]+>", "", line) == (
        f"Data version {real.record().version} · About · Licence: none chosen yet · How to cite · Report an error"
    )
    assert re.findall('href="([^"]+)"', line) == [
        "/about", "/about#licence", "/about#how-to-cite", "/about#report-an-error",
    ]  # fmt: skip


@pytest.mark.parametrize("page", ["counts", "events"])
def test_a_page_that_has_nothing_more_to_show_still_has_its_footer_and_says_what_a_link_asked_in_vain(
    page, tmp_path, monkeypatch
):
    small.write(tmp_path, events=[], claims=small.ROWS["claims"][:1], claim_caveats=[])
    (tmp_path / "observations.csv").write_text("broken\n", encoding="utf-8")
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    app = opened(page, moon="1")
    assert [warning.value for warning in app.warning][:1] == [
        "This link has a filter we do not know; it was ignored: moon"
    ]
    assert [caption.value for caption in app.caption if "quoted as published" in caption.value] != []
    assert any("Data version" in block.proto.body for block in app.get("html"))


def test_a_link_to_a_claim_that_is_not_there_says_so():
    [warning] = opened(claim=["nobody-1"]).warning
    assert warning.value == r"This link names a claim that does not exist\: nobody\-1".replace(r"exist\:", "exist:")


def test_search_finds_by_summary_and_shows_rows():
    app = opened()
    app.text_input[0].set_value("children").run()
    assert "1 claim found" in said(app)


def test_search_lists_at_most_twenty_published_counts_and_the_organisations_that_fit():
    app = opened()
    app.text_input[0].set_value("UNHCR").run()
    assert not app.exception
    assert "0 claims found" in said(app)
    assert re.search(r"\d+ published counts found, 20 shown: first what is named so, the newest first", said(app))
    counts, organisations = app.dataframe[-2].value, app.dataframe[-1].value
    assert [list(counts), len(counts)] == [["said", "title", "organisation", "days", "url"], 20]
    assert set(counts["organisation"]) == {"UNHCR"}
    assert organisations["name"].tolist() == ["CCCM cluster", "UNHCR"]


def test_an_event_counts_who_said_a_number_apart_from_who_printed_it():
    app = opened("events", event=["North-west offensive, 2019"])
    assert app.selectbox[0].value == "North-west offensive, 2019"
    assert "8 claims, said by 4 organisations, printed in 2 reports." in said(app)


def test_the_method_page_shows_the_live_result_of_the_checks(tmp_path, monkeypatch):
    small.write(tmp_path)
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    assert "18 rows in 15 tables" in said(opened("method"))


@pytest.fixture(scope="module")
def without_claims(tmp_path_factory):
    return small.write(tmp_path_factory.mktemp("without-claims"), claims=[], claim_caveats=[])


@pytest.mark.parametrize("page", PAGES)
def test_a_record_without_claims_is_shown_as_such_on_every_page(without_claims, monkeypatch, page):
    monkeypatch.setenv("DATASETS_DIR", str(without_claims))
    assert "Showing all 0 claims" in said(opened(page))


def test_markup_and_directives_in_a_table_are_shown_as_text(tmp_path, monkeypatch):
    evil = "2 [x](javascript:alert(1)) **b** $x$ :red[r] :smile: <i>"
    small.write(
        tmp_path, claims=[small.claim(wording=evil, measure="cumulative", period_start="2011-03")], claim_caveats=[]
    )
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    [sentence] = [element.value for element in opened("casualties").markdown if element.value.startswith("Whole war")]
    assert (
        r"“2 \[x\]\(javascript\:alert\(1\)\) \*\*b\*\* \$x\$ \:red\[r\] " + "\\:\u2060smile\\: " + r"\<i\>”"
    ) in sentence


def test_started_on_broken_tables_the_page_says_exactly_that(tmp_path, monkeypatch):
    small.write(tmp_path, claims=[small.claim(low="1e400")])
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    app = opened()
    assert [title.value for title in app.title] == ["The tables cannot be shown"]
    assert r"claims\.csv, line 2, low\: “1e400” is not a whole number" in said(app)


def test_a_card_shows_the_passage_where_the_text_is_at_hand_as_plain_text(tmp_path, monkeypatch):
    text = "<b>Before</b> the 900 people were counted. [link](javascript:alert(1))\n"
    (tmp_path / "paper-2019-07-12.txt").write_text(f"One\n\nTwo\n{text}", encoding="utf-8")
    small.write(tmp_path / "tables")
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path / "tables"))
    assert "The passage in the archived text" not in said(opened(claim=["paper-2019-07-12-01"]))
    monkeypatch.setenv("DATASETS_DIR", str(small.write(tmp_path / "again")))
    monkeypatch.setenv("REPORTS_DIR", str(tmp_path))
    texts = [element.value for element in opened(claim=["paper-2019-07-12-01"]).text]
    assert "<b>Before</b> the [900 people] were counted. [link](javascript:alert(1))" in texts


def test_a_card_says_what_was_checked_and_when():
    facts = dict(opened(claim=["trtworld-2019-07-05"]).table[0].value.itertuples(index=False))
    assert re.match(
        r"Quote checked on \d+ \w+ 20\d\d\\. The archived text had these words when it was last checked",
        facts["Evidence"],
    )


def test_sources_account_for_every_number_of_a_report():
    text = said(opened("sources", source=["bne IntelliNews 2024"]))
    assert (
        "We found 14 numbers in 13 phrases: 1 used as a claim, 12 not used. "
        "Not used: date 5, duration 3, other quantity 2, places captured 1, distance 1." in text
    )


def test_the_method_page_shows_the_sum_of_the_accounts():
    text = said(opened("method"))
    assert "Claims by evidence: quote checked 23." in text
    assert "We found 81 numbers in 5 reports: 23 claims, and 52 phrases that we did not use" in text


def who_counted(app):
    """Return the table of claims among published counts."""
    [table] = [table.value for table in app.dataframe if "whom" in table.value]
    return table.assign(what=[label for [label] in table["what"]])


def test_an_event_shows_its_claims_among_the_published_counts_by_date_then_the_tallies_in_one_chart():
    app = opened("events", event=["North-west offensive, 2019"])
    table = who_counted(app)
    assert table.columns.tolist() == [
        "what", "said", "who", "whom", "fire", "period_start", "period_end", "published", "place_name", "printed", "judging", "url",
    ]  # fmt: skip
    [at] = table.index[table["said"] == "“900 people”"]
    assert table.loc[at, ["what", "who", "printed"]].tolist() == [
        "Claim", "Response Coordinators Group (coordination group)", "TRT World",
    ]  # fmt: skip
    assert "Count" in set(table["what"][at - 5 : at]) & set(table["what"][at : at + 6])
    [chart] = app.get("plotly_chart")
    assert "Last counts of civilians killed" in chart.proto.spec


def test_every_count_of_an_event_and_of_those_within_it_is_in_its_table_once():
    app = opened("events", event=["North-west offensive, 2019"])
    counts, events = published_counts(real.record()), real.record().table("events")
    ids = [*events.loc[events["within"] == "north-west-2019", "event_id"], "north-west-2019"]
    of_event = counts[counts["event_id"].isin(ids)]
    killed = of_event[of_event["indicator"] == "killed"]
    app.selectbox(key="around-north-west-offensive-2019-casualties").set_value("all rows").run()
    listed = who_counted(app)
    assert sorted(listed.loc[listed["what"] == "Count", "said"]) == sorted(killed["said"])
    assert listed["judging"].notna().sum() == (killed["use"] == "context").sum() > 0
    app.button_group[0].set_value("displacement").run()
    assert not app.exception
    assert "Displaced: all people, counted in movements" in set(who_counted(app)["whom"])


def test_a_long_table_begins_around_its_first_claim_holds_every_claim_and_says_how_many_rows_there_are():
    app = opened("events", event=["North-west offensive, 2019"])
    table = who_counted(app)
    assert table["what"].iloc[:6].tolist() == ["Count"] * 5 + ["Claim"]
    assert (table["what"] == "Claim").sum() == 7
    shown, every, *_ = app.selectbox(key="around-north-west-offensive-2019-casualties").options
    assert (shown, every) == (f"From the first claim: {len(table)} of 173 rows", "All 173 rows")


def test_a_long_table_shows_the_counts_next_to_the_claim_that_is_looked_for():
    app = opened("events", event=["North-west offensive, 2019"])
    app.selectbox(key="around-north-west-offensive-2019-casualties").set_value("trtworld-2019-07-05").run()
    table = who_counted(app)
    assert (len(table), table["said"].iloc[5]) == (11, "“900 people”")


def test_events_are_listed_with_the_claims_that_the_filters_leave_and_with_all_their_counts():
    app = opened("events", source=["The New Arab 2015"])
    assert app.selectbox[0].value == "Attack on Darkush, April 2015"
    [listed] = [table.value for table in app.dataframe if "counts" in table.value]
    assert listed.iloc[:2].to_numpy().tolist() == [
        ["Attack on Darkush, April 2015", 1, 6], ["North-west offensive, 2019", 0, 205],
    ]  # fmt: skip


def test_a_filter_that_leaves_an_event_no_claim_leads_to_one_that_has_some():
    app = opened("events")
    assert app.selectbox[0].value == "North-west offensive, 2019"
    app.multiselect(key="source").set_value(["The Hill News 2018"]).run()
    assert app.selectbox[0].value == "Idlib offensive, winter 2017-18"


def test_a_single_incident_has_a_table_and_no_chart():
    app = opened("events", event=["Khan Shaykhun chemical attack, April 2017"])
    assert not app.get("plotly_chart")
    assert who_counted(app)["said"].tolist()[-2:] == ["at least 83", "“more than 90 people”"]


@pytest.mark.parametrize(("event", "page"), [("killed and injured", "casualties"), ("displaced", "displacement")])
def test_an_old_link_to_the_whole_war_says_where_its_totals_are(event, page):
    app = opened("events", event=[f"Whole war: {event}"])
    assert not app.warning
    assert [info.value for info in app.info] == [
        f"Totals of the whole war are now on the page {page.capitalize()}. Below are single events."
    ]
    [link] = [link for link in app.get("page_link") if link.proto.label.startswith("Go to")]
    assert link.proto.page == page


def test_the_old_address_of_an_event_leads_to_it_with_the_filters_of_the_link():
    app = opened("comparison", event=["Idlib offensive, winter 2017-18"], year=["2018", "2019"])
    assert [title.value for title in app.title] == ["Events"]
    assert app.selectbox[0].value == "Idlib offensive, winter 2017-18"
    assert "Showing 20 of 23 claims" in said(app)
    assert not app.warning


def test_a_broken_reference_is_named_and_the_rest_of_the_page_stays(tmp_path, monkeypatch):
    small.write(tmp_path)
    (tmp_path / "series.csv").write_bytes(b"")
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    app = opened("events")
    assert [warning.value for warning in app.warning] == [
        r"The published counts hold a fault and are not shown. series\.csv, line 1\: the file is empty\. Write the header, then the rows\."
    ]
    assert who_counted(app)["said"].tolist() == ["“20 deaths”"]


def test_an_empty_reference_says_what_is_missing(tmp_path, monkeypatch):
    small.write(tmp_path)
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    app = opened("events")
    assert not app.warning
    assert "These tables hold no published counts." in said(app)


def test_a_card_compares_its_claim_with_published_counts():
    app = opened(claim=["trtworld-2019-07-05"])
    text = said(app)
    assert text.index("own weekly counts were 859 on 1 July and at least 912 on 8 July 2019") < text.index(
        "**Limitations**"
    )
    [beside] = [table.value for table in app.dataframe if "relation_label" in table.value and "said" in table.value]
    assert beside.iloc[0, :3].tolist() == ["859", "Response Coordinators Group (the speaker itself)", "A part of it"]
    assert beside["who"].iloc[2] == "Syrian Network for Human Rights (monitor)"
    assert "2020 (later than the report)" in set(beside["published_said"])


@pytest.mark.parametrize(
    ("claim", "figures"), [("trtworld-2019-07-05", 1), ("trtworld-2019-07-01", 0), ("intellinews-2024-12-07-01", 0)]
)
def test_a_card_draws_its_claim_only_among_two_values_or_more(claim, figures):
    assert [box.label for box in opened(claim=[claim]).expander].count("Chart of these counts") == figures


def test_a_card_of_a_claim_with_no_count_beside_it_says_so_and_shows_no_empty_table(tmp_path, monkeypatch):
    small.write(tmp_path)
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    app = opened(claim=["paper-2019-07-12-01"])
    assert "We found no published count of the same thing" in said(app)
    assert [table.value for table in app.dataframe if table.value.empty] == []


def test_sources_count_voices_and_can_be_narrowed_by_the_kind_of_speaker():
    app = opened("sources")
    assert (
        "5 organisations are quoted in 4 of 5 reports (most often: Syrian Observatory for Human Rights, 4 claims in 2 reports); "
        "14 of 23 claims are in a report’s own voice." in said(app)
    )
    app.get("button_group")[0].set_value(["Party to the conflict"]).run()
    assert "1 organisation is quoted in 1 report: National Liberation Army, with 1 claim." in said(app)


def test_evidence_that_changes_while_the_dashboard_runs_is_shown_though_the_data_version_stays(tmp_path, monkeypatch):
    text = b"One\nTwo\nThe 900 people and 20 deaths.\n"
    source = small.source(text_sha256=hashlib.sha256(text).hexdigest())
    tables = small.write(tmp_path / "tables", sources=[source, small.ROWS["sources"][1]])
    (tmp_path / "paper-2019-07-12.txt").write_bytes(text)
    monkeypatch.setenv("DATASETS_DIR", str(tables))
    monkeypatch.setattr("validation.current.SECONDS_BETWEEN_LOOKS", 0.0)
    states = []
    for folder in ("", str(tmp_path)):
        monkeypatch.setenv("REPORTS_DIR", folder)
        facts = dict(opened(claim=["paper-2019-07-12-01"]).table[0].value.itertuples(index=False))
        states.append(facts["Evidence"].split("\\")[0])
    assert states == ["Quote not checked", "Quote found in the archived text"]


def place_buttons(app):
    return [button.label for button in app.button if button.key and button.key.startswith("choose-")]


def test_places_count_claims_on_one_map_and_list_first_those_that_no_governorate_holds():
    app = opened("places")
    assert drawn(app) == [["darkush", "idlib-governorate", "khan-shaykhun", "saraqib"]]
    assert place_buttons(app) == [
        "Whole country: 5", r"North\-west Syria: 5", r"Idlib \(governorate\): 13", r"Southern Idlib \(area\): 2",
        r"Darkush \(town\): 1", r"Khan Shaykhun \(town\): 1", r"Saraqib \(sub\-district\): 1",
    ]  # fmt: skip
    assert "13 of 23 claims shown" in str(app.get("plotly_chart")[0].proto.alt)
    assert "13 governorates without a claim." in said(app)


def test_a_place_chosen_leaves_its_claims_while_the_map_still_offers_the_others():
    app = opened("places", place=["Idlib (governorate)"], year=["2018"])
    assert r"8 claims about Idlib \(governorate\)" in [heading.value for heading in app.header]
    app = opened("places", place=["Syria"])
    assert drawn(app)[0] == ["darkush", "idlib-governorate", "khan-shaykhun", "saraqib"]
    app.button(key="choose-north-west-syria").click().run()
    assert app.multiselect(key="place").value == ["north-west-syria"]
    app.button(key="choose-north-west-syria").click().run()
    assert app.multiselect(key="place").value == []
    app.button(key="choose-saraqib").click().run()
    assert [button.key for button in app.button if button.proto.type == "primary"] == ["choose-saraqib"]
    assert [len(table.value) for table in app.dataframe] == [1]
    app.button(key="clear-place").click().run()
    assert app.multiselect(key="place").value == []


def test_the_map_shows_which_place_is_chosen():
    outlined = {}
    for place in ([], ["Idlib (governorate)"], ["Saraqib (sub-district)"], ["Southern Idlib (area)"]):
        [figure] = [json.loads(chart.proto.spec) for chart in opened("places", place=place).get("plotly_chart")]
        areas = [trace["line"] for trace in figure["data"] if trace.get("fill") and trace["xaxis"] == "x"]
        rings = [trace["marker"]["line"]["width"] for trace in figure["data"] if "customdata" in trace][1]
        outlined[str(place)] = [line["dash"] for line in areas if line["width"] == 3], sorted(rings)[-1]
    assert list(outlined.values()) == [([], 1.5), (["solid"], 1.5), ([], 3), (["dot"], 1.5)]


def test_a_wider_area_shows_as_many_claims_as_the_list_says_and_folds_those_within_it():
    app = opened("places", place=["Syria"])
    assert "5 claims about Syria as a whole" in [heading.value for heading in app.header]
    assert [len(table.value) for table in app.dataframe] == [5]
    assert [box.label for box in app.expander] == ["18 more claims about places within it"]


def test_published_counts_by_governorate_are_chosen_on_a_switch_that_a_link_holds():
    app = opened("places", show=["Published counts"])
    [figure] = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    assert "Published by Syrian Human Rights Committee (monitor)." in str(figure["layout"]["annotations"])
    choices = app.selectbox(key="counted").options
    assert (len(choices), choices[0]) == (25, "Syrian Human Rights Committee, December 2016: killed, all people")
    app = opened(
        "places",
        show=["Published counts"],
        counted=["UNHCR, at 31 December 2017: internally displaced, all people, an estimate"],
    )
    assert "Hama about 287,803" in app.get("plotly_chart")[0].proto.alt
    assert not app.warning


def test_the_table_of_the_map_lists_places_and_of_published_counts_their_values():
    app = opened("places")
    app.session_state["chart-places"] = "Table"
    app.run()
    listed = app.dataframe[0].value
    assert listed["claims"].tolist() == [23, 18, 13, 2, 1, 1, 1]
    assert listed["name_ar"].tolist()[-1] == "سراقب"
    app = opened("places", show=["Published counts"])
    app.session_state["chart-places-counts"] = "Table"
    app.run()
    values = app.dataframe[0].value
    assert (len(values), values["name"].iloc[0], values["said"].iloc[0]) == (11, "Aleppo (governorate)", "812")


def test_published_counts_stay_on_the_map_where_no_claim_matches():
    asked = {"source": ["The New Arab 2015"], "year": ["2019"]}
    assert len(opened("places", show=["Published counts"], **asked).get("plotly_chart")) == 1
    app = opened("places", **asked)
    assert not app.get("plotly_chart")
    assert app.info[0].value.startswith("No claims match.")


@pytest.mark.parametrize(
    "asked", [{"show": ["People"]}, {"show": ["Published counts"], "counted": ["Nobody, 2019"]}], ids=str
)
def test_an_unknown_map_in_a_link_is_named_and_ignored(asked):
    app = opened("places", **asked)
    assert [warning.value.startswith("This link has a filter we do not know") for warning in app.warning] == [True]
    assert len(app.get("plotly_chart")) == 1


@pytest.mark.parametrize("page", PAGES)
def test_what_the_words_mean_is_one_click_away_on_every_page(page):
    app = opened(page)
    assert "- **Stock**: " not in said(app), "it is sent when it is asked for"
    tables_of_words = [table for table in app.table if "Word" in table.value]
    assert len(tables_of_words) == (page == "method")
    assert [each.proto.popover.label for each in app.get("popover")].count("What the words mean") == 1
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    for word in ("Stock", "Flow", "Cumulative", "Documented count", "Limitation", "Data version"):
        assert f"- **{word}**: " in text


def test_the_glossary_is_in_the_order_of_the_alphabet_and_defines_the_words_of_the_house():
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    terms = [line.removeprefix("- **").partition("**: ")[0] for line in lines]
    assert terms == sorted(terms, key=str.casefold)
    house = {
        "Claim",
        "Source",
        "Organisation",
        "Event",
        "Published count",
        "Limitation",
        "Evidence",
    }
    assert house - set(terms) == set()
    assert [term for term in terms if not term or len(term) > 40] == []


def test_missing_and_detained_people_are_never_among_the_killed_and_injured(tmp_path, monkeypatch):
    kinds = {
        "killed": "01",
        "injured": "02",
        "casualties": "03",
        "missing": "04",
        "detained": "05",
        "returned": "06",
        "idps": "07",
    }
    ids = {kind: f"paper-2019-07-12-{number}" for kind, number in kinds.items()}
    small.write(tmp_path, claims=[small.claim(claim_id=ids[kind], indicator=kind) for kind in kinds], claim_caveats=[])
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    app = opened("casualties")
    assert drawn(app) == [[ids["killed"], ids["injured"], ids["casualties"]], [ids["missing"], ids["detained"]]]
    titles = [json.loads(chart.proto.spec)["layout"]["annotations"] for chart in app.get("plotly_chart")]
    assert [
        "People reported missing or<br>" in str(notes) or "missing or detained" in str(notes) for notes in titles
    ] == [False, True]
    for label in ("Killed", "Injured", "Killed or injured"):
        assert f" · {label} · " in str(titles[0]), label
    app = opened("displacement")
    assert [button.key for button in app.button if button.label == "Details"] == [
        f"alone-displaced-people-{ids['idps']}",
        f"alone-returned-people-{ids['returned']}",
    ]
    assert "People who returned" in [header.value for header in app.subheader]
