"""Tables whose every free text means harm, and what a page may show of them: plain text, letter for letter."""

import csv
import io
import re
from pathlib import Path

from playwright.sync_api import Page

from tests.support import small
from validation.models import SCHEMAS

WORD = "<img/src=x/onerror=hacked=true>[x](javascript:hacked=true):red[r]:smile:$$y$$&lt;`c`{{x}}عربي"
"""One word, so that a wording of eight words may hold it; with "hundreds of families" before it at most 120 characters."""
EVIL = (
    "<b>b</b> <script>hacked=true</script> <img src=x onerror=hacked=true> <a href='http://evil.example'>a</a> [x](javascript:hacked=true) "
    "[y](http://evil.example) ![i](http://evil.example/i.png) <http://evil.example> :material/home: :red[r] :smile: $$\\frac{y}{z}$$ $x$ "
    "&lt;b&gt; `c` **d** # e {{x}} %s عربي"
)
FREE = {
    "sources": ["short_name", "title", "authors", "note"],
    "organisations": ["name", "in_text", "note"],
    "places": ["name", "name_ocha", "name_ar"],
    "events": ["name", "note"],
    "claims": ["wording", "summary"],
    "caveats": ["label", "definition"],
    "claim_caveats": ["detail"],
    "dismissed": ["wording", "note"],
    "curation": ["wording", "reason", "place_id", "event_id", "attributed_to", "via", "part_of"],
    "series": ["title", "definition", "excludes", "licence"],
    "breaks": ["reason"],
    "observations": ["publication", "note"],
    "changes": ["row_id", "what", "old", "new", "reason"],
}
PLAIN = small.ROWS | {
    "series": [small.series(), small.series(series_id="tally", title="Tally", definition="Deaths of the raid.")],
    "observations": [
        *small.PUBLISHED["observations"],
        small.count(
            observation_id="tally-01", series_id="tally", measure="period", place_id="north", event_id="raid-2019",
            period_start="2019-02", period_end="2019-06-30", low=800, best=800, high=800, published="2019",
        ),
    ],
    "breaks": ["tally,2019-01-01,Older deaths added"],
    "dismissed": ["paper-2019-07-12,3,two months,duration,"],
    "curation": [
        small.row(
            "curation", source_id="paper-2019-07-12", number_id="p3-45", paragraph=3, wording="900 people", reader="A", reading="first",
            decided_on="2020-01-01", decision="claim",
        ),
    ],
}  # fmt: skip


def hostile_rows(name: str) -> list[str]:
    """Return the rows of a table with markup, directives and addresses after the text of every free-text cell."""
    columns = list(SCHEMAS[name].columns)
    written = io.StringIO()
    for cells in csv.reader(PLAIN.get(name, [])):
        evil = dict(zip(columns, cells, strict=True))
        for column in FREE.get(name, []):
            evil[column] = f"{evil[column]} {WORD if column == 'wording' else EVIL}".strip()
        csv.writer(written, lineterminator="\n").writerow(evil.values())
    return written.getvalue().splitlines()


def hostile(folder: Path) -> Path:
    return small.write(folder, **{name: hostile_rows(name) for name in SCHEMAS})


ALIVE = """() => [
    ...document.querySelectorAll('img[src="x"], img[src*="evil"], [href*="//evil.example"], [href^="javascript"], [onerror], [onload], .katex, iframe'),
    ...[...document.querySelectorAll('*')].filter((each) => each.getAttributeNS('http://www.w3.org/1999/xlink', 'href')?.match(/evil|javascript/)),
    ...[...document.querySelectorAll('script')].filter((each) => each.textContent.includes('hacked=true')),
    ...[...document.querySelectorAll('b, strong, em, h2, code, span[style*=color], tspan')].filter((each) => ['b', 'd', 'c', 'r'].includes(each.textContent.trim())),
].map((each) => each.outerHTML.slice(0, 200))"""
SEEN = """() => [...document.querySelectorAll('[data-testid=stMain], [data-testid=stSidebar], [role=dialog]')]
    .map((each) => each.innerText + ' ' + [...each.querySelectorAll('svg text')].map((text) => text.textContent).join(' ')).join(' ')"""


def assert_plain(page: Page, *fragments: str) -> None:
    """Nothing that a table holds became an element; the fragments are there letter for letter."""
    assert page.evaluate(ALIVE) == []
    seen = re.sub(r"[\s\u2060]", "", page.evaluate(SEEN))
    assert [fragment for fragment in fragments if re.sub(r"\s", "", fragment) not in seen] == []


TEXTS = [
    "<b>b</b>",
    "[x](javascript:hacked=true)",
    "![i](http://evil.example/i.png)",
    ":material/home:",
    ":red[r]",
    ":smile:",
    "$$",
    "عربي",
]
