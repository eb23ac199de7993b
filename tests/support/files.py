"""The project's own files, without git: the tests run from the archive of a release too."""

import os
from pathlib import Path

from tests.support import ROOT

NOT_OURS = {"__pycache__", "pictures", "drafts"}
"""Folders that are made, or that no program reads; so is one that begins with a dot, except the settings."""


def project_files() -> list[Path]:
    """Return the paths of the project's files within its folder."""
    found = []
    for folder, inner, names in os.walk(ROOT):
        inner[:] = [name for name in inner if name == ".streamlit" or not (name.startswith(".") or name in NOT_OURS)]
        found += [(Path(folder) / name).relative_to(ROOT) for name in names]
    return sorted(found)
