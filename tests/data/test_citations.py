"""Citations: complete, nothing invented, and read back by the programs that people use for them."""

import json

import bibtexparser
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from analysis.view import claims_view
from exports import citations
from tests.support import small

AWKWARD = r"50% of {A} & B_c # $1 \ ~ ^ “ü” – “إدلب”"


def source(**changed):
    from validation.models import SCHEMAS

    columns = list(SCHEMAS["sources"].columns)
    cells = dict(zip(columns, small.ROWS["sources"][1].split(","), strict=True)) | changed
    return [small.ROWS["sources"][0], ",".join(f'"{value}"' for value in cells.values())]


def cited(folder, *, origin="", **changed):
    """Cite the report of the small record's third claim, with some cells of its source changed."""
    dataset = small.dataset(folder, sources=source(**changed))
    assert dataset.findings == ()
    view = claims_view(dataset)
    return dataset, citations.reports(dataset, view[view["source_id"] == "post-2020-01-05"], origin)


NOTE = (
    "“hundreds of families” displaced in Town (until January 2020, start not given), The Post said on 5 January 2020. "
    "Limitations: The report names no other source; Period not stated. Paragraph 1. "
    "Claim post-2020-01-05-01, data version {}."
)


IN_TEXT = [
    ({}, "Ann Author. “Another title.” The Post, 5 January 2020. https://example.org/b"),
    ({"authors": ""}, "“Another title.” The Post, 5 January 2020. https://example.org/b"),
    ({"published": "2020-01"}, "Ann Author. “Another title.” The Post, January 2020. https://example.org/b"),
    ({"published": "2020"}, "Ann Author. “Another title.” The Post, 2020. https://example.org/b"),
    ({"title": "Who knows?"}, "Ann Author. “Who knows?” The Post, 5 January 2020. https://example.org/b"),
    ({"authors": "A One; B Two"}, "A One, B Two. “Another title.” The Post, 5 January 2020. https://example.org/b"),
    (
        {"title": "The “fall” of Idlib"},
        "Ann Author. “The ‘fall’ of Idlib.” The Post, 5 January 2020. https://example.org/b",
    ),
    (
        {"accessed": "2026-11", "archived_url": "https://archive.example.org/b"},
        "Ann Author. “Another title.” The Post, 5 January 2020. https://example.org/b (read November 2026) "
        "Archived: https://archive.example.org/b",
    ),
]


def test_a_citation_in_text_says_what_is_known_and_invents_nothing(tmp_path):
    of_post = {
        "publisher_id": "post",
        "title": "Another title",
        "authors": "Ann Author",
        "published": "2020-01-05",
        "url": "https://example.org/b",
    }
    sources, claims = [], []
    for n, (cells, _) in enumerate(IN_TEXT):
        sources.append(small.source(**of_post | cells, source_id=f"post-{n}", short_name=f"Post {n}"))
        claims.append(small.claim(claim_id=f"post-{n}-01", source_id=f"post-{n}"))
    dataset = small.dataset(tmp_path, sources=sources, claims=claims, claim_caveats=[])
    assert dataset.findings == ()
    view = claims_view(dataset)
    reports = [citations.reports(dataset, view[at : at + 1])[0] for at in range(len(IN_TEXT))]
    assert [(cells, citations.as_text(report)) for (cells, _), report in zip(IN_TEXT, reports, strict=True)] == IN_TEXT


def test_the_data_set_is_cited_with_its_version_and_the_day_of_its_newest_change(tmp_path):
    dataset = small.dataset(tmp_path)
    told = citations.as_text(citations.data_set(dataset, "https://example.org/data"))
    assert told == (
        f"Numbers of a small war. Data set, version {dataset.version}, 1 January 2026. https://example.org/data"
    )


def test_a_record_without_changes_is_cited_without_a_date(tmp_path):
    dataset = small.dataset(tmp_path, changes=[])
    assert citations.as_text(citations.data_set(dataset)) == (
        f"Numbers of a small war. Data set, version {dataset.version}."
    )


@pytest.mark.parametrize(
    ("published", "year", "date"),
    [("2020", "2020", "2020///"), ("2020-01", "2020", "2020/01//"), ("2020-01-05", "2020", "2020/01/05/")],
)
def test_ris_reads_back_whole_and_keeps_the_precision_of_the_date(tmp_path, published, year, date):
    dataset, reports = cited(
        tmp_path, published=published, title=AWKWARD, authors="A One; B Two", accessed="2026-11-22"
    )
    [entry] = rispy.loads(citations.as_ris(reports))
    note = entry.pop("notes")
    assert entry == {
        "type_of_reference": "NEWS", "id": "post-2020-01-05", "title": AWKWARD, "authors": ["A One", "B Two"],
        "secondary_title": "The Post", "year": year, "date": date, "language": "en", "urls": ["https://example.org/b"],
        "access_date": "2026/11/22",
    }  # fmt: skip
    assert len(note) == 1
    assert note[0].endswith(f"Claim post-2020-01-05-01, data version {dataset.version}.")


def test_the_note_of_a_claim_has_its_sentence_its_doubts_its_id_and_its_link(tmp_path):
    dataset, reports = cited(tmp_path, origin="https://example.org")
    link = " https://example.org/?claim=post-2020-01-05-01"
    assert reports[0].notes == (NOTE.format(dataset.version) + link,)


