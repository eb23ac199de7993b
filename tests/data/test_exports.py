"""What leaves the dashboard: files that read back as the rows they were made from, in the programs that people use."""

import csv
import hashlib
import io
import json
import zipfile

import frictionless
import openpyxl
import pandas as pd
import pyarrow.parquet
import pytest

from analysis.selection import select
from analysis.view import claims_view
from exports import addresses, files, package
from exports.citations import as_text, data_set
from exports.formats import by_ending
from tests.support import small
from validation import load, models
from validation.models import READERS_CLAIMS, SCHEMAS

UNVERSIONED = [
    "attributed_to_name", "via_name", "place_name", "event_name", "publisher", "title", "published", "url", "caveats",
    "evidence", "comparison", "comparison_status", "data_version",
]  # fmt: skip
PLACES = [
    *small.ROWS["places"][:2],
    small.place("town", "town", "north", name='Tówn, "old"', name_ar="بلدة", latitude=-35.5, longitude=36.5),
]


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    """Return the small record."""
    return small.dataset(tmp_path_factory.mktemp("record"))


@pytest.fixture(scope="module")
def named(tmp_path_factory):
    """Return a record with published counts, and with names that are hard to write."""
    places = [*PLACES, small.place("arabic", "town", "north", name="بلدة")]
    long = small.organisation(
        "long", "An organisation of a name longer than any name of a file that anybody would read", "monitor"
    )
    return small.dataset(
        tmp_path_factory.mktemp("named"),
        places=sorted(places),
        organisations=sorted([*small.ROWS["organisations"], long]),
        **small.PUBLISHED,
    )


def written(dataset, ending, name="claims"):
    rows = files.readers_claims(dataset, claims_view(dataset)) if name == "claims" else dataset.table(name)
    return io.BytesIO(files.as_file(dataset, name, rows, ending))


def test_the_readers_csv_has_the_columns_of_a_claim_and_its_provenance(record):
    dataset = record
    header, *rows = csv.reader(io.StringIO(written(dataset, "csv").getvalue().decode("utf-8"), newline=""))
    assert header == [*SCHEMAS["claims"].columns, *UNVERSIONED]
    assert dict(zip(header, rows[2], strict=True)) == dict(
        zip(SCHEMAS["claims"].columns, small.ROWS["claims"][2].split(","), strict=True)
    ) | {
        "attributed_to_name": "The Post", "via_name": "", "place_name": "Town", "event_name": "", "publisher": "The Post",
        "title": "Another title", "published": "2020-01-05", "url": "https://example.org/b",
        "caveats": "Period not stated", "evidence": "unchecked", "comparison": "We found no published count of the same thing.",
        "comparison_status": "none", "data_version": dataset.version,
    }  # fmt: skip


def test_the_readers_csv_is_utf8_without_bom_with_the_line_ends_of_rfc_4180(record):
    data = written(record, "csv").getvalue()
    assert data.startswith(b"claim_id,source_id,")
    assert data.count(b"\r\n") == data.count(b"\n") == 4


def test_counts_in_the_csv_are_whole_and_unknown_is_blank(record):
    back = pd.read_csv(written(record, "csv"), dtype="str", keep_default_na=False)
    assert back[["low", "best", "high"]].to_numpy().tolist() == [
        ["900", "900", "900"], ["20", "20", "20"], ["200", "", "999"],
    ]  # fmt: skip


def test_json_names_the_version_and_the_citation_and_unknown_is_null(record):
    dataset = record
    told = json.loads(written(dataset, "json").getvalue())
    assert [list(told), told["count"], told["data_version"], len(told["records"])] == [
        ["data_version", "citation", "count", "filter", "records"], 3, dataset.version, 3,
    ]  # fmt: skip
    assert told["citation"].startswith("Numbers of a small war. Data set, version")
    last = told["records"][2]
    assert [last["low"], last["best"], last["high"], last["via"], last["paragraph"]] == [200, None, 999, None, 1]


def test_parquet_keeps_types_and_the_meaning_of_each_column(record):
    dataset = record
    table = pyarrow.parquet.read_table(written(dataset, "parquet"))
    assert table.schema.metadata[b"data_version"].decode() == dataset.version
    kinds = {field.name: str(field.type) for field in table.schema}
    assert kinds == {
        name: "int64" if str(column.dtype) == "Int64" else "string" for name, column in READERS_CLAIMS.columns.items()
    }
    low = table.schema.field("low").metadata
    assert {key: low[key] for key in (b"title", b"description", b"unit")} == {
        b"title": b"Low", b"description": b"Smallest value that the words allow; blank: unknown.", b"unit": b"see unit",
    }  # fmt: skip
    assert table.column("best").to_pylist() == [900, 20, None]


