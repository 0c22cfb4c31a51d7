"""One project in words: its key figures, what is known of its money, its details."""

from __future__ import annotations

from portfolio.dates import date_label
from portfolio.indicators import ESTIMATED, indicator
from portfolio.model.money_rows import DecisionRow
from portfolio.model.rows import ProjectRow
from portfolio.money import format_eur, format_eur_short
from portfolio.partners import region_name
from portfolio.services.money import (
    OFF_BUDGET,
    contracted_eu,
    contracted_total,
    incurred,
    is_off_budget,
    paid,
)
from portfolio.services.profiles import ProjectProfile
from portfolio.services.statuses import days_to_end
from portfolio.services.views import PortfolioView
from portfolio.ui.evidence import Fact, FieldRef
from portfolio.ui.figure_links import Tile
from portfolio.ui.texts import counted, listed, mid_sentence
from portfolio.vocabulary import label, term

NOT_KNOWN = "not known"
NOT_REPORTED = "not reported"
_COMMITTED: tuple[FieldRef, ...] = (
    ("financing_decision", None, "committed_cents"),
    ("financing_decision", None, "decommitted_cents"),
)
_CONTRACTED_EU: tuple[FieldRef, ...] = (
    ("contract", None, "eu_contribution_cents"),
    ("amendment", None, "new_eu_contribution_cents"),
)
_CONTRACTED_TOTAL: tuple[FieldRef, ...] = (
    ("contract", None, "total_cents"),
    ("amendment", None, "new_total_cents"),
)


def profile_tiles(profile: ProjectProfile, shown: PortfolioView) -> list[Tile]:
    """Status, time and money of a project, each with what has to be said of it."""
    project = profile.project
    return [
        Tile("status", label("project_status", profile.status), _time_note(profile, shown)),
        Tile("present-end", date_label(project.present_end), _slip_note(project)),
        Tile("total-budget", _short_money(project.total_budget_cents), _budget_note(profile)),
        Tile("eu-contribution", _short_money(project.eu_contribution_cents), _eu_note(profile)),
    ]


def _short_money(cents: int | None) -> str:
    return format_eur_short(cents).removeprefix("EUR ")


def _time_note(profile: ProjectProfile, shown: PortfolioView) -> str:
    if profile.status == "ongoing":
        days = days_to_end(profile.project, shown.as_of)
        missing = "day of the end not stated" if profile.project.present_end else "end not stated"
        return missing if days is None else f"{counted(days, 'day')} to the end"
    return f"on {date_label(shown.as_of.isoformat())}"


def _slip_note(project: ProjectRow) -> str:
    original = project.end_original
    if original is None or original == project.present_end:
        return f"start {date_label(project.start)}"
    return f"originally {date_label(original)}"


def _budget_note(profile: ProjectProfile) -> str:
    partly = profile.project.relevance == "partly-cyber" and profile.project.total_budget_cents is not None
    return "not all of it cyber" if partly else _basis_note(profile, "total_budget_cents")


def _eu_note(profile: ProjectProfile) -> str:
    """What the EU contribution rests on; off-budget money is said first, because no sum holds it."""
    off_budget = is_off_budget(profile.project) and profile.project.eu_contribution_cents is not None
    return OFF_BUDGET if off_budget else _basis_note(profile, "eu_contribution_cents")


def _basis_note(profile: ProjectProfile, field: str) -> str:
    rows = profile.evidence_of(field)
    if not rows:
        return "no source states it" if getattr(profile.project, field) is None else "no source on record"
    disputed = any(row.basis == "disputed" for row in rows)
    return "sources disagree" if disputed else mid_sentence(label("basis", rows[0].basis))


def money_ladder(profile: ProjectProfile, shown: PortfolioView) -> list[Fact]:
    """Committed, contracted, paid and incurred; what is not known is said, with the reason."""
    money, has_contract = profile.money, bool(profile.contracts)
    missing = "A contract does not state it." if has_contract else "No contract is on record."
    return [
        Fact("Committed", *_committed(profile.decisions, profile.project, shown), _COMMITTED),
        _step(
            "Contracted, EU contribution", contracted_eu(money), indicator("contracted").definition, missing,
            _CONTRACTED_EU,
        ),
        _step(
            "Contracted, total cost", contracted_total(money), "All funders together.", missing,
            _CONTRACTED_TOTAL,
        ),
        _paid(profile),
        _incurred(profile),
    ]  # fmt: skip


