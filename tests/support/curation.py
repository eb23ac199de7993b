"""A curator with small tables, an archive and the commands."""

from collections.abc import Collection
from pathlib import Path

import pytest

from curation.__main__ import main
from tests.support import small
from validation.models import NEW_CLAIMS, SCHEMAS

TEXT = "A title\n\nThe Monitor counts at least 30 people killed and some 12 wounded on 3 May 2020.\n"


ARGUMENTS = [
    "--publisher",
    "The Paper",
    "--title",
    "New",
    "--published",
    "2020-05-04",
    "--url",
    "https://example.org/new",
]


SOURCE = "paper-2020-05-04"


class Desk:
    """Small tables, an archive of texts, and the commands of a curator on them."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.tables = small.write(folder / "tables")
        self.reports = folder / "reports"
        self.reports.mkdir()
        self.text = folder / "new.txt"
        self.text.write_text(TEXT, encoding="utf-8")

    def run(self, command: str, *arguments: object) -> tuple[int, str]:
        """Run a command; give its status and what it printed."""
        self.capsys.readouterr()
        status = main([command, *map(str, arguments), "--datasets", str(self.tables), "--reports", str(self.reports)])
        return status, self.capsys.readouterr().out

    def state(self) -> dict[str, bytes]:
        """Return the bytes of every table, to see that nothing was written."""
        return {name: (self.tables / f"{name}.csv").read_bytes() for name in SCHEMAS}

    def claims_file(self, *rows: str, without: Collection[str] = ()) -> Path:
        """Write claims for add-claims; `without`: columns that header and rows lack."""
        columns = [name for name in NEW_CLAIMS.columns if name not in without]
        path = self.folder / "claims.csv"
        path.write_text("\n".join([",".join(columns), *rows]) + "\n", encoding="utf-8")
        return path
