"""Bad tables that nobody thought of: Hypothesis breaks the small record, loads it, shows it where it is good, asks the API.

A short run of the same examples every time here, new ones at length with `make fuzz` (`FUZZ` is the number of examples).
"""

import csv
import io
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from analysis import accounts, order, selection
from analysis import lineage as lines_of
from analysis.arithmetic import total
from analysis.comparison import every_count
from analysis.comparison_words import beside, comparisons
from analysis.counts import published_counts
from analysis.overview import beside_counts
from analysis.phrasing import sentence
from analysis.view import claims_view
from exports import api, citations, claims, files, package
from exports.formats import by_ending
from figures.beside import beside as draw_beside
from figures.composition import composition
from figures.intervals import intervals
from figures.palette import LIGHT
from figures.reference import reference as reference_figure
from tests.support import SAMPLES, small
from validation import about, boundaries, current, load
from validation.models import SCHEMAS

LONG = "FUZZ" in os.environ
fuzzed = settings(
    max_examples=int(os.environ.get("FUZZ", "10")), deadline=None, derandomize=not LONG, print_blob=True,
    suppress_health_check=list(HealthCheck), database=None,
)  # fmt: skip

TEXT = "A title\n\nThe Monitor counts 900 people killed, 20 deaths in a week.\n\nHundreds of families left.\n"
TEXTS = ("paper-2019-07-12.txt", "post-2020-01-05.txt")
FILES = (*(f"{name}.csv" for name in SCHEMAS), about.FILE, boundaries.FILE, *TEXTS)

MAP = (
    (SAMPLES / "other-war" / boundaries.FILE)
    .read_text(encoding="utf-8")
    .replace("VL-NV", "SY-ID")
    .replace("VL-EM", "SY-HM")
)
PLACES = sorted(
    [
        *small.ROWS["places"],
        small.place("homs", "governorate", "syria", iso="SY-HM"),
        small.place("idlib", "governorate", "syria", iso="SY-ID"),
        small.place("west", "region", "syria", spans="homs; idlib"),
    ]
)

NASTY = [
    "", "0", "1", "20", "900", "999999999999999", "1e400", "-1", "1.5", "NaN", "inf", "90", "35.5", "0000", "2019", "2019-02",
    "2019-02-29", "2019-02-30", "9999-12-31", "0001-01-01", "1600-01", "2262-04-12", "=1+1", "@x", " x", "x ", "\u202ex",
    "\u200b", "\x1b[0m", "\ufffd", "\U0001f600", "e\u0301" * 50, "سوريا", "a" * 31_999, "a" * 32_001, "<b>x</b>", "[x](javascript:alert(1))",
    "$x$", "`x`", "not known", "True", "None", "nan", "exact", "vague", "range", "about", "up_to", "at_least", "period", "incident", "stock",
    "cumulative", "killed", "injured", "displaced", "population", "refugees", "idps", "people", "families", "all", "children", "civilians",
    "paper-2019-07-12-01", "paper-2019-07-12-02", "post-2020-01-05-01", "paper-2019-07-12", "post-2020-01-05", "monitor", "paper", "post",
    "north", "syria", "town", "raid-2019", "period_unclear", "stock_or_flow", "s-1", "s-1-01", "country", "region", "hundreds", "tens of thousands",
    "2019-06-22", "2019-07", "2020-01", "https://example.org/a", "javascript:alert(1)", "http://[", "https://a b", "https://" + "a" * 3_000,
    "a" * 64, "9" * 400, "hundred " * 155, "b" * 16_000, "date", "other_quantity", "documented", "estimate",
    "government", "opposition", "not_stated", "movements", "context", "homs; idlib", "north; town", "homs; homs", "; ",
]  # fmt: skip

ROW_KINDS = ("drop row", "repeat row", "swap rows")
COLUMN_KINDS = ("drop column", "repeat column", "swap columns")
CELL_KINDS = ("cell", "cell", "cell", "cell", "cell of another row", "drop cell", "repeat cell", "swap cells")
BYTE_KINDS = ("flip", "cut", "insert", "replace", "delete")

