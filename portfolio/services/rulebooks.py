"""The rules, thresholds, designations and documents that stand behind the figures, for people to read."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass

from portfolio.overrides import overridden
from portfolio.services import attention as rules
from portfolio.services import contracting
from portfolio.services.signals import TITLES
from portfolio.services.thresholds import threshold
from portfolio.settings import DATA_DIR, ROOT

# The column of a file that a unit may set, and the key under which it does.
_SETTABLE = {
    "thresholds": ("value", "threshold/{code}"),
    "limits": ("value", "limit/{code}"),
    "designations": ("text", "designation/{profile}/{subject}"),
}


@dataclass(frozen=True)
class AttentionRule:
    """One rule of what needs attention, with its threshold in words."""

    code: str
    title: str
    rule: str


def attention_rules() -> tuple[AttentionRule, ...]:
    """Every rule, in the order of urgency, with the numbers that are in force."""
    texts = _rule_texts()
    return tuple(AttentionRule(code, title, texts[code]) for code, title in TITLES.items())


def _rule_texts() -> dict[str, str]:
    deadline = contracting.contracting_rule()
    return {
        "overspent": f"Incurred cost is above {rules.OVERSPENT_ABOVE_PERCENT} % of the contracted total.",
        "contractual-milestone-late": (
            f"An open contractual milestone is {_late(threshold('time-red-contractual'))}."
        ),
        "ends-soon-with-money-left": (
            f"A running project ends within {threshold('ends-soon')} days, and {rules.MONEY_LEFT_PERCENT} % "
            "or more of the contracted total cost is not incurred."
        ),
        "contracting-deadline": (
            f"Money is left to contract and the deadline, {deadline.amount} years after the financing "
            f"agreement, is at most {deadline.near_days} days away (amber) or "
            f"{contracting.CONTRACTING_RED_DAYS} days (red). Indicative."
        ),
        "pre-financed-idle": (
            f"Incurred cost is below {rules.IDLE_BELOW_PERCENT} % of the pre-financing "
            f"{rules.IDLE_AFTER_DAYS} days or more after the last payment."
        ),
        "silent-implementer": (
            f"{rules.SILENT_HALF_YEARS} or more half-years are without a report, each due "
            f"{rules.report_rule().amount} days after its end."
        ),
        "suspended-partner": "Cooperation with a partner is suspended, with no known end.",
        "extended-twice": f"A contract was extended {rules.EXTENSIONS} times or more.",
        "milestone-late": (
            f"An open milestone is more than {threshold('time-amber')} days late (amber) or "
            f"{threshold('time-red')} days (red)."
        ),
        "not-described": (
            f"{rules.UNDESCRIBED_PARTS} or more parts of a description are not stated: summary, focus, "
            "start, end, partners or regions, milestones."
        ),
        "ends-soon": f"A running project ends within {threshold('ends-soon')} days; said, and no fault.",
    }


def _late(days: int) -> str:
    return f"more than {days} days late" if days else "late"


def vocabulary_rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of a file in data/vocabulary: thresholds, limits, designations, profiles.

    The values that hold stand in them: the unit's own where it has set one.
    """
    with (DATA_DIR / "vocabulary" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_in_force(name, row) for row in csv.DictReader(file))


def _in_force(name: str, row: dict[str, str]) -> Mapping[str, str]:
    if name not in _SETTABLE:
        return row
    column, key = _SETTABLE[name]
    return row | {column: overridden(key.format(**row), row[column])}


def document(path: str) -> str:
    """A document of this project, named from its root, as Markdown without its title."""
    text = (ROOT / path).read_text(encoding="utf-8")
    return text.split("\n", 1)[1].strip()
