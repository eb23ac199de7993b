"""Fixtures of the tests of readers: small tables with one more report, prepared once."""

import pytest

from tests.support.readers import Readers


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    return Readers(tmp_path_factory.mktemp("prepared")).prepared()


@pytest.fixture
def desk(tmp_path, prepared):
    """Return the desk of readers of that report, who have decided nothing."""
    return prepared.copied(tmp_path)