place = st.integers(0, 10_000)
mutations = st.lists(
    st.tuples(
        st.sampled_from((*CELL_KINDS, *ROW_KINDS, *COLUMN_KINDS, *BYTE_KINDS)),
        st.sampled_from((*FILES, *["claims.csv"] * 8, "sources.csv", "places.csv", "events.csv", "claim_caveats.csv", "series.csv", *["observations.csv"] * 2)),
        place, place,
        st.sampled_from(NASTY) | st.text(max_size=20),
        st.binary(max_size=30),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


def small_files():
    rows = small.ROWS | {"places": PLACES} | small.PUBLISHED
    tables = {f"{name}.csv": "\n".join([",".join(schema.columns), *rows.get(name, [])]) + "\n" for name, schema in SCHEMAS.items()}  # fmt: skip
    beside = {about.FILE: small.about_toml(), boundaries.FILE: MAP}
    return {name: text.encode() for name, text in (tables | beside | dict.fromkeys(TEXTS, TEXT)).items()}


def mutate(data, kind, one, other, text, raw):
    """Break the bytes of a file in one way; None deletes it."""
    if kind in BYTE_KINDS or not data:
        at = one % (len(data) + 1)
        return {
            "flip": data[:at] + bytes([other % 256]) + data[at + 1 :],
            "cut": data[:at],
            "insert": data[:at] + raw + data[at:],
            "replace": raw,
            "delete": None,
        }.get(kind, data)
    rows = list(csv.reader(io.StringIO(data.decode("utf-8", "surrogateescape"), newline="")))
    row, another = one % len(rows), other % len(rows)
    if kind == "drop row":
        del rows[row]
    elif kind == "repeat row":
        rows.insert(row, list(rows[another]))
    elif kind == "swap rows":
        rows[row], rows[another] = rows[another], rows[row]
    elif kind in COLUMN_KINDS:
        for cells in rows:
            _change(cells, kind, one, other)
    elif rows[row]:
        cells = rows[row] if kind != "cell" or len(rows) == 1 else rows[1 + one % (len(rows) - 1)]
        at = other % len(cells) if cells else 0
        if kind == "cell" and cells:
            cells[at] = text
        elif kind == "cell of another row" and at < len(rows[another]):
            cells[at] = (
                rows[(another + 1) % len(rows)][at : at + 1][0] if rows[(another + 1) % len(rows)][at:] else text
            )
        else:
            _change(cells, kind, other, one)
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue().encode("utf-8", "surrogateescape" if not any("\ud800" <= c <= "\udc7f" for c in written.getvalue()) else "replace")  # fmt: skip


def _change(cells, kind, one, other):
    if not cells:
        return
    at, another = one % len(cells), other % len(cells)
    if kind.startswith("drop"):
        del cells[at]
    elif kind.startswith("repeat"):
        cells.insert(at, cells[another])
    else:
        cells[at], cells[another] = cells[another], cells[at]


def write(folder, changes):
    """Write the small record with these changes; give the bytes of its files."""
    data = small_files()
    for kind, name, one, other, text, raw in changes:
        if data[name] is not None:
            data[name] = mutate(data[name], kind, one, other, text, raw)
    for name, content in data.items():
        if content is None:
            (folder / name).unlink(missing_ok=True)
        else:
            (folder / name).write_bytes(content)
    return data


def assert_helpful(finding, data):
    """It names a file of ours, a line within it and a thing to do."""
    assert finding.file in data or finding.file.endswith(".txt"), finding  # the text of a source that was renamed
    lines = (data.get(finding.file) or b"").count(b"\n") + 1
    assert 0 <= finding.line <= lines, finding
    assert finding.problem.strip(), finding
    assert finding.action.strip(), finding
    assert finding.rule.strip(), finding
    str(finding).encode()
    assert len(str(finding)) < 3_000, finding


def show(dataset):
    """Make what pages and readers would get of a record."""
    view = claims_view(dataset)
    selection.options(dataset, view)
    for name in api.TABLES:
        rows = files.readers_claims(dataset, view) if name == "claims" else dataset.table(name)
        for ending in by_ending(files.FORMATS):
            assert files.as_file(dataset, name, rows, ending)
    assert package.archive(dataset)
    assert package.as_document(package.json_ld(dataset))
    for form in citations.FORMATS:
        form.write(citations.reports(dataset, view)).encode()
    for claim in view.to_dict("records"):
        assert sentence(claim)
        assert package.as_document(claims.everything(dataset, claim["claim_id"]))
        assert package.as_document(claims.linked_data(dataset, claim["claim_id"]))
    total(view, dataset.table("places"))
    assert lines_of.describe_quoted(view).endswith(".")
    assert int(lines_of.cells(view)["claims"].sum()) == len(view)
    assert accounts.describe_account(accounts.reports(dataset, view)).endswith(".")
    drawn = [intervals(order.by_event(of), LIGHT) for _, of in view.groupby("unit")]
    wholes = order.by_whole(view)
    if len(wholes):
        drawn.append(composition(wholes, LIGHT))
    if not dataset.reference_findings:
        reference = published_counts(dataset)
        if len(reference):
            drawn.append(reference_figure(reference, view.head(0), LIGHT))
            drawn.append(reference_figure(reference, view[view["unit"] == "people"], LIGHT))
        assert comparisons(dataset)["comparison"].str.endswith(".").all()
        drawn += [draw_beside(beside_counts(dataset, view), colours) for colours in (LIGHT, replace(LIGHT, wide=True))]
        for claim in view.to_dict("records"):
            assert beside(dataset, claim)["relation"].notna().all()
            every_count(dataset, claim)
    for figure in drawn:
        assert figure.to_json()


@fuzzed
@given(mutations)
def test_whatever_stands_in_the_tables_gives_findings_that_help_or_a_record_that_can_be_shown(changes):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = write(folder, changes)
        dataset = load(folder, folder)
        for finding in (
            *dataset.findings,
            *dataset.reference_findings,
            *dataset.evidence_findings,
            *dataset.ledger_findings,
        ):
            assert_helpful(finding, data)
        if dataset.good:
            show(dataset)
        assert pd.Series(dataset.rows).ge(0).all()


ONE_FAULT = ["", "(", "\\", "zz", "0", "999", "-1", "1e400", "2019-02-30", "hundreds", "a" * 32_001]


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table, schema in SCHEMAS.items() for column in schema.columns]
)
def test_one_bad_cell_in_any_column_gives_findings_that_help_or_a_record_that_can_be_shown(tmp_path, table, column):
    files_of = small_files()
    at, name = list(SCHEMAS[table].columns).index(column), f"{table}.csv"
    rows = list(csv.reader(io.StringIO(files_of[name].decode())))
    if len(rows) == 1:
        rows.append(
            [str((described.metadata or {}).get("example", "")) for described in SCHEMAS[table].columns.values()]
        )
    write(tmp_path, [])
    for value in ONE_FAULT:
        written = io.StringIO()
        changed = [rows[0], [*rows[1][:at], value, *rows[1][at + 1 :]], *rows[2:]]
        csv.writer(written, lineterminator="\n").writerows(changed)
        (tmp_path / name).write_text(written.getvalue(), encoding="utf-8")
        dataset = load(tmp_path, tmp_path)
        data = files_of | {name: written.getvalue().encode()}
        findings = (dataset.findings, dataset.reference_findings, dataset.evidence_findings, dataset.ledger_findings)
        for finding in [each for of in findings for each in of]:
            assert_helpful(finding, data)
        if dataset.good:
            show(dataset)


