"""What a format is: one description from which the API, its document and the buttons for readers are made.

Why: a new format is one entry in one tuple (`files.FORMATS`, `citations.FORMATS`). Not here: how a format is written.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Content = TypeVar("Content")
Written = TypeVar("Written", str, bytes)


@dataclass(frozen=True)
class Format(Generic[Content, Written]):
    """A form of a file: the ending of its name, its label for readers, its media type, what writes it, whether that takes long."""

    ending: str
    label: str
    media_type: str
    write: Callable[[Content], Written]
    slow: bool = False


def by_ending(formats: Iterable[Format[Content, Written]]) -> dict[str, Format[Content, Written]]:
    """Return the formats by the ending of their files, in their order."""
    return {known.ending: known for known in formats}


def endings(formats: Iterable[Format[Content, Written]]) -> str:
    """Format the endings for a sentence, such as `.csv, .xlsx and .json`."""
    *rest, last = (f".{known.ending}" for known in formats)
    return f"{', '.join(rest)} and {last}" if rest else last
