"""What the words around a number say."""

from collections.abc import Sequence

from curation.suggest import Candidate
from validation import Dataset
from validation.claim_models import CLAIM


class Reader:
    """x."""

    def __init__(self, dataset: Dataset, source_id: str) -> None:
        """X."""

    def suggestions(self, numbers: Sequence[Candidate]) -> list[dict[str, object]]:
        """X."""
        return [
            {
                "decision": n.dismissal or CLAIM.code,
                "paragraph": n.paragraph,
                "wording": n.wording,
                "indicator": n.indicator,
                "population_group": n.population_group,
            }
            for n in numbers
        ]
