"""Limitations to be suggested with a number: those that a rule asks for, and those that its words show.

Why: what is doubtful must be said beside the number (codebook, rule 13), and is forgotten first where it is typed by hand. Which
limitation of caveats.csv is meant is found by the table itself: by where it is required, else by what its definition speaks of.
Here: the cell. Not here: when a number has a limitation (`context.py`), the rules (`validation/claim_rules.py`).
"""

from collections.abc import Iterator, Mapping

import pandas as pd

from validation.vocabulary import CUMULATIVE_DISPLACEMENT, ENEMY_LOSSES, UNKNOWN_START

OWN_VOICE, NOBODY, DESTINATION, IN_A_LIST, NO_PLACE = (
    "own voice",
    "reportedly",
    "abroad",
    "[Qq]ualifier",
    "names no place",
)
"""What the definition of a limitation speaks of (a regular expression), where no rule asks for it."""
_DETAILS = {
    CUMULATIVE_DISPLACEMENT: "Worded as everyone displaced since the war began.",
    ENEMY_LOSSES: "A party to the conflict speaks of losses of fighters.",
    UNKNOWN_START: "No beginning is given.",
    OWN_VOICE: "Stated in the report’s own voice.",
    NOBODY: "Nobody is named as the source.",
    DESTINATION: "Not said where they went.",
    IN_A_LIST: "A qualifier stands before another number of the list.",
    NO_PLACE: "The sentence names no place.",
}


def limitations_of(caveats: pd.DataFrame, holds: Mapping[str, bool]) -> str:
    """Return the cell of limitations: `id: detail`, several separated by “; ”, of each that holds and that caveats.csv has."""
    return "; ".join(f"{caveat}: {_DETAILS[doubt]}" for doubt, caveat in _known(caveats) if holds[doubt])


def _known(caveats: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Yield the limitations that caveats.csv has, with the need or the doubt that each is of."""
    for doubt in _DETAILS:
        required = caveats["required_where"] == doubt
        found = caveats[required if required.any() else caveats["definition"].str.contains(doubt, na=False)]
        if len(found):
            yield doubt, str(found["caveat_id"].iloc[0])
