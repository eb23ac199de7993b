"""A finding: one thing that is wrong in a table, and what to do about it.

Why: checks find and return, one place prints. Every check, from a broken byte to a contradiction between two
tables, has the same shape. Here: the value and how it is said. Not here: any check.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

MAX_ALIKE = 200
"""Findings of one rule in one column that are listed one by one; the rest are counted."""


@dataclass(frozen=True, order=True)
class Finding:
    """What is wrong, where, and what to do.

    `file` is the name of the file ("all tables" where the checks themselves failed); `line` counts from 1 with the
    header as line 1; `column` is the name of the column (for a file that cannot be read as a table: the character in
    the line, from 1). 0 and "" mean that the finding concerns the whole file or line.
    """

    file: str
    line: int
    column: str
    rule: str
    problem: str
    action: str

    def __str__(self) -> str:
        """Return it in one line for curators, such as `claims.csv:4 low: problem. Action. [rule]`."""
        place = self.file + (f":{self.line}" if self.line else "") + (f" {self.column}" if self.column else "")
        return f"{place}: {self.problem}. {self.action}. [{self.rule}]"

    @property
    def sentence(self) -> str:
        """The finding as readers meet it, such as `claims.csv, line 4, low: problem. Action.`."""
        line, column = f"line {self.line}" if self.line else "", self.column
        return f"{', '.join(filter(None, (self.file, line, column)))}: {self.problem}. {self.action}."

    @property
    def advice(self) -> str:
        """What is wrong and what to do, where the reader sees the place: `Problem. Action.`."""
        return f"{self.problem[:1].upper()}{self.problem[1:]}. {self.action}."


JUDGED = ("evidence.named", "ledger.twice", "ledger.repeat")
"""Rules that rest on how words are understood: what they find is shown, and keeps no curator from writing it."""
CAUSES = ("file", "cell", "column", "rows")
"""First parts of rule ids, causes before what follows from them; references to rows that another fault took away come last."""


def first(findings: Sequence[Finding]) -> Finding:
    """Return the finding to name where only one is named: a broken file before a bad cell, that before what no longer fits."""
    kinds = {kind: at for at, kind in enumerate(CAUSES)} | {"references": len(CAUSES) + 1}
    return min(findings, key=lambda finding: (kinds.get(finding.rule.partition(".")[0], len(CAUSES)), finding))


def unreadable(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings because of which a table cannot be read or built on, not those that a row breaks a rule."""
    return [finding for finding in findings if finding.rule.partition(".")[0] in CAUSES]


def with_rest(listed: list[Finding], found: int) -> list[Finding]:
    """Return the findings that are listed of a rule, and after the last of them how many more there are, if any."""
    rest = found - MAX_ALIKE
    if rest <= 0 or not listed:
        return listed
    more = f"{rest:,} more {'line has' if rest == 1 else 'lines have'} the same fault"
    return [*listed, replace(listed[-1], problem=more, action="Correct the lines above, then check again")]


def shown(value: object, limit: int = 60) -> str:
    """Quote a value for a message: control characters made visible, long values cut."""
    text = str(value)
    text = text if len(text) <= limit else text[:limit] + "…"
    return "“" + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text) + "”"


def for_programs(summary: dict[str, Any], findings: Sequence[Finding]) -> str:
    """Write counts and findings as JSON: the summary's keys, then `findings`, a list of objects."""
    return json.dumps(summary | {"findings": [asdict(finding) for finding in findings]}, ensure_ascii=True, indent=2)
