"""What can be measured of a page, on every page, in both themes; and that the measures see faults."""

import pytest

from tests.support.browser import PATHS, shown
from tests.support.looking import ALL, DESK, EVENT, HEIGHT, WORDS, faults, faults_on_paper, serious


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ALL)
def test_every_page_can_be_read_and_used_at_every_width(visitor, path, theme):
    page = visitor(path, {"width": DESK, "height": HEIGHT}, theme)
    assert faults(page, path, axe=True, keyboard=theme == "light") == {}


def test_the_measures_see_faults(visitor):
    page = visitor("/casualties")
    shown(page)
    page.evaluate(
        """() => {
            document.querySelector('main h1').insertAdjacentHTML('afterend', '<img src="data:,"><p style="color:#ccc">Hardly to be read</p>');
            const plot = document.querySelector('.js-plotly-plot'), svg = plot.querySelector('.main-svg');
            const box = (one) => one.getBoundingClientRect(), edge = box(svg);
            const write = (words, x, y) => {
                const text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
                text.textContent = words;
                text.setAttribute('class', 'annotation-text');
                text.setAttribute('x', x - edge.left);
                text.setAttribute('y', y - edge.top);
                svg.append(text);
            };
            const mark = box(plot.querySelector('.scatterlayer .point')), tick = box(plot.querySelector('.xtick text'));
            write('beyond', edge.left - 20, edge.top + 200);
            write('on it', mark.left - 5, mark.bottom);
            write('on a tick', tick.left, tick.bottom);
        }"""
    )
    assert {rule for rule, _ in serious(page)} == {"image-alt", "color-contrast"}
    found = page.evaluate(WORDS)
    assert {"cut: beyond", "on it over a mark"} <= set(found)
    assert [fault for fault in found if "on a tick" in fault and not fault.endswith("mark")] != []


@pytest.mark.parametrize("path", [*PATHS, EVENT])
def test_every_page_prints_on_a4_and_no_figure_is_cut_between_two_sheets(visitor, path):
    assert faults_on_paper(visitor(path)) == {}


def test_no_figure_is_wider_than_a_sheet_however_wide_the_window(visitor):
    """A browser does not draw a figure anew for print: what is wider than the sheet is lost, marks and all."""
    page = visitor("/events", viewport={"width": 2200, "height": 1000})
    shown(page)
    widths = page.get_by_test_id("stPlotlyChart").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect().width)"
    )
    zooms = page.evaluate(
        """() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
            .filter((rule) => rule.media?.mediaText === 'print').flatMap((rule) => [...rule.cssRules])
            .filter((rule) => ['[data-testid="stMain"]', '[class*="st-key-figure-"]'].includes(rule.selectorText))
            .map((rule) => Number(rule.style.zoom))"""
    )
    assert len(zooms) == 2
    assert max(widths) * zooms[0] * zooms[1] <= (210 - 2 * 12) / 25.4 * 96
