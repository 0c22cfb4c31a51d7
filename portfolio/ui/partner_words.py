"""The partner screen's words and tables: projects and their money, milestones, trainings, results, risks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from portfolio.dates import date_label
from portfolio.indicators import ESTIMATED, indicator
from portfolio.model.result_rows import RiskRow, TrainingRow
from portfolio.money import format_share
from portfolio.numbers import MILLION, format_number
from portfolio.partners import partner_name
from portfolio.services.milestones import MilestoneState
from portfolio.services.partner_profiles import DUE_DAYS, PartnerProfile, PartnerShare
from portfolio.services.schedules import late_sentence
from portfolio.storage.queries.partner_records import PartnerValueRow
from portfolio.ui.tables import NOT_STATED, count_column, date_column, euros, money_column, text_column
from portfolio.ui.texts import counted, listed
from portfolio.vocabulary import label

if TYPE_CHECKING:
    from streamlit.elements.lib.column_types import ColumnConfig

Names = Mapping[str, str]
Columns = dict[str, "ColumnConfig | str | None"]
OFF_BUDGET = "off-budget"


def suspended_words(share: PartnerShare) -> str:
    """Since when a project has suspended the partner; "" where it has not."""
    return f"suspended since {date_label(share.row.suspended_since)}" if share.row.is_suspended else ""


def basis_words(share: PartnerShare) -> str:
    """How the partner's part of a project's money was made, and whether the partner is suspended."""
    return "; ".join(filter(None, (_basis(share), suspended_words(share))))


def _basis(share: PartnerShare) -> str:
    if share.basis == "broken":
        return "not known: shares do not add up to 100 %"
    if share.basis == "single":
        return "single partner"
    if share.basis == "equal" or share.share_millionths is None:
        return f"{ESTIMATED}, 1 of {len(share.project.participations)}"
    return f"declared share, {format_share(share.share_millionths, MILLION)}"


def shares_table(shares: Iterable[PartnerShare]) -> pd.DataFrame:
    """One row per project: status, dates, how it is split, the partner's part of each amount, remarks."""
    rows = list(shares)
    return pd.DataFrame(
        {
            "project": [row.project.acronym for row in rows],
            "title": [row.project.title for row in rows],
            "status": [label("project_status", row.row.status) for row in rows],
            "start": [row.project.start for row in rows],
            "end": [row.project.present_end for row in rows],
            "basis": [basis_words(row) for row in rows],
            "total_budget_eur": _euros(row.row.total_budget_cents for row in rows),
            "eu_contribution_eur": _euros(row.row.eu_contribution_cents for row in rows),
            "paid_eur": _euros(row.paid_cents for row in rows),
            "incurred_eur": _euros(row.incurred_cents for row in rows),
            "implementers": [_implementers(row) for row in rows],
            "remarks": ["; ".join(_remarks(row)) or None for row in rows],
        }
    )


def _euros(cents: Iterable[int | None]) -> pd.Series[float]:
    return euros(pd.Series(list(cents), dtype="Int64"))


def _implementers(share: PartnerShare) -> str | None:
    names = [role.name for role in share.project.roles if role.role != "beneficiary"]
    return "; ".join(names) or None


def _remarks(share: PartnerShare) -> list[str]:
    said = []
    if share.row.is_suspended:
        said.append(f"{suspended_words(share)}, the split still counts it")
    if share.is_off_budget:
        said.append(f"{OFF_BUDGET}: in no EU amount")
    if share.project.relevance == "partly-cyber":
        said.append("partly cyber")
    return said


def shares_columns(table: pd.DataFrame) -> Columns:
    """The columns of `shares_table`; remarks only where there are any."""
    columns: Columns = {
        "project": text_column("Project", width=130, pinned=True),
        "status": text_column("Status", width=80),
        "start": date_column("Start"),
        "end": date_column("Present end"),
        # As wide as the date of a suspension needs.
        "basis": text_column("Basis of the split", width=370 if table["remarks"].notna().any() else 190),
        "total_budget_eur": money_column("Total budget", indicator("budget-split").definition),
        "eu_contribution_eur": money_column("EU contribution", indicator("eu-split").definition),
        "paid_eur": money_column("Paid", indicator("paid-split").definition),
        "incurred_eur": money_column("Incurred", indicator("incurred-split").definition),
        "implementers": text_column("Implementers", width=220),
    }
    if table["remarks"].notna().any():
        columns["remarks"] = text_column("Remarks", width=220)
    return columns


def milestones_sentence(found: PartnerProfile) -> str:
    """How many milestones of the partner's projects are late, and how many fall due."""
    if not found.late and not found.due:
        return f"No milestone of these projects is late or due in {DUE_DAYS} days."
    return (
        f"{len(found.late)} late, {len(found.due)} due in {DUE_DAYS} days. Milestones are the projects' own; "
        "a project does not say in which partner."
    )


