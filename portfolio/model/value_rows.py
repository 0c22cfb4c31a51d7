"""Read shapes of the values of indicators, grouped by the database; numbers are integer millionths."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ValueCountsRow:
    """How the values of one indicator stand, of half-years that have ended.

    `counted` to `returned` count values of all partners and everybody; `parts` those of one partner or sex.
    `women`, `men` and `not_stated` are sums over all partners, None where no half-year tells them apart.
    """

    indicator_key: str
    counted: int = 0
    approved: int = 0
    submitted: int = 0
    drafts: int = 0
    returned: int = 0
    parts: int = 0
    women: int | None = None
    men: int | None = None
    not_stated: int | None = None


@dataclass(frozen=True)
class PartnerSumRow:
    """What the half-years of one indicator add up to in one partner."""

    indicator_key: str
    partner_code: str
    value_millionths: int


@dataclass(frozen=True)
class WaitingRow:
    """How many values of one project and half-year have a status other than approved."""

    project_key: str
    period: str
    status: str
    values: int
