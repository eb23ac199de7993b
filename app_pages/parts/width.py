"""Whether the reader's page is wide: the server does not know, so a probe in the page says it.

Why: a title fits one line on a desk and three on a phone, and a picture of a figure holds its title. Most visits are guessed
right and need no second run. The probe also scrolls to the chart that a link names, closes the menu of a phone after a
choice, and lets a chart know where a finger lands: Plotly chooses the mark under the pointer that it saw last, and a
finger has none before it lands, so that a mark took two taps.

Not here: what is drawn for which width (`figures/layout.py`).
"""

from functools import lru_cache
from typing import Any

import streamlit as st

WIDE = 900
"""Pixels of the content from which a page is wide."""
_PROBE = """let page = null;
export default function({ data, setStateValue }) {
  // On a phone the menu lies over the page; whoever chose a page wants to see it.
  if (data && page !== null && data.page !== page && window.innerWidth < 768) {
    document.querySelector('[data-testid=stSidebarCollapseButton] button')?.click();
  }
  page = data ? data.page : null;
  const main = document.querySelector('[data-testid=stMainBlockContainer]') || document.body;
  let last = data ? data.wide : null;
  const say = () => {
    const wide = main.getBoundingClientRect().width >= %d;
    if (wide !== last) { last = wide; setStateValue('wide', wide); }
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
  };
}"""


@lru_cache(maxsize=1)
def _probe() -> Any:
    return st.components.v2.component("width", js=_PROBE % WIDE)


def measure(page: str) -> None:
    """Place the probe, once on every page (`page`: its address); a change of width runs the page again."""
    known = {"wide": wide()}
    # A link to a chart is followed once: else every run of the page would scroll there again.
    asked = None if st.session_state.get("scrolled") else st.query_params.get("chart")
    st.session_state["scrolled"] = True
    measured = _probe()(
        key="width", data=known | {"chart": asked, "page": page}, default=known, on_wide_change=lambda: None
    )
    st.session_state["wide"] = bool(measured.wide)


def wide() -> bool:
    """Return whether the page is wide, as last measured; before that a phone is guessed by its own name."""
    guess = "Mobi" not in (st.context.headers.get("User-Agent") or "")
    return bool(st.session_state.get("wide", guess))
