"""Tables that mean harm: what cannot be shown safely is refused with a finding at its place."""

import csv
import io

import pytest

from tests.support import small
from tests.support.hostile import FREE
from validation import load, reading
from validation.models import SCHEMAS


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
