"""Citations as text: one plain style for documents of the web.

Why: a reader who quotes a number must be able to name the report without looking it up. Missing authors and dates
of reduced precision are said as they are known. Not here: how a claim is said in a sentence (`analysis`).
"""

from urllib.parse import quote

import pandas as pd

from analysis import words


def source_citation(source: pd.Series, publisher: str) -> str:
    """Cite a row of `sources`: Authors. “Title.” Publisher, date. Address."""
    authors = f"{source['authors'].replace('; ', ', ')}. " if isinstance(source["authors"], str) else ""
    title = str(source["title"])
    ending = "" if title.endswith(("?", "!", ".", "…")) else "."
    return f"{authors}“{title}{ending}” {publisher}, {words.date(source['published'])}. {source['url']}"


def passage_link(url: str, wording: str) -> str:
    """Give the address of a report with a text fragment that opens it at the wording.

    The fragment's own marks (`-`, `,`, `&`) are percent-encoded (WICG, URL Fragment Text Directives).
    """
    return f"{url}#:~:text={quote(wording, safe='').replace('-', '%2D')}"
