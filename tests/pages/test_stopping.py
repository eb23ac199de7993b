"""Asked to end, what the unit starts ends by itself and with status 0: with readers on it, in the middle of a run, with half a question sent.

What `make run` starts is asked the same at the end of `test_started_without_a_folder…` in test_changing_tables.py, and where nobody
is there any more at the end of every server that a test starts (`serving`).
"""

import os
import subprocess
from contextlib import ExitStack

import pytest

from tests.support import ROOT, small
from tests.support.deployed import command
from tests.support.server import Served, free_port, readers


class Started(Served):
    """A dashboard as the unit starts it."""

    def __init__(self, environment, log):
        port = free_port()
        self.address, self.log = f"http://127.0.0.1:{port}", log
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                command(port), cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT
            )


def test_asked_to_end_while_readers_are_there_it_ends_by_itself_with_status_0(tmp_path):
    environment = os.environ | {"DATASETS_DIR": str(small.write(tmp_path / "tables"))}
    server = Started(environment, tmp_path / "log").wait()
    with ExitStack() as stack:
        readers(server, stack)
        assert server.end() == 0
    assert "Traceback" not in server.said()
    with pytest.raises(OSError, match="refused"):
        server.ask("/_stcore/health")
