"""The methods screen's parts: figures as text and as a table, rules and thresholds as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from portfolio.indicators import GROUPS
from portfolio.services.deadlines.practices import deadline_rules
from portfolio.services.methods import Method
from portfolio.services.rulebooks import AttentionRule, health_rules, vocabulary_rows
from portfolio.services.selection import folded
from portfolio.summaries.notes import NOTED, note_number
from portfolio.ui.figure_links import screen_title
from portfolio.ui.texts import literal


def matching(methods: Iterable[Method], text: str) -> tuple[Method, ...]:
    """The figures that have every word of the text somewhere in their own words."""
    words = folded(text).split()
    return tuple(row for row in methods if all(word in _all_words(row) for word in words))


def _all_words(row: Method) -> str:
    entry = row.indicator
    return folded(" ".join([entry.label, entry.definition, entry.formula, entry.source, entry.group]))


def by_group(methods: Sequence[Method]) -> dict[str, list[Method]]:
    """The figures by group, in their printed order; groups without any are left out."""
    found = {group: [row for row in methods if row.indicator.group == group] for group in GROUPS}
    return {group: rows for group, rows in found.items() if rows}


def method_text(row: Method) -> str:
    """One figure as Markdown: label, unit and coverage; definition; formula, source and screens."""
    entry = row.indicator
    places = shown_on(row)
    shown = f" · **Shown on** {', '.join(places)}" if places else ""
    return (
        f"**{literal(entry.label)}** ({literal(entry.unit)}) · {row.sentence}  \n"
        f"{literal(entry.definition)}  \n"
        f":small[**Formula** {literal(entry.formula)} · **Source** {literal(entry.source)}{shown}]"
    )


def shown_on(row: Method) -> tuple[str, ...]:
    """The screens on which a figure stands, and the number of its definition in documents."""
    entry = row.indicator
    screens = tuple(screen_title(name) for name in entry.shown)
    return (*screens, f"documents (note {note_number(entry.id)})") if entry.id in NOTED else screens


def methods_table(methods: Iterable[Method]) -> pd.DataFrame:
    """One row per figure, for the download: every field of the register and the coverage, as text."""
    return pd.DataFrame(
        [
            {
                "id": row.indicator.id, "group": row.indicator.group, "figure": row.indicator.label,
                "unit": row.indicator.unit, "definition": row.indicator.definition,
                "formula": row.indicator.formula, "source": row.indicator.source,
                "coverage": row.sentence, "shown_on": ", ".join(shown_on(row)),
            }
            for row in methods
        ]
    )  # fmt: skip


def rules_table(rules: Iterable[AttentionRule]) -> pd.DataFrame:
    """One row per rule of what needs attention."""
    return pd.DataFrame([{"Signal": rule.title, "Raised when": rule.rule} for rule in rules])


def health_rules_table() -> pd.DataFrame:
    """One row per dimension of health: what makes it amber, red and not known."""
    return pd.DataFrame(
        [
            {
                "Dimension": rule.dimension.capitalize(), "Amber": rule.amber, "Red": rule.red,
                "Not known": rule.grey,
            }
            for rule in health_rules()
        ]
    )  # fmt: skip


def thresholds_table() -> pd.DataFrame:
    """One row per threshold of health: dimension, level, value with its unit, meaning."""
    return pd.DataFrame(
        [
            {
                "Dimension": row["dimension"].capitalize(), "Level": row["level"].capitalize(),
                "Threshold": f"{row['value']} {row['unit']}", "Meaning": row["description"],
            }
            for row in vocabulary_rows("thresholds")
        ]
    )  # fmt: skip


def threshold_sources() -> str:
    """Where the thresholds come from, each source once."""
    return "; ".join(dict.fromkeys(row["source"] for row in vocabulary_rows("thresholds")))


def deadline_rules_table() -> pd.DataFrame:
    """One row per rule of deadlines and number in force, with its types of contract and its source."""
    return pd.DataFrame(
        [
            {
                "Deadline": row.label, "For": row.types, "Counted": row.counted, "Source": row.source,
                "Standing": row.standing,
            }
            for row in deadline_rules()
        ]
    )  # fmt: skip


def designations_table() -> pd.DataFrame:
    """One row per designation text and institution profile, with whether it is confirmed."""
    profiles = {row["code"]: row["label"] for row in vocabulary_rows("profiles")}
    subjects = {"kosovo": "Kosovo*", "palestine": "Palestine*", "map": "Map"}
    states = {"confirmed": "confirmed", "to-be-confirmed": "to be confirmed"}
    return pd.DataFrame(
        [
            {
                "Profile": profiles[row["profile"]], "Printed with": literal(subjects[row["subject"]]),
                "Text": literal(row["text"]), "State": states[row["status"]],
            }
            for row in vocabulary_rows("designations")
        ]
    )  # fmt: skip


def demoted(markdown: str) -> str:
    """A document's Markdown with its headings one level lower, to stand inside a section of a screen."""
    return "\n".join(f"#{line}" if line.startswith("#") else line for line in markdown.splitlines())