def test_every_table_reads_back_from_parquet_as_it_is(record):
    for name in SCHEMAS:
        rows = files.readers_claims(record, claims_view(record)) if name == "claims" else record.table(name)
        back = pd.read_parquet(written(record, "parquet", name), dtype_backend="numpy_nullable")
        pd.testing.assert_frame_equal(
            back.astype(object).where(back.notna(), None),
            rows.astype(object).where(rows.notna(), None),
            check_dtype=False,
            obj=name,
        )


def test_a_workbook_has_the_rows_their_sources_and_the_meaning_of_columns(record):
    dataset = record
    book = openpyxl.load_workbook(written(dataset, "xlsx"))
    assert book.sheetnames == ["About this file", "data", "sources", "columns"]
    header, *rows = book["data"].iter_rows(values_only=True)
    assert list(header) == list(READERS_CLAIMS.columns)
    told = dict(zip(header, rows[2], strict=True))
    assert [told["low"], told["best"], told["high"], told["wording"]] == [200, None, 999, "hundreds of families"]
    assert [row[0] for row in book["sources"].iter_rows(values_only=True)] == [
        "source_id", "paper-2019-07-12", "post-2020-01-05",
    ]  # fmt: skip
    columns = [row[1] for row in book["columns"].iter_rows(values_only=True) if row[1]]
    assert columns == ["column", *READERS_CLAIMS.columns, *SCHEMAS["sources"].columns]
    assert dataset.version in book.properties.description


def test_a_workbook_holds_no_formula_and_no_link(record):
    dataset = record
    rows = (
        files.readers_claims(dataset, claims_view(dataset))
        .head(1)
        .assign(summary="=1+1", wording="https://example.org/x")
    )
    book = openpyxl.load_workbook(io.BytesIO(files.as_file(dataset, "claims", rows, "xlsx")))
    cells = {cell.value: (cell.data_type, cell.hyperlink) for row in book["data"].iter_rows() for cell in row}
    assert cells["=1+1"] == ("s", None)
    assert cells["https://example.org/x"] == ("s", None)


def test_a_workbook_of_observations_lists_their_series(named):
    book = openpyxl.load_workbook(written(named, "xlsx", "observations"))
    assert [[row[0] for row in book[sheet].iter_rows(values_only=True)] for sheet in ("data", "sources")] == [
        ["observation_id", "s-1-01", "s-1-02"], ["series_id", "s-1"],
    ]  # fmt: skip


def test_more_rows_than_a_sheet_holds_are_refused_not_cut(record, monkeypatch):
    monkeypatch.setattr(files, "MAX_ROWS_OF_XLSX", 2)
    with pytest.raises(ValueError, match="a sheet holds 2 rows, not 3"):
        written(record, "xlsx")


@pytest.mark.parametrize("ending", list(by_ending(files.FORMATS)))
def test_quotes_commas_and_arabic_survive_every_format(named, ending):
    assert named.findings == ()
    data = written(named, ending, "places")
    names = {
        "csv": lambda: pd.read_csv(data)[["name", "name_ar", "latitude"]].to_numpy().tolist(),
        "json": lambda: [[row["name"], row["name_ar"], row["latitude"]] for row in json.load(data)["records"]],
        "parquet": lambda: pd.read_parquet(data)[["name", "name_ar", "latitude"]].to_numpy().tolist(),
        "xlsx": lambda: pd.read_excel(data, sheet_name="data")[["name", "name_ar", "latitude"]].to_numpy().tolist(),
    }[ending]()
    assert names[2][:2] == ["Syria", "سوريا"]
    assert names[3] == ['Tówn, "old"', "بلدة", -35.5]


UNFIT = {
    "a formula": ("=1+1", "cell.formula"),
    "a command": ("@cmd", "cell.formula"),
    "a line break": ('"a\nb"', "file.line_break"),
    "NUL": ("a\0b", "file.nul"),
    "more than a cell holds": ("x" * 32_001, "cell.long"),
    "a mark that nobody sees": ("a\u202eb", "cell.invisible"),
    "quotes and Arabic": ("'quoted' and إدلب", None),
}


