"""The entry: `streamlit run dashboard.py`. The pages with their filters and footer, and the server's app with the data API.

Streamlit runs this file as `__main__` for every visit, and imports it once for `app`. Not here: any work with the data, any
page (`app_pages/`), any route (`exports/api.py`).
"""

import streamlit as st

PAGES = (
    ("overview", "Overview", "home", "", "What reports claim and what others counted, the war year by year, and recent changes."),
    ("casualties", "Casualties", "person_off", "casualties", "Deaths by year, totals since the war began, and the claims, event by event."),
    ("displacement", "Displacement", "directions_walk", "displacement", "Refugees and displaced people at year-end; claims, totals and their parts."),
    ("events", "Events", "compare_arrows", "events", "Who counted what in one event: its claims among the published counts."),
    ("counts", "Published counts", "format_list_numbered", "counts", "What each organisation counts, with its values and its citation."),
    ("places", "Places", "map", "places", "Which places the claims are about, on a map and in a list."),
    ("sources", "Sources", "article", "sources", "Who is quoted in which report, and which numbers we did not use."),
    ("data", "Data", "table", "data", "All claims that match your filters as a table, and downloads."),
    ("method", "Method", "rule", "method", "How the numbers are collected and compared, what the words mean, and what was checked."),
    ("about", "About", "info", "about", "What this is, who makes it, the licence, how to cite it and how to report an error."),
)  # fmt: skip
"""Every page: its file in `app_pages/`, its title, icon, address and what it holds. The one without an address is the first."""
MOVED = ("comparison",)
"""Files of `app_pages/` that lead an old address to where it is now; no menu has them."""

if __name__ == "__main__":
    from app_pages.parts import card, downloads, filters, page_shell, search_section, tables, width

    st.set_page_config(page_title=page_shell.title(), page_icon=page_shell.icon(), layout="wide")
    page_shell.style()
    page = st.navigation(page_shell.pages(PAGES, MOVED), position="top")
    if page.url_path in MOVED:
        page.run()  # before a filter holds its part of the address, which the page could not take along then
    width.measure(page.url_path)
    page_shell.require_tables()
    notice = st.container()
    page_shell.make_room_for_title()
    filters.row()
    search_section.found(tables.chosen())
    page.run()
    page_shell.footer()
    with notice:
        filters.say_of_link()
        downloads.say_what_failed()
        card.show_if_asked()
else:
    from starlette.middleware import Middleware

    from app_pages.parts import server
    from exports import api

    app = st.App(
        __file__,
        middleware=[Middleware(server.Guard, api=api.application())],
        lifespan=server.lifespan,
        on_script_error=server.say_error,
    )
