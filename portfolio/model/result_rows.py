"""Read shapes of results and reports: frozen rows that leave storage.

Numbers are integer millionths, amounts integer EUR cents, dates reduced ISO texts, unknown is None.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator of a logframe."""

    key: str
    project_key: str
    level: str
    statement: str
    unit: str | None
    direction: str
    aggregation: str
    library_code: str | None
    baseline_millionths: int | None
    baseline_year: int | None
    target_millionths: int | None
    target_year: int | None
    baseline_text: str | None
    target_text: str | None
    verification: str | None
    position: int | None


@dataclass(frozen=True)
class IndicatorValueRow:
    """A value of an indicator; without partner or sex it stands for all."""

    key: str
    indicator_key: str
    period: str
    partner_code: str | None
    sex: str | None
    value_millionths: int | None
    numerator_millionths: int | None
    denominator_millionths: int | None
    text: str | None
    status: str
    note: str | None


@dataclass(frozen=True)
class TrainingRow:
    """A training or exercise."""

    key: str
    project_key: str
    title: str
    kind: str
    held_on: str
    ended_on: str | None
    place: str | None
    partner_code: str | None
    theme: str | None
    institutions: str | None
    institutions_count: int | None
    women: int | None
    men: int | None
    not_stated: int | None
    score_before_millionths: int | None
    score_after_millionths: int | None
    follow_up_on: str | None
    stage: str
    used_in_case: str | None
    note: str | None

    @property
    def participants(self) -> int | None:
        """Everybody who took part, as far as it is stated; None if nothing is."""
        stated = [count for count in (self.women, self.men, self.not_stated) if count is not None]
        return sum(stated) if stated else None


@dataclass(frozen=True)
class RiskRow:
    """A risk."""

    key: str
    project_key: str
    title: str
    category: str | None
    likelihood: int
    impact: int
    response: str | None
    owner: str | None
    status: str
    reviewed_on: str | None
    note: str | None

    @property
    def score(self) -> int:
        """Likelihood times impact, 1 to 25."""
        return self.likelihood * self.impact


@dataclass(frozen=True)
class RiskReviewRow:
    """How a risk was rated on a day."""

    key: str
    risk_key: str
    reviewed_on: str
    likelihood: int
    impact: int
    note: str | None

    @property
    def score(self) -> int:
        """Likelihood times impact, 1 to 25."""
        return self.likelihood * self.impact


@dataclass(frozen=True)
class ReceiptRow:
    """Money that the implementer says it received."""

    key: str
    project_key: str
    received_on: str | None
    amount_cents: int
    note: str | None


@dataclass(frozen=True)
class AssessmentRow:
    """The implementer's own colour for one dimension of health in one half-year."""

    key: str
    project_key: str
    period: str
    dimension: str
    colour: str
    comment: str | None


@dataclass(frozen=True)
class NarrativeRow:
    """A section of the narrative of one half-year."""

    key: str
    project_key: str
    period: str
    section: str
    text: str