def _committed(
    decisions: tuple[DecisionRow, ...], project: ProjectRow, shown: PortfolioView
) -> tuple[str, tuple[str, ...]]:
    if not decisions:
        return NOT_KNOWN, ("No financing decision is on record for this project.",)
    lines = []
    for decision in decisions:
        others = [shown.names.get(key, key) for key in decision.project_keys if key != project.key]
        also = f", also for {listed(others)}" if others else ""
        lines.append(f"Decision {decision.number}: {format_eur(decision.committed_cents, NOT_KNOWN)}{also}.")
    return "by decision", (*lines, "A commitment belongs to its decision, never to a single project.")


def _step(name: str, cents: int | None, meaning: str, missing: str, fields: tuple[FieldRef, ...]) -> Fact:
    if cents is None:
        return Fact(name, NOT_KNOWN, (missing,))
    return Fact(name, format_eur(cents), (meaning,), fields)


def _paid(profile: ProjectProfile) -> Fact:
    cents = paid(profile.money)
    if cents is None or profile.money is None:
        return Fact("Paid", NOT_KNOWN, ("No payment is on record.",))
    last = date_label(profile.money.last_paid_on, "a day not stated")
    ahead = format_eur(profile.money.pre_financing_cents, "none")
    lines = (f"Pre-financing {ahead}; last payment on {last}. Cash, not cost.",)
    return Fact("Paid", format_eur(cents), lines, (("payment", None, "amount_cents"),))


def _incurred(profile: ProjectProfile) -> Fact:
    cents = incurred(profile.money)
    if cents is None or profile.money is None:
        return Fact("Incurred", NOT_REPORTED, ("No progress report has been imported.",))
    period = profile.money.last_incurred_period
    lines = (f"All funders, reported up to {period}.",)
    return Fact("Incurred", format_eur(cents), lines, (("incurred_cost", None, "amount_cents"),))


def details(profile: ProjectProfile) -> list[Fact]:
    """What else is recorded; `missing_details` names the rest."""
    return [Fact(name, value, (), fields) for name, value, fields in _details(profile) if value is not None]


def missing_details(profile: ProjectProfile) -> str | None:
    """Which details no source states; None if all are stated."""
    names = [mid_sentence(name) for name, value, _ in _details(profile) if value is None]
    return f"Not stated: {', '.join(names)}." if names else None


def _details(profile: ProjectProfile) -> list[tuple[str, str | None, tuple[FieldRef, ...]]]:
    project = profile.project
    references = [f"{value} ({label('reference_kind', kind)})" for kind, value in profile.references]
    relevance = None if project.relevance is None else term("relevance", project.relevance)
    own = project.key
    return [
        (
            "Regions",
            ", ".join(map(region_name, project.regions)) or None,
            (("project_region", None, "region"),),
        ),
        (
            "Relevance",
            f"{relevance.label}. {relevance.description}" if relevance else None,
            (("project", own, "relevance"),),
        ),
        (
            "Pillars, classified by us",
            ", ".join(_pillar(*row) for row in project.pillars) or None,
            (("project_pillar", None, "pillar"),),
        ),
        ("Identifiers", "; ".join(references) or None, (("project_reference", None, "value"),)),
        (
            "Service",
            None if project.service is None else label("service", project.service),
            (("project", own, "service"),),
        ),
        ("Delegation", project.delegation, (("project", own, "delegation"),)),
        ("Responsible officer", project.responsible_officer, (("project", own, "responsible_officer"),)),
    ]


def _pillar(code: str, share_millionths: int | None) -> str:
    name = label("pillar", code)
    return name if share_millionths is None else f"{name} ({share_millionths / 10_000:g} %)"


def split_sentence(profile: ProjectProfile) -> str:
    """How the total budget is split over the partners."""
    project = profile.project
    if not project.participations:
        return "No source lists the partners: the budget stays with the region, not split."
    if profile.partner_budget_cents is None:
        return "The total budget is not stated, so there is nothing to split over the partners."
    if len(project.participations) == 1:
        return "One partner, so the whole total budget stands with it."
    basis = ESTIMATED if profile.budget_is_estimated else "by declared shares"
    suspended = [row for row in project.participations if row.is_suspended]
    note = " A suspended partner keeps its part in the split." if suspended else ""
    return f"The total budget is split over the partners ({basis}).{note}"
