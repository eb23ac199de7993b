"""Text from the tables, made safe for Streamlit's Markdown.

Why: tables and links are written by other people; nothing of them may become a link, an image, a formula or an icon. `st.text`
takes text as it is; everywhere else text passes through `escape_markdown`.
"""

import html
import re

from validation import Finding
from validation.reading import INVISIBLE

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$&:^=])")
_SHORTCODE = re.compile(r":(?=[\w/+-]+:)")
_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)", re.IGNORECASE)
"""Where a bare address becomes a link, escaped or not (GitHub's Markdown, autolinks); a word joiner there prevents it."""


def escape_markdown(text: object, most: int = 400) -> str:
    """Escape text so that Markdown shows it as it is, on one line, cut at `most` characters; marks that hide or turn text are named."""
    line = re.sub(INVISIBLE, lambda mark: f"\\u{ord(mark[0]):04x}", " ".join(str(text).split()))
    line = line if len(line) <= most else line[:most] + "…"
    return _MARKS.sub(r"\\\1", _SHORTCODE.sub(":\u2060", _ADDRESS.sub("\u2060", line)))


def fault(finding: Finding) -> str:
    """Describe a finding to a reader: file, line, column, what is wrong, what to do."""
    return escape_markdown(finding.sentence, 600)


def arabic(name: object) -> str:
    """Return a name in Arabic as HTML for `st.html`: escaped, marked as Arabic and right-to-left; nothing where there is none."""
    return f'<span lang="ar" dir="rtl">{html.escape(name)}</span>' if isinstance(name, str) else ""
