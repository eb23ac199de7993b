"""What is said of a claim beside published counts: one sentence by rule, and why a count is no closer.

Why: a fact-checker must see at once what others counted, for which days, by whom, and whether that speaks for or against the
number. The sentence takes, in this order: the speaker's own count, the same counts, the parts and wholes that bound the claim,
the nearest count. Contradiction is said only where logic gives it. Here: words. Not here: which counts stand beside a claim
(`comparison.py`).
"""

from collections.abc import Hashable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pandas as pd

from analysis import words
from analysis.comparison import compared, counts_beside, crossing, status
from analysis.places import short
from analysis.view import claims_view
from validation import Dataset
from validation.quantity import Quantity
from validation.vocabulary import (
    ABOUT,
    ALL_FIRE,
    AT_LEAST,
    DOCUMENTED,
    EVERYBODY,
    EXACT,
    FIGHTING,
    FIRES,
    HARM,
    INTERVALS,
    MODELLED,
    NEAR,
    ORGANISATION_KINDS,
    PART,
    PEOPLE,
    POPULATION_GROUPS,
    SAME,
    SERIES_INDICATORS,
    STOCK,
    UP_TO,
    VAGUE,
    WHOLE,
    by_code,
    labels,
)

Row = Mapping[Hashable, Any]

_INDICATORS, _GROUPS = by_code(SERIES_INDICATORS), by_code(POPULATION_GROUPS)
_FIRES = labels(FIRES)
_PARTIES = {label for code, label in labels(ORGANISATION_KINDS).items() if code in FIGHTING}
NOTHING = "We found no published count of the same thing."
FAULTY = "The published counts hold a fault, so nothing is compared."
FAR = 2.0
"""A number is far from another at this many times it."""
WEEK, MONTH = (6, 8), (27, 32)
"""Days between the values of a count that is called weekly or monthly."""
TOGETHER = 90
"""Days within which counts of several publishers are about as near as the nearest."""
REGULAR = 4
"""Values, about equally far apart, that make a count weekly or monthly."""


def sentences(dataset: Dataset) -> pd.Series:
    """Return the sentence of each claim, in the order of the claims view."""
    return _with_sentences(dataset)["comparison"]


def _with_sentences(dataset: Dataset) -> pd.DataFrame:
    return dataset.kept("comparison_sentences", lambda: _sentences(dataset)).copy(deep=False)


def _sentences(dataset: Dataset) -> pd.DataFrame:
    """Return `comparison`, the sentence of each claim, and `ruled_out`: whether logic forbids it to hold beside a count of its own days."""
    view, found, rows = claims_view(dataset), compared(dataset), counts_beside(dataset)
    if dataset.reference_findings:
        return pd.DataFrame({"comparison": pd.Series(FAULTY, view.index, dtype="str"), "ruled_out": False})
    often = _often(rows)
    counts = rows[_SAID].to_dict("records")
    by_claim: dict[str, list[Row]] = {}
    for relation in found.to_dict("records"):
        by_claim.setdefault(relation["claim_id"], []).append(counts[relation["count"]] | relation)
    claims = [(claim, by_claim.get(claim["claim_id"], [])) for claim in view[_ASKED].to_dict("records")]
    said = [sentence(claim, beside_it, often) for claim, beside_it in claims]
    # The ends of a word are our convention, which rules nothing out.
    ruled_out = [
        claim["bound"] != VAGUE and any(_contradiction(claim, count) for count in beside_it)
        for claim, beside_it in claims
    ]
    return pd.DataFrame(
        {"comparison": pd.Series(said, view.index, dtype="str"), "ruled_out": ruled_out}, index=view.index
    )


_ASKED = [
    "claim_id", "wording", "bound", "low", "best", "high", "population_group", "unit", "place_id", "by_fire",
]  # fmt: skip
_SAID = [
    "in_text", "organisation_kind", "indicator", "population_group", "unit", "measure", "place_id", "place_name", "by_fire", "kind",
    "period_start", "period_end", "day", "bound", "low", "best", "high", "value", "word", "is_floor", "ours", "of_incident", "run",
]  # fmt: skip
"""Columns of claims and counts that a sentence speaks of."""


