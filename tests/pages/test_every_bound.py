"""Every bound that validation accepts, in claims and in published counts, on every page: none fails, none is told as an exact number.

A made-up war has each of them in every kind of chart, with numbers that no other row has, so that a number that stands without
its bound, or between the ends of a range, is found wherever it is.
"""

import json
import re
import shutil
from itertools import count

import pytest
from streamlit.testing.v1 import AppTest

import dashboard
from analysis.comparison_words import comparisons
from analysis.counts import published_counts
from analysis.view import claims_view
from app_pages.parts import width
from exports import citations
from exports.claims import everything
from tests.support import SAMPLES, small
from tests.support.pages import said
from validation import load
from validation.models import SCHEMAS

WORDS = {
    "exact": "{:,} people", "at_least": "at least {:,} people", "about": "some {:,} people", "up_to": "up to {:,} people",
    "range": "between {:,} and {:,} people", "vague": "thousands of people",
}  # fmt: skip
COUNTS = (
    "exact best", "exact low best high", "at_least low", "at_least low best", "about best", "up_to high", "up_to best high",
    "range low high", "range low best high", "vague low high",
)  # fmt: skip
CLAIMS = (
    "exact low best high",
    "at_least low best",
    "about best",
    "up_to best high",
    "range low high",
    "vague low high",
)
WAR = {"measure": "cumulative", "period_start": "2029-10", "period_end": "2031-05", "place_id": "velland"}
FRONT = {"measure": "period", "period_start": "2031-03-01", "period_end": "2031-05-06", "place_id": "north-vell", "event_id": "river-front-2031"}  # fmt: skip
OF_CLAIMS = (
    {"measure": "incident", "period_start": "2031-05-06", "period_end": "2031-05-06", "place_id": "tarn", "event_id": "tarn-2031-05"},
    WAR, WAR | {"indicator": "refugees"}, FRONT | {"population_group": "civilians"}, FRONT | {"indicator": "displaced", "unit": "families"},
)  # fmt: skip
STATE = {"measure": "stock", "period_start": "", "by_fire": ""}
OF_COUNTS = (
    *({"measure": "period", "place_id": "velland", "period_start": year, "period_end": year} for year in ("2028", "2029", "2030")),
    *(STATE | {"indicator": "refugees", "place_id": "velland", "period_end": f"{year}-12-31"} for year in (2028, 2029, 2030)),
    *(STATE | {"indicator": "idps", "place_id": "velland", "period_end": f"{year}-12-31"} for year in (2028, 2029, 2030)),
    *(STATE | {"indicator": "refugees", "place_id": host, "period_end": "2030-12-31"} for host in ("hostland", "otherland")),
    *(WAR | {"kind": kind, "period_end": day} for kind in ("documented", "estimate") for day in ("2030-06", "2031-04-30")),
    *(FRONT | {"population_group": "civilians", "period_end": day} for day in ("2031-03-31", "2031-04-30", "2031-05-06")),
    *({"measure": "period", "indicator": "injured", "place_id": place, "period_start": "2030", "period_end": "2030"} for place in ("north-vell", "eastmark")),
    OF_CLAIMS[0] | {"published": "2031-05-07"}, OF_CLAIMS[4] | {"by_fire": ""},
)  # fmt: skip
COUNTERS = ("free-councils", "gazette", "news-wire", "north-vell-health", "relief-board", "velland-monitor")


