"""Reports as they come: web pages and PDFs give whole paragraphs and their own numbers, or a refusal that says what to do."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curation import pdfs
from curation.suggest import candidates
from curation.texts import MAX_BYTES, ReadText, read
from tests.support.curation import Desk
from validation import load

HEAD = """<title>Shells hit market | The Courier</title><meta property="og:site_name" content="The Courier">
<meta property="article:published_time" content="2020-05-04T23:30:00-05:00"><meta name="author" content="Ann Author">
<link rel="canonical" href="https://courier.example/sarrek">"""
LONG = "<p>Shells hit the market of the town at noon, and people of the town ran from it to the old bridge in the north.</p>"
BODY = f"""<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World 24</a></li></ul></nav>
<article><h1>Shells hit market</h1>{LONG}
<p>At least <b>1,200</b> people, <a href="/c">among them 20 children</a>,
were killed there on 3 May 2020, the doctors of the town said.</p>
<h2>What 3 doctors said</h2>
<blockquote>“We saw 34 bodies in the hospital of the town that day,” said one of them to the paper.</blockquote>
<table><tr><th>Place</th><th>Killed</th><th>Wounded</th></tr><tr><td>Old <i>Bridge</i></td><td>30</td><td>12</td></tr></table>
<ul><li>31 people left by the road to the north</li><li>The army lost 41<sup>2</sup> soldiers in the north</li></ul>
<figure><img src="a.jpg"><figcaption>Some 77 houses were hit.</figcaption></figure>
<p>Rain fell on 5 roofs<br>and on 6 more.<br><br>The town had been quiet for two years before the shells came.</p></article>
<aside><p>99 things that you should know about the rivers of the country</p></aside>
<footer><p>Copyright 2020, The Courier, 97 Long Street in the capital of the country</p></footer>"""
PARAGRAPHS = (
    "Shells hit market",
    "Shells hit the market of the town at noon, and people of the town ran from it to the old bridge in the north.",
    "At least 1,200 people, among them 20 children, were killed there on 3 May 2020, the doctors of the town said.",
    "What 3 doctors said",
    "“We saw 34 bodies in the hospital of the town that day,” said one of them to the paper.",
    "Place | Killed | Wounded",
    "Old Bridge | 30 | 12",
    "31 people left by the road to the north",
    "The army lost 41 [2] soldiers in the north",
    "Some 77 houses were hit.",
    "Rain fell on 5 roofs and on 6 more.",
    "The town had been quiet for two years before the shells came.",
)


def html(body=BODY, head=HEAD, declared='<meta charset="utf-8">'):
    return f'<!doctype html><html lang="en-GB"><head>{declared}{head}</head><body>{body}</body></html>'


def pdf(*pages, info="", root="", password=""):
    """Return a PDF: a page is a list of lines, each a text or (text, points below the line before); ^2 is a small raised 2."""
    objects = [
        "",
        "",
        f"<< {info} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        height, shown = 800, []
        for line in lines:
            text, below = line if isinstance(line, tuple) else (line, 14)
            height -= below
            safe = re.sub(r"([\\()])", r"\\\1", text)
            safe = re.sub(r"\^(\d+)", r") Tj /F1 7 Tf 4 Ts (\1) Tj 0 Ts /F1 10 Tf (", safe)
            shown.append(f"BT /F1 10 Tf 50 {height} Td ({safe}) Tj ET")
        stream = "\n".join(shown)
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] /Contents {len(objects)} 0 R /Resources << /Font << /F1 4 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[:2] = [
        f"<< /Type /Catalog /Pages 2 0 R {root} >>",
        f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>",
    ]
    data, starts = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        starts.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 3 0 R >>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF\n".encode()


@pytest.fixture
def saved(tmp_path):
    """Write a file and read it as a report."""

    def save(data, name="report.html"):
        path = tmp_path / name
        path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
        return read(path)

    return save


def test_a_page_gives_whole_paragraphs_and_what_it_says_of_itself(saved):
    data = html()
    assert saved(data) == ReadText(
        PARAGRAPHS, "".join(f"{paragraph}\n" for paragraph in PARAGRAPHS).encode(), data.encode(), ".html", "Shells hit market",
        "Ann Author", "2020-05-04", "meta article:published_time", "https://courier.example/sarrek", "The Courier", "en",
    )  # fmt: skip


def test_what_a_page_does_not_say_of_itself_is_blank(saved):
    found = saved(
        f"<html><body><article>{LONG}{LONG.replace('noon', 'night')}<p>It was 12 May 2020.</p></article></body></html>"
    )
    assert (found.authors, found.published, found.published_from, found.url, found.publisher, found.language) == (
        "",
    ) * 6


def test_a_text_is_archived_as_it_is(saved):
    assert saved(" One  line\r\n\nof 2\n", "a.TXT") == ReadText(("One line", "of 2"), b" One  line\r\n\nof 2\n")


WAYS = {
    "{0},{1}": "{0},{1}",
    "<b>{0}</b>,<i>{1}</i>": "{0},{1}",
    "{0}&#8239;{1}": "{0} {1}",
    "{0}&nbsp;{1}": "{0} {1}",
    "{0}&shy;{1}": "{0}{1}",
    "{0}&#8203;{1}": "{0}{1}",
    "{0}<wbr>{1}": "{0}{1}",
    "{0}<!-- 5 -->{1}": "{0}{1}",
    "{0}&zwnj;{1}": "{0}{1}",
    "{0}<sup>{1}</sup>": "{0} [{1}]",
    "{0}<sub>{1}</sub>": "{0} [{1}]",
    "{0}\n   {1}": "{0} {1}",
    "{0}<br>{1}": "{0} {1}",
    "{0}<script>7</script>{1}": "{0}{1}",
    "{0}<span hidden>7</span> {1}": "{0} {1}",
    "&#x202b;{0}.{1}&#x202c;": "{0}.{1}",
    "{0}½ or {1}²": "{0}½ or {1}²",
    "ﬁve of {0} to {1}": "five of {0} to {1}",
}
AROUND = ("<p>The town lost {} people.</p>", "<div>Of {} who fled</div>", "<ul><li>{} tents</li></ul>", "<blockquote><p>“{} dead”</p></blockquote>",
          "<table><tr><td>Dead</td><td>{}</td></tr></table>", "<pre>Now {} more</pre>", "<section><h3>The {}</h3></section>", "<hr>Bare {} words<hr>")  # fmt: skip
NUMBERS = st.tuples(st.integers(1, 999), st.integers(100, 999), st.sampled_from(list(WAYS)), st.sampled_from(AROUND))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NUMBERS, min_size=1, max_size=8))
def test_every_number_of_a_page_is_kept_and_none_is_changed_or_made(saved, numbers):
    inside = "".join(around.format(way.format(first, second)) for first, second, way, around in numbers)
    seen = [WAYS[way].format(first, second) for first, second, way, _ in numbers]
    found = saved(html(f"<main>{LONG}{inside}{LONG.replace('noon', 'night')}</main>"))
    paragraphs = found.paragraphs[1:-1]
    assert [number in paragraph for number, paragraph in zip(seen, paragraphs, strict=True)] == [True] * len(seen)
    assert re.findall(r"\d+", " ".join(paragraphs)) == re.findall(r"\d+", " ".join(seen))


def test_cells_that_span_others_leave_these_blank_so_that_columns_stay(saved):
    table = """<table><tr><th>Month</th><th>Place</th><th>Killed</th></tr><tr><td rowspan=2>May</td><td>North</td><td>30</td></tr>
    <tr><td>South</td><td>12</td></tr><tr><td colspan="2">All</td><td>42</td></tr></table>"""
    found = saved(html(LONG + table + LONG.replace("noon", "night")))
    assert found.paragraphs[1:5] == (
        "Month | Place | Killed",
        "May | North | 30",
        " | South | 12".strip(),
        "All | | 42",
    )
    assert [(guess.wording, guess.indicator) for guess in candidates(found.paragraphs, {})] == [
        ("30", "killed"), ("12", "killed"), ("42", "killed"),
    ]  # fmt: skip


def test_a_table_that_arranges_the_page_is_not_read_as_data(saved):
    page = f"<table><tr><td><a href='/'>Home</a></td><td><h1>Shells hit market</h1>{LONG}<p>Some 30 died.</p></td></tr></table>"
    assert saved(html(page)).paragraphs[0] == "Shells hit market"
    assert saved(html(page)).paragraphs[-1] == "Some 30 died."


def test_a_page_that_never_closes_its_marks_is_read_to_its_end(saved):
    inside = "".join(
        f"<div><font><b>The town lost {number} people in the attack of that day.<p>" for number in range(100, 500)
    )
    assert saved(html(inside)).paragraphs[-1] == "The town lost 499 people in the attack of that day."


ARABIC = "قتل 30 شخصا في السوق يوم الاثنين وجرح آخرون في الحي القديم من المدينة"
WESTERN = "Près de 30 personnes – des « civils » – ont été tuées au marché de la vieille ville"
ENCODINGS = {
    "windows-1256": (ARABIC, "windows-1256", '<meta charset="windows-1256">'),
    "latin-1, as Windows writes it": (
        WESTERN,
        "cp1252",
        '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">',
    ),
    "UTF-16 with its mark": (ARABIC, "utf-16", ""),
    "UTF-8 with its mark": (ARABIC, "utf-8-sig", ""),
    "UTF-8 without a word": (ARABIC, "utf-8", ""),
    "UTF-8 that says latin-1": (WESTERN, "utf-8", '<meta charset="iso-8859-1">'),
    "XHTML": (WESTERN, "cp1252", '<meta charset="cp1252">'),
}


@pytest.mark.parametrize(("text", "encoding", "declared"), ENCODINGS.values(), ids=ENCODINGS)
def test_a_page_is_read_in_its_own_encoding(saved, text, encoding, declared):
    prolog = f'<?xml version="1.0" encoding="{encoding}"?>\n' if "XHTML" in declared else ""
    found = saved((prolog + html(f"<p>{text}.</p>", declared=declared)).encode(encoding))
    assert found.paragraphs == (f"{text}.",)


DATES = {
    "the day in its own time zone": ('<meta name="pubdate" content="2020-05-04T00:30:00+03:00">', "2020-05-04", "meta pubdate"),
    "the mail form": ('<meta name="date" content="Mon, 04 May 2020 10:00:00 GMT">', "2020-05-04", "meta date"),
    "a month": ('<meta name="dcterms.issued" content="2020-05">', "2020-05", "meta dcterms.issued"),
    "structured data": ('<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2020-05-04"}]}</script>',
                        "2020-05-04", "JSON-LD datePublished"),
    "a day and its year": ('<meta name="dc.date" content="2020"><meta name="date" content="20200504">', "2020-05-04", "meta date"),
    "a later change only": ('<meta property="article:modified_time" content="2021-01-01">', "", ""),
    "no day of the calendar": ('<meta name="date" content="2020-02-30">', "", ""),
    "structured data that are broken": ('<script type="application/ld+json">{"datePublished": </script>', "", ""),
    "two days": ('<meta name="date" content="2020-05-04"><meta name="pubdate" content="2020-05-06">', "",
                 "2020-05-04 (meta date); 2020-05-06 (meta pubdate)"),
}  # fmt: skip


@pytest.mark.parametrize(("head", "published", "where"), DATES.values(), ids=DATES)
def test_the_date_is_one_that_the_page_states(saved, head, published, where):
    found = saved(html(head=head))
    assert (found.published, found.published_from) == (published, where)


WALLS = {
    "consent": ("We value your privacy. We and our 900 partners use cookies.", "Wir bitten um Ihre Zustimmung für 900 Partner.",
                "Avec votre consentement, nos 900 partenaires utilisent des cookies."),
    "login": ("Log in to read this. Forgot password? Call 0800 12.", "Bitte anmelden, um den Artikel vom 3. Mai zu lesen.",
              "Connectez-vous avec votre mot de passe, 24 heures sur 24."),
    "robot": ("Checking your browser. Request 45. Please enable JavaScript.", "Bestätigen Sie, dass Sie kein Roboter sind (45).",
              "Vérification 45 : confirmez que vous n’êtes pas un robot."),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in WALLS.items() for text in texts])
def test_a_page_that_stands_before_the_report_is_refused(saved, rule, text):
    finding = saved(html(f"<div><p>{text}</p></div>"))
    assert finding.rule == f"texts.{rule}"
    assert "save the page" in finding.action


@pytest.mark.parametrize(
    "last",
    [
        "Subscribe to continue reading.",
        "Um weiterzulesen, brauchen Sie ein Abo.",
        "Cet article est réservé aux abonnés.",
    ],
)
def test_the_beginning_of_a_report_is_no_report(saved, last):
    assert saved(html(f"<h1>Shells</h1>{LONG * 3}<p>{last}</p>")).rule == "texts.login"


def test_a_page_that_needs_a_script_is_refused_and_one_that_only_mentions_it_is_not(saved):
    notice = "<noscript>Please enable JavaScript to read this page.</noscript>"
    assert saved(html(f"<div id=app></div>{notice}")).rule == "texts.robot"
    assert saved(html(BODY + notice)).paragraphs == PARAGRAPHS


def test_a_short_report_is_a_report(saved):
    assert saved(html("<p>Soldiers denied access to aid; 30 people died.</p>")).paragraphs == (
        "Soldiers denied access to aid; 30 people died.",
    )


SCAN = pdf([])
REFUSED = {
    "no such ending": ("report.docx", b"PK\x03\x04", "texts.ending"),
    "no ending": ("report", b"30 people", "texts.ending"),
    "an empty page": ("a.html", b" \n", "texts.empty"),
    "a page without words": ("a.html", html("<img src=a.jpg>", "").encode(), "texts.empty"),
    "a picture with the name of a page": ("a.html", b"\x89PNG\r\n\x1a\n\0\0", "texts.not_as_named"),
    "bytes with the name of a page": ("a.html", b"<html>30\0\0\0\0", "texts.not_as_named"),
    "a text with the name of a page": ("a.htm", b"30 people died", "texts.not_as_named"),
    "a PDF with the name of a page": ("a.html", SCAN, "texts.not_as_named"),
    "a page with the name of a PDF": ("a.pdf", html().encode(), "texts.not_as_named"),
    "a page with the name of a text": ("a.txt", html().encode(), "texts.not_as_named"),
    "bytes with the name of a text": ("a.txt", b"30 \0", "texts.not_as_named"),
    "an encoding that it is not": ("a.html", html("<p>30 caf\xe9s</p>", declared='<meta charset="utf-8">').encode("latin-1"), "texts.encoding"),
    "an encoding that nobody knows": ("a.html", html("<p>30 caf\xe9s</p>", declared='<meta charset="x-own">').encode("latin-1"), "texts.encoding"),
    "a page without end": ("a.html", html("<b>" * 3000 + "30 people").encode(), "texts.broken"),
    "an empty PDF": ("a.pdf", b"", "texts.empty"),
    "a scan": ("a.pdf", SCAN, "texts.scan"),
    "a PDF without its end": ("a.pdf", pdf(["30 people"])[:90], "texts.broken"),
    "a PDF that is none but by its first line": ("a.pdf", b"%PDF-1.7\n" + b"x" * 400, "texts.broken"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "data", "rule"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_is_no_report_is_refused(saved, name, data, rule):
    finding = saved(data, name)
    assert (finding.rule, Path(finding.file).name) == (rule, name)


def test_a_file_that_is_too_large_a_missing_one_and_a_folder_are_refused(tmp_path):
    (tmp_path / "large.pdf").touch()
    with (tmp_path / "large.pdf").open("r+b") as file:
        file.truncate(MAX_BYTES + 1)
    (tmp_path / "folder.html").mkdir()
    names = ["large.pdf", "no.html", "folder.html"]
    assert [read(tmp_path / name).rule for name in names] == ["texts.large", "texts.no_file", "texts.unreadable"]


def test_a_locked_pdf_is_refused(saved, tmp_path):
    pypdf = pytest.importorskip("pypdf")
    (tmp_path / "open.pdf").write_bytes(pdf(["30 people"]))
    writer = pypdf.PdfWriter(clone_from=tmp_path / "open.pdf")
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    assert read(tmp_path / "locked.pdf").rule == "texts.encrypted"


def test_a_pdf_says_its_title_and_language_and_not_when_it_was_published(saved):
    info = "/Title (Toll of May) /Author (The Monitor) /CreationDate (D:20200504101500Z)"
    data = pdf(["At least 30 people."], info=info, root="/Lang (fr-FR)")
    assert saved(data, "a.pdf") == ReadText(
        ("At least 30 people.",), b"At least 30 people.\n", data, ".pdf", "Toll of May", "The Monitor", "",
        "the file was made on 2020-05-04, which may be another day", language="fr",
    )  # fmt: skip


def test_the_lines_of_a_pdf_become_its_paragraphs_over_pages_without_headers(saved):
    first = ["The Monitor", "Toll of May", ("At least 30 people were killed when shells", 40), "hit the market, and 1,200 left the town",
             "for camps.", ("Of them 20 were children, the doctors said", 28), "1"]  # fmt: skip
    second = [
        "The Monitor",
        "to the paper on the day after the attack.",
        ("In 2011-", 28),
        "2015 the town was quiet.",
        "2",
    ]
    third = ["The Monitor", "Twelve (12) shells fell in all on that day.", "3"]
    assert saved(pdf(first, second, [], third), "a.pdf").paragraphs == (
        "Toll of May",
        "At least 30 people were killed when shells hit the market, and 1,200 left the town for camps.",
        "Of them 20 were children, the doctors said to the paper on the day after the attack.",
        "In 2011-2015 the town was quiet.",
        "Twelve (12) shells fell in all on that day.",
    )


def test_the_mark_of_a_note_and_the_rows_of_a_table_in_a_pdf_stay_apart(saved):
    long = "The doctors of the town counted the dead of the day in the hospital of the north."
    page = [
        long,
        ("Place Killed", 28),
        "Sarrek 30",
        "Old Bridge 12",
        ("Some 41^2 soldiers and 1,200 others left.", 28),
        long,
        long,
    ]
    assert saved(pdf(page), "a.pdf").paragraphs == (
        long, "Place Killed", "Sarrek 30", "Old Bridge 12", "Some 41 [2] soldiers and 1,200 others left.", f"{long} {long}",
    )  # fmt: skip


def lines(*texts):
    return [[pdfs.Line(text) for text in texts]]


JOINED = {
    "a word that stands whole elsewhere": (
        ("The displaced and the dis-", "placed again"),
        "The displaced and the displaced again",
    ),
    "a word that stands nowhere else": (("They were dis-", "placed again"), "They were dis-placed again"),
    "a word that has its hyphen elsewhere": (
        ("The air-strike and airstrike, an air-", "strike"),
        "The air-strike and airstrike, an air-strike",
    ),
    "what is left out": (("The mid-", "and long-term"), "The mid- and long-term"),
    "a soft hyphen": (("They were dis\u00ad", "placed"), "They were displaced"),
    "a number behind a comma": (("In 2011,", "200 people"), "In 2011, 200 people"),
    "a number that may be one": (("Some 1,", "200 people"), "Some 1, 200 people"),
    "years": (("From 2011-", "2015"), "From 2011-2015"),
}


@pytest.mark.parametrize(("broken", "whole"), JOINED.values(), ids=JOINED)
def test_lines_are_joined_without_changing_a_word_or_a_number(broken, whole):
    assert pdfs.paragraphs(lines(*broken)) == (whole,)


def test_a_line_is_left_out_only_where_every_page_has_it():
    def paged(*tops):
        return pdfs.paragraphs([[pdfs.Line(top, apart=True), pdfs.Line("They fled.", apart=True)] for top in tops])

    assert paged("Page 3 of 9", "Page 4 of 9", "Page 5 of 9") == ("They fled.",) * 3
    assert paged("Killed 30", "Killed 12", "Killed 40") == ("Killed 30", "Killed 12", "Killed 40")
    assert paged("Page 1", "Page 2")[::2] == ("Page 1", "Page 2"), "two pages may be chance"


@pytest.fixture
def desk(tmp_path, capsys):
    desk = Desk(tmp_path, capsys)
    desk.page = tmp_path / "page.html"
    desk.page.write_text(html(), encoding="utf-8")
    return desk


SOURCE = "thecourier-2020-05-04"


def test_a_page_is_added_with_its_text_and_its_original(desk):
    status, printed = desk.run("add-source", desk.page, "--yes")
    assert (status, printed.splitlines()[1:]) == (0, [
        "  publisher “The Courier”",
        "  title     “Shells hit market”",
        "  authors   “Ann Author”",
        "  published “2020-05-04” from meta article:published_time",
        "  url       “https://courier.example/sarrek”",
        "  language  “en”",
        "  text      12 paragraphs, from “Shells hit market” to “The town had been quiet for two years before the shells came…”",
        SOURCE,
    ])  # fmt: skip
    dataset = load(desk.tables, desk.reports)
    assert dataset.texts[SOURCE].paragraphs == PARAGRAPHS
    assert (desk.reports / f"{SOURCE}.original.html").read_bytes() == desk.page.read_bytes()
    assert not [finding for finding in dataset.evidence_findings if finding.file == "sources.csv"]


def test_an_original_that_changes_or_goes_is_a_finding_that_blocks_nothing(desk):
    desk.run("add-source", desk.page, "--yes")
    original = desk.reports / f"{SOURCE}.original.html"

    def found():
        dataset = load(desk.tables, desk.reports)
        assert dataset.good
        return [finding.rule for finding in dataset.evidence_findings if finding.column == "original_sha256"]

    original.write_text(html(head=""), encoding="utf-8")
    assert found() == ["evidence.original_changed"]
    original.unlink()
    assert found() == ["evidence.original_missing"]


def test_without_a_terminal_nothing_is_added_that_nobody_confirmed(desk):
    before = desk.state()
    status, printed = desk.run("add-source", desk.page)
    assert (status, desk.state()) == (1, before)
    assert "published “2020-05-04” from meta article:published_time" in printed
    assert "add --yes" in printed
    assert "[curation.unconfirmed]" in printed


@pytest.mark.parametrize(("answer", "status"), [("y", 0), ("Yes", 0), ("", 1), ("n", 1), (EOFError, 1)])
def test_at_a_terminal_a_person_is_asked(desk, monkeypatch, answer, status):
    def asked(prompt):
        if answer is EOFError:
            raise EOFError
        return answer

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", asked)
    before = desk.state()
    assert desk.run("add-source", desk.page)[0] == status
    assert (desk.state() == before) == (status == 1)


def test_what_is_given_goes_before_what_the_page_says(desk):
    status, printed = desk.run(
        "add-source", desk.page, "--yes", "--published", "2020-05-06", "--publisher", "The Paper"
    )
    assert (status, "“2020-05-06” (given)" in printed) == (0, True)
    row = load(desk.tables).table("sources").set_index("source_id").loc["paper-2020-05-06"]
    assert row[["publisher_id", "published", "title"]].tolist() == ["paper", "2020-05-06", "Shells hit market"]


def test_what_nobody_states_is_refused_by_the_option_that_gives_it(desk):
    desk.page.write_text(
        f"<html><body>{LONG}{LONG.replace('noon', 'night')}<p>30 died.</p></body></html>", encoding="utf-8"
    )
    status, printed = desk.run("add-source", desk.page, "--yes", "--title", "Shells")
    options = re.findall(r"page\.html (--\w+): the file does not state its", printed)
    assert (status, options) == (1, ["--publisher", "--published", "--url"])
    assert "Give --published DATE" in printed
    assert re.findall(r"html (--\w+)", desk.run("add-source", desk.text)[1].replace(".txt", ".html")) == [
        "--publisher", "--title", "--published", "--url",
    ]  # fmt: skip


def test_the_same_text_from_another_original_is_known(desk):
    desk.run("add-source", desk.page, "--yes")
    desk.page.write_text(html(BODY + "<p><a href=/x>More</a></p>"), encoding="utf-8")
    assert f"known already, as {SOURCE}" in desk.run("add-source", desk.page, "--yes")[1]
    desk.text.write_text("\n\n".join(PARAGRAPHS), encoding="utf-8")
    options = ["--publisher", "The Paper", "--title", "A", "--published", "2020", "--url", "https://example.org/b"]
    assert "[curation.known_text]" in desk.run("add-source", desk.text, *options)[1]


def test_a_publisher_whose_name_is_like_a_known_one_must_be_meant(desk):
    status, printed = desk.run("add-source", desk.page, "--yes", "--publisher", "ThePaper")
    assert (status, "“ThePaper” is like “The Paper”" in printed, "[curation.like_name]" in printed) == (1, True, True)
    assert desk.run("add-source", desk.page, "--yes", "--publisher", "ThePapers", "--anyway")[0] == 0


@pytest.fixture
def folder(desk, tmp_path):
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "a.html").write_text(html(), encoding="utf-8")
    (folder / "b.htm").write_text(html(BODY.replace("1,200", "1,300")), encoding="utf-8")
    (folder / "c.pdf").write_bytes(pdf([]))
    (folder / "notes.docx").write_bytes(b"PK")
    return folder


def test_of_several_files_the_good_ones_are_added_and_the_others_are_listed(desk, folder):
    status, printed = desk.run("add-source", folder, "--yes")
    assert status == 1
    assert [line for line in printed.splitlines() if line.startswith("thecourier")] == [SOURCE, f"{SOURCE}b"]
    listed, summary = printed.splitlines()[-2:]
    assert (str(folder / "c.pdf") in listed, "OCR" in listed, summary) == (True, True, "2 of 3 reports added.")
    assert load(desk.tables, desk.reports).good
    assert sorted(path.name for path in desk.reports.iterdir()) == [
        f"{SOURCE}.original.html", f"{SOURCE}.txt", f"{SOURCE}b.original.html", f"{SOURCE}b.txt",
    ]  # fmt: skip


def test_a_folder_of_good_reports_is_done_and_one_without_reports_is_refused(desk, folder):
    (folder / "c.pdf").unlink()
    assert desk.run("add-source", folder, "--yes", "--publisher", "The Paper")[1].endswith("2 of 2 reports added.\n")
    for path in folder.iterdir():
        path.unlink()
    status, printed = desk.run("add-source", folder, "--yes")
    assert (status, "[curation.no_reports]" in printed) == (1, True)


@pytest.mark.parametrize("option", ["--title", "--published", "--url", "--source-id", "--short-name", "--author"])
def test_an_option_of_one_report_with_several_files_is_bad_usage(desk, folder, option, capsys):
    with pytest.raises(SystemExit) as stopped:
        desk.run("add-source", folder, "--yes", option, "2020")
    assert stopped.value.code == 2
    assert f"{option} says something of one report" in capsys.readouterr().err
