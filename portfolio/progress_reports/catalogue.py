"""Every code that a finding can have, with its severity, wording, meaning and remedy."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from portfolio.findings import Finding, Severity
from portfolio.settings import DATA_DIR


@dataclass(frozen=True)
class Code:
    """One kind of finding; `message` is a template for the facts of a case."""

    code: str
    severity: Severity
    message: str
    meaning: str
    remedy: str


@dataclass(frozen=True)
class Place:
    """Where something was found: the file as a whole, a sheet, or a cell of a field."""

    sheet: str | None = None
    cell: str | None = None
    field: str | None = None
    label: str | None = None

    @property
    def words(self) -> str:
        """The place as the beginning of a sentence: "Sheet Milestones, cell F14 (Actual date): "."""
        if self.sheet is None or self.cell is None:
            return ""
        label = f" ({self.label})" if self.label else ""
        return f"Sheet {self.sheet}, cell {self.cell}{label}: "


WHOLE_FILE = Place()


@lru_cache
def catalogue() -> dict[str, Code]:
    """Every code by its name, in the order of data/vocabulary/finding.csv."""
    with (DATA_DIR / "vocabulary" / "finding.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {row["code"]: _code(row) for row in rows}


def _code(row: dict[str, str]) -> Code:
    severity = cast(Severity, row["severity"])
    return Code(row["code"], severity, row["message"], row["meaning"], row["remedy"])


def finding(
    code: str,
    place: Place = WHOLE_FILE,
    value: str | None = None,
    action: str | None = None,
    /,
    **facts: object,
) -> Finding:
    """A finding of the catalogue at a place; `action` replaces the general remedy by a closer one.

    Raises: KeyError for an unknown code or for a fact that its message lacks.
    """
    entry = catalogue()[code]
    known = {"sheet": place.sheet, "cell": place.cell, "label": place.label, "value": shown(value), **facts}
    return Finding(
        code=code,
        severity=entry.severity,
        message=place.words + entry.message.format(**known),
        action=action or entry.remedy,
        sheet=place.sheet,
        cell=place.cell,
        field=place.field,
        value=value,
    )


def shown(value: str | None, longest: int = 80) -> str:
    """A value as a sentence quotes it: in one line and not too long."""
    text = " ".join((value or "").split())
    return text if len(text) <= longest else text[: longest - 1] + "…"


def as_markdown() -> str:
    """The table of docs/importing.md: code, severity, meaning and remedy."""
    lines = ["| Code | Severity | What it means | What to do |", "|---|---|---|---|"]
    for entry in catalogue().values():
        lines.append(f"| `{entry.code}` | {entry.severity} | {entry.meaning} | {entry.remedy} |")
    return "\n".join(lines)