def written(folder):
    """Write the tables and return every number in them with its bound: (bound, low or the number, best, high)."""
    numbers, told = count(20_011, 74), []

    def cells(form):
        bound, *given = form.split()
        low, best, high = {"range": (0, 14, 38), "vague": (2000, None, 9999)}.get(bound, (0, 0, 0))
        if bound != "vague":
            number = next(numbers)
            low, best, high = number + low, number + best, number + high
            told.append((bound, low, best if "best" in given else None, high))
        values = {"low": low, "best": best, "high": high}
        return {"bound": bound} | {name: value if name in given else "" for name, value in values.items()}

    claims, marks = [], []
    wholes = [{"indicator": "displaced"} | WAR] + [{"indicator": "idps", "part_of": "gazette-2031-05-08-01"} | WAR] * 6
    forms = ["at_least low best", *CLAIMS]
    kinds = [*zip(forms, wholes, strict=True), *((form, cell) for cell in OF_CLAIMS for form in CLAIMS)]
    for at, (form, more) in enumerate(kinds, 1):
        held = cells(form)
        if at == 1:  # the whole of six parts
            told[-1], held["low"], held["best"] = ("at_least", 98_011, 98_011, 98_011), 98_011, 98_011
        shown = (held["low"] or held["best"], held["high"]) if form != CLAIMS[-1] else ()
        claim = (
            {"claim_id": f"gazette-2031-05-08-{at:02}", "source_id": "gazette-2031-05-08", "paragraph": at}
            | held
            | more
        )
        claims.append(small.claim(**claim, wording=WORDS[held["bound"]].format(*shown), attributed_to=COUNTERS[at % 6]))
        marks += [f"{claim['claim_id']},stock_or_flow,Not said."] * (
            more["measure"] == "cumulative" and "indicator" in more
        )
    series, counts = [], []
    for at, form in enumerate(COUNTS):
        for number, more in enumerate(OF_COUNTS):
            row = {
                "observation_id": f"c-{at}-{number:02}",
                "series_id": "",
                "organisation_id": COUNTERS[at % 6],
            } | cells(form)
            row |= {
                "published": "2031-05-01",
                "url": f"https://example.org/{at}-{number}",
                "place_id": "velland",
            } | more
            if more.get("indicator") != "injured" and number < 15:
                row["series_id"] = "s-{}-{}-{}-{}".format(at, *(more.get(name, "killed") for name in ("measure", "indicator")), more.get("kind", more["place_id"]))  # fmt: skip
                adds = row["series_id"].replace("refugees", "idps") if more.get("indicator") == "refugees" and more["place_id"] == "velland" else ""  # fmt: skip
                series.append(
                    small.series(series_id=row["series_id"], title=f"Series {row['series_id']}", adds_to=adds)
                )
            counts.append(small.count(**row))
    samples = SAMPLES / "other-war"
    shutil.copytree(samples, folder)
    places = (samples / "places.csv").read_text(encoding="utf-8").splitlines()[1:]
    places += [small.place("hostland", "country", iso="HO"), small.place("otherland", "country", iso="OT")]
    tables = {
        "claims": claims, "claim_caveats": marks, "observations": counts, "series": set(series), "places": places, "breaks": [],
        "caveats": small.ROWS["caveats"], "vague_quantities": ["thousands,2000,9999"], "evidence": [], "dismissed": [], "curation": [],
    }  # fmt: skip
    for name, rows in tables.items():
        header = ",".join(SCHEMAS[name].columns)
        (folder / f"{name}.csv").write_text("\n".join([header, *sorted(rows)]) + "\n", encoding="utf-8")
    return told


BEFORE = {"at_least": r"(?:at least |≥)$", "about": r"(?:about |some |~)$", "up_to": r"(?:at most |up to |≤)$"}


def told_as_exact(texts, told):
    """Return where a number stands without its bound, and where one between the ends of a range stands as if somebody had said it."""
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>|\\u00a0|[\u00a0\\]", " ", " | ".join(texts)))
    bounds = {low: (bound, best, high) for bound, low, best, high in told}
    best_of = {best: (low, high) for bound, low, best, high in told if bound == "range" and best}
    middles = {middle for bound, low, _, high in told if bound == "range" for middle in (low + 18, low + 19)}
    found = []
    for match in re.finditer(r"(?<![\d,.])\d{2},\d{3}(?![\d,])", text):
        number, around = int(match[0].replace(",", "")), text[match.start() - 40 : match.end() + 40]
        behind, ahead = text[match.start() - 12 : match.start()].lower(), text[match.end() : match.end() + 30]
        bound, _, high = bounds.get(number, ("exact", None, None))
        alone = bound in BEFORE and not re.search(BEFORE[bound], behind)
        open_range = bound == "range" and not re.match(rf" ?(?:and|to|–) ?{high:,}", ahead)
        low, high = best_of.get(number, (None, None))
        best = low is not None and not re.match(rf" ?\(between {low:,} and {high:,}", ahead)
        if alone or open_range or best or number in middles:
            found.append(around)
    return found


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bounds") / "tables"
    told = written(folder)
    dataset = load(folder)
    assert (dataset.findings, dataset.reference_findings) == ((), ())
    return folder, told, dataset


