"""What the browser drew: no words cut, none over others or over marks, measured from the boxes at three widths."""

from pathlib import Path

import pytest

from tests.support.browser import drawn, into_view, with_slow

PAGES = [
    "/",
    "/casualties",
    "/displacement",
    "/events",
    "/events?event=Opposition+offensive%2C+late+2024",
    "/places",
    "/?claim=trtworld-2019-07-11",
]
FAULTS = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap((plot) => {
    const frame = plot.getBoundingClientRect();
    const boxes = (selector) => [...plot.querySelectorAll(selector)]
        .filter((one) => one.textContent.trim() || !one.matches('text, .annotation-text'))
        .filter((one) => getComputedStyle(one).opacity !== '0' && one.style.opacity !== '0')
        .map((one) => ({what: one.textContent.trim() || 'a mark', box: one.getBoundingClientRect()}))
        .filter(({box}) => box.width > 0);
    const words = boxes('.annotation-text, .xtick text, .x2tick text, .ytick text, .legendtext, .legendtitletext');
    const inside = boxes('.textpoint text');
    const marks = boxes('.scatterlayer .point');
    const tools = boxes('.modebar-btn').map(({box}) => ({what: 'the camera', box}));
    const touch = (one, other, slack) => one.left < other.right - slack && other.left < one.right - slack
        && one.top < other.bottom - slack && other.top < one.bottom - slack;
    const cut = [...words, ...inside].filter(({box}) => box.left < frame.left - 1 || box.right > frame.right + 1
        || box.top < frame.top - 1 || box.bottom > frame.bottom + 1).map(({what}) => 'cut: ' + what);
    const over = words.flatMap((one, at) => [...words.slice(at + 1), ...tools].filter(({box}) => touch(one.box, box, 2))
        .map(({what}) => one.what + ' over ' + what));
    const hidden = words.flatMap(({what, box}) => marks.filter((mark) => touch(box, mark.box, 3)).map(() => what + ' over a mark'));
    return [...cut, ...over, ...new Set(hidden)];
})"""


def settled_faults(page):
    """Return the faults that stay when figures that move into place have done so."""
    for _ in range(8):
        faults = page.evaluate(FAULTS)
        if not faults:
            break
        page.wait_for_timeout(400)
    return faults


@pytest.mark.parametrize("path", with_slow(PAGES, ["/", "/casualties", "/events", "/places", PAGES[-1]]))
def test_words_of_figures_are_neither_cut_nor_over_one_another_nor_over_marks(visitor, path):
    page = visitor(path)
    faults = {}
    for width in (1280, 768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert drawn(page) > 0
        faults[width] = settled_faults(page)
    assert faults == {1280: [], 768: [], 390: []}


def test_the_measure_itself_sees_words_that_are_cut_or_lie_on_marks(visitor):
    page = visitor("/casualties")
    assert drawn(page) > 0
    page.evaluate(
        """() => {
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
    faults = page.evaluate(FAULTS)
    assert {"cut: beyond", "on it over a mark"} <= set(faults)
    assert [fault for fault in faults if "on a tick" in fault and not fault.endswith("mark")] != []


CLIPPED = """() => [...document.querySelectorAll('.legend')].flatMap((legend) => {
    const box = legend.querySelector('.scrollbox'), on = box.getScreenCTM();
    const clip = document.querySelector(box.getAttribute('clip-path').match(/#[^"')]+/)[0] + ' rect');
    const room = on.e + on.a * clip.width.baseVal.value;
    const ends = (line) => {  // where its words end, without the room after them
        const letters = line.textContent.trimEnd().length, text = line.closest('text');
        return letters ? line.getEndPositionOfChar(letters - 1).matrixTransform(text.getScreenCTM()).x : 0;
    };
    return [...legend.querySelectorAll('text')].flatMap((text) => {
        const lines = text.querySelectorAll('tspan.line');
        return [...(lines.length ? lines : [text])].filter((line) => ends(line) > room).map((line) => line.textContent.trim());
    });
})"""


def test_a_saved_picture_cuts_no_words_though_it_is_set_in_a_wider_font(visitor, chromium):
    """The list beneath a chart of published counts, which a phone has, is the one that Plotly cuts."""
    page = visitor("/events", viewport={"width": 390, "height": 844})
    assert drawn(page) > 0
    page.get_by_role("radio", name="SVG").click()
    page.wait_for_timeout(1500)
    camera = page.get_by_test_id("stPlotlyChart").first.locator(".modebar-btn").first
    into_view(page, camera)
    with page.expect_download() as download:
        camera.click()
    alone = chromium.new_context().new_page()
    alone.set_content(Path(download.value.path()).read_text(encoding="utf-8"))
    assert alone.locator(".legend text").count() > 2
    assert alone.evaluate(CLIPPED) == []
    alone.evaluate("() => document.querySelectorAll('.legend text').forEach((one) => { one.style.fontSize = '20px'; })")
    assert alone.evaluate(CLIPPED) != [], "the measure sees words that are cut"
    alone.context.close()
