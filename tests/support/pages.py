"""A page run without a browser, entered through `dashboard.py`, and what it shows."""

import json
from functools import cache

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest, local_script_runner

manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
"""AppTest looks through all installed packages for components of Streamlit in each run: nine tenths of its time."""


def _ended(runner: local_script_runner.LocalScriptRunner, timeout: float = 3) -> None:
    """Wait for the end of a run without asking for it a thousand times a second, as AppTest does."""
    thread = runner._script_thread
    assert thread is not None
    thread.join(timeout)
    if thread.is_alive():
        runner.request_stop()
        raise AssertionError(f"the page took longer than {timeout} seconds")


local_script_runner.require_widgets_deltas = _ended


def opened(page: str = "overview", **query: str | list[str]) -> AppTest:
    app = AppTest.from_file("../../dashboard.py", default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    if page != "overview":
        app.switch_page(f"app_pages/{page}.py")
    app.run()
    assert not app.exception, app.exception
    return app


def drawn(app: AppTest) -> list[list[str]]:
    """Return the claim ids of the marks of each figure on the page."""
    figures = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    return [
        sorted(row[0] for trace in figure["data"] if "customdata" in trace for row in trace["customdata"])
        for figure in figures
    ]


def said(app: AppTest) -> str:
    """Return all text on the page."""
    kinds = (app.title, app.header, app.subheader, app.markdown, app.caption, app.text, app.info, app.warning)
    return "\n".join(str(element.value) for kind in kinds for element in kind)
