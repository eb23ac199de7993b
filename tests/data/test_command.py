"""`python -m validation`: exit status, counts and findings for people and programs."""

import json

import pytest

from tests.support import small
from validation.__main__ import main
from validation.dataset import DEFAULT_FOLDER
from validation.dictionary import dictionary
from validation.dictionary import main as dictionary_main


def run(capsys, *arguments):
    status = main([*arguments])
    return status, capsys.readouterr().out


def test_clean_tables_exit_with_0_and_their_counts(tmp_path, capsys):
    small.write(tmp_path)
    status, printed = run(capsys, "--datasets", str(tmp_path))
    assert status == 0
    assert "claims                  3 rows" in printed
    assert printed.splitlines()[-1].endswith("checks run, 0 findings.")


def test_findings_exit_with_1_and_are_printed_with_place_and_advice(tmp_path, capsys):
    small.write(tmp_path, events=[small.event(period_end="2019-06-21")])
    status, printed = run(capsys, "--datasets", str(tmp_path))
    assert status == 1
    line = "events.csv:2 period_end: “2019-06-22” is after “2019-06-21”. Correct one of the dates. [periods.order]"
    assert line in map(str.strip, printed.splitlines())


def test_json_holds_rows_checks_and_findings(tmp_path, capsys):
    small.write(tmp_path, events=[])
    status, printed = run(capsys, "--datasets", str(tmp_path), "--json")
    told = json.loads(printed)
    assert status == 1
    assert told["rows"]["claims"] == 3
    assert told["checks"] > 100
    assert told["findings"] == [
        {
            "file": "claims.csv", "line": 3, "column": "event_id", "rule": "references.resolve",
            "problem": "“raid-2019” is not in events.csv", "action": "Use an id of events.csv, or add the row",
        }
    ]  # fmt: skip


@pytest.mark.parametrize("arguments", [["--datasets", "no/such/folder"], ["--unknown"], ["extra"]])
def test_bad_usage_exits_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_a_folder_without_tables_is_all_findings_and_no_traceback(tmp_path, capsys):
    status, printed = run(capsys, "--datasets", str(tmp_path))
    assert status == 1
    assert printed.count("the file is missing") == len(small.SCHEMAS) + 1, "the tables, and what they are about"


def test_the_committed_dictionary_is_fresh():
    assert (DEFAULT_FOLDER / "README.md").read_text(encoding="utf-8") == dictionary()


def test_a_stale_dictionary_is_a_failure(tmp_path, monkeypatch):
    monkeypatch.setattr("validation.dictionary.DEFAULT_FOLDER", tmp_path)
    assert dictionary_main(["--check"]) == 1
    assert dictionary_main([]) == 0
    assert dictionary_main(["--check"]) == 0
    (tmp_path / "README.md").write_text("old", encoding="utf-8")
    assert dictionary_main(["--check"]) == 1


def test_every_column_has_title_description_and_example():
    bare = [
        (name, column.name)
        for name, schema in small.SCHEMAS.items()
        for column in schema.columns.values()
        if not (column.title and column.description and "example" in (column.metadata or {}))
    ]
    assert bare == []
