"""Tables and links that mean harm: shown as plain text or refused with a finding; nothing runs, nothing is fetched."""

import contextlib
import csv
import io
import os
import re
import urllib.parse
from pathlib import Path

import pytest

from tests.support import small
from tests.support.browser import hovered, listed, runs_by, settled, visits
from tests.support.server import of, serving, text_of
from validation import load, reading
from validation.models import SCHEMAS

hostile_server = pytest.mark.xdist_group("hostile")

WORD = "<img/src=x/onerror=hacked=true>[x](javascript:hacked=true):red[r]:smile:$$y$$&lt;`c`{{x}}عربي"
"""One word, so that a wording of eight words may hold it; with "hundreds of families" before it at most 120 characters."""
EVIL = (
    "<b>b</b> <script>hacked=true</script> <img src=x onerror=hacked=true> <a href='http://evil.example'>a</a> [x](javascript:hacked=true) "
    "[y](http://evil.example) ![i](http://evil.example/i.png) <http://evil.example> :material/home: :red[r] :smile: $$\\frac{y}{z}$$ $x$ "
    "&lt;b&gt; `c` **d** # e {{x}} %s عربي"
)
FREE = {
    "sources": ["short_name", "title", "authors", "note"],
    "organisations": ["name", "in_text", "note"],
    "places": ["name", "name_ocha", "name_ar"],
    "events": ["name", "note"],
    "claims": ["wording", "summary"],
    "caveats": ["label", "definition"],
    "claim_caveats": ["detail"],
    "dismissed": ["wording", "note"],
    "curation": ["wording", "reason", "place_id", "event_id", "attributed_to", "via", "part_of"],
    "series": ["title", "definition", "excludes", "licence"],
    "breaks": ["reason"],
    "observations": ["publication", "note"],
    "changes": ["row_id", "what", "old", "new", "reason"],
}
PLAIN = small.ROWS | {
    "series": [small.series(), small.series(series_id="tally", title="Tally", definition="Deaths of the raid.")],
    "observations": [
        *small.PUBLISHED["observations"],
        small.count(
            observation_id="tally-01", series_id="tally", measure="period", place_id="north", event_id="raid-2019",
            period_start="2019-02", period_end="2019-06-30", low=800, best=800, high=800, published="2019",
        ),
    ],
    "breaks": ["tally,2019-01-01,Older deaths added"],
    "dismissed": ["paper-2019-07-12,3,two months,duration,"],
    "curation": [
        small.row(
            "curation", source_id="paper-2019-07-12", number_id="p3-45", paragraph=3, wording="900 people", reader="A", reading="first",
            decided_on="2020-01-01", decision="claim",
        ),
    ],
}  # fmt: skip


def hostile_rows(name):
    """Return the rows of a table with markup, directives and addresses after the text of every free-text cell."""
    columns = list(SCHEMAS[name].columns)
    written = io.StringIO()
    for cells in csv.reader(PLAIN.get(name, [])):
        evil = dict(zip(columns, cells, strict=True))
        for column in FREE.get(name, []):
            evil[column] = f"{evil[column]} {WORD if column == 'wording' else EVIL}".strip()
        csv.writer(written, lineterminator="\n").writerow(evil.values())
    return written.getvalue().splitlines()


def hostile(folder):
    return small.write(folder, **{name: hostile_rows(name) for name in SCHEMAS})


def test_every_free_text_column_is_tried():
    """A new column of free text must be added above; the others hold codes, ids, dates, numbers and addresses."""
    free = {
        name: [
            column for column, described in schema.columns.items()
            if str(described.dtype) == "str" and not described.checks and not (described.metadata or {}).get("references")
        ] for name, schema in SCHEMAS.items()
    }  # fmt: skip
    assert {name: sorted(set(columns) - set(FREE.get(name, []))) for name, columns in free.items()} == {
        name: [] for name in SCHEMAS
    }


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    dataset = load(hostile(folder / "tables"))
    assert (dataset.findings, dataset.reference_findings) == ((), ())
    with serving(folder / "tables", folder / "log") as server:
        yield server


@pytest.fixture
def visitor(chromium, windows, served):
    """Open a page and wait until it stands; whatever runs, asks another host or opens a dialog of the browser is a failure."""
    with visits(chromium, windows, served.address) as open_page:

        def settled_page(path="/"):
            page = open_page(path)
            settled(page)
            return page

        yield settled_page


