"""Many claims: figures draw a part and say which, tables turn pages, what is kept stays bounded."""

from contextlib import nullcontext

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis import words
from analysis.order import BY_EVENT, BY_WHOLE, LARGEST_FIRST
from analysis.view import claims_view
from app_pages.parts import tables
from figures import intervals
from tests.support import small
from validation import load

MANY = [
    small.claim(claim_id=f"paper-2019-07-12-{n:03d}", paragraph=n, wording=f"{n} people", low=n, best=n, high=n, part_of="")
    for n in range(1, 251)
]  # fmt: skip


@pytest.fixture
def many(tmp_path, monkeypatch):
    """The small record with 250 claims of one report, as the tables of the dashboard."""
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    dataset = small.dataset(tmp_path, claims=MANY, claim_caveats=[])
    assert dataset.findings == ()
    return dataset


def test_a_figure_of_many_claims_says_how_many_it_draws_and_by_which_rule(many):
    app = AppTest.from_file("../../dashboard.py", default_timeout=30).run()
    app.switch_page("app_pages/casualties.py").run()
    assert not app.exception
    assert app.get("plotly_chart")[-1].proto.alt.endswith(
        "Sources: The Paper (2019). 60 of 250 claims shown: totals since the war began and the newest events first, in each "
        f"civilians and the largest numbers. Data version {many.version}."
    )
    app.session_state["chart-casualties-people"] = "Table"
    app.run()
    assert "Rows 1 to 100 of 250" in [caption.value for caption in app.caption]


def test_a_table_of_many_claims_shows_a_hundred_and_says_where_it_is(many):
    app = AppTest.from_file("../../dashboard.py", default_timeout=30).run()
    app.switch_page("app_pages/data.py").run()
    assert "Rows 1 to 100 of 250" in [caption.value for caption in app.caption]
    assert len(app.dataframe[0].value) == 100


def test_the_largest_come_first_where_a_figure_has_no_other_order():
    rows = LARGEST_FIRST.arrange(claims_view(small.record(claims=MANY, claim_caveats=[])))
    assert LARGEST_FIRST.first(rows, 3)["best"].tolist() == [250, 249, 248]
    assert len(LARGEST_FIRST.first(rows, 500)) == 250


def test_a_whole_is_drawn_with_all_its_parts_or_not_at_all():
    view = claims_view(small.record())
    arranged = BY_WHOLE.arrange(view)
    assert arranged["claim_id"].tolist() == ["paper-2019-07-12-01", "paper-2019-07-12-02", "post-2020-01-05-01"]
    assert BY_WHOLE.first(arranged, 2)["claim_id"].tolist() == ["paper-2019-07-12-01", "paper-2019-07-12-02"]
    assert BY_WHOLE.first(arranged, 1)["claim_id"].tolist() == ["paper-2019-07-12-01"]


def test_what_is_left_out_is_the_end_of_the_order():
    arranged = BY_EVENT.arrange(claims_view(small.record(claims=MANY, claim_caveats=[])))
    assert BY_EVENT.first(arranged, 60).equals(arranged.head(60))


def test_of_many_publishers_those_with_most_rows_are_named():
    rows = pd.DataFrame({"publisher": list("aabbcd"), "published": ["2019", "2020-01", "2018", "2018", "2017", "2016"]})
    assert words.source_line(rows) == "a (2019, 2020); b (2018); c (2017); d (2016)"
    assert words.source_line(rows, most=2) == "a (2019, 2020); b (2018); and 2 publishers more"


def test_publishers_are_named_for_each_group_of_rows_as_for_all():
    rows = pd.DataFrame({
        "place": list("xxxyyy"), "publisher": list("aabbcc"), "published": ["2019", "2018-01", "2017", "2016", "2015", "2014-02-03"],
    })  # fmt: skip
    told = words.source_lines(rows, "place", most=1)
    assert told.to_dict() == {"x": "a (2018, 2019); and 1 publisher more", "y": "c (2014, 2015); and 1 publisher more"}
    for place, of in rows.groupby("place"):
        assert words.source_line(of) == words.source_lines(rows, "place")[place]
    assert words.source_line(rows.head(0)) == ""


def test_making_what_takes_long_says_what_it_does_and_what_is_kept_says_nothing(tmp_path, monkeypatch):
    said, dataset = [], load(small.write(tmp_path))
    monkeypatch.setattr(tables.st, "spinner", lambda text: said.append(text) or nullcontext())
    monkeypatch.setattr(tables, "dataset", lambda: dataset)
    assert [tables.kept(("figure", 1), lambda: "made", "Drawing the chart…") for _ in range(2)] == ["made", "made"]
    assert said == ["Drawing the chart…"]


def test_what_was_made_of_one_version_of_the_tables_is_never_shown_for_another(tmp_path, monkeypatch):
    found = []
    for dataset in (load(small.write(tmp_path)), load(tmp_path)):
        monkeypatch.setattr(tables, "dataset", lambda dataset=dataset: dataset)
        found += [tables.kept("made of", lambda dataset=dataset: dataset) is dataset for _ in range(2)]
    assert found == [True] * 4


def test_a_figure_is_built_once_for_its_rows_and_not_where_it_is_not_shown(tmp_path, monkeypatch):
    claims = [
        *small.ROWS["claims"],
        *(small.claim(claim_id=f"post-2020-01-05-0{at}", source_id="post-2020-01-05", paragraph=at) for at in (2, 3)),
    ]
    monkeypatch.setenv("DATASETS_DIR", str(small.write(tmp_path, claims=claims)))
    built, build = [], intervals.intervals
    monkeypatch.setattr(intervals, "intervals", lambda rows, *rest: built.append(len(rows)) or build(rows, *rest))
    app = AppTest.from_file("../../dashboard.py", default_timeout=30).run()
    assert built == []
    app.switch_page("app_pages/casualties.py").run()
    app.run()
    assert built == [3]
    app.multiselect(key="source").set_value(["post-2020-01-05"]).run()
    assert not app.exception
    assert built == [3, 2]


def test_a_publisher_with_of_in_its_name_leaves_no_claim_out(tmp_path, monkeypatch):
    names = [row.replace("The Paper", "Office of Facts") for row in small.ROWS["organisations"]]
    claims = sorted([*small.ROWS["claims"], small.claim(claim_id="paper-2019-07-12-09", paragraph=4)])
    monkeypatch.setenv("DATASETS_DIR", str(small.write(tmp_path, organisations=names, claims=claims)))
    app = AppTest.from_file("../../dashboard.py", default_timeout=30).run()
    app.switch_page("app_pages/casualties.py").run()
    assert not app.exception
    assert "Sources: Office of Facts (2019). 2 claims shown." in app.get("plotly_chart")[-1].proto.alt


def test_many_numbers_not_used_of_two_reports_are_shown_a_hundred_at_a_time(tmp_path, monkeypatch):
    rows = [
        f"{source},1,{source[:2]}{at:03},other_quantity,"
        for source in ("paper-2019-07-12", "post-2020-01-05") for at in range(101)
    ]  # fmt: skip
    dataset = small.dataset(tmp_path, dismissed=rows)
    assert dataset.findings == ()
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    app = AppTest.from_file("../../dashboard.py", default_timeout=30).run()
    app.switch_page("app_pages/sources.py").run()
    assert not app.exception
    [unused] = [table.value for table in app.dataframe if "reason" in table.value]
    assert len(unused) == 100
    assert "Rows 1 to 100 of 202" in [caption.value for caption in app.caption]
