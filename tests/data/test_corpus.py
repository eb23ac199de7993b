"""The made-up reports that the desk is measured with: tables, texts and drafts fit one another."""

from benchmarks import corpus
from curation import drafts, triage
from validation import load


def test_made_up_reports_fit_their_tables_and_those_left_open_are_right_as_they_would_be_decided(tmp_path):
    made = corpus.make(tmp_path, reports=4, decided=2, drafted=1, twice=1)
    whole = load(made.datasets, made.reports)
    assert [*whole.findings, *whole.evidence_findings] == []
    accounts = whole.accounts().set_index("source_id")[["met", "claims", "dismissed", "open"]]
    decided, left = [40, 20, 20, 0], [40, 0, 0, 40]
    assert accounts.to_numpy().tolist() == [decided, decided, left, left]
    assert drafts.listing(made.drafts)[["source_id", "decided"]].to_numpy().tolist() == [["report-000002", 20]]
    triage.apply(made.datasets, made.reports, made.open)
    after = load(made.datasets, made.reports)
    assert [*after.findings, *after.evidence_findings, *after.ledger_findings] == []
