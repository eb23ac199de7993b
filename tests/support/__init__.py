"""What tests share: small tables, readers of a text, servers, browsers, pages; no test stands here."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
"""The folder of the project."""
SAMPLES = ROOT / "tests" / "samples"
"""Texts and tables that were written for tests."""