@pytest.mark.parametrize(("cell", "rule"), UNFIT.values(), ids=UNFIT)
def test_what_no_format_can_carry_is_refused_with_a_finding_and_the_rest_survives(tmp_path, cell, rule):
    dataset = small.dataset(tmp_path, organisations=[*small.ROWS["organisations"], f"zeta,Zeta,monitor,,{cell}"])
    assert {finding.rule for finding in dataset.findings if finding.file == "organisations.csv"} == (
        {rule} if rule else set()
    )
    if rule is None:
        assert cell in written(dataset, "csv", "organisations").getvalue().decode()


def test_the_same_record_gives_the_same_bytes(record, tmp_path):
    other = small.dataset(tmp_path)
    for ending in by_ending(files.FORMATS):
        assert written(record, ending).getvalue() == written(other, ending).getvalue(), ending


def test_a_file_name_says_what_the_data_are_about_and_their_version(record):
    assert files.file_name(record, "claims", "csv") == f"small-claims-{record.version}.csv"


@pytest.mark.parametrize(
    ("table", "choice", "rows", "name"),
    [
        ("claims", {}, 3, "claims-3-rows"),
        ("claims", {"year": [], "place": []}, 3, "claims-3-rows"),
        ("claims", {"place": ["town"], "year": ["2020", "2019"]}, 1, "claims-2019-2020-t-wn-old-1-row"),
        ("claims", {"source": ["paper-2019-07-12"], "event": ["raid-2019"]}, 0, "claims-paper-2019-raid-of-2019-0-rows"),
        ("claims", {"year": ["not known"], "place": ["not known"]}, 1, "claims-year-not-known-place-not-known-1-row"),
        ("claims", {"place": ["arabic"]}, 1234, "claims-arabic-1234-rows"),
        ("claims", {"attributed": ["long"]}, 2, "claims-an-organisation-of-a-name-longer-than-any-name-of-a-file-and-more-2-rows"),
        ("observations", {"by_fire": ["government"], "source": ["s-1"]}, 2, "observations-deaths-the-government-2-rows"),
        ("sources", {}, 2, "sources-2-rows"),
    ],
)  # fmt: skip
def test_a_file_of_rows_is_named_with_its_filter_and_their_number(named, table, choice, rows, name):
    assert files.name_of_rows(named, table, choice, rows, "csv") == f"small-{name}-{named.version}.csv"


@pytest.mark.parametrize(
    ("choice", "words", "rows", "address"),
    [
        ({}, "none, all rows", "3 of 3", "https://example.org/api/v1/claims.xlsx"),
        (
            {"place": [], "year": ["2020", "2019"], "source": ["paper-2019-07-12"]}, "Source Paper 2019; Year 2019 or 2020", "2 of 3",
            "https://example.org/api/v1/claims.xlsx?source=paper-2019-07-12&year=2019&year=2020",
        ),
    ],
)  # fmt: skip
def test_the_first_sheet_says_what_the_file_is_and_by_which_filter(record, choice, words, rows, address):
    dataset = record
    chosen = files.readers_claims(dataset, select(claims_view(dataset), choice, dataset))
    data = files.as_file(dataset, "claims", chosen, "xlsx", "https://example.org/data", choice)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert list(sheet.iter_rows(values_only=True)) == [
        ("about", "text"),
        ("What this is", "Claims of “Numbers of a small war”. Numbers of a war."),
        ("Filter", words),
        ("Rows", rows),
        ("Last update", "1 January 2026"),
        ("Data version", dataset.version),
        ("Licence", "none chosen yet"),
        ("How to cite", as_text(data_set(dataset, "https://example.org/data"))),
        ("Address of these rows", address),
    ]


def test_json_and_parquet_hold_the_filter_by_id_in_one_order(record):
    dataset = record
    rows = files.readers_claims(dataset, claims_view(dataset))
    orders = (
        {"year": ["2020", "2019"], "source": ["b", "a"], "place": []},
        {"source": ["a", "b"], "year": ["2019", "2020"]},
    )
    for ending in by_ending(files.FORMATS):
        one, other = (files.as_file(dataset, "claims", rows, ending, choice=choice) for choice in orders)
        assert one == other
    expected = {"source": ["a", "b"], "year": ["2019", "2020"]}
    assert json.loads(files.as_file(dataset, "claims", rows, "json", choice=orders[0]))["filter"] == expected
    assert json.loads(files.as_file(dataset, "claims", rows, "json"))["filter"] == {}
    parquet = files.as_file(dataset, "claims", rows, "parquet", choice=orders[0])
    assert json.loads(pyarrow.parquet.read_schema(io.BytesIO(parquet)).metadata[b"filter"]) == expected