ALIVE = """() => [
    ...document.querySelectorAll('img[src="x"], img[src*="evil"], [href*="//evil.example"], [href^="javascript"], [onerror], [onload], .katex, iframe'),
    ...[...document.querySelectorAll('*')].filter((each) => each.getAttributeNS('http://www.w3.org/1999/xlink', 'href')?.match(/evil|javascript/)),
    ...[...document.querySelectorAll('script')].filter((each) => each.textContent.includes('hacked=true')),
    ...[...document.querySelectorAll('b, strong, em, h2, code, span[style*=color], tspan')].filter((each) => ['b', 'd', 'c', 'r'].includes(each.textContent.trim())),
].map((each) => each.outerHTML.slice(0, 200))"""
SEEN = """() => [...document.querySelectorAll('[data-testid=stMain], [data-testid=stSidebar], [role=dialog]')]
    .map((each) => each.innerText + ' ' + [...each.querySelectorAll('svg text')].map((text) => text.textContent).join(' ')).join(' ')"""


def assert_plain(page, *fragments):
    """Nothing that a table holds became an element; the fragments are there letter for letter."""
    assert page.evaluate(ALIVE) == []
    seen = re.sub(r"[\s\u2060]", "", page.evaluate(SEEN))
    assert [fragment for fragment in fragments if re.sub(r"\s", "", fragment) not in seen] == []


TEXTS = [
    "<b>b</b>",
    "[x](javascript:hacked=true)",
    "![i](http://evil.example/i.png)",
    ":material/home:",
    ":red[r]",
    ":smile:",
    "$$",
    "عربي",
]


def unfolded(page):
    """Open every fold of the page."""
    page.evaluate("() => document.querySelectorAll('[data-testid=stExpander] summary').forEach((each) => each.click())")
    settled(page)


@hostile_server
def test_hostile_texts_and_links_are_plain_text_on_the_page_in_its_folds_where_a_mark_is_hovered_and_in_filters(
    visitor,
):
    link = "<script>hacked=true</script><img src=x onerror=hacked=true>[x](javascript:hacked=true)"
    page = visitor(f"/casualties?claim={urllib.parse.quote(link)}")
    warning, title = page.get_by_text("This link names a claim"), page.get_by_role("heading", level=1)
    warning.wait_for()
    assert warning.bounding_box()["y"] < title.bounding_box()["y"]
    unfolded(page)
    assert_plain(page, *TEXTS, "This link names a claim that does not exist: <script>hacked=true</script><img src=x onerror=hacked=true>")  # fmt: skip
    mark = page.locator(".scatterlayer .point").first
    assert "<imgsrc=xonerror=hacked=true>" in re.sub(r"\s", "", hovered(page, mark))
    assert page.evaluate(ALIVE) == []
    source = listed(page, page.get_by_role("combobox", name="Source"))
    assert page.evaluate(ALIVE) == []
    runs_by(page, source.click)
    assert page.evaluate(ALIVE) == []


@hostile_server
def test_hostile_texts_are_plain_text_in_the_card_on_the_front_page(visitor):
    page = visitor("/?claim=paper-2019-07-12-02")
    page.get_by_role("dialog").get_by_text("Limitations", exact=True).wait_for()
    unfolded(page)
    assert_plain(page, *TEXTS, WORD, "<script>hacked=true</script>", "$$\\frac{y}{z}$$", "&lt;b&gt;", "**d**", "# e")
    link = page.get_by_role("link", name="Open the report at the passage").get_attribute("href")
    assert link.startswith("https://example.org/a#:~:text=20%20deaths")
    assert re.fullmatch(r"[!-~]+", link)


@hostile_server
def test_hostile_texts_are_plain_text_where_nothing_is_left(visitor):
    name = f"Raid of 2019 {EVIL}"
    page = visitor(f"/events?event={urllib.parse.quote(name)}&indicator=Displaced")
    page.get_by_text("No claims about").first.wait_for()
    unfolded(page)
    assert_plain(page, f"No claims about “{name}” match.")


