"""Findings on the screen: counted worst first, each with severity, cell, value and what to do.

A severity always has a letter, a shape and a word beside its colour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from portfolio.findings import SEVERITIES, Finding, Severity, field_and_message
from portfolio.ui.texts import counted, literal

MOST_SHOWN = 100
_LONGEST_VALUE = 80
_NOTHING = "–"


@dataclass(frozen=True)
class SeverityMark:
    """How one severity is marked."""

    letter: str
    shape: str
    word: str
    colour: str
    plural: str


MARKS: dict[Severity, SeverityMark] = {
    "blocker": SeverityMark("B", "■", "Blocker", "red", "blockers"),
    "error": SeverityMark("E", "◆", "Error", "red", "errors"),
    "warning": SeverityMark("W", "▲", "Warning", "orange", "warnings"),
    "info": SeverityMark("I", "○", "Info", "gray", "info"),
}


def severity_label(severity: Severity) -> str:
    """A severity in text: "◆ E Error"."""
    mark = MARKS[severity]
    return f"{mark.shape} {mark.letter} {mark.word}"


def counts_text(findings: Iterable[Finding]) -> str:
    """How many there are of each severity, the worst first: "2 errors, 1 warning"."""
    counts = Counter(item.severity for item in findings)
    parts = [
        counted(counts[severity], MARKS[severity].word.lower(), MARKS[severity].plural)
        for severity in SEVERITIES
        if counts[severity]
    ]
    return ", ".join(parts) or "no findings"


def findings_table(findings: Sequence[Finding]) -> pd.DataFrame:
    """One row per finding as Markdown that shows every text as it is written; no column without a text."""
    table = pd.DataFrame([_row(item) for item in findings])
    return table[[name for name in table.columns if table[name].ne(_NOTHING).any()]]


def _row(item: Finding) -> dict[str, str]:
    mark, (field, message) = MARKS[item.severity], field_and_message(item)
    code = f":gray[:small[{literal(item.code)}]]"
    return {
        "Severity": f":{mark.colour}[**{severity_label(item.severity)}**]",
        "Sheet": literal(item.sheet) if item.sheet else _NOTHING,
        "Cell": f"**{literal(item.cell)}** {literal(field)}".rstrip() if item.cell else _NOTHING,
        "What stands there": _value(item.value),
        "What is wrong": f"{literal(message)} {code}",
        "What to do": literal(item.action),
    }


def _value(value: str | None) -> str:
    text = " ".join((value or "").split())
    return literal(text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…") or _NOTHING


def render_findings(findings: Sequence[Finding], title: str) -> None:
    """The findings as a table; of many only the first, and where the others are marked."""
    st.table(
        findings_table(findings[:MOST_SHOWN]), border="horizontal", hide_index=True,
        alt=f"{title}: {counts_text(findings)}.",
    )  # fmt: skip
    if len(findings) > MOST_SHOWN:
        st.caption(f"{len(findings) - MOST_SHOWN:,} more are marked in the checked copy of the workbook.")
