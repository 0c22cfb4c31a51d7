"""The words for what changed, the same on screen, on sheets and on pages."""

from __future__ import annotations

from portfolio.dates import date_label
from portfolio.indicators import indicator
from portfolio.numbers import counted
from portfolio.services.differences.amounts import NOT_IN_PORTFOLIO, AmountChange, SumChange
from portfolio.services.differences.colours import ColourChange, ColourTurn
from portfolio.services.differences.comparisons import GROUPS, Differences
from portfolio.services.differences.milestones import MilestoneChange, MilestoneTurn
from portfolio.services.differences.projects import DateChange, DateField, Turn
from portfolio.services.differences.risks import RiskTurn
from portfolio.services.statuses import Status
from portfolio.vocabulary import label

NOT_KNOWN = "not known"
GROUP_LABELS: dict[str, str] = {
    "statuses": "Projects",
    "amounts": "Amounts by project",
    "dates": "Dates moved",
    "amendments": "Amendments signed",
    "milestones": "Milestones",
    "colours": "Colours of health",
    "risks": "Risks",
    "values": "Values of indicators",
    "trainings": "Trainings held",
    "reports": "Reports received",
}
TURN_WORDS: dict[Turn, str] = {
    "added": "Added to the portfolio", "removed": "No longer in the portfolio", "begun": "Begun",
    "closed": "Closed", "other": "Other status",
}  # fmt: skip
DATE_WORDS: dict[DateField, str] = {
    "start": "Start", "end": "Present end", "contract-end": "Contract end, by amendment",
}  # fmt: skip
MILESTONE_WORDS: dict[MilestoneTurn, str] = {
    "reached": "Reached", "late": "Newly late", "forecast": "Forecast moved", "baseline": "Baseline moved",
    "added": "Added", "cancelled": "Cancelled", "not-reached": "No longer reached",
    "removed": "No longer on record",
}  # fmt: skip
RISK_WORDS: dict[RiskTurn, str] = {
    "opened": "Opened", "up": "Rated higher", "down": "Rated lower", "rated": "Rated otherwise",
    "closed": "Closed",
}  # fmt: skip
COLOUR_WORDS: dict[ColourTurn, str] = {
    "worse": "Worse", "better": "Better", "now-known": "Now known", "unknown": "No longer known",
    "other": "Not comparable",
}  # fmt: skip
BY_RECORDS_NOW = (
    "Both dates are told by what is recorded now: what came later or was corrected since counts on the first "
    "date too, and when a risk was opened or closed is not on record."
)
BY_RECORDS_THEN = (
    "Each date is told by what was recorded by its end: a figure that was corrected since shows as it was "
    "known then."
)


def amount_label(row: AmountChange | SumChange) -> str:
    """The name of the amount, as it is registered."""
    return indicator(row.amount).label


def unknown_reasons(row: AmountChange) -> str:
    """Why an amount is not known on one of the dates; "" where it is known on both."""
    sides = (("before", row.old_reason), ("now", row.new_reason))
    return "; ".join(f"{side}: {reason}" for side, reason in sides if reason)


def status_words(status: Status | None) -> str:
    """A status in words; that it is not in the portfolio where it has none."""
    return NOT_IN_PORTFOLIO.capitalize() if status is None else label("project_status", status)


def date_words(row: DateChange) -> str:
    """Which date moved."""
    return DATE_WORDS[row.field]


def milestone_words(row: MilestoneChange) -> str:
    """What became of a milestone, with the days where they are known: "Reached, 10 days late"."""
    said, days = MILESTONE_WORDS[row.turn], row.difference_days
    if days is None or row.turn not in ("reached", "late", "forecast", "baseline"):
        return said
    if row.turn == "late":
        return f"{said}, {counted(days, 'day')}"
    if not days:
        return f"{said} on the day"
    side = {"reached": ("early", "late")}.get(row.turn, ("earlier", "later"))[days > 0]
    return f"{said}, {counted(abs(days), 'day')} {side}"


def scope_words(row: ColourChange) -> str:
    """A dimension of health, or "Overall"."""
    return label("health_scope", row.scope)


def known_words(found: Differences) -> str:
    """By which records the two dates are told, with their revisions where these are not the present ones."""
    if found.before.known == "now" and found.after.known == "now":
        return f"{BY_RECORDS_NOW} {_said(found.known_after)}" if found.known_after else BY_RECORDS_NOW
    sides = ((found.before, found.known_before), (found.after, found.known_after))
    told = [known or f"{date_label(side.as_of.isoformat())} by what is recorded now" for side, known in sides]
    return f"{BY_RECORDS_THEN} {_said('; '.join(told))}"


def _said(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def unchanged_words(found: Differences) -> str:
    """The groups in which nothing changed, in one line; "" where every group has changes."""
    names = [GROUP_LABELS[name] for name in GROUPS if not getattr(found, name)]
    return f"Nothing changed in: {', '.join(name.lower() for name in names)}." if names else ""


def sum_words(row: SumChange) -> str:
    """How many projects are known on one date only, stated apart: "2 later only"."""
    sides = ((row.appeared, "later only"), (row.vanished, "earlier only"))
    return ", ".join(f"{number:,} {side}" for number, side in sides if number) or "none"


def known_for(row: SumChange) -> str:
    """For how many projects a sum is known on either date: "17 of 19 projects, then 18 of 19"."""
    return f"{row.old.known} of {counted(row.old.of, 'project')}, then {row.new.known} of {row.new.of}"


def both_sentences(row: ColourChange) -> str:
    """Why a colour is what it is, and why it was what it was."""
    return f"Now: {row.new_sentence} Before: {row.old_sentence}"
