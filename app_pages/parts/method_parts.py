"""The parts of the Method page that are made from the tables: two worked examples, code lists, and what was checked."""

import pandas as pd
import streamlit as st

from analysis import examples, words
from app_pages.parts import ledger, open_card, show, tables
from app_pages.parts.plain import escape_markdown
from app_pages.parts.width import wide
from validation.models import SCHEMAS
from validation.vocabulary import CODES

NEAR_ONLY = (
    "These counts count the same people in the same place and the same unit. Only their days differ, so each is **near**: it shows "
    "the size of the number, and neither confirms nor contradicts the claim. The last rows are counts that are **not comparable**, each "
    "for one reason."
)
OWN_COUNTS = (
    "The organisation that gave this number also publishes counts of its own, and two of them stand around the date of the claim: they "
    "come first. The other counts follow, with their relation to the claim. The last rows are counts that are **not comparable**, "
    "each for one reason."
)
LIMITATIONS, QUANTITIES = "limitations", "words for quantities"
"""Lists that stand in the tables themselves, beside those of the codes."""


def worked_examples() -> None:
    """Show the claims that explain the comparison, with their counts; nothing where the tables have none."""
    dataset = tables.dataset()
    for number, (pick, text) in enumerate([(examples.near_only, NEAR_ONLY), (examples.own_counts, OWN_COUNTS)], 1):
        example = tables.once(pick, dataset)
        if example is None:
            continue
        claim = example.claim
        where = f", {claim['place_name']}" if isinstance(claim["place_name"], str) else ""
        st.subheader(f"Example: {escape_markdown(words.quoted(claim['wording']))}", anchor=f"example-{number}")
        st.markdown(
            escape_markdown(
                f"Said by {claim['said_by']}, printed by {claim['printed']}. {claim['indicator_label']}: "
                f"{claim['group_label'].lower()}, {claim['period']}{where}."
            )
        )
        st.markdown(text)
        counts = example.counts if wide() else tables.once(_narrow, example.counts)
        st.table(tables.once(_escaped, counts), hide_index=True, alt=f"Published counts and {claim['wording']}")
        st.markdown(f"**What we say:** {escape_markdown(example.sentence, 1000)}")
        st.button("Open the claim", key=f"example-card-{number}", on_click=open_card.ask_for, args=(claim["claim_id"],))


def _escaped(cells: pd.DataFrame) -> pd.DataFrame:
    return cells.map(escape_markdown)


def _narrow(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of an example in three columns, for a phone."""
    why = counts["In what it differs"]
    return pd.DataFrame(
        {
            "Published by": counts["Published by"],
            "Count": counts["Value"] + ". " + counts["What and who"] + ", " + counts["Days"],
            "Relation": counts["Relation"] + (": " + why).where(why != "", ""),
        }
    )


def code_lists() -> None:
    """Show the list that the reader chooses: what the codes of the downloads mean, the limitations, the words for quantities."""
    asked = st.pills(
        "Choose a list", [*CODES, LIMITATIONS, QUANTITIES], format_func=str.capitalize, key="codes", wrap=True
    )
    if asked == LIMITATIONS:
        about = "Limitations and their meaning"
        show.table(tables.table("caveats"), SCHEMAS["caveats"], about, ["label", "definition"])
    elif asked == QUANTITIES:
        st.write(
            "A report that says “hundreds” gives no number. "
            "We draw it from its smallest value to just under the next word; that is our convention."
        )
        rows = tables.table("vague_quantities")
        show.table(rows, SCHEMAS["vague_quantities"], "Words for quantities with their range")
    elif asked:
        rows_of_codes = [(term.label, term.definition, term.code) for term in CODES[asked]]
        listed = pd.DataFrame(rows_of_codes, columns=["Label", "Meaning", "Code"])
        # A code has no place to break a line at, so on a phone the dictionary alone has it.
        listed = listed if wide() else listed.drop(columns="Code")
        st.table(listed, hide_index=True, alt=f"Meanings: {asked}")


def checked() -> None:
    """Show in short what was checked, and what became of the numbers of the reports."""
    dataset = tables.dataset()
    st.write(
        f"{sum(dataset.rows.values()):,} rows in {len(dataset.rows)} tables, {dataset.checks:,} checks, {len(dataset.findings):,} findings. "
        f"Data version {dataset.version}."
    )
    ledger.total()
