"""How wide the reader's page is: the server does not know, so a probe in the page says it.

Why: a title fits one line on a desk and three on a phone, and a picture of a figure holds its title. Most visits are guessed
right and need no second run. The probe also scrolls to the chart that a link names, closes the menu of a phone after a
choice, and lets a chart know where a finger lands: Plotly chooses the mark under the pointer that it saw last, and a
finger has none before it lands, so that a mark took two taps. And it holds a click on a download until the page has followed what was chosen
before it: the button would give the rows before the choice, or none once these are gone.

Not here: what is drawn for which width (`figures/layout.py`).
"""

from functools import lru_cache
from typing import Any

import streamlit as st

NARROW, MEDIUM, WIDE = "narrow", "medium", "wide"
"""A phone, a tablet, a desk."""
FROM = {MEDIUM: 560, WIDE: 900}
"""Pixels of the content from which a page has that width."""
_PROBE = """let page = null, released = false;
// A click on a download waits until the page has stood still for five looks; the button is then found again by its key.
const hold = (event) => {
  const button = event.target.closest('[data-testid=stDownloadButton] button');
  if (!button || released) { return; }
  event.stopImmediatePropagation();
  event.preventDefault();
  const key = [...button.closest('[data-testid=stElementContainer]').classList].find((name) => name.startsWith('st-key-'));
  let still = 0;
  const look = setInterval(() => {
    const state = document.querySelector('[data-testid=stApp]').dataset.testScriptState;
    still = state === 'notRunning' ? still + 1 : 0;
    if (still < 5) { return; }
    clearInterval(look);
    released = true;
    (key ? document.querySelector('.' + CSS.escape(key) + ' button') : button)?.click();
    released = false;
  }, 50);
};
export default function({ data, setStateValue }) {
  // On a phone the menu lies over the page; whoever chose a page wants to see it.
  if (data && page !== null && data.page !== page && window.innerWidth < 768) {
    document.querySelector('[data-testid=stSidebarCollapseButton] button')?.click();
  }
  page = data ? data.page : null;
  const main = document.querySelector('[data-testid=stMainBlockContainer]') || document.body;
  let last = data ? data.room : null;
  const say = () => {
    const room = main.getBoundingClientRect().width;
    const width = room >= %(wide)d ? 'wide' : room >= %(medium)d ? 'medium' : 'narrow';
    if (width !== last) { last = width; setStateValue('room', width); }
  };
  const watch = new ResizeObserver(say);
  watch.observe(main);
  say();
  const point = (event) => {
    if (event.pointerType !== 'touch' || !event.target.closest('.js-plotly-plot')) { return; }
    const { clientX, clientY } = event;
    event.target.dispatchEvent(new MouseEvent('mousemove', { clientX, clientY, bubbles: true, view: window }));
  };
  document.addEventListener('pointerdown', point, { capture: true, passive: true });
  document.addEventListener('click', hold, { capture: true });
  let tries = data && data.chart ? 40 : 0;
  const scroll = setInterval(() => {
    const chart = tries > 0 && document.querySelector('.st-key-chart-' + CSS.escape(data.chart) + ' .js-plotly-plot');
    if (chart) { chart.scrollIntoView({ block: 'start' }); }
    if (chart || --tries <= 0) { clearInterval(scroll); }
  }, 250);
  return () => {
    watch.disconnect();
    clearInterval(scroll);
    document.removeEventListener('pointerdown', point, { capture: true });
    document.removeEventListener('click', hold, { capture: true });
  };
}"""


@lru_cache(maxsize=1)
def _probe() -> Any:
    return st.components.v2.component("width", js=_PROBE % FROM)


def measure(page: str) -> None:
    """Place the probe, once on every page (`page`: its address); a change of width runs the page again."""
    known = {"room": _width()}
    # A link to a chart is followed once: else every run of the page would scroll there again.
    asked = None if st.session_state.get("scrolled") else st.query_params.get("chart")
    st.session_state["scrolled"] = True
    measured = _probe()(
        key="width", data=known | {"chart": asked, "page": page}, default=known, on_room_change=lambda: None
    )
    st.session_state["room"] = measured.room if measured.room in (NARROW, MEDIUM, WIDE) else _width()


def wide() -> bool:
    """Return whether the page has room for two columns and for labels left of marks."""
    return _width() == WIDE


def medium() -> bool:
    """Return whether the page is that of a tablet: one column, with lines longer than those of a phone."""
    return _width() == MEDIUM


def _width() -> str:
    """Return the width as last measured; before that a phone is guessed by its own name."""
    if measured := st.session_state.get("room"):
        return str(measured)
    return NARROW if "Mobi" in (st.context.headers.get("User-Agent") or "") else WIDE
