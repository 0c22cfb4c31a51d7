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

SWITCHED_OFF = "Raises nothing: this unit has switched the rule of the deadline off."


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
    return {
        "overspent": f"Incurred cost is above {rules.OVERSPENT_ABOVE_PERCENT} % of the contracted total.",
        "contractual-milestone-late": (
            f"An open contractual milestone is {_late(threshold('time-red-contractual'))}."
        ),
        "ends-soon-with-money-left": (
            f"A running project ends within {threshold('ends-soon')} days, and {rules.MONEY_LEFT_PERCENT} % "
            "or more of the contracted total cost is not incurred."
        ),
        "contracting-deadline": _contracting_text(),
        "pre-financed-idle": (
            f"Incurred cost is below {rules.IDLE_BELOW_PERCENT} % of the pre-financing "
            f"{rules.IDLE_AFTER_DAYS} days or more after the last payment."
        ),
        "silent-implementer": _silent_text(),
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


def _contracting_text() -> str:
    deadline = contracting.contracting_rule()
    if deadline is None:
        return SWITCHED_OFF
    return (
        f"Money is left to contract and the deadline, {deadline.amount} years after the financing "
        f"agreement, is at most {deadline.near_days} days away (amber) or "
        f"{contracting.CONTRACTING_RED_DAYS} days (red). Not off-budget. Indicative."
    )


def _silent_text() -> str:
    due = rules.report_rule()
    if due is None:
        return SWITCHED_OFF
    return (
        f"{rules.SILENT_HALF_YEARS} or more half-years are without a report, each due {due.amount} days "
        "after its end."
    )


@dataclass(frozen=True)
class HealthRule:
    """What makes one dimension of health amber, red and grey, with the numbers that are in force."""

    dimension: str
    amber: str
    red: str
    grey: str


def health_rules() -> tuple[HealthRule, ...]:
    """The rules of the five dimensions, in their order; what is none of the three is green."""
    gap = {code: threshold(f"money-{code}") for code in ("amber-low", "amber-high", "red-low", "red-high")}
    contractual = _late(threshold("time-red-contractual"))
    return (
        HealthRule(
            "time", f"An open milestone is {_late(threshold('time-amber'))}.",
            f"An open milestone is {_late(threshold('time-red'))}, or a contractual one is {contractual}.",
            "No open milestone has a planned date.",
        ),
        HealthRule(
            "money", f"The burn gap is below {gap['amber-low']:+d} or above {gap['amber-high']:+d} points.",
            f"The burn gap is below {gap['red-low']:+d} or above {gap['red-high']:+d} points.",
            "No cost is reported, or nothing to set it against; or the gap may lie on both sides of a limit.",
        ),
        HealthRule(
            "results",
            f"An outcome or output is below {threshold('results-amber')} % of what is expected by now.",
            f"One is below {threshold('results-red')} %.", "No value against a target.",
        ),
        HealthRule(
            "risk", f"An open risk scores {threshold('risk-amber')} or more.",
            f"One scores {threshold('risk-red')} or more, or was last reviewed "
            f"{threshold('risk-red-unreviewed')} days ago or longer.",
            "No risk is recorded; or none is amber or red, and of one it is not known when it was reviewed.",
        ),
        HealthRule(
            "reporting", f"A report is more than {threshold('reporting-amber')} days overdue.",
            f"One is more than {threshold('reporting-red')} days overdue.",
            "No reporting calendar is recorded.",
        ),
    )  # fmt: skip


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
