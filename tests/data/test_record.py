"""The record is one value: a version over the bytes, tables that cannot be changed, the last good one kept."""

import hashlib
import io
import re
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.view import claims_view
from exports import files
from tests.support import small
from validation import current, load, reading, rules
from validation.dataset import as_version
from validation.memo import Memo
from validation.models import SCHEMAS, UNVERSIONED


def test_the_version_is_the_hash_of_the_tables_in_the_order_of_their_names(tmp_path):
    version = small.dataset(tmp_path).version
    data = b"".join((tmp_path / f"{name}.csv").read_bytes() for name in sorted(SCHEMAS) if name not in UNVERSIONED)
    assert version == f"v{hashlib.sha256(data).hexdigest()[:12]}"


def test_other_files_in_the_folder_do_not_change_the_version(tmp_path):
    version = small.dataset(tmp_path).version
    (tmp_path / "README.md").write_text("words", encoding="utf-8")
    assert load(tmp_path).version == version


def test_changing_a_table_that_was_handed_out_does_not_change_the_record(tmp_path):
    dataset = small.dataset(tmp_path)
    claims = dataset.table("claims")
    claims.loc[0, "best"] = 1
    claims["new"] = 1
    assert dataset.table("claims").loc[0, "best"] == 900
    assert list(dataset.table("claims").columns) == list(SCHEMAS["claims"].columns)


def test_blank_is_unknown_and_never_zero(tmp_path):
    claims = small.dataset(tmp_path).table("claims")
    assert claims[["best", "period_start", "via"]].iloc[2].isna().all()
    assert claims[["low", "high"]].iloc[2].tolist() == [200, 999]


def test_the_folder_can_be_set_from_outside(tmp_path, monkeypatch):
    small.write(tmp_path)
    monkeypatch.setenv("DATASETS_DIR", str(tmp_path))
    assert load().rows["claims"] == 3


@pytest.fixture
def clock(monkeypatch):
    """Move the clock by hand: `clock.append(seconds)`."""
    times = [0.0]
    monkeypatch.setattr(current.time, "monotonic", lambda: times[-1])
    return times


def test_a_good_change_is_taken_up_after_a_second(tmp_path, clock):
    small.write(tmp_path)
    first = current.current(tmp_path).dataset
    small.write(tmp_path, changes=[*small.ROWS["changes"], "2026-02-01,claims,,Second edition,,,More"])
    assert current.current(tmp_path).dataset is first
    clock.append(2.0)
    assert current.current(tmp_path).dataset.rows["changes"] == 2


def test_a_broken_change_never_takes_the_place_of_a_good_version(tmp_path, clock):
    small.write(tmp_path)
    first = current.current(tmp_path).dataset
    (tmp_path / "claims.csv").write_bytes(b"")
    clock.append(2.0)
    state = current.current(tmp_path)
    assert state.dataset is first
    assert small.places_of(state.latest.findings) == [("claims.csv", 1, "", "file.empty")]
    small.write(tmp_path)
    clock.append(4.0)
    assert current.current(tmp_path).latest.good


def test_checks_that_fail_themselves_leave_the_last_good_version_and_say_where_to_look(
    tmp_path, clock, monkeypatch, caplog
):
    small.write(tmp_path)
    first, reads = current.current(tmp_path).dataset, []

    def broken(folder):
        reads.append(folder)
        raise RuntimeError("a secret of /root/secret.txt")

    monkeypatch.setattr(current, "load", broken)
    small.write(tmp_path, changes=[*small.ROWS["changes"], "2026-02-01,claims,,Second edition,,,More"])
    for second in (2.0, 4.0):
        clock.append(second)
        state = current.current(tmp_path)
        assert state.dataset is first
    assert len(reads) == 1, "what cannot be checked is not tried again until it changes"
    [fault] = state.latest.findings
    assert (fault.file, fault.line, fault.rule) == ("all tables", 0, "file.checks_failed")
    [error_id] = re.findall(r"error id ([0-9a-f]{8}) in the log", fault.problem)
    assert "secret" not in str(fault)
    [logged] = [each for each in caplog.records if each.exc_info]
    assert (logged.getMessage(), str(logged.exc_info[1])) == (f"error {error_id}", "a secret of /root/secret.txt")
    assert {name: list(state.latest.table(name).columns) for name in SCHEMAS} == {
        name: list(schema.columns) for name, schema in SCHEMAS.items()
    }
    monkeypatch.setattr(current, "load", load)
    small.write(tmp_path)
    clock.append(6.0)
    assert current.current(tmp_path).latest.good


def test_files_that_stay_the_same_are_read_once(tmp_path, clock, monkeypatch):
    small.write(tmp_path)
    reads = []
    monkeypatch.setattr(current, "load", lambda folder: reads.append(folder) or load(folder))
    for second in range(5):
        clock.append(second * 2.0)
        current.current(tmp_path)
    assert len(reads) == 1


