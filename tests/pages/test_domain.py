"""The domain is data: the code names no code of the vocabulary, no row of a table and no war."""

import ast
import os
import re
import shutil
import subprocess
import sys

import pytest

from analysis.comparison import compared, counts_beside
from tests.support import ROOT, real
from tests.support.files import project_files
from tests.support.sources import FILES
from validation import about, load
from validation.models import SCHEMAS, key
from validation.vocabulary import CODES, CONTEXT, DISMISSALS, EVERYBODY, INDICATORS, POPULATION_GROUPS, codes
from validation.writing import csv_text

PLAIN_WORDS = {
    # codes that are also names of columns, of parts of the code or of what a library takes
    "all", "about", "area", "context", "country", "date", "distance", "documented", "exact", "name", "near", "none", "ordinal", "part",
    "people", "period", "range", "rate", "same", "share", "whole",
    # the API's and the pages' own names: addresses and keys of charts
    "casualties", "displacement", "population",
}  # fmt: skip
WORDS = {code for terms in CODES.values() for code in codes(terms)} - PLAIN_WORDS
RECORD = real.record()
IDS = {
    str(value)
    for table in ("sources", "organisations", "places", "events", "claims", "caveats", "series", "observations")
    for value in RECORD.table(table)[key(table)[0]]
}
OF_THIS_WAR = [
    str(name).partition(" (")[0] for table in ("places", "organisations") for name in RECORD.table(table)["name"]
    if name not in ("OCHA", "United Nations")  # their codes and bodies are known in any war
]  # fmt: skip
NAMES = re.compile("|".join(["[Ss]yria", *(rf"\b{re.escape(name)}\b" for name in OF_THIS_WAR)]))
HOME = ROOT / "validation" / "vocabulary.py"


