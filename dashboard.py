"""The entry: `streamlit run dashboard.py`. The pages with their filters and footer, and the server's app with the data API.

Streamlit runs this file as `__main__` for every visit, and imports it once for `app`. Not here: any work with the data, any
page (`app_pages/`), any route (`exports/api.py`).
"""

from pathlib import Path

import streamlit as st

# A local file: an icon by name would be fetched from another host.
ICON = Path(__file__).parent / "app_pages" / "icon.png"

if __name__ == "__main__":
    from app_pages.parts import card, filters, frame

    PAGES = [
        st.Page(
            "app_pages/overview.py",
            title="Overview",
            icon=":material/home:",
            default=True,
            help="The totals that the reports give for the whole war, and every number on one time axis.",
        ),
        st.Page(
            "app_pages/casualties.py",
            title="Casualties",
            icon=":material/person_off:",
            url_path="casualties",
            help="Every number of people killed or injured, event by event.",
        ),
        st.Page(
            "app_pages/displacement.py",
            title="Displacement",
            icon=":material/directions_walk:",
            url_path="displacement",
            help="Every number of people or families displaced, with totals and their parts.",
        ),
        st.Page(
            "app_pages/comparison.py",
            title="Comparison",
            icon=":material/compare_arrows:",
            url_path="comparison",
            help="All numbers about one event or topic, side by side by who said them.",
        ),
        st.Page(
            "app_pages/places.py",
            title="Places",
            icon=":material/map:",
            url_path="places",
            help="Which governorates and towns the numbers speak of, and which numbers no map can place.",
        ),
        st.Page(
            "app_pages/sources.py",
            title="Sources",
            icon=":material/article:",
            url_path="sources",
            help="The reports, what is known of them, and the numbers that each prints.",
        ),
        st.Page(
            "app_pages/data.py",
            title="Data",
            icon=":material/table:",
            url_path="data",
            help="The table of the numbers chosen, and downloads with their provenance.",
        ),
        st.Page(
            "app_pages/method.py",
            title="Method",
            icon=":material/rule:",
            url_path="method",
            help="How a sentence becomes a number here, what the words mean, and what was checked.",
        ),
    ]

    st.set_page_config(page_title="Numbers reported on the war in Syria", page_icon=ICON, layout="wide")
    frame.style()
    page = st.navigation(PAGES)
    frame.stop_without_tables()
    frame.words_one_click_away()
    filters.sidebar()
    notice = st.container()
    page.run()
    with notice:
        filters.warn_of_unknown()
    frame.footer()
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
