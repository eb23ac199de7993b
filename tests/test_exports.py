"""What leaves the dashboard: files that read back as the rows they were made from, and citations that are complete."""

import csv
import io
import zipfile

import pandas as pd
import pytest

from analysis.view import claims_view
from exports.citations import passage_link, source_citation
from exports.files import claims_csv, file_name, tables_zip
from tests import small
from validation.models import SCHEMAS

BESIDE = [
    "attributed_to_name", "via_name", "place_name", "event_name", "publisher", "title", "published", "url", "caveats",
    "evidence", "data_version",
]  # fmt: skip


def test_the_readers_csv_has_the_columns_of_a_claim_and_its_provenance(tmp_path):
    record = small.record(tmp_path)
    header, *rows = csv.reader(io.StringIO(claims_csv(claims_view(record)).decode("utf-8"), newline=""))
    assert header == [*SCHEMAS["claims"].columns, *BESIDE]
    assert dict(zip(header, rows[2], strict=True)) == dict(
        zip(SCHEMAS["claims"].columns, small.ROWS["claims"][2].split(","), strict=True)
    ) | {
        "attributed_to_name": "The Post", "via_name": "", "place_name": "Town", "event_name": "", "publisher": "The Post",
        "title": "Another title", "published": "2020-01-05", "url": "https://example.org/b",
        "caveats": "Period not stated", "evidence": "unchecked", "data_version": record.version,
    }  # fmt: skip


def test_the_readers_csv_is_utf8_without_bom_with_the_line_ends_of_rfc_4180(tmp_path):
    data = claims_csv(claims_view(small.record(tmp_path)))
    assert data.startswith(b"claim_id,source_id,")
    assert data.count(b"\r\n") == data.count(b"\n") == 4


def test_counts_in_the_csv_are_whole_and_unknown_is_blank(tmp_path):
    view = claims_view(small.record(tmp_path))
    back = pd.read_csv(io.BytesIO(claims_csv(view)), dtype="str", keep_default_na=False)
    assert back[["low", "best", "high"]].to_numpy().tolist() == [
        ["900", "900", "900"], ["20", "20", "20"], ["200", "", "999"],
    ]  # fmt: skip


def test_the_archive_holds_every_table_as_it_stands(tmp_path):
    record = small.record(tmp_path)
    with zipfile.ZipFile(io.BytesIO(tables_zip(record))) as archive:
        assert sorted(archive.namelist()) == sorted(f"{name}.csv" for name in SCHEMAS)
        for name in SCHEMAS:
            kept = (tmp_path / f"{name}.csv").read_text(encoding="utf-8")
            assert archive.read(f"{name}.csv").decode("utf-8").replace("\r\n", "\n") == kept


def test_a_file_name_carries_the_data_version():
    assert file_name("claims", "0123456789ab", "csv") == "syria-claims-0123456789ab.csv"


@pytest.mark.parametrize(
    ("cells", "cited"),
    [
        ({}, "Ann Author. “Another title.” The Post, 5 January 2020. https://example.org/b"),
        ({"authors": None}, "“Another title.” The Post, 5 January 2020. https://example.org/b"),
        ({"published": "2020-01"}, "Ann Author. “Another title.” The Post, January 2020. https://example.org/b"),
        ({"title": "Who knows?"}, "Ann Author. “Who knows?” The Post, 5 January 2020. https://example.org/b"),
        ({"authors": "A One; B Two"}, "A One, B Two. “Another title.” The Post, 5 January 2020. https://example.org/b"),
    ],
)
def test_a_citation_says_what_is_known_and_invents_nothing(tmp_path, cells, cited):
    source = small.record(tmp_path).table("sources").iloc[1]
    assert source_citation(pd.Series({**source, **cells}), "The Post") == cited


def test_a_passage_link_encodes_the_marks_of_a_text_fragment():
    assert passage_link("https://example.org/a", "46 pro-regime, “x” & y") == (
        "https://example.org/a#:~:text=46%20pro%2Dregime%2C%20%E2%80%9Cx%E2%80%9D%20%26%20y"
    )
