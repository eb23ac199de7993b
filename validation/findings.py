"""A finding: one thing that is wrong in a table, and what to do about it.

Why: checks find and return, one place prints. Every check, from a broken byte to a contradiction between two
tables, speaks in the same shape. Here: the value and its two printed forms. Not here: any check.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

MAX_ALIKE = 200
"""Findings of one rule in one column that are told one by one; of the rest the number is told."""


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
        """Say it in one line for people, such as `claims.csv:4 low: problem. Action. [rule]`."""
        place = self.file + (f":{self.line}" if self.line else "") + (f" {self.column}" if self.column else "")
        return f"{place}: {self.problem}. {self.action}. [{self.rule}]"


CAUSES = ("file", "cell", "column", "rows")
"""First parts of rule ids, causes before what follows from them; references to rows that another fault took away come last."""


def first(findings: Sequence[Finding]) -> Finding:
    """Give the finding to name where only one is named: a broken file before a bad cell, that before what no longer fits."""
    kinds = {kind: at for at, kind in enumerate(CAUSES)} | {"references": len(CAUSES) + 1}
    return min(findings, key=lambda finding: (kinds.get(finding.rule.partition(".")[0], len(CAUSES)), finding))


def with_rest(told: list[Finding], found: int) -> list[Finding]:
    """Give the findings told of a rule, and after the last of them how many more there are, where there are any."""
    rest = found - MAX_ALIKE
    if rest <= 0 or not told:
        return told
    more = f"{rest:,} more {'line has' if rest == 1 else 'lines have'} the same fault"
    return [*told, replace(told[-1], problem=more, action="Mend those told first, then look again")]


def shown(value: object, limit: int = 60) -> str:
    """Quote a value for a message: control characters made visible, long values cut."""
    text = str(value)
    text = text if len(text) <= limit else text[:limit] + "…"
    return "“" + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text) + "”"


def for_programs(summary: dict[str, Any], findings: Sequence[Finding]) -> str:
    """Write counts and findings as JSON: the summary's keys, then `findings`, a list of objects."""
    return json.dumps(summary | {"findings": [asdict(finding) for finding in findings]}, ensure_ascii=True, indent=2)