def test_the_small_record_itself_can_be_shown(tmp_path):
    write(tmp_path, [])
    dataset = load(tmp_path, tmp_path)
    assert (dataset.findings, dataset.reference_findings) == ((), ())
    show(dataset)


@pytest.mark.parametrize(
    "empty",
    [*[[name] for name in SCHEMAS], ["claims", "claim_caveats"], list(SCHEMAS)],
    ids=lambda names: f"{names[0]} and {len(names) - 1} more",
)
def test_tables_without_rows_give_findings_that_help_or_a_record_that_can_be_shown(tmp_path, empty):
    write(tmp_path, [])
    for name in empty:
        (tmp_path / f"{name}.csv").write_text(",".join(SCHEMAS[name].columns) + "\n", encoding="utf-8")
    dataset = load(tmp_path)
    for finding in (*dataset.findings, *dataset.reference_findings):
        assert_helpful(finding, {f"{name}.csv": (tmp_path / f"{name}.csv").read_bytes() for name in SCHEMAS})
    if dataset.good:
        show(dataset)
    assert dataset.good or len(empty) == 1


PATHS = (
    *(f"{name}.{ending}" for name in api.TABLES for ending in by_ending(files.FORMATS)),
    *(f"tables/{name}.csv" for name in SCHEMAS),
    "openapi.json", "datapackage.json", "datapackage.zip", "dataset.jsonld", "health",
    *(f"claims/{claim}{rest}" for claim in ("paper-2019-07-12-01", "post-2020-01-05-01", "nobody")
      for rest in ("", "/citation.ris", "/citation.bib", "/citation.json", "/citation.txt")),
)  # fmt: skip
LINKED = "application/ld+json"
TYPES = {"jsonld": LINKED, "zip": "application/zip"} | {
    form.ending: form.media_type for form in (*citations.FORMATS, *files.FORMATS)
}
values = st.sampled_from(NASTY) | st.text(max_size=20)
questions = st.tuples(
    st.sampled_from(PATHS) | st.text(max_size=30).map(lambda path: path.replace("..", "")),
    st.lists(
        st.tuples(st.sampled_from([*selection.CHOSEN_BY, "by_fire", "kind", "claim"]) | st.text(max_size=5), values),
        max_size=2,
    ),
    st.sampled_from(["*/*", LINKED, "gzip;q=x", ""]),
)