@hostile_server
def test_hostile_texts_stay_as_they_are_in_what_readers_take_away(served):
    rows = list(csv.DictReader(io.StringIO(served.ask("/api/v1/claims.csv").body.decode(), newline="")))
    assert [row["wording"] for row in rows] == [f"{wording} {WORD}" for wording in ("900 people", "20 deaths", "hundreds of families")]  # fmt: skip
    linked = served.ask("/api/v1/claims/paper-2019-07-12-01", accept="application/ld+json")
    assert linked.headers["content-type"] == "application/ld+json"
    assert linked.headers["x-content-type-options"] == "nosniff"
    assert linked.json()["appearance"]["headline"] == f"A title {EVIL}"


REFUSED = {
    "right-to-left override": ("caveats", "period_unclear,Period,evil\u202egnp.exe,,", 2, "definition", "cell.invisible"),
    "right-to-left isolate": ("caveats", "period_unclear,Per\u2067iod,x,,", 2, "label", "cell.invisible"),
    "NUL": ("caveats", "period_unclear,Per\0iod,x,,", 2, "19", "file.nul"),
    "lone surrogate": ("caveats", b"period_unclear,\xed\xa0\x80,x,,", 2, "16", "file.encoding"),
    "surrogate pair in two": ("caveats", b"period_unclear,\xed\xa0\xbd\xed\xb8\x80,x,,", 2, "16", "file.encoding"),
    "overlong slash": ("caveats", b"period_unclear,\xc0\xaf,x,,", 2, "16", "file.encoding"),
    "formula": ("caveats", 'period_unclear,"=HYPERLINK(""http://evil.example"")",x,,', 2, "label", "cell.formula"),
    "at sign": ("caveats", "period_unclear,@SUM(1),x,,", 2, "label", "cell.formula"),
    "tab": ("caveats", "period_unclear,Per\tiod,x,,", 2, "label", "cell.invisible"),
    "escape of a terminal": ("caveats", "period_unclear,\x1b]8;;http://evil.example\x07x,x,,", 2, "label", "cell.invisible"),
}  # fmt: skip


