"""The real tables, loaded once in a process: what the pages have made of them, as every comparison, is not made again for a test."""

from validation.current import current
from validation.dataset import DEFAULT_FOLDER, Dataset


def record() -> Dataset:
    """Return the record that a page shows where no test brings tables of its own."""
    dataset = current(DEFAULT_FOLDER).dataset
    assert dataset is not None
    return dataset