def comparisons(dataset: Dataset) -> pd.DataFrame:
    """Return `comparison` (the sentence), `comparison_status` and `ruled_out` of each claim, by claim id; made once for a dataset.

    `ruled_out`: whether logic forbids the claim to hold beside a published count of its own days.
    """

    def make() -> pd.DataFrame:
        return (
            _with_sentences(dataset)
            .assign(comparison_status=status(dataset))
            .set_axis(claims_view(dataset)["claim_id"])
        )

    return dataset.kept("comparisons", make).copy(deep=False)


def beside(dataset: Dataset, claim: Row) -> pd.DataFrame:
    """Return the counts kept beside one claim with all that is known of them, and `why` they are no closer (near ones)."""
    found = compared(dataset)
    rows = _beside(found[found["claim_id"] == claim["claim_id"]], counts_beside(dataset))
    reasons = [why(claim, row) for row in rows.to_dict("records")]
    return rows.assign(why=pd.Series(reasons, rows.index, dtype="object").where(rows["relation"] == NEAR, None))


def _beside(found: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Join relations with their counts."""
    return found.reset_index(drop=True).join(rows.loc[found["count"]].reset_index(drop=True))


def why(claim: Row, count: Row) -> str:
    """Say in words in what a count differs from a claim: the dimensions that cross, two at most; "" where none does."""
    said = {
        "what": f"counts {_noun(count)}, another thing",
        "who": f"counts {_group(count)}",
        "unit": f"counts {count['unit']}, not {claim['unit']}",
        "where": f"another place: {short(count['place_name'])}",
        "when": f"other days: {_when(count)}",
        "by whose fire": f"whose attacks: {_FIRES.get(count['by_fire'], '')}",
    }
    crosses = crossing(int(count["crossing"]))
    found = [said[name] for name in crosses if name != "by whose fire" or isinstance(count["by_fire"], str)]
    return "; ".join(found[:2] if found else ["for judging size only"] if count["relation"] == NEAR else [])


def sentence(claim: Row, counts: Sequence[Row], often: Mapping[int, str] = MappingProxyType({})) -> str:
    """Return the one sentence of comparison for a claim.

    `counts`: rows of `comparison.compared` for it, joined with the rows of their counts; `often`: how often a count is made
    ("weekly"), by its run.
    """
    if not counts:
        return NOTHING
    lead = [count for count in counts if count["lead"]]
    others = [count for count in counts if not count["lead"]]
    same = [count for count in others if count["relation"] == SAME]
    bounds = [count for count in others if count["relation"] in (PART, WHOLE)]
    if lead and (not same or lead[0]["relation"] in (SAME, PART)):
        own = _own(claim, lead, often)
        return own if not same else own.removesuffix(".") + "; " + _same(claim, same, also=True)
    if same:
        said = _same(claim, same)
        of_parties = all(count["organisation_kind"] in _PARTIES for count in same)
        return said.removesuffix(".") + "; " + _bounded(claim, bounds, also=True) if bounds and of_parties else said
    if bounds:
        return _bounded(claim, bounds)
    return _near(claim, others)


# The speaker's own count


def _own(claim: Row, lead: Sequence[Row], often: Mapping[int, str]) -> str:
    """Say the speaker's own count: the two values around the claim's date, or the closest."""
    pair = sorted(lead, key=lambda count: count["day"])
    who = _possessive(pair[0]["in_text"])
    differs = _differences(claim, pair[0])
    if len(pair) == 2 and not any(count["ours"] for count in pair):
        one, other = pair
        regular = often.get(one["run"], "")
        noun = f"{who} own {regular} counts" if regular else f"{who} own counts"
        values = f"{_number(one)} {_day(one, other)}{_notes(one)} and {_number(other)} {_day(other)}{_notes(other)}"
        return _close(f"{noun} were {values}{differs}", _between(claim, one, other))
    count = pair[0]
    noun = "own counts differ by" if count["ours"] else "own count is"
    apart = [name for name in crossing(int(count["crossing"])) if name != "when"] if count["relation"] == NEAR else []
    facts = f"{who} {noun} {_facts(claim, count)}"
    if apart:
        return _close(facts, f"{_differing(apart)}, so it neither confirms nor contradicts {_quote(claim)}")
    if count["but_for_days"] == WHOLE:
        wider = f"a wider count {'of other days' if count['relation'] == NEAR else f'that {_quote(claim)} does not contradict'}"
        return _close(facts, _contradiction(claim, count) or wider)
    return _close(facts, _against(claim, count))


def _differing(dimensions: Sequence[str]) -> str:
    """Say in which dimensions a count is another one."""
    said = {
        "what": "of another thing",
        "who": "of another group",
        "where": "of another place",
        "by whose fire": "of other attacks",
    }
    return words.listed([said.get(name, f"in another {name}") for name in dimensions])


def _often(rows: pd.DataFrame) -> dict[int, str]:
    """Return how often a count is made, by its run; those not made regularly are left out."""
    steps = rows["day"].groupby(rows["run"]).diff().dt.days.groupby(rows["run"]).agg(["median", "count"])
    steps = steps[(steps["count"] >= REGULAR) & (steps.index >= 0)]
    weekly, monthly = steps["median"].between(*WEEK), steps["median"].between(*MONTH)
    return dict.fromkeys(steps.index[weekly], "weekly") | dict.fromkeys(steps.index[monthly], "monthly")


def _between(claim: Row, one: Row, other: Row) -> str:
    """Say where a claim lies among two values around its date."""
    low, high = _interval(claim)
    first, second = (_value(count) for count in (one, other))
    if first is None or second is None:
        return ""
    least, most = min(first, second), max(first, second)
    quote = _quote(claim)
    if low is not None and high is not None and least <= low and high <= most:
        return f"{quote} lies between them"
    if claim["bound"] == AT_LEAST and low is not None and low <= least:
        return f"{quote} does not contradict them"
    if high is not None and high < least:
        return f"{quote} is {_far(least, high)}below both"
    if low is not None and low > most:
        return f"{quote} is {_far(low, most)}above both"
    return f"{quote} fits both"


# The same counts


def _same(claim: Row, same: Sequence[Row], *, also: bool = False) -> str:
    """Say the same counts: the one, or from which to which they run."""
    opening = "others have" if also else "published counts run from"
    return _close(*_run(claim, same, opening), capital=not also)


def _run(claim: Row, counts: Sequence[Row], opening: str) -> tuple[str, str]:
    """Say from which count to which several run, and where a claim lies; of one count what it says."""
    # A word runs from nowhere to nowhere, where others gave numbers.
    numbers = [count for count in counts if count["bound"] != VAGUE] or list(counts)
    ranked = sorted(numbers, key=lambda count: (_rank(count), count["distance"]))
    least, most = ranked[0], ranked[-1]
    if len({(count["in_text"], _rank(count)) for count in ranked}) == 1:
        return _counted(claim, least), _against(claim, least)
    noun = f"{_noun(least)}{_where(claim, least)}"
    if _rank(least) == _rank(most):
        names = words.listed(list(dict.fromkeys(str(count["in_text"]) for count in ranked)))
        who = opening.removesuffix(" run from").removesuffix(" have")
        return f"{who} have {_quantity(least)} {noun} {_when(least)} ({names})", _against(claim, least)
    return f"{opening} {_quantity(least)} {noun} ({_by(least)}) to {_quantity(most)} ({_by(most)})", _among(claim, least, most)  # fmt: skip


def _among(claim: Row, least: Row, most: Row) -> str:
    """Say where a claim lies in the range of the same counts."""
    low, high = _interval(claim)
    bottom, top = _low(least), _high(most)
    quote = _quote(claim)
    if bottom is None or (low is None and high is None):
        return ""
    if low is None:
        return (
            f"{quote} is below all of them"
            if high is not None and high < bottom
            else f"{quote} does not contradict them"
        )
    if claim["bound"] == AT_LEAST and low < bottom:
        return f"all are higher, which {quote} does not contradict"
    if high is not None and high < bottom:
        return f"{quote} is {_apart(high, bottom, exact=low == high)}below all of them"
    if top is not None and low > top:
        return f"{quote} is {_apart(low, top, exact=low == high)}above all of them"
    if low == high and low == _value(least):
        return f"{quote} equals the lowest"
    if low == high and low == _value(most):
        return f"{quote} equals the highest"
    return f"{quote} lies within"


# Parts and wholes


def _bounded(claim: Row, bounds: Sequence[Row], *, also: bool = False) -> str:
    """Say the largest part and the smallest whole: what the claim should be at least, and at most."""
    parts = sorted((c for c in bounds if c["relation"] == PART), key=lambda c: (c["kind"] != DOCUMENTED, -_rank(c)))
    wholes = sorted((c for c in bounds if c["relation"] == WHOLE), key=lambda c: (_rank(c), c["kind"] == DOCUMENTED))
    # Beside what is documented the largest estimate, where no whole bounds the claim from above.
    estimates = [] if wholes else [part for part in parts[1:] if _rank(part) > _rank(parts[0])]
    chosen = [(count, "a narrower") for count in (*parts[:1], *estimates[:1])] + [
        (count, "a wider") for count in wholes[:1]
    ]
    quote = _quote(claim)
    verdicts = [verdict for count, _ in chosen if (verdict := _contradiction(claim, count))]
    said = [f"{_counted(claim, count)}, {held} count" for count, held in chosen]
    if verdicts:
        return _close(" and ".join(said), verdicts[0], capital=not also)
    if len(said) == 1:
        return _close(f"{said[0]} that {quote} does not contradict", "", capital=not also)
    return _close(f"{said[0]}, and {said[1]}", f"{quote} contradicts neither", capital=not also)


def _rank(count: Row) -> float:
    value = _value(count)
    return float(value) if value is not None else 0.0


def _contradiction(claim: Row, count: Row) -> str:
    """Say where logic forbids a claim and a count to hold both: below a part, or an exact claim above a whole that is no floor."""
    low, high = _interval(claim)
    quote = _quote(claim)
    floor, ceiling = _low(count), _high(count)
    if not count["sure"]:
        return ""
    if count["relation"] == PART and high is not None and floor is not None and high < floor:
        return f"{quote} is below this part, so both cannot hold"
    exact = claim["bound"] == EXACT and not count["is_floor"] and count["bound"] != ABOUT
    if count["relation"] == WHOLE and exact and low is not None and ceiling is not None and low > ceiling:
        return f"{quote} is above this whole, so both cannot hold"
    return ""


# The nearest count


def _near(claim: Row, near: Sequence[Row]) -> str:
    """Say the nearest count, or from which to which those of several publishers run that are about as near."""
    first = near[0]
    alike = [
        count for count in near
        if count["distance"] <= first["distance"] + TOGETHER
        and all(count[name] == first[name] for name in ("place_id", "population_group", "indicator", "by_fire") if isinstance(first[name], str))
    ]  # fmt: skip
    nearest = list({count["in_text"]: count for count in reversed(alike)}.values())
    if len(nearest) > 1 and first["but_for_days"] != WHOLE:
        return _close(*_run(claim, nearest, "the nearest counts run from"))
    verdict = "a wider count of other days" if first["but_for_days"] == WHOLE else _against(claim, first)
    return _close(f"{_possessive(first['in_text'])} nearest count is {_facts(claim, first)}", verdict)


# Pieces


def _counted(claim: Row, count: Row) -> str:
    """Say who counted what, where and when."""
    party = ", a party to the conflict," if count["organisation_kind"] in _PARTIES else ""
    return f"{count['in_text']}{party} {_verb(count)} {_facts(claim, count)}"


def _verb(count: Row) -> str:
    """Say how a number was reached: documented deaths are a minimum, estimates and models say what they are."""
    if count["kind"] != DOCUMENTED:
        return "estimated with a statistical model" if count["kind"] == MODELLED else "estimated"
    return "documented" if _INDICATORS[str(count["indicator"])].topic is HARM else "counted"


def _facts(claim: Row, count: Row) -> str:
    """Say a count with whom, where, when and by whose fire it counts."""
    return f"{_quantity(count)} {_noun(count)}{_where(claim, count)} {_when(count)}{_fire(claim, count)}"


def _against(claim: Row, count: Row) -> str:
    """Say how a claim relates to one count: in percent or times for a number, by its bounds for a word."""
    value, low_high = _value(count), _interval(claim)
    quote = _quote(claim)
    if value is None:
        return ""
    low, high = low_high
    if claim["bound"] in INTERVALS:
        bottom, top = (value if end is None else end for end in (_low(count), _high(count)))
        if low is not None and high is not None and top >= low and bottom <= high:
            return f"{quote} fits it"
        above = low is not None and low > top
        far = _far(low, top) if above else _far(bottom, high)
        return f"{quote} is {far}{'above' if above else 'below'} it"
    best = _known(claim["best"])
    number = low if best is None else best
    if number is None:
        return ""
    if claim["bound"] == UP_TO and value <= number:
        return f"which {quote} does not contradict"
    if 0 in (number, value) and number != value:
        floor = claim["bound"] == AT_LEAST and value > number
        return f"which {quote} does not contradict" if floor else f"{quote} is {'above' if number else 'below'} it"
    share = _share(number, value) if number else ""
    if not share:
        return "the same number"
    if claim["bound"] == AT_LEAST and value > number:
        return (
            f"{share}, which {quote} does not contradict" if share.endswith("higher") else f"{share} {quote}, a minimum"
        )
    return f"{share} than {quote}" if share.endswith(("higher", "lower")) else f"{share} {quote}"


def _share(number: float, value: float) -> str:
    """Say how a count compares with a number: "17 percent higher", "2.7 times"; "" where they are equal to a percent."""
    ratio = value / number
    if ratio >= FAR:
        return f"{ratio:.1f}".removesuffix(".0") + " times"
    if ratio <= 1 / FAR:
        return "half of" if round(ratio, 2) == 0.5 else f"{round(ratio * 100) or 1} percent of"
    percent = round(abs(ratio - 1) * 100)
    return "" if percent == 0 else f"{percent} percent {'higher' if ratio > 1 else 'lower'}"


def _apart(number: float, end: float, *, exact: bool) -> str:
    """Say how far a claim lies outside a range: in percent of its nearest end, or far."""
    larger, smaller = max(number, end), min(number, end)
    return _far(larger, smaller) or (f"{round(abs(number / end - 1) * 100) or 1} percent " if exact else "")


def _far(larger: float | None, smaller: float | None) -> str:
    return "far " if larger and smaller is not None and larger >= FAR * smaller else ""


def _quote(claim: Row) -> str:
    return words.quoted(claim["wording"])


def _interval(claim: Row) -> tuple[float | None, float | None]:
    """Return the smallest and the largest number that a claim says; None where it says none."""
    low, best, high = _ends(claim)
    if claim["bound"] == ABOUT:
        return best, best
    if claim["bound"] == UP_TO:
        return None, high if high is not None else best
    return (low if low is not None else best), high


def _ends(row: Row) -> tuple[float | None, float | None, float | None]:
    """Return low, best and high; None where blank."""
    return _known(row["low"]), _known(row["best"]), _known(row["high"])


def _known(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _value(count: Row) -> float | None:
    return _known(count["value"])


def _low(count: Row) -> float | None:
    return float(count["low"]) if pd.notna(count["low"]) else None if count["bound"] == UP_TO else _value(count)


def _high(count: Row) -> float | None:
    return float(count["high"]) if pd.notna(count["high"]) else None if count["bound"] == AT_LEAST else _value(count)


def _said(value: float) -> str:
    """Say a number as a newspaper does: three figures of millions, all figures below."""
    if value >= 1_000_000:
        return f"{float(f'{value / 1_000_000:.3g}'):g} million"
    return words.number(value)


def _quantity(count: Row) -> str:
    """Say a count with its bound: "at least 83", "about 2.65 million", "tens of thousands" as its bounds."""
    low, best, high = _ends(count)
    if count["bound"] == VAGUE and isinstance(count["word"], str):
        return f"“{count['word']}” of"
    if count["bound"] in INTERVALS and low is not None and high is not None:
        return f"{_said(low)} to {_said(high)}"
    if count["bound"] == AT_LEAST:
        return f"at least {_said(low if low is not None else best or 0)}"
    if count["bound"] == UP_TO:
        return f"at most {_said(high if high is not None else best or 0)}"
    value = _value(count)
    about = "about " if count["bound"] == ABOUT else ""
    return about + _said(value) if value is not None else Quantity.from_row(count).say()


def _number(count: Row) -> str:
    """Say the bare number of one of two values around a date."""
    value = _value(count)
    floor = "more than " if count["bound"] == AT_LEAST and pd.isna(count["best"]) else ""
    return floor + (_said(value) if value is not None else words.NOT_KNOWN)


def _group(count: Row) -> str:
    return _GROUPS[str(count["population_group"])].several


def _noun(count: Row) -> str:
    """Say who was counted: "civilians killed", "internally displaced people", "refugees", "families displaced"."""
    group = _group(count) if count["unit"] == PEOPLE else str(count["unit"])
    if count["unit"] == PEOPLE and count["population_group"] in EVERYBODY:
        group = PEOPLE
    noun = _INDICATORS[str(count["indicator"])].noun
    said = noun.format(group)
    return said if "{}" in noun or count["population_group"] in EVERYBODY else f"{said} ({group})"


def _differences(claim: Row, count: Row) -> str:
    """Name in brackets whom, where and by whose fire a count counts, where the claim does not say the same."""
    groups = {str(claim["population_group"]), str(count["population_group"])}
    found = [] if len(groups) == 1 or groups <= set(EVERYBODY) else [_group(count)]
    found += [where] if (where := _where(claim, count).strip()) else []
    found += [fire] if (fire := _fire(claim, count).strip(" ,")) else []
    return f" ({', '.join(found)})" if found else ""


def _where(claim: Row, count: Row) -> str:
    return "" if claim["place_id"] == count["place_id"] else f" in {short(count['place_name'])}"


def _fire(claim: Row, count: Row) -> str:
    """Say by whose fire, where the publisher says it and the claim does not say the same."""
    fire, asked = count["by_fire"], claim["by_fire"] if isinstance(claim["by_fire"], str) else ALL_FIRE
    if not isinstance(fire, str) or fire == asked or fire in (FIRES[-1].code,):
        return ""
    return f", in attacks by {_FIRES[fire]}"


def _when(count: Row, *, nested: bool = False) -> str:
    """Say the days of a count: "at the end of 2018", "in 2014", "on 26 April 2015", "from 2 February to 8 July 2019"."""
    end, start = str(count["period_end"]), count["period_start"]
    note = _notes(count, nested=nested)
    if count["measure"] == STOCK:
        return _day(count) + note
    by = not isinstance(start, str) or (count["of_incident"] and start != end)
    return (f"by {words.date(end)}" if by else _span(str(start), end)) + note


def _notes(count: Row, *, nested: bool = False) -> str:
    """Say that a count is our sum, and that it was released after the report."""
    notes = ["our sum"] if count["ours"] and count["measure"] == STOCK else []
    notes += ["published later"] if count.get("later") else []
    return "" if not notes else f", {', '.join(notes)}" if nested else f" ({', '.join(notes)})"


def _span(start: str, end: str) -> str:
    """Say a period as short as it is clear."""
    first, last = pd.Timestamp(start), pd.Timestamp(end)
    to_the_day = len(start) == len(end) == 10
    if start == end:
        return f"{'on' if len(end) == 10 else 'in'} {words.date(end)}"
    if to_the_day and first.day == 1 and last.is_month_end and first.to_period("M") == last.to_period("M"):
        return f"in {words.date(end[:7])}"
    if to_the_day and start.endswith("-01-01") and end.endswith("-12-31") and start[:4] == end[:4]:
        return f"in {end[:4]}"
    if to_the_day and first.to_period("M") == last.to_period("M"):
        return f"from {first.day} to {words.date(end)}"
    same_year = start[:4] == end[:4] and len(start) > 4 < len(end)
    opening = words.date(start).removesuffix(f" {start[:4]}") if same_year else words.date(start)
    return f"from {opening} to {words.date(end)}"


def _day(count: Row, other: Row | None = None) -> str:
    """Say the day of one of two values; the year once, at the second."""
    end = str(count["period_end"])
    on = "on" if len(end) == 10 else "in"
    if count["measure"] == STOCK and end.endswith("-12-31"):
        on, end = "at the end of", end[:4]
    said = words.date(end)
    if other is not None and str(other["period_end"])[:4] == end[:4] and len(end) > 4:
        said = said.removesuffix(f" {end[:4]}")
    return f"{on} {said}"


def _by(count: Row) -> str:
    return f"{count['in_text']}, {_when(count, nested=True)}"


def _possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _close(text: str, verdict: str, *, capital: bool = True) -> str:
    """End a sentence with its verdict, beginning with a capital unless it goes on."""
    joined = f"{text}; {verdict}" if verdict.startswith(("“", "all are")) else f"{text}, {verdict}" if verdict else text
    return f"{joined[:1].upper() if capital else joined[:1]}{joined[1:]}."
