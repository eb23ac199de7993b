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
from analysis.comparison import basis, compared, counts_beside, crossing, status
from analysis.places import short
from analysis.unchanged import for_changed
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
    view = claims_view(dataset)
    if dataset.reference_findings:
        return pd.DataFrame({"comparison": pd.Series(FAULTY, view.index, dtype="str"), "ruled_out": False})
    said = for_changed("sentences", view, basis(dataset), lambda changed: _say(dataset, changed))
    return said.drop(columns="claim_id").set_axis(view.index)


def _say(dataset: Dataset, view: pd.DataFrame) -> pd.DataFrame:
    """Return the same for rows of the view, with their `claim_id`."""
    found, rows = compared(dataset), counts_beside(dataset)
    found = found[found["claim_id"].isin(view["claim_id"])]
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
    return pd.DataFrame({"claim_id": view["claim_id"].to_numpy(), "comparison": said, "ruled_out": ruled_out}).astype(
        {"claim_id": "str", "comparison": "str", "ruled_out": bool}
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
        values = f"{_alone(one)} {_day(one, other)}{_notes(one)} and {_alone(other)} {_day(other)}{_notes(other)}"
        return _close(f"{noun} were {values}{differs}", _between(claim, one, other))
    count = pair[0]
    ours = "own counts add up to" if count["measure"] == STOCK else "own counts differ by"
    noun = ours if count["ours"] else "own count is"
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
    bottom, top = _around([one, other])
    said = [end for count in (one, other) for end in _interval(count) if end is not None]
    quote = _quote(claim)
    if low is not None and high is not None and min(said) <= low and high <= max(said):
        return f"{quote} lies between them"
    if claim["bound"] == AT_LEAST and low is not None and low <= min(said):
        return f"{quote} does not contradict them"
    if high is not None and bottom is not None and high < bottom:
        return f"{quote} is {_far(bottom, high)}below both"
    if low is not None and top is not None and low > top:
        return f"{quote} is {_far(low, top)}above both"
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
    least = min(numbers, key=lambda count: (_lowest(count), count["distance"]))
    most = max(numbers, key=lambda count: (_highest(count), count["distance"]))
    quantities = {_quantity(count) for count in numbers}
    if len(quantities) == 1 and len({count["in_text"] for count in numbers}) == 1:
        return _counted(claim, least), _against(claim, least)
    noun = f"{_noun(least)}{_where(claim, least)}"
    if len(quantities) == 1:
        ranked = sorted(numbers, key=lambda count: count["distance"])
        names = words.listed(list(dict.fromkeys(str(count["in_text"]) for count in ranked)))
        who = opening.removesuffix(" run from").removesuffix(" have")
        return f"{who} have {_quantity(least)} {noun} {_when(least)} ({names})", _against(claim, least)
    to = "" if least is most else f" to {_alone(most)} ({_by(most)})"
    return f"{opening} {_quantity(least)} {noun} ({_by(least)}){to}", _among(claim, numbers)


def _around(counts: Sequence[Row]) -> tuple[float | None, float | None]:
    """Return the numbers below and above all of which counts leave no room; None where a ceiling, or a floor, leaves it."""
    lows = [low for count in counts if (low := _interval(count)[0]) is not None]
    highs = [high for count in counts if (high := _interval(count)[1]) is not None]
    return (min(lows) if len(lows) == len(counts) else None), (max(highs) if len(highs) == len(counts) else None)


def _among(claim: Row, counts: Sequence[Row]) -> str:
    """Say where a claim lies in the range of the same counts."""
    low, high = _interval(claim)
    bottom, top = _around(counts)
    least, most = min(map(_lowest, counts)), max(map(_highest, counts))
    quote = _quote(claim)
    if claim["bound"] == AT_LEAST and low is not None and bottom is not None and low < bottom:
        return f"all are higher, which {quote} does not contradict"
    if high is not None and bottom is not None and high < bottom:
        return f"{quote} is {_apart(high, bottom, exact=low == high)}below all of them"
    if low is not None and top is not None and low > top:
        return f"{quote} is {_apart(low, top, exact=low == high)}above all of them"
    if low is None or low > most or (high is not None and high < least):
        return f"{quote} does not contradict them"
    if low == high and low in (least, most):
        return f"{quote} equals the {'lowest' if low == least else 'highest'}"
    return f"{quote} lies within"


# Parts and wholes


def _bounded(claim: Row, bounds: Sequence[Row], *, also: bool = False) -> str:
    """Say the largest part and the smallest whole: what the claim should be at least, and at most."""
    parts = sorted((c for c in bounds if c["relation"] == PART), key=lambda c: (c["kind"] != DOCUMENTED, -_lowest(c)))
    wholes = sorted((c for c in bounds if c["relation"] == WHOLE), key=lambda c: (_highest(c), c["kind"] == DOCUMENTED))
    # Beside what is documented the largest estimate, where no whole bounds the claim from above.
    estimates = [] if wholes else [part for part in parts[1:] if _lowest(part) > _lowest(parts[0])]
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


def _contradiction(claim: Row, count: Row) -> str:
    """Say where logic forbids a claim and a count to hold both: below a part, or an exact claim above a whole that is no floor.

    An approximation has no end that anything could lie beyond.
    """
    if not count["sure"] or ABOUT in (claim["bound"], count["bound"]):
        return ""
    (low, high), (floor, ceiling), quote = _interval(claim), _interval(count), _quote(claim)
    if count["relation"] == PART and high is not None and floor is not None and high < floor:
        return f"{quote} is below this part, so both cannot hold"
    exact = claim["bound"] == EXACT and not count["is_floor"]
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
    """Say how a claim relates to one count: in percent or times of two numbers, by their ends where one is a range, a word or nobody."""
    (low, high), (bottom, top), quote = _interval(claim), _interval(count), _quote(claim)
    above = low is not None and top is not None and low > top
    below = high is not None and bottom is not None and high < bottom
    number, value = (low if high is None else high), (bottom if top is None else top)
    by_ends = claim["bound"] in INTERVALS or count["bound"] in INTERVALS
    if by_ends or not number or not value:
        if above or below:
            return f"{quote} is {_far(low, top) if above else _far(bottom, high)}{'above' if above else 'below'} it"
        if by_ends:
            return f"{quote} fits it"
        return "the same number" if number == value else f"which {quote} does not contradict"
    share = _share(number, value)
    if not share and UP_TO not in (claim["bound"], count["bound"]):
        return "the same number"
    if not (above or below):
        # How far a count lies above a floor is said: the count may still be what the floor speaks of.
        higher = f"{share}, " if share.endswith("higher") and bottom == top else ""
        times = bottom == top and high is None and bool(share) and not higher
        return f"{share} {quote}, a minimum" if times else f"{higher}which {quote} does not contradict"
    # Of a floor or a ceiling that is passed only the least distance is known.
    least = "" if bottom == top or not share else "at most " if share.endswith("of") else "at least "
    return f"{least}{share or 'about as many as'}{' than' * share.endswith(('higher', 'lower'))} {quote}"


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
    return _far(larger, smaller) or (
        f"{round(abs(number / end - 1) * 100) or 1} percent " if exact and number and end else ""
    )


def _far(larger: float | None, smaller: float | None) -> str:
    return "far " if larger and smaller and larger / smaller >= FAR else ""


def _quote(claim: Row) -> str:
    return words.quoted(claim["wording"])


def _interval(row: Row) -> tuple[float | None, float | None]:
    """Return the smallest and the largest number that a claim or a count says; None where it says none."""
    low, best, high = _ends(row)
    return (
        None if row["bound"] == UP_TO else best if low is None else low,
        None if row["bound"] == AT_LEAST else best if high is None else high,
    )


def _lowest(count: Row) -> float:
    """Return the smallest number of a count, of a ceiling its own."""
    return min(end for end in _interval(count) if end is not None)


def _highest(count: Row) -> float:
    """Return the largest number of a count, of a floor its own."""
    return max(end for end in _interval(count) if end is not None)


def _ends(row: Row) -> tuple[float | None, float | None, float | None]:
    """Return low, best and high; None where blank."""
    return _known(row["low"]), _known(row["best"]), _known(row["high"])


def _known(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


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
        ends = f"between {_said(low)} and {_said(high)}" if low != high else _said(low)
        return f"{_said(best)} ({ends})" if best is not None and low != high else ends
    if count["bound"] == AT_LEAST:
        return f"at least {_said(low if low is not None else best or 0)}"
    if count["bound"] == UP_TO:
        return f"at most {_said(high if high is not None else best or 0)}"
    about = "about " if count["bound"] == ABOUT else ""
    return about + _said(best) if best is not None else Quantity.from_row(count).say()


def _alone(count: Row) -> str:
    """Say a count where no noun follows it."""
    return _quantity(count).removesuffix(" of")


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