def test_a_report_of_several_claims_is_cited_once_with_a_note_for_each(tmp_path):
    dataset = small.dataset(tmp_path)
    entries = rispy.loads(citations.as_ris(citations.reports(dataset, claims_view(dataset))))
    assert [(entry["id"], len(entry["notes"])) for entry in entries] == [
        ("paper-2019-07-12", 2),
        ("post-2020-01-05", 1),
    ]


@pytest.mark.parametrize(
    ("published", "known"),
    [
        ("2020", {"year": "2020"}),
        ("2020-01", {"year": "2020", "month": "jan"}),
        ("2020-01-05", {"year": "2020", "month": "jan", "day": "5"}),
    ],
)
def test_bibtex_reads_back_with_every_special_character_escaped(tmp_path, published, known):
    _, reports = cited(tmp_path, published=published, title=AWKWARD, url="https://example.org/b_1?x=1&y=%20{z}")
    library = bibtexparser.parse_string(citations.as_bibtex(reports))
    assert library.failed_blocks == []
    [entry] = library.entries
    fields = {field.key: field.value for field in entry.fields}
    assert (entry.entry_type, entry.key) == ("misc", "post-2020-01-05")
    assert fields.pop("note").endswith("data version " + reports[0].notes[0].rsplit(" ", 1)[1])
    assert fields == known | {
        "author": "{Ann Author}",
        "title": r"{50\% of \textbraceleft{}A\textbraceright{} \& B\_c \# \$1 \textbackslash{} \textasciitilde{} "
                 r"\textasciicircum{} “ü” – “إدلب”}",
        "howpublished": "The Post", "url": "https://example.org/b_1?x=1&y=%20%7Bz%7D",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        (
            "Ann Author",
            "[1]Ann Author, “Another title”, The Post, Jan. 2020. [Online]. Available: https://example.org/b",
        ),
        ("", "[1]“Another title”, The Post, Jan. 2020. [Online]. Available: https://example.org/b"),
    ],
)
def test_csl_json_is_formatted_by_a_citation_processor(tmp_path, authors, expected):
    _, reports = cited(tmp_path, published="2020-01", authors=authors)
    items = CiteProcJSON(json.loads(citations.as_csl(reports)))
    style = CitationStylesStyle("ieee", validate=False)
    bibliography = CitationStylesBibliography(style, items, formatter.plain)
    bibliography.register(Citation([CitationItem("post-2020-01-05")]))
    assert str(bibliography.bibliography()[0]) == expected


def processed(csl, key):
    """Format a reference of CSL-JSON as a citation processor does."""
    style = CitationStylesStyle("ieee", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(json.loads(csl)), formatter.plain)
    bibliography.register(Citation([CitationItem(key)]))
    return str(bibliography.bibliography()[0])


def test_csl_json_keeps_every_special_character(tmp_path):
    _, reports = cited(
        tmp_path, title=AWKWARD.replace("“ü” – “إدلب”", "ü إدلب"), archived_url="https://archive.example.org/b"
    )
    csl = citations.as_csl(reports)
    assert r"50% of {A} & B_c # $1 \ ~ ^ ü إدلب".replace("\\\\", "\\") in processed(csl, "post-2020-01-05")
    assert json.loads(csl)[0]["archive_location"] == "https://archive.example.org/b"


def test_the_citation_of_the_data_set_reads_back_in_every_form(tmp_path):
    dataset = small.dataset(tmp_path)
    cited_set = [citations.data_set(dataset, "https://example.org/data")]
    title, key = "Numbers of a small war", f"small-numbers-{dataset.version}"
    assert rispy.loads(citations.as_ris(cited_set)) == [
        {
            "type_of_reference": "DATA", "id": key, "title": title, "year": "2026", "date": "2026/01/01/", "edition": dataset.version,
            "language": "en", "urls": ["https://example.org/data"],
        }
    ]  # fmt: skip
    library = bibtexparser.parse_string(citations.as_bibtex(cited_set))
    assert library.failed_blocks == []
    assert {field.key: field.value for field in library.entries[0].fields} == {
        "title": f"{{{title}}}", "year": "2026", "month": "jan", "day": "1", "url": "https://example.org/data",
        "note": f"Version {dataset.version}",
    }  # fmt: skip
    told = processed(citations.as_csl(cited_set), key)
    assert title in told
    assert "https://example.org/data" in told


def test_csl_json_leaves_out_what_is_not_known(tmp_path):
    dataset, reports = cited(tmp_path, authors="", published="2020-01")
    assert json.loads(citations.as_csl(reports)) == [
        {
            "id": "post-2020-01-05", "type": "article-newspaper", "title": "Another title", "container-title": "The Post",
            "URL": "https://example.org/b", "language": "en", "note": NOTE.format(dataset.version).replace("on 5 January", "in January"),
            "issued": {"date-parts": [[2020, 1]]},
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "csl", "ris"),
    [("statistical_release", "report", "RPRT"), ("monitor_statement", "webpage", "ELEC"), ("news_report", "article-newspaper", "NEWS")],
)  # fmt: skip
def test_the_kind_of_a_document_is_kept(tmp_path, kind, csl, ris):
    _, reports = cited(tmp_path, kind=kind)
    assert json.loads(citations.as_csl(reports))[0]["type"] == csl
    assert citations.as_ris(reports).startswith(f"TY  - {ris}\r\n")


def test_a_passage_link_encodes_the_marks_of_a_text_fragment():
    assert citations.passage_link("https://example.org/a", "46 pro-regime, “x” & y") == (
        "https://example.org/a#:~:text=46%20pro%2Dregime%2C%20%E2%80%9Cx%E2%80%9D%20%26%20y"
    )
