"""What a folder of tables is about: the war, its country, when it began, and the names that come from them.

Why: the code knows no war; whatever a page, a file name or a citation says of one stands in `about.toml` beside the tables.
Here: reading that file, and what must hold between it and the tables. Not here: the map (`boundaries.py`), the tables.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

import pandas as pd
import pyarrow as pa

from validation import dates
from validation.findings import MAX_ALIKE, Finding, shown
from validation.vocabulary import CUMULATIVE, PLACE_KINDS, codes

FILE = "about.toml"


@dataclass(frozen=True)
class About:
    """What the tables are about; the fields are the keys of `about.toml`, whose comments say what they mean.

    `country` is a place id, `began` a date of reduced precision, `admin1` a kind of place, `pcode` and `people` regular
    expressions; `licence` and `contact` are "" where there is none.
    """

    title: str = "Numbers reported on a war"
    file_prefix: str = "war"
    description: str = ""
    keywords: tuple[str, ...] = ()
    country: str = ""
    began: str = ""
    people: str = ""
    admin1: str = ""
    pcode: str = ""
    pcode_example: str = ""
    licence: str = ""
    contact: str = ""

    @property
    def name(self) -> str:
        """The title as a name for programs: lower-case words joined by hyphens."""
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-") or self.file_prefix


MAX_LENGTH = 200
"""Characters of a value that stands in headings, file names and citations."""
MAY_BE_BLANK = ("people", "pcode", "pcode_example", "licence", "contact")


def read(data: bytes) -> tuple[About, list[Finding]]:
    """Read `about.toml`: what it says, and what is wrong with it; what cannot be used is left as the class has it."""
    try:
        text = data.decode("utf-8")
        given = tomllib.loads(text)
    except UnicodeDecodeError:
        return About(), [_fault(0, "", "encoding", "the file is not UTF-8", "Save it as UTF-8")]
    except (ValueError, RecursionError) as error:  # ValueError: no TOML, or a number of more digits than Python reads
        line = re.search(r"at line (\d+)", str(error))
        at = int(line.group(1)) if line else 0
        return About(), [_fault(at, "", "toml", f"the file is not TOML ({shown(error)})", "Correct that line")]
    findings = list(_faults(given, text))
    wrong = {finding.column for finding in findings}
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in given.items() if key not in wrong
    }
    return About(**values), findings


def _fault(line: int, key: str, rule: str, problem: str, action: str) -> Finding:
    return Finding(FILE, line, key, f"about.{rule}", problem, action)


def _faults(given: Mapping[str, Any], text: str) -> Iterator[Finding]:
    known = {field.name: field.default for field in fields(About)}
    for key in known.keys() - given.keys():
        yield _fault(0, key, "key_missing", f"the key {key} is missing", "Add it, as datasets/about.toml has it")
    for key, value in given.items():
        line = next((at for at, row in enumerate(text.split("\n"), 1) if re.match(rf"\s*{re.escape(key)}\s*=", row)), 0)
        if key not in known:
            yield _fault(line, key[:60], "unknown", f"the key {shown(key)} is not known", "Delete it")
        elif key == "keywords":
            if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
                yield _fault(line, key, "type", "it is not a list of words", 'Write it as ["one", "two"]')
            elif not all(word.isprintable() for word in value):
                yield _fault(line, key, "value", "a word holds a control or direction mark", "Delete the mark")
        elif not isinstance(value, str):
            yield _fault(line, key, "type", "it is not a text", "Write it between quotation marks")
        elif not value.strip() and key not in MAY_BE_BLANK:
            yield _fault(line, key, "blank", "it is blank", "Fill it")
        elif problem := _wrong(key, value):
            yield _fault(line, key, "value", f"{shown(value)} {problem[0]}", problem[1])


def _wrong(key: str, value: str) -> tuple[str, str] | None:
    """Return what is wrong with a text and what to do, or None."""
    if any(not char.isprintable() for char in value.replace("\n", " ")):
        return "holds a control or direction mark", "Delete the mark"
    if key != "description" and ("\n" in value or len(value) > MAX_LENGTH):
        return f"is longer than one line of {MAX_LENGTH} characters", "Shorten it"
    if key in ("pcode", "people"):
        try:
            re.compile(value)
            pd.Series([""], dtype="str").str.fullmatch(value)  # as P-codes are matched: not in Python's dialect alone
        except (re.error, OverflowError, RecursionError, pa.ArrowInvalid) as error:
            return f"is no regular expression ({shown(error)})", "Correct it"
    if key == "began" and (not re.match(dates.PATTERN, value) or dates.first_day(pd.Series([value])).isna().any()):
        return "is no date", "Write it as YYYY, YYYY-MM or YYYY-MM-DD"
    if key == "admin1" and value not in codes(PLACE_KINDS):
        return "is no kind of place", f"Use one of: {', '.join(codes(PLACE_KINDS))}"
    if key == "file_prefix" and not re.match(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z", value):
        return "cannot begin the name of a file", "Use lower-case letters, digits and single hyphens"
    return None


def beginnings(about: About, table: str, rows: pd.DataFrame) -> Iterator[Finding]:
    """Yield totals since the war began, of claims or of published counts (index: line in the file), that begin at another time."""
    first, last = (day(pd.Series([about.began], dtype="str")).iloc[0] for day in (dates.first_day, dates.last_day))
    forward = ~(dates.first_day(rows["period_start"]) > dates.last_day(rows["period_end"]))
    start = rows.loc[(rows["measure"] == CUMULATIVE) & forward, "period_start"]
    elsewhere = (dates.first_day(start) > last) | (dates.last_day(start) < first)
    for line, date in start[elsewhere].head(MAX_ALIKE).items():
        action = f"Write {about.began}, when the war began, or code it as a period"
        problem = f"a total since the war began does not begin {shown(date)}"
        yield Finding(f"{table}.csv", int(str(line)), "period_start", "about.began", problem, action)


def check(about: About, places: pd.DataFrame) -> Iterator[Finding]:
    """Yield what does not hold between `about.toml` and the tables (index: line in the file): country, P-codes."""
    if len(places) and about.country not in set(places["place_id"].dropna()):
        action = "Use a place id of places.csv, or add the row"
        yield _fault(0, "country", "country", f"{shown(about.country)} is not in places.csv", action)
    apart = (places["kind"] == about.admin1) & places["within"].isna() & (places["place_id"] != about.country)
    for line, place in places.loc[apart, "place_id"].head(MAX_ALIKE).items():
        problem = f"{shown(place)}, a {about.admin1}, lies in no country"
        yield Finding(
            "places.csv", int(str(line)), "within", "about.within", problem, "Name the country that contains it"
        )
    if about.pcode:
        wrong = places["pcode"].notna() & ~places["pcode"].str.fullmatch(about.pcode).fillna(False).astype(bool)
        for line, code in places.loc[wrong, "pcode"].head(MAX_ALIKE).items():
            action = f"Use a P-code such as {about.pcode_example}" if about.pcode_example else "Correct the P-code"
            yield Finding(
                "places.csv", int(str(line)), "pcode", "about.pcode", f"{shown(code)} is no P-code here", action
            )