def unpacked(dataset, folder):
    with zipfile.ZipFile(io.BytesIO(package.archive(dataset))) as archive:
        archive.extractall(folder)
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("real", [True, False], ids=["the real tables", "a small record"])
def test_the_data_package_is_valid_to_frictionless(tmp_path, real):
    unpacked(load() if real else small.dataset(tmp_path / "tables"), tmp_path / "package")
    report = frictionless.validate(str(tmp_path / "package" / "datapackage.json"))
    assert report.flatten(["type", "note"]) == []
    assert sorted(task.name for task in report.tasks) == sorted(SCHEMAS)


def faults_of(folder):
    """Return the kinds of faults that frictionless finds in a package."""
    return {kind for (kind,) in frictionless.validate(str(folder / "datapackage.json")).flatten(["type"])}


def broken(folder, name, line, before, after):
    """Replace words of a line of a table."""
    path = folder / package.FOLDER / f"{name}.csv"
    lines = path.read_bytes().split(b"\r\n")
    lines[line] = lines[line].replace(before.encode(), after.encode(), 1)
    path.write_bytes(b"\r\n".join(lines))


def test_the_data_package_says_what_is_wrong_with_a_changed_table(record, tmp_path):
    descriptor = unpacked(record, tmp_path)
    broken(tmp_path, "sources", 1, "A title", "B title")
    assert faults_of(tmp_path) == {"hash-count"}
    for resource in descriptor["resources"]:
        del resource["hash"], resource["bytes"]
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    broken(tmp_path, "claims", 1, "killed", "kilt")
    broken(tmp_path, "claims", 1, "monitor", "nobody")
    broken(tmp_path, "claims", 2, "-02,", "-01,")
    broken(tmp_path, "claims", 3, ",1,hundreds", ",one,hundreds")
    assert faults_of(tmp_path) == {"constraint-error", "foreign-key", "type-error", "primary-key", "unique-error"}


def test_the_data_version_can_be_counted_again_from_the_package(tmp_path):
    dataset = load()
    descriptor = unpacked(dataset, tmp_path)
    kept = {path.stem: path.read_bytes() for path in (tmp_path / package.FOLDER).glob("*.csv")}
    for resource in descriptor["resources"]:
        assert resource["hash"] == f"sha256:{hashlib.sha256(kept[resource['name']]).hexdigest()}"
    tables = b"".join(kept[name].replace(b"\r\n", b"\n") for name in sorted(kept) if name not in models.UNVERSIONED)
    assert f"v{hashlib.sha256(tables).hexdigest()[:12]}" == dataset.version == descriptor["version"]


def test_the_description_for_search_engines_names_version_coverage_and_sources(record):
    dataset = record
    told = package.json_ld(dataset)
    assert [told["@type"], told["version"], told["temporalCoverage"], told["dateModified"]] == [
        "Dataset", dataset.version, "2019-02/2020-01", "2026-01-01",
    ]  # fmt: skip
    assert [source["url"] for source in told["isBasedOn"]] == ["https://example.org/a", "https://example.org/b"]


def test_an_address_holds_every_value_chosen_by_id():
    choice = {"source": ["a-2019"], "year": ["2018", "not known"], "place": []}
    assert addresses.table_address("https://example.org", "claims", choice, "csv") == (
        "https://example.org/api/v1/claims.csv?source=a-2019&year=2018&year=not%20known"
    )
    assert addresses.table_address("", "claims", {}, "json") == "/api/v1/claims.json"


def test_claims_are_given_away_though_a_break_of_a_published_count_has_no_reason(tmp_path):
    dataset = small.dataset(tmp_path, **small.PUBLISHED, breaks=["s-1,2015-01,"])
    found = [("breaks.csv", 2, "reason", "column.not_nullable")]
    assert (dataset.findings, small.places_of(dataset.reference_findings)) == ((), found)
    given = files.readers_claims(dataset, claims_view(dataset))
    assert given["claim_id"].tolist() == dataset.table("claims")["claim_id"].tolist()
