"""The text of a report with its numbers marked: HTML, escaped.

Why: a number is judged by the sentence that it stands in. Each number has a colour and a sign for its state, so that nobody needs
to see colours. Not here: which state a number has (`reading.py`).
"""

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from curation.readings import CLAIMED, IN_TABLES, NOT_USED, OPEN
from curation.suggest import Candidate

SIGNS = {OPEN: "", CLAIMED: "✓", NOT_USED: "✕", IN_TABLES: "•"}
STYLE = """<style>
.report p { margin: 0 0 0.7rem; line-height: 1.55; }
.report a { text-decoration: none; color: inherit; border-radius: 3px; padding: 0 2px; border-bottom: 2px solid; }
.report .open { background: #ffd54f66; border-color: #b26a00; }
.report .claim { background: #4caf5040; border-color: #2e7d32; }
.report .not-used { background: #9e9e9e33; border-color: #757575; }
.report .in-the-tables { border-color: #90a4ae; }
.report .current { outline: 3px solid #1565c0; outline-offset: 1px; font-weight: 600; }
.report .number { opacity: 0.75; font-size: 0.75rem; user-select: none; margin-right: 0.4rem; }
</style>"""
LEGEND = (
    '<p><a class="open">open</a> <a class="claim">claim ✓</a> <a class="not-used">not used ✕</a> '
    '<a class="in-the-tables">in the tables •</a></p>'
)


def marked(
    paragraphs: Sequence[str],
    numbers: Sequence[Candidate],
    states: Mapping[str, str],
    current: str | None,
    link: Mapping[str, str],
) -> str:
    """Return the text as HTML, each number a link to itself; `states` by number id, `link`: what else stands in its address."""
    by_paragraph: dict[int, list[Candidate]] = {}
    for number in numbers:
        by_paragraph.setdefault(number.paragraph, []).append(number)
    lines = []
    for at, paragraph in enumerate(paragraphs, start=1):
        parts, done = [], 0
        for number in sorted(by_paragraph.get(at, []), key=lambda one: one.start):
            if number.start < done:
                continue
            state = states.get(number.number_id, OPEN)
            chosen = " current" if number.number_id == current else ""
            address = escape("?" + urlencode({**link, "at": number.number_id}), quote=True)
            said = escape(paragraph[number.start : number.end])
            label = f"{said}<sup>{SIGNS[state]}</sup>" if SIGNS[state] else said
            parts += [
                escape(paragraph[done : number.start]),
                f'<a class="{state.replace(" ", "-")}{chosen}" target="_self" title="{state}" href="{address}">{label}</a>',
            ]
            done = number.end
        lines.append(f'<p><span class="number">{at}</span>{"".join(parts)}{escape(paragraph[done:])}</p>')
    return f'{STYLE}<div class="report" lang="und" dir="auto">{LEGEND}{"".join(lines)}</div>'


_SCROLL = """export default function() {
  const here = document.querySelector('.report .current');
  let box = here;
  while (box && box.scrollHeight <= box.clientHeight + 1) { box = box.parentElement; }
  // Only the text is moved, not the page around it.
  if (box && !box.matches('[data-testid=stMain], body, html')) {
    box.scrollTop += here.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
  }
}"""


def show_current(number_id: str | None) -> None:
    """Bring the chosen number into view."""
    st.components.v2.component("scroll", js=_SCROLL)(key=f"scroll {number_id}")
