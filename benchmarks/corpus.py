"""`python -m benchmarks.corpus FOLDER`: five hundred made-up reports with twenty thousand numbers, most of them decided.

Why: whether a desk is quick can only be seen with as much before it as a project gathers in years. Each number of a text comes from a
row of made-up tables (`generate.py`), so that tables, texts and drafts fit one another. The texts are of nobody and of no war.
"""

import argparse
import datetime
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.generate import CLAIMS_OF_A_REPORT, generate
from curation import drafts
from validation import evidence, load
from validation.models import SCHEMAS, TRIAGE, key
from validation.vocabulary import CLAIM, FIRST, SECOND
from validation.writing import write_tables

CLAIMS = 20
"""Claims of a report; beside each stands a number that is none."""
READER, OTHER = "reader A", "reader B"
SAID = {
    "killed": ("In {town}, {number} were killed {beside}, the {speaker} said.", "The {speaker} said that {number} died in {town} {beside}."),
    "injured": ("Shells fell on {town} and {number} were wounded {beside}, the {speaker} said.",),
    "displaced": ("Because of the fighting {number} fled {town} {beside}, according to the {speaker}.",),
    "refugees": ("The {speaker} said that {number} had crossed the border from {town} {beside}.",),
    "idps": ("Around {town} there were {number} living in camps {beside}, the {speaker} reported.",),
}  # fmt: skip
BESIDE = {
    "date": "on {n} March", "distance": "at {n} kilometres from the river", "duration": "within {n} days",
    "places_captured": "as {n} villages were captured", "other_quantity": "beside {n} trucks",
}  # fmt: skip
WITHOUT = (
    "Residents said by telephone that the bakeries had closed and that nobody knew when the road would open again.",
    "The governor called for calm. He gave no account of what had happened during the night.",
    "Aid workers waited at the bridge with blankets, tents and flour, and were sent back at dusk.",
    "Both sides said that the other had begun it, and neither let journalists into the streets around the mill.",
    "A teacher who had stayed behind said that the school had been hit before and that its cellar was full.",
)
SYLLABLES = ("ba", "dor", "kel", "lim", "mor", "nas", "rev", "tol", "ul", "vesh")


@dataclass(frozen=True, eq=False)
class Corpus:
    """Folders of tables, texts and drafts, and what is right for each number of the reports that are open (as TRIAGE)."""

    datasets: Path
    reports: Path
    drafts: Path
    open: pd.DataFrame


def make(folder: Path, reports: int = 500, decided: int = 400, drafted: int = 50, twice: int = 40) -> Corpus:
    """Write that many reports: `decided` of them whole, `twice` of those by two readers, `drafted` of the others half."""
    made = Corpus(
        generate(folder / "datasets", reports * CLAIMS_OF_A_REPORT),
        folder / "reports",
        folder / "drafts",
        pd.DataFrame(),
    )
    made.reports.mkdir(exist_ok=True)
    bare = load(made.datasets, made.reports, only=())
    tables = _named({name: bare.table(name) for name in SCHEMAS})
    numbers = _numbers(tables)
    texts = {str(source_id): _text(rows) for source_id, rows in numbers.groupby("source_id")}
    for source_id, text in texts.items():
        (made.reports / f"{source_id}.txt").write_text(text, encoding="utf-8", newline="\n")
    ids = tables["sources"]["source_id"]
    hashes = ids.map({source_id: hashlib.sha256(text.encode()).hexdigest() for source_id, text in texts.items()})
    done = numbers["source_id"].isin(ids[:decided])
    rows = numbers[done]
    tables |= {
        "sources": tables["sources"].assign(text_sha256=hashes),
        "claims": rows[rows["decision"] == CLAIM].drop(columns="decision"),
        "claim_caveats": rows.loc[rows["decision"] == CLAIM, ["claim_id"]].assign(
            caveat_id="toll_may_change", detail="Made by chance."
        ),
        "dismissed": rows[rows["decision"] != CLAIM].assign(reason=rows["decision"], note=None),
        "curation": _readings(rows, ids[:twice]),
    }
    write_tables(
        made.datasets, {name: rows.reindex(columns=list(SCHEMAS[name].columns)) for name, rows in tables.items()}
    )
    dataset = load(made.datasets, made.reports)
    checked = {name: dataset.table(name) for name in SCHEMAS}
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    write_tables(made.datasets, {"evidence": evidence.renewed(checked, dataset.states(), today)})
    left = numbers[~done].reindex(columns=list(TRIAGE.columns)).assign(claim_id=None)
    for source_id in ids[decided : decided + drafted]:
        drafts.begin(made.drafts, source_id, READER, dataset.texts[source_id].sha256)
        for cells in _typed(left[left["source_id"] == source_id].head(CLAIMS)):
            drafts.save(made.drafts, source_id, READER, cells["number_id"], cells)
    return Corpus(made.datasets, made.reports, made.drafts, left)


