"""Many claims: figures draw a part and say which, tables turn pages, what is kept stays bounded."""

from contextlib import nullcontext

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis import words
from analysis.lineage import of_paths, paths
from analysis.order import BY_EVENT, BY_WHOLE, LARGEST_FIRST
from analysis.view import claims_view
from app_pages.parts import tables
from tests import small
from validation import load

MANY = [
    small.claim(claim_id=f"paper-2019-07-12-{n:03d}", paragraph=n, wording=f"{n} people", low=n, best=n, high=n, part_of="")
    for n in range(1, 251)
]  # fmt: skip


@pytest.fixture
def many(tmp_path, monkeypatch):
    """The small record with 250 claims of one report, as the tables of the dashboard."""
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    record = small.record(tmp_path, claims=MANY, claim_caveats=[])
    assert record.findings == ()
    return record


def test_a_figure_of_many_claims_says_how_many_it_draws_and_by_which_rule(many):
    app = AppTest.from_file("../dashboard.py", default_timeout=30).run()
    app.switch_page("app_pages/casualties.py").run()
    assert not app.exception
    [line] = [caption.value for caption in app.caption if caption.value.startswith("Sources")]
    assert line.replace("\\", "") == (
        "Sources: The Paper (2019). 60 of 250 claims shown: totals since the war began and the newest events first, in each the "
        f"largest numbers. Data version {many.version}."
    )
    assert [expander.label for expander in app.expander] == ["All 250 claims as a table"]


def test_a_table_of_many_claims_shows_a_hundred_and_says_where_it_is(many):
    app = AppTest.from_file("../dashboard.py", default_timeout=30).run()
    app.switch_page("app_pages/data.py").run()
    assert "Rows 1 to 100 of 250" in [caption.value for caption in app.caption]
    assert len(app.dataframe[0].value) == 100


def test_the_largest_come_first_where_a_figure_has_no_other_order(tmp_path):
    rows = LARGEST_FIRST.arrange(claims_view(small.record(tmp_path, claims=MANY, claim_caveats=[])))
    assert LARGEST_FIRST.first(rows, 3)["best"].tolist() == [250, 249, 248]
    assert len(LARGEST_FIRST.first(rows, 500)) == 250


def test_a_whole_is_drawn_with_all_its_parts_or_not_at_all(tmp_path):
    view = claims_view(small.record(tmp_path))
    arranged = BY_WHOLE.arrange(view)
    assert arranged["claim_id"].tolist() == ["paper-2019-07-12-01", "paper-2019-07-12-02", "post-2020-01-05-01"]
    assert BY_WHOLE.first(arranged, 2)["claim_id"].tolist() == ["paper-2019-07-12-01", "paper-2019-07-12-02"]
    assert BY_WHOLE.first(arranged, 1)["claim_id"].tolist() == ["paper-2019-07-12-01"]


def test_what_is_left_out_is_the_end_of_the_order(tmp_path):
    arranged = BY_EVENT.arrange(claims_view(small.record(tmp_path, claims=MANY, claim_caveats=[])))
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


def test_making_what_takes_long_says_what_it_does(tmp_path, monkeypatch):
    said = []
    monkeypatch.setattr(tables.st, "spinner", lambda text: said.append(text) or nullcontext())
    kept, record = tables.Kept("Drawing the figure…", 2), load(small.write(tmp_path))
    for _ in range(2):
        kept.get(record, "a", lambda: 1)
    assert said == ["Drawing the figure…"]


def test_what_is_kept_is_bounded_and_forgotten_with_its_record(tmp_path):
    kept, made = tables.Kept("", 2), []
    first = load(small.write(tmp_path))

    def make(key):
        made.append(key)
        return key

    for key in ("a", "b", "a", "c", "b"):
        assert kept.get(first, key, lambda key=key: make(key)) == key
    assert made == ["a", "b", "c", "b"]
    other = load(tmp_path)
    kept.get(other, "b", lambda: make("b again"))
    assert made[-1] == "b again"


def test_what_is_kept_is_bounded_in_size_too_and_what_is_larger_than_the_bound_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MOST_BYTES", 100)
    kept, made, record = tables.Kept("", 9, len), [], load(small.write(tmp_path))

    def asked(size):
        def make():
            made.append(size)
            return "x" * size

        assert kept.get(record, size, make) == "x" * size

    for size in (60, 40, 60, 50, 40, 101, 101, 50):
        asked(size)
    assert made == [60, 40, 50, 40, 101, 101]


def test_the_line_under_the_paths_speaks_of_the_claims_drawn_alone():
    view = pd.DataFrame(
        {"attributed_to_name": list("aab"), "attributed_kind": "monitor", "via_name": [None, None, "c"],
         "publisher": list("xxy"), "claim_id": list("123")}
    )  # fmt: skip
    found = paths(view)
    assert of_paths(view, found.head(1))["claim_id"].tolist() == ["1", "2"]
    assert of_paths(view, found.tail(1))["claim_id"].tolist() == ["3"]
    assert of_paths(view, found)["claim_id"].tolist() == ["1", "2", "3"]


def test_two_reports_with_as_many_dismissed_numbers_are_shown_on_one_page(tmp_path, monkeypatch):
    rows = [
        f"{source},1,{source[:2]}{at:03},other_quantity,"
        for source in ("paper-2019-07-12", "post-2020-01-05") for at in range(101)
    ]  # fmt: skip
    record = small.record(tmp_path, dismissed=rows)
    assert record.findings == ()
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    app = AppTest.from_file("../dashboard.py", default_timeout=30).run()
    app.switch_page("app_pages/sources.py").run()
    assert not app.exception
    assert len([each for each in app.expander if "dismissed wordings" in each.label]) == 2