@pytest.fixture
def nothing_seen(monkeypatch):
    """Forget what other tests have read."""
    monkeypatch.setattr("validation.dataset._seen", {})
    monkeypatch.setattr("validation.dataset._found_before", Memo())


def test_only_contents_that_were_not_seen_lately_are_read_and_their_findings_stay(nothing_seen, tmp_path, monkeypatch):
    faulty = [small.claim(paragraph="0"), *small.ROWS["claims"][1:]]
    before = load(small.write(tmp_path, claims=faulty))
    parsed, parse = [], reading.parse
    monkeypatch.setattr(reading, "parse", lambda *of: parsed.append(of[1]) or parse(*of))
    again = load(small.write(tmp_path, claims=faulty))
    assert (parsed, again.findings, again.version, again.checks) == ([], before.findings, before.version, before.checks)
    assert small.places_of(again.findings) == [("claims.csv", 2, "paragraph", "column.greater_than_or_equal_to")]
    mended = load(small.write(tmp_path))
    assert (parsed, mended.findings) == (["claims.csv"], ())
    elsewhere = load(small.write(tmp_path / "elsewhere", claims=faulty))
    assert (elsewhere.findings, parsed) == (before.findings, ["claims.csv"])


def test_of_many_contents_the_first_is_forgotten_and_of_large_ones_all_but_the_last(
    nothing_seen, tmp_path, monkeypatch
):
    for paragraph in range(1, 6):
        load(small.write(tmp_path, claims=[small.claim(paragraph=paragraph)]))
    parsed, parse = [], reading.parse
    monkeypatch.setattr(reading, "parse", lambda *of: parsed.append(of[1]) or parse(*of))
    for paragraph, read in ((2, []), (1, ["claims.csv"])):
        load(small.write(tmp_path, claims=[small.claim(paragraph=paragraph)]))
        assert parsed == read
    monkeypatch.setattr("validation.dataset.KEPT_BYTES", 1)
    parsed.clear()
    for paragraph in (6, 1, 1):
        load(small.write(tmp_path, claims=[small.claim(paragraph=paragraph)]))
    assert parsed.count("claims.csv") == 2


def test_only_rules_that_need_a_table_with_other_contents_run_again_and_their_findings_stay(
    nothing_seen, tmp_path, monkeypatch
):
    load(small.write(tmp_path))
    ran, find = [], rules.Rule.find
    monkeypatch.setattr(rules.Rule, "find", lambda rule, tables: ran.append(rule) or find(rule, tables))
    assert (load(tmp_path).findings, ran) == ((), [])
    broken = load(small.write(tmp_path, events=[]))
    of_events = [rule for rule in rules.RULES if "events" in rule.needs]
    assert ran == of_events
    assert small.places_of(broken.findings) == [("claims.csv", 3, "event_id", "references.resolve")]
    assert (load(tmp_path).findings, load(small.write(tmp_path)).findings) == (broken.findings, ())
    assert ran == of_events


def test_folders_that_are_loaded_at_once_keep_their_findings_apart(tmp_path):
    good, bad = small.write(tmp_path / "good"), small.write(tmp_path / "bad", events=[])
    with ThreadPoolExecutor(4) as threads:
        found = [len(dataset.findings) for dataset in threads.map(load, [good, bad] * 8)]
    assert found == [0, 1] * 8


def test_started_on_broken_tables_there_is_no_record_but_findings(tmp_path, clock):
    small.write(tmp_path, claims=[small.claim(low="1e400")])
    state = current.current(tmp_path)
    assert state.dataset is None
    assert state.latest.findings


@pytest.mark.parametrize("digits", ["123456789012", "000000000001", "12e456789012", "1e9999999999", "e12345678901"])
def test_no_program_reads_a_version_as_a_number(tmp_path, monkeypatch, digits):
    class Sha256:
        """A hash whose digits are those."""

        def __init__(self, data=b""):
            self.digest = hashlib.sha256(data).digest

        def hexdigest(self):
            return digits + "0" * 52

    monkeypatch.setattr("validation.dataset.hashlib", SimpleNamespace(sha256=Sha256))
    dataset = small.dataset(tmp_path)
    csv = files.as_csv(files.readers_claims(dataset, claims_view(dataset)))
    for engine in ("c", "python", "pyarrow"):
        read = pd.read_csv(io.BytesIO(csv), engine=engine)["data_version"]
        assert read.tolist() == [f"v{digits}"] * 3, engine
    with pytest.raises(ValueError, match="could not convert"):
        float(dataset.version)


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("v12e456789012", "v12e456789012"),
        ("12e456789012", "v12e456789012"),
        ("12E456789012", None),
        ("vv12e456789012", None),
        ("v12e45678901", None),
        ("v12e456789012\n", None),
        ("v12e45678901g", None),
        ("", None),
    ],
)
def test_a_version_written_without_its_letter_is_the_same_version(text, version):
    assert as_version(text) == version