def seen(app):
    """Return every text that a reader may see: of charts the words, the hover texts and the text alternative."""
    assert not app.exception, app.exception
    texts = [said(app), *(block.value for block in app.code), *(button.label for button in app.button)]
    for chart in app.get("plotly_chart"):
        figure = json.loads(chart.proto.spec)
        texts += [note.get("text", "") for note in figure["layout"].get("annotations", [])] + [chart.proto.alt]
        for trace in figure["data"]:
            for name in ("text", "hovertext", "hovertemplate", "name"):
                value = trace.get(name, [])
                texts += [value] if isinstance(value, str) else [part for part in value if part]
    return texts + [table.value.to_csv(sep="|") for table in (*app.dataframe, *app.table)]


def opened(folder, page, room, monkeypatch, **query):
    monkeypatch.setenv("DATASETS_DIR", str(folder))
    app = AppTest.from_file("../../dashboard.py", default_timeout=60)
    app.session_state["room"] = room
    for name, value in query.items():
        app.query_params[name] = value
    if page != "overview":
        app.switch_page(f"app_pages/{page}.py")
    return app.run()


@pytest.mark.parametrize("room", [width.NARROW, width.WIDE])
@pytest.mark.parametrize("page", [file for file, *_ in dashboard.PAGES])
def test_no_page_fails_or_tells_a_bound_as_an_exact_number(tables, monkeypatch, page, room):
    folder, told, _ = tables
    app = opened(folder, page, room, monkeypatch)
    assert told_as_exact(seen(app), told) == []
    assert page != "casualties" or "≥" in "".join(seen(app)) or "at least" in "".join(seen(app))


@pytest.mark.parametrize("at", range(0, 37, 6))
def test_no_card_fails_or_tells_a_bound_as_an_exact_number(tables, monkeypatch, at):
    folder, told, dataset = tables
    claim = claims_view(dataset)["claim_id"].iloc[at]
    monkeypatch.setenv("DATASETS_DIR", str(folder))
    app = AppTest.from_file("../../dashboard.py", default_timeout=60)
    for part in ("chart", "others"):
        app.session_state[f"{part}-{claim}"] = True
    app.query_params["claim"] = claim
    texts = seen(app.run())
    assert comparisons(dataset)["comparison"][claim] in "".join(texts).replace("\\", "")
    assert told_as_exact(texts, told) == []


def test_every_map_of_counts_says_the_bound_at_each_place(tables, monkeypatch):
    folder, told, _ = tables
    app = opened(folder, "places", width.WIDE, monkeypatch, show="Published counts")
    for choice in app.selectbox(key="counted").options:
        assert told_as_exact(seen(app.selectbox(key="counted").set_value(choice).run()), told) == []


def test_no_sentence_citation_or_answer_tells_a_bound_as_an_exact_number(tables):
    _, told, dataset = tables
    view, counts = claims_view(dataset), published_counts(dataset)
    texts = comparisons(dataset)["comparison"].tolist()
    cited = [*citations.counts(dataset, counts), *citations.reports(dataset, view)]
    texts += [form.write(cited) for form in citations.FORMATS]
    answers = [everything(dataset, claim) for claim in view["claim_id"]]
    texts += [answer[name] for answer in answers for name in ("how_to_say_it", "comparison", "citation")]
    assert told_as_exact(texts, told) == []


def test_a_number_without_its_bound_is_found():
    told = [("at_least", 20_011, None, 20_011), ("range", 20_085, None, 20_123), ("range", 20_159, 20_173, 20_197)]
    texts = ["20,011 people", "at least 20,011", "20,104", "between 20,085 and 20,123", "20,085", "20,173", "20,173 (between 20,159 and 20,197)"]  # fmt: skip
    assert len(told_as_exact(texts, told)) == 4
