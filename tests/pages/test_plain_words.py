"""No page, message, download or page of the docs uses a word that only those who keep the tables know."""

import ast
import json
import re

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

import dashboard
from exports import openapi
from tests.support import ROOT
from tests.support.pages import opened
from validation.about import About
from validation.dictionary import dictionary

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


TEXTS = re.compile(
    r"\b(?:met|dismissed|accumulat\w+|binds?|at hand|mend(?:s|ed|ing)?|verdicts?|wordings?|catching-up|with care|neither for nor against)\b"
    r"|official record|(?:beside|of|on) (?:the )?record\b|filters leave|set beside|whose fire|no common sum|numbers? speaks?\b"
    r"|none is a verdict|every number is what a report said|pictures of figures|twelve digits|make headlines|what is doubtful"
    r"|hollow marks|by the time it speaks|whose numbers stand|counted in people|machine found",
    re.IGNORECASE,
)
"""What no text says that a reader may meet, on a page or off it."""
KEYS = {"dismissed", "wording", "by whose fire"}
"""Texts of one word or more that are keys in the code: nobody reads them."""
NO_PROSE = {"dismissal.py", "suggest.py", "vocabulary.py", "numbers.py", "number_words.py", "qualifiers.py", "about.py"}
"""Files with words to be found in reports; the definitions of the vocabulary are read from the dictionary."""
DOCS = ["README.md", *(f"docs/{name}.md" for name in ("reading", "rules", "glossary", "evidence", "comparison", "api"))]


def literals(path):
    """Return the texts of a file of the code, without its docstrings and without what is computed in them."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.value


def prose(markdown):
    """Return the sentences of a page of the docs: no code, no names of columns and files."""
    return re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", " ", markdown, flags=re.DOTALL)


def test_no_text_of_the_code_uses_a_word_that_is_not_for_readers():
    files = [
        path
        for name in ("validation", "curation", "analysis", "figures", "exports", "app_pages")
        for path in (ROOT / name).rglob("*.py")
        if path.name not in NO_PROSE
    ]
    found = {
        (path.name, text)
        for path in [ROOT / "dashboard.py", *files]
        for text in literals(path)
        if " " in text.strip() and text not in KEYS and TEXTS.search(re.sub(r"{\w+}", "", prose(text)))
    }
    assert found == set()


def test_no_description_of_a_column_or_code_uses_a_word_that_is_not_for_readers():
    assert [word[0] for word in TEXTS.finditer(prose(re.sub(r"^## .*", "", dictionary(), flags=re.MULTILINE)))] == []


def test_the_document_of_the_api_is_in_words_of_readers():
    def said(node):
        for name, value in node.items() if isinstance(node, dict) else enumerate(node):
            if name in ("description", "summary", "title") and isinstance(value, str):
                yield value
            elif isinstance(value, dict | list):
                yield from said(value)

    document = openapi.document(["claims", "observations"], About(), "0")
    assert [word[0] for text in said(document) for word in TEXTS.finditer(prose(text))] == []


@pytest.mark.parametrize("name", DOCS)
def test_what_readers_are_given_to_read_is_in_their_words(name):
    text = prose((ROOT / name).read_text(encoding="utf-8"))
    assert [word[0] for word in TEXTS.finditer(text)] == []


@pytest.mark.parametrize("name", ["about.toml", "caveats.csv"])
def test_tables_that_pages_show_are_in_words_of_readers(name):
    text = (ROOT / "datasets" / name).read_text(encoding="utf-8")
    assert [word[0] for word in TEXTS.finditer(text)] == []


def test_no_change_calls_published_counts_an_official_record():
    assert "official record" not in (ROOT / "datasets" / "changes.csv").read_text(encoding="utf-8")


def test_the_readers_of_texts_find_what_they_look_for(tmp_path):
    (tmp_path / "page.py").write_text(
        '"""Met."""\nshow(f"{met} numbers met", "the official record")\n', encoding="utf-8"
    )
    found = [word[0] for text in literals(tmp_path / "page.py") for word in TEXTS.finditer(text)]
    assert sorted(found) == ["met", "official record"]
    assert [word[0] for word in TEXTS.finditer(prose("`wording` and a [verdict](met.md)"))] == ["verdict"]
