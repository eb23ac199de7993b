"""Two commands on a bare machine: from the archive of a release, with Python and make, and nothing of ours needs git."""

import os
import re
import shutil
import subprocess

import pytest

from tests.support import ROOT
from tests.support.files import project_files

OF_EVERY_SYSTEM = {"sh", "touch", "echo", "rm", "grep", "awk"}


@pytest.mark.parametrize("verb", ["run", "test"])
def test_in_an_unpacked_archive_a_command_calls_python_and_what_it_installed_and_nothing_else(verb, tmp_path):
    for name in (
        "Makefile",
        "tests/support/browser.sh",
        *(str(path) for path in project_files() if path.match("requirements*.txt")),
        "constraints.txt",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    by_hand = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    told = subprocess.run(
        ["make", "-n", verb], cwd=tmp_path, env=by_hand, capture_output=True, text=True, check=True
    ).stdout
    called = {line.split()[0] for line in told.splitlines()}
    assert called - OF_EVERY_SYSTEM - {"python3"} == {word for word in called if word.startswith(".venv/bin/")}
    assert f"```\nmake {verb}\n```" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_nothing_of_the_project_calls_git():
    named = {
        path: (ROOT / path).read_text(encoding="utf-8")
        for path in project_files()
        if path.suffix in (".py", ".sh") or path.name == "Makefile"
    }
    calls = re.compile(
        r"""^\s*git |["']git["'],|["'&|;(] *git (?:ls-|add|log|rev|show|archive|status|diff)""", re.MULTILINE
    )
    assert calls.search('run(["git", "log"])')
    assert [
        str(path) for path, text in named.items() if calls.search(text) and path.name != "test_bare_machine.py"
    ] == []
