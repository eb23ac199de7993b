"""No page and no claim card uses a word that only those who keep the tables know: every text that Streamlit sends is read."""

import json
import re
from pathlib import Path

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

import dashboard
from tests.test_pages import opened

PAGES = {file: {} for file, *_ in dashboard.PAGES}
CARDS = {
    "an exact number": "trtworld-2019-07-05",
    "a word": "breitbart-2019-07-12-01",
    "many limitations": "thehillnews-2018-01-07-08",
}
EMPTY = {"source": ["The New Arab 2015"], "group": ["Children"], "place": ["The Moon"]}
BANNED = re.compile(
    r"\b(?:records?|series|observations?|marks?|wordings?|met|dismissed|accumulat\w+|binds?)\b"
    r"|may (?:not )?be set beside|none is a verdict|\.csv\b|\bmake |\bvalidation/|\b[a-z]+_[a-z_]+\b",
    re.IGNORECASE,
)
"""The words of the tables, of the code and of the command line; the last: names of columns and files."""
ALLOWED = {
    ("code", "data"): ".*",  # Lines of programs that read the data: they name the file and its columns.
}
"""Exceptions, each by kind of element and page: what may stand there."""
NOT_READ = {
    "id",
    "key",
    "element_id",
    "form_id",
    "icon",
    "url",
    "page_script_hash",
    "config",
    "data",
    "arrow_data",
    "figure",
    "query_string",
}
"""Fields that no reader meets, and the cells of tables: what the tables hold is data."""


def texts(message):
    """Return every text of a message to the browser that a reader may meet; of charts what is written, of tables the headings."""
    for field, value in message.ListFields():
        if field.name == "columns" and isinstance(value, str):
            for column in json.loads(value).values():
                yield from filter(None, (column.get("label"), column.get("help")))
        elif field.name == "spec" and isinstance(value, str):
            yield from (note.get("text") or "" for note in json.loads(value)["layout"].get("annotations", []))
        elif isinstance(value, Message):
            yield from texts(value)
        elif field.name not in NOT_READ and not isinstance(value, bytes | int | float):
            for part in [value] if isinstance(value, str) else value:
                yield from texts(part) if isinstance(part, Message) else [str(part)]


def banned(page, **query):
    """Return the banned words on a page, each with the words around it, and all that was read."""
    app = opened(page, **query)
    read = [
        (node.type, text)
        for node in app._tree
        if getattr(node, "proto", None) is not None
        for text in texts(node.proto)
        if not text.startswith("<style") and "on-paper" not in text[:60]  # no words; the words of tables
    ]
    read += [
        ("table", str(cell))
        for table in app.table
        for cell in table.value.drop(columns="Code", errors="ignore").to_numpy().ravel()
    ]
    found = {
        (kind, text[max(0, word.start() - 40) : word.end() + 40])
        for kind, text in read
        for word in BANNED.finditer(
            re.sub(ALLOWED[kind, page], "", text, flags=re.DOTALL) if (kind, page) in ALLOWED else text
        )
    }
    return found, " ".join(text for _, text in read)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_uses_a_word_of_the_tables(page):
    found, text = banned(page)
    assert found == set()
    assert "We do not judge which is right." in text


@pytest.mark.parametrize("page", PAGES)
def test_no_message_of_an_empty_page_uses_a_word_of_the_tables(page):
    found, text = banned(page, **EMPTY)
    assert found == set()
    assert "This link has a filter we do not know" in text


@pytest.mark.parametrize("claim", CARDS.values(), ids=CARDS)
def test_no_card_uses_a_word_of_the_tables(claim):
    found, text = banned("overview", claim=claim)
    assert found == set()
    assert "How to say it" in text


def test_the_reader_of_pages_finds_banned_words_in_texts_headings_and_help():
    app = AppTest.from_string(
        "import streamlit as st\n"
        "st.button('Press', help='the wording')\n"
        "st.dataframe({'a': [1]}, column_config={'a': st.column_config.Column('A series')})\n"
        "st.expander('claims.csv').write('two marks')"
    ).run()
    read = " ".join(
        text for node in app._tree if getattr(node, "proto", None) is not None for text in texts(node.proto)
    )
    assert {word[0] for word in BANNED.finditer(read)} == {"wording", "series", ".csv", "marks"}


DOCS = re.compile(
    r"\b(?:met|dismissed|accumulat\w+|binds?|at hand|verdict|wordings?|official record|filters leave)\b", re.IGNORECASE
)


@pytest.mark.parametrize("name", ["reading", "rules", "glossary"])
def test_what_readers_are_given_to_read_is_in_their_words(name):
    text = (Path(__file__).parent.parent / "docs" / f"{name}.md").read_text(encoding="utf-8")
    assert DOCS.findall(text) == []