def milestones_table(found: PartnerProfile, names: Names) -> pd.DataFrame:
    """The late milestones, latest first, then those that fall due."""
    states = [*found.late, *found.due]
    return pd.DataFrame(
        {
            "project": [names[state.milestone.project_key] for state in states],
            "milestone": [state.milestone.title for state in states],
            "due": [_due(state) for state in states],
            "standing": [_standing(state, found) for state in states],
        }
    )


def _due(state: MilestoneState) -> str | None:
    return state.milestone.forecast or state.milestone.baseline


def _standing(state: MilestoneState, found: PartnerProfile) -> str:
    return late_sentence(state, found.as_of) if state.is_late else "due"


def milestones_columns() -> Columns:
    """The columns of `milestones_table`."""
    return {
        "project": text_column("Project", width=120, pinned=True),
        "milestone": text_column("Milestone", width=230),
        "due": date_column("Expected"),
        "standing": text_column("Standing", width=260),
    }


def trainings_sentence(rows: tuple[TrainingRow, ...], code: str) -> str:
    """How many trainings name the partner and how many people they reached, as far as it is stated."""
    if not rows:
        return f"No training of these projects names {partner_name(code)}."
    people = [row.participants for row in rows if row.participants is not None]
    women = [row.women for row in rows if row.women is not None]
    reached = f"{sum(people):,} participants" if people else "participants not stated"
    return (
        f"{counted(len(rows), 'training')}: {reached}, known for {len(people)} of {len(rows)}; "
        f"{sum(women):,} women, known for {len(women)} of {len(rows)}."
    )


def trainings_table(rows: Iterable[TrainingRow], names: Names) -> pd.DataFrame:
    """One row per training that names the partner."""
    listed_rows = list(rows)
    return pd.DataFrame(
        {
            "date": [row.held_on for row in listed_rows],
            "training": [row.title for row in listed_rows],
            "project": [names[row.project_key] for row in listed_rows],
            "theme": [None if row.theme is None else label("pillar", row.theme) for row in listed_rows],
            "stage": [label("training_stage", row.stage) for row in listed_rows],
            "women": pd.array([row.women for row in listed_rows], dtype="Int64"),
            "men": pd.array([row.men for row in listed_rows], dtype="Int64"),
            "not_stated": pd.array([row.not_stated for row in listed_rows], dtype="Int64"),
            "institutions": [row.institutions for row in listed_rows],
        }
    )


def trainings_columns() -> Columns:
    """The columns of `trainings_table`."""
    return {
        "date": date_column("Date"),
        "training": text_column("Training", width=220),
        "project": text_column("Project", width=110),
        "theme": text_column("Theme", width=150),
        "stage": text_column("Stage reached", width=110),
        "women": count_column("Women"),
        "men": count_column("Men"),
        "not_stated": count_column("Sex not stated"),
        "institutions": text_column("Institutions", width=200),
    }


def values_sentence(rows: tuple[PartnerValueRow, ...], code: str) -> str:
    """How many indicators are told of the partner alone."""
    name = partner_name(code)
    if not rows:
        return f"No indicator of these projects is told of {name} alone."
    return f"{counted(len(rows), 'indicator')} told of {name} alone; targets are the projects' own."


def values_table(rows: Iterable[PartnerValueRow], names: Names) -> pd.DataFrame:
    """One row per indicator that is told of the partner: its value, and up to which half-year."""
    found = list(rows)
    return pd.DataFrame(
        {
            "project": [names[row.indicator.project_key] for row in found],
            "level": [label("indicator_level", row.indicator.level) for row in found],
            "indicator": [row.indicator.statement for row in found],
            "value": [
                row.text or format_number(row.value_millionths, row.indicator.unit, NOT_STATED)
                for row in found
            ],
            "period": [row.period for row in found],
        }
    )


def values_columns() -> Columns:
    """The columns of `values_table`."""
    return {
        "project": text_column("Project", width=120, pinned=True),
        "indicator": text_column("Indicator", width=260),
        "level": text_column("Level", width=80),
        "value": text_column("Value", width=130),
        "period": text_column("Up to", "The last half-year that counts", width=80),
    }


def risks_table(rows: Iterable[RiskRow], names: Names) -> pd.DataFrame:
    """One row per open risk of the partner's projects, the highest score first."""
    found = list(rows)
    return pd.DataFrame(
        {
            "project": [names[row.project_key] for row in found],
            "risk": [row.title for row in found],
            "score": [row.score for row in found],
            "reviewed": [row.reviewed_on for row in found],
        }
    )


def risks_columns() -> Columns:
    """The columns of `risks_table`."""
    return {
        "project": text_column("Project", width=120, pinned=True),
        "risk": text_column("Open risk", width=300),
        "score": count_column("Score (of 25)", "Likelihood times impact"),
        "reviewed": date_column("Reviewed"),
    }


def implementer_lines(found: PartnerProfile, names: Names) -> list[str]:
    """One text per implementer with its projects."""
    return [f"{name}: {listed([names[key] for key in keys])}" for name, keys in found.implementers]