def assert_right(answer, path, folder):
    """Never our fault; unavailable only where the tables that were read last are why; a problem or what was asked for."""
    media = answer.headers.get("content-type", "")
    if answer.status_code == 200:
        ending = path.rsplit(".", 1)[-1] if "." in path else "json"
        allowed = {TYPES[ending], LINKED} if path.startswith("claims/") and "." not in path else {TYPES.get(ending)}
        if path.endswith("citation.json"):
            allowed = {by_ending(citations.FORMATS)["json"].media_type}
        assert media in allowed, (path, media)
        return
    if path == "health" and answer.status_code == 503:
        assert answer.json()["data_version"] is None
        return
    assert (answer.status_code in (400, 404, 503), media) == (True, "application/problem+json"), (path, answer.text)
    assert answer.json()["status"] == answer.status_code
    if answer.status_code == 503:
        state = current.current(folder)
        assert state.dataset is None or state.dataset.reference_findings, path


@fuzzed
@given(mutations, st.booleans(), st.lists(questions, min_size=2, max_size=4))
def test_the_api_over_whatever_tables_answers_or_refuses_and_never_fails(changes, good_before, asked):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        patched = _patched(folder)
        try:
            client = TestClient(api.application(), base_url="http://127.0.0.1")
            if good_before:
                write(folder, [])
                assert client.get("/api/v1/health").status_code == 200
            write(folder, changes)
            for path, parameters, accept in asked:
                answer = client.get(f"/api/v1/{quote(path)}", params=parameters, headers={"accept": accept})
                assert_right(answer, path, folder)
                assert "file.checks_failed" not in {each.rule for each in current.current(folder).latest.findings}
                if good_before:
                    assert current.current(folder).dataset is not None
        finally:
            patched()


def _patched(folder):
    """Make a folder the server's, looked at on every question; give what puts everything back."""
    kept = os.environ.get("DATASETS_DIR"), current.SECONDS_BETWEEN_LOOKS
    os.environ["DATASETS_DIR"] = str(folder)
    current.SECONDS_BETWEEN_LOOKS = 0.0

    def back():
        os.environ.pop("DATASETS_DIR", None)
        if kept[0] is not None:
            os.environ["DATASETS_DIR"] = kept[0]
        current.SECONDS_BETWEEN_LOOKS = kept[1]
        current._last.pop(folder, None)

    return back