@pytest.mark.parametrize(("table", "row", "line", "column", "rule"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_shown_safely_is_refused_at_its_place(tmp_path, table, row, line, column, rule):
    path = tmp_path / f"{table}.csv"
    row = row if isinstance(row, bytes) else row.encode()
    path.write_bytes(",".join(SCHEMAS[table].columns).encode() + b"\n" + row + b"\n")
    _, findings = reading.read(path, SCHEMAS[table])
    assert small.places_of(findings) == [(f"{table}.csv", line, column, rule)]
    assert all(char.isprintable() for char in str(findings[0]))


ADDRESSES = [
    "javascript:hacked=true", "JavaScript:hacked=true", "data:text/html,<script>hacked=true</script>", "//evil.example", "file:///etc/passwd",
    "https://example.org/\u202e", "https://example.org/a b", "vbscript:x", "https://", "http:evil.example", "https:///etc", "/etc/passwd",
]  # fmt: skip


@pytest.mark.parametrize("column", ["url", "archived_url"])
def test_an_address_that_is_not_of_the_web_is_refused(tmp_path, column):
    columns = list(SCHEMAS["sources"].columns)
    written = io.StringIO()
    for number, url in enumerate(ADDRESSES):
        cells = dict(zip(columns, next(csv.reader(small.ROWS["sources"][:1])), strict=True))
        cells |= {"source_id": f"paper-2019-07-12-x{number:02}", "short_name": f"Paper {number}", column: url}
        csv.writer(written, lineterminator="\n").writerow(cells.values())
    small.write(tmp_path, claims=[], claim_caveats=[], sources=written.getvalue().splitlines())
    found = {(finding.line, finding.column) for finding in load(tmp_path).findings if finding.file == "sources.csv"}
    assert found == {(line, column) for line in range(2, len(ADDRESSES) + 2)}


@pytest.mark.parametrize("size", [32_001, 1_000_000, 20_000_000])
def test_a_cell_that_is_too_long_is_refused_at_its_line_and_not_repeated(tmp_path, size):
    [finding] = load(small.write(tmp_path, caveats=[f"period_unclear,Period,{'a' * size},,"])).findings[:1]
    assert (finding.file, finding.line) == ("caveats.csv", 2)
    assert len(str(finding)) < 1_000


def links(size):
    """Return hostile queries of about so many bytes, and what a page says of each."""
    long = "a" * size
    return {
        "a long value": (f"source={long}", "Source: aaaaaaaaaa"),
        "a long name": (f"{long}=1", None),
        "many long parameters": ("&".join(f"year={number:099}" for number in range(size // 100)), "Year: 000000"),
        "more parameters than Streamlit reads": ("&".join(f"year={number}" for number in range(size // 10)), None),
        "one parameter many times": ("&".join(["source=The+Moon"] * (size // 100)), "Source: The Moon"),
        "a known one many times": ("&".join(["source=Paper+2019"] * (size // 100)), None),
        "malformed escapes": ("source=%zz%&year=%ff%fe&place=%E2%80%AEx&=&&&%00=%00", "Source: %zz%"),
        "text that turns around": ("source=%E2%80%AEgnp.exe%D8%9C", r"Source: \u202egnp.exe\u061c"),
        "NUL and line breaks": ("source=%00%0A%0D%1b", "Source:"),
        "lone surrogates": ("source=%ED%A0%80&year=%ED%BF%BF", "Source:"),
        "markup": ("source=%3Cscript%3Ehacked=true%3C/script%3E", "Source: <script>hacked=true</script>"),
        "markdown": ("year=![i](http://evil.example/i.png)", "Year: ![i](http://evil.example/i.png)"),
        "a path": ("source=../../etc/passwd", "Source: ../../etc/passwd"),
        "a very long claim": (f"claim={long}", "This link names a claim that does not exist: aaaaaaaaaa"),
        "a claim of markup": ("claim=%3Cscript%3Ex", "This link names a claim that does not exist: <script>x"),
        "many claims": ("&".join(["claim=nobody-1"] * (size // 100)), "This link names a claim that does not exist: nobody-1"),
        "a very long event": (f"event={long}", None),
        "parameters of Streamlit": ("embed=true&embed_options=%00&_stcore=1&__proto__=1", None),
        "no names": ("=" * 1_000 + "&" * 1_000, None),
    }  # fmt: skip


LINKS = links(100_000)
QUESTIONS = {name: query for name, (query, _) in links(15_000).items()}
"""Shorter, as the server reads the head of a question whole up to 16 kB: of a longer one it may hang up in the middle."""


@pytest.fixture(scope="module")
def plain_server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("links")
    with serving(small.write(folder / "tables"), folder / "log") as server:
        yield server


links_server = pytest.mark.xdist_group("links")


@links_server
@pytest.mark.parametrize(("query", "warning"), LINKS.values(), ids=LINKS)
def test_a_hostile_link_opens_the_page_with_a_warning_in_plain_text(plain_server, query, warning):
    for page in ("", "events"):
        with plain_server.visit() as visit:
            told = visit.run(query, page)
        assert (of(told, "exception"), of(told, "error")) == ([], [])
        assert len(of(told, "heading")) > 0
        warned = " ".join(of(told, "warning")).replace("\u2060", "")
        assert len(warned) < 1_500
        if warning:
            assert warning in warned
    assert re.search(r"Showing (all|\d of) 3 claims", text_of(told))


@links_server
@pytest.mark.parametrize("query", QUESTIONS.values(), ids=QUESTIONS)
def test_a_hostile_question_is_refused_with_a_problem_or_answered_and_the_answer_is_short(plain_server, query):
    answer = plain_server.ask(f"/api/v1/claims.csv?{query}")
    assert (answer.status, answer.headers["content-type"]) == (400, "application/problem+json")
    assert (answer.json()["status"], len(answer.body) < 3_000) == (400, True)


@links_server
def test_a_question_longer_than_the_server_reads_ends_the_connection_and_not_the_server(plain_server):
    with contextlib.suppress(OSError):  # the server hangs up while we still write
        assert plain_server.ask(f"/?source={'a' * 5_000_000}").status >= 400
    assert plain_server.ask("/_stcore/health").status == 200


def memory(server):
    """Return the megabytes that a process holds."""
    return int(re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8"))[1]) / 1024  # fmt: skip


@links_server
@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="memory is read from /proc")
def test_hostile_links_do_not_fill_the_memory(plain_server):
    rounds = int(os.environ.get("LINKS", "20"))
    queries = [query for query, _ in LINKS.values()]

    def visit_all(times):
        for number in range(times):
            with plain_server.visit() as visit:
                visit.run(queries[number % len(queries)])
            plain_server.ask(f"/api/v1/claims.csv?{number}={'a' * 15_000}")

    visit_all(len(queries))
    before = memory(plain_server)
    visit_all(rounds)
    grown = memory(plain_server) - before
    assert grown < 40, f"{grown:.0f} MB for {rounds} links"
