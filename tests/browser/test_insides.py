"""What styles and scripts of the pages take for granted of Streamlit's and Plotly's pages: each of their selectors finds something.

Neither library promises its names, so requirements.txt bounds both. Where this fails after an update: look in the browser at what the
element is called now, and change the file that the failure names.
"""

import re

from app_pages.parts import filters
from tests.support import ROOT
from tests.support.browser import shown
from validation import load

STATES = [
    "/data?table=Published+counts&year=2019",
    "/events?event=nothing",
    "/places?place=Syria",
]
"""Pages on which together with a card, a menu and what it leads to, on a phone, everything is seen that styles and scripts name."""
RULES = """(text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    const of_rules = (rules) => [...rules].flatMap((rule) => rule.selectorText || (rule.cssRules ? of_rules(rule.cssRules) : []));
    return of_rules(sheet.cssRules);
}"""
FOUND = "(selectors) => selectors.filter((selector) => document.querySelector(selector))"
SCRIPTED = re.compile(r"(?:querySelector|querySelectorAll|closest|matches)\('([^']*(?:data-testid|plotly)[^']*)'\)")
NAMED = re.compile(r"""\[data-testid=["']?\w+["']?\]""")
MADE = {
    "app_pages/parts/width.py": ["[data-testid=stApp][data-test-script-state=notRunning]", "[class*=st-key-chart-] .js-plotly-plot"],
    "app_pages/parts/show.py": ["[class*=st-key-figure-] .js-plotly-plot .modebar-btn"],
}  # fmt: skip
"""What a script or a style puts together from parts."""


def parts_of(selector):
    """Return the alternatives of a selector, without what no element is (`::before`)."""
    found, depth, part = [], 0, ""
    for letter in re.sub(r"::[a-z-]+", "", selector):
        depth += (letter in "([") - (letter in ")]")
        part += letter if depth or letter != "," else ""
        if letter == "," and not depth:
            found, part = [*found, part.strip()], ""
    return {*found, part.strip()} - {""}


def leaned_on(page):
    """Return every selector of the sources, and the file that leans on it."""
    css = {"app_pages/page.css": (ROOT / "app_pages/page.css").read_text(encoding="utf-8")}
    css["app_pages/parts/filters.py"] = f"{filters.HIDDEN} {filters._all_but('beside')}"
    found = {}
    for file, text in css.items():
        found |= dict.fromkeys({part for rule in page.evaluate(RULES, text) for part in parts_of(rule)}, file)
    for path in sorted([*(ROOT / "app_pages").rglob("*.py"), *(ROOT / "curation/desk").rglob("*.py")]):
        file, text = str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        made = [*SCRIPTED.findall(text), *NAMED.findall(text), *MADE.get(file, [])]
        found |= dict.fromkeys({part for selector in made for part in parts_of(selector)} - found.keys(), file)
    return found


def test_every_selector_of_styles_and_scripts_finds_an_element_on_some_page(visitor):
    card = f"/?claim={load().table('claims')['claim_id'].iloc[0]}"
    page = visitor(card, viewport={"width": 390, "height": 800})
    missing = leaned_on(page)
    files = {"app_pages/page.css", "app_pages/parts/filters.py", "app_pages/parts/width.py", "curation/desk/text.py"}
    assert files <= set(missing.values())

    def look():
        shown(page)
        for selector in page.evaluate(FOUND, sorted(missing)):
            del missing[selector]

    page.get_by_role("dialog").get_by_text("Limitations", exact=True).wait_for()
    look()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.get_by_test_id("stExpandSidebarButton").click()
    look()
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="About", exact=True).click()
    page.get_by_test_id("stPageLink").first.wait_for()
    look()
    for path in STATES:
        page = visitor(path)
        look()
    assert missing == {}, f"Streamlit or Plotly calls these otherwise now; change the file beside each: {missing}"
