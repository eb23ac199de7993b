"""The entry: `streamlit run dashboard.py`. The pages with their filters and footer, and the server's app with the data API.

Streamlit runs this file as `__main__` for every visit, and imports it once for `app`. Not here: any work with the data, any
page (`app_pages/`), any route (`exports/api.py`).
"""

import streamlit as st

if __name__ == "__main__":
    from app_pages.parts import card, downloads, filters, page_shell

    st.set_page_config(page_title="Numbers reported on the war in Syria", page_icon=page_shell.icon(), layout="wide")
    page_shell.style()
    page = st.navigation(page_shell.pages())
    page_shell.require_tables()
    page_shell.glossary_popover()
    filters.sidebar()
    notice = st.container()
    page.run()
    with notice:
        filters.warn_of_unknown()
        downloads.say_what_failed()
    page_shell.footer()
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
