"""What all tests of pages share: the time of a run goes into the page."""

from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner


@pytest.fixture(scope="session", autouse=True)
def packages_are_looked_through_once():
    """AppTest looks through all installed packages for components of Streamlit, in each run: nine tenths of its time."""
    each_time = manifest_scanner.scan_component_manifests
    manifest_scanner.scan_component_manifests = cache(each_time)
    yield
    manifest_scanner.scan_component_manifests = each_time
