"""Addresses of the data API for exactly what a reader has chosen, and ready lines that read them elsewhere.

Why: whoever works in pandas, R or Excel should not have to learn the API first. Here: text. Not here: the API (`api.py`).
"""

from urllib.parse import quote, urlencode

from analysis.selection import Choice


def table_address(origin: str, table: str, choice: Choice, ending: str) -> str:
    """Return the address of the chosen rows of a table; `origin` is scheme and host, `ending` that of a format of `files.FORMATS`."""
    asked = [(name, value) for name, chosen in choice.items() for value in chosen]
    return f"{origin}/api/v1/{table}.{ending}" + (f"?{urlencode(asked, quote_via=quote)}" if asked else "")


def ready_lines(address: str) -> dict[str, tuple[str, str]]:
    """Return for each program its language and the lines that read the CSV at an address there; blank stays unknown."""
    return {
        "pandas": (
            "python",
            "import pandas as pd\n\n"
            f'claims = pd.read_csv(\n    "{address}",\n'
            '    keep_default_na=False, na_values=[""], dtype_backend="numpy_nullable",\n)',
        ),
        "R": ("r", f'claims <- read.csv(\n  "{address}",\n  na.strings = "", encoding = "UTF-8"\n)'),
        "Excel (Power Query)": (
            "powerquery",
            f'let\n    Source = Csv.Document(\n        Web.Contents("{address}"),\n'
            '        [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]\n    ),\n'
            "    Claims = Table.PromoteHeaders(Source, [PromoteAllScalars = true])\nin\n    Claims",
        ),
    }