def _named(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables with names without digits, which a text can print."""
    words = ["".join(parts).capitalize() for parts in product(SYLLABLES, repeat=3)]
    places, speakers = tables["places"], tables["organisations"]
    return dict(tables) | {
        "places": places.assign(name=words[: len(places)]),
        "organisations": speakers.assign(name=[f"{word} Monitor" for word in words[-len(speakers) :]]),
    }


def _numbers(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the numbers of all texts in order: columns of TRIAGE, and `said`, the paragraph; each claim and one beside it."""
    rng = np.random.default_rng(2011)
    claims = tables["claims"]
    claims = claims[claims.groupby("source_id").cumcount() < CLAIMS]
    places, speakers = (
        tables[name].set_index(id_)["name"]
        for name, id_ in (("places", "place_id"), ("organisations", "organisation_id"))
    )
    reasons = rng.choice(list(BESIDE), len(claims))
    counts = rng.integers(2, 29, len(claims))
    beside = [BESIDE[reason].format(n=n) for reason, n in zip(reasons, counts, strict=True)]
    patterns = claims["indicator"].map(SAID)
    said = [
        pattern[n % len(pattern)].format(number=number, town=town, speaker=speaker, beside=words)
        for pattern, n, number, town, speaker, words in zip(
            patterns, counts, claims["wording"], claims["place_id"].map(places), claims["attributed_to"].map(speakers), beside, strict=True,
        )
    ]  # fmt: skip
    claims = claims.assign(paragraph=claims["paragraph"] * 2, said=said, decision=CLAIM)
    quotes = [" ".join(words.split()[1:3]) for words in beside]
    others = claims[["source_id", "paragraph", "said"]].assign(wording=quotes, decision=reasons)
    both = pd.concat([claims, others])
    at = [text.index(wording) for text, wording in zip(both["said"], both["wording"], strict=True)]
    both = both.assign(
        number_id="p" + both["paragraph"].astype("str") + "-" + pd.Series(at, both.index).astype("str"), at=at
    )
    return both.sort_values(["source_id", "paragraph", "at"], ignore_index=True)


def _text(rows: pd.DataFrame) -> str:
    """Return a text whose every second paragraph has numbers."""
    said = rows["said"].drop_duplicates()
    lines = (
        f"{WITHOUT[at % len(WITHOUT)]}\n\n{line} {WITHOUT[(at + 2) % len(WITHOUT)]}\n\n" for at, line in enumerate(said)
    )
    return "".join(lines)


def _readings(numbers: pd.DataFrame, twice: pd.Series) -> pd.DataFrame:
    """Return the rows of curation.csv for the numbers; the second reader of some reports leaves out the event."""
    first = numbers.assign(reader=READER, reading=FIRST, decided_on="2026-01-02")
    again = first[first["source_id"].isin(twice)].assign(reader=OTHER, reading=SECOND, event_id=None)
    return pd.concat([first, again]).sort_values(key("curation"))


def _typed(rows: pd.DataFrame) -> Iterator[dict[str, str]]:
    """Yield the cells of each row as a reader types them."""
    for row in rows.astype("object").where(rows.notna(), "").to_dict("records"):
        yield {str(name): str(cell) for name, cell in row.items()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__)
    parser.add_argument("folder", type=Path)
    make(parser.parse_args().folder)