def strings(path):
    """Return line and text of each string of a source that is no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    described = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield node.lineno, node.value


@pytest.mark.parametrize("path", [path for path in FILES if path != HOME], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_code_of_the_vocabulary_no_id_and_no_war_is_written_out(path):
    found = [(line, text) for line, text in strings(path) if text in WORDS | IDS or NAMES.search(text)]
    assert found == []


def test_the_words_left_out_are_codes():
    assert PLAIN_WORDS - {"displacement"} <= {code for terms in CODES.values() for code in codes(terms)}


def test_every_group_is_part_of_a_group_that_leaves_nobody_out():
    whole = [term for term in POPULATION_GROUPS if term.everybody]
    within = {term.code: {*term.contains, *EVERYBODY} for term in whole}
    assert within == {term.code: set(codes(POPULATION_GROUPS)) for term in whole}


def test_every_indicator_is_part_of_the_population():
    for term in INDICATORS:
        if term.code in CONTEXT:
            assert {*term.contains, *CONTEXT} == set(codes(INDICATORS))


@pytest.mark.parametrize("terms", [INDICATORS, POPULATION_GROUPS, DISMISSALS], ids=["indicator", "group", "dismissal"])
def test_the_codebook_names_every_code(terms):
    text = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    assert [code for code in codes(terms) if f"`{code}`" not in text] == []


def copied(folder, change):
    """Copy the tables with each text of a cell changed by `change(table, column, text)`, and load the copy."""
    folder.mkdir()
    for name in SCHEMAS:
        table = RECORD.table(name)
        for column in table.select_dtypes("str"):
            table[column] = table[column].map(
                lambda cell, name=name, column=column: change(name, column, cell), na_action="ignore"
            )
        (folder / f"{name}.csv").write_text(csv_text(name, table), encoding="utf-8")
    text = (ROOT / "datasets" / about.FILE).read_text(encoding="utf-8")
    country = RECORD.about.country
    text = text.replace(f'country = "{country}"', f'country = "{change("about", "country", country)}"')
    (folder / about.FILE).write_text(text, encoding="utf-8")
    dataset = load(folder)
    assert (dataset.findings, dataset.reference_findings) == ((), ())
    return dataset


def relations(dataset):
    """Return for each claim the counts that are kept beside it with their relations, by value and date."""
    found = compared(dataset).join(counts_beside(dataset)[["said", "period_start", "period_end"]], on="count")
    return sorted(map(str, found[["claim_id", "relation", "said", "period_start", "period_end"]].to_numpy().tolist()))


TEXTS = {
    ("caveats", "label"),
    ("series", "definition"),
    ("organisations", "name"),
    ("breaks", "reason"),
    ("series", "title"),
}
RENAMES = {
    "texts": lambda table, column, cell: f"Doubt: {cell}" if (table, column) in TEXTS else cell,
    "ids": lambda table, column, cell: (
        f"x_{cell}" if column == "caveat_id" else {"unhcr-ref": "reffed", "syria": "aa-country"}.get(cell, cell)
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", RENAMES.values(), ids=RENAMES)
def test_no_relation_hangs_on_a_text_or_an_id_that_curators_may_change(tmp_path, change):
    assert relations(copied(tmp_path / "copy", change)) == relations(RECORD)


def test_what_a_claim_needs_does_not_hang_on_the_name_of_a_caveat(tmp_path):
    dataset = copied(tmp_path / "copy", RENAMES["ids"])
    marks = dataset.table("claim_caveats")
    without = marks[marks["caveat_id"] != "x_stock_or_flow"]
    (tmp_path / "copy" / "claim_caveats.csv").write_text(csv_text("claim_caveats", without), encoding="utf-8")
    found = {(finding.rule, finding.action) for finding in load(tmp_path / "copy").findings}
    assert found == {("claims.caveat", "Add x_stock_or_flow in claim_caveats.csv")}


ADDED = {
    "indicator": ("ASYLUM_SEEKERS = Indicator(", """INDICATORS = (*INDICATORS, Indicator(
    "orphaned", "Orphaned", "Children who lost their parents.", topic=HARM, measures=FLOWS, happened="orphaned in {}",
    noun="orphaned {}", light="#5b3a8a", dark="#b89be0", stems=r"orphan\\w*",
))
"""),
    "group": ("EVERYBODY = tuple(", """POPULATION_GROUPS = (*POPULATION_GROUPS, Group(
    "teachers", "Teachers", "People who teach.", one="teacher", several="teachers", light="#00566b", dark="#6fc7dd",
    stems=r"teachers?",
))
"""),
    "kind of organisation": ("USUAL_PUBLISHER = ", """ORGANISATION_KINDS = (*ORGANISATION_KINDS, OrganisationKind(
    "court", "Court", "Judges, and counts people in its judgements.",
))
"""),
}  # fmt: skip
SHOWN = """
import os, sys
sys.path.insert(0, os.getcwd())
from pathlib import Path
from tests.support import small
from tests.support.pages import opened
from validation import load
from curation.suggest import candidates
folder = Path("copy-of-tables")
claims = [small.claim(indicator="orphaned", population_group="teachers", attributed_to="bench", wording="900 orphaned teachers")]
organisations = [small.organisation("bench", "The Bench", "court"), *small.ROWS["organisations"]]
caveats = ["court_only,Court only,Only what a court saw is counted.,the claim counts what a court saw,", *small.ROWS["caveats"]]
small.write(folder, claims=claims, organisations=organisations, caveats=caveats,
            claim_caveats=["paper-2019-07-12-01,court_only,As the court says."])
record = load(folder)
assert record.findings == (), record.findings
os.environ["DATASETS_DIR"] = str(folder)
import dashboard
for file, *_ in dashboard.PAGES:
    app = opened(file)
    if file == "casualties":
        assert any("Orphaned: teachers" in text.value.replace("\\\\", "") for text in app.markdown), app.markdown
app = opened(claim="paper-2019-07-12-01")
assert any("“900 orphaned teachers”: teachers orphaned in North (" in code.value for code in app.code), [code.value for code in app.code]
from starlette.testclient import TestClient
from exports import api
client = TestClient(api.application(), base_url="http://127.0.0.1")
assert client.get("/api/v1/claims.json?indicator=orphaned&group=teachers").json()["count"] == 1
text = "The raid left 40 teachers orphaned."
[found] = candidates([text], {})
assert (found.indicator, found.population_group) == ("orphaned", "teachers"), found
print("shown")
"""


def test_an_indicator_a_group_a_kind_of_organisation_a_publisher_and_a_caveat_are_one_entry_in_one_file_each(tmp_path):
    for name in project_files():
        if name.suffix in (".py", ".toml", ".css", ".png", ".md"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
    vocabulary = tmp_path / "validation" / "vocabulary.py"
    text = vocabulary.read_text(encoding="utf-8")
    for before, entry in ADDED.values():
        assert text.count(before) == 1
        text = text.replace(before, f"{entry}\n\n{before}")
    vocabulary.write_text(text, encoding="utf-8")
    (tmp_path / "shown.py").write_text(SHOWN, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name not in ("DATASETS_DIR", "REPORTS_DIR")}
    done = subprocess.run(
        [sys.executable, "shown.py"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.endswith("shown\n"), done.stderr[-3000:]
