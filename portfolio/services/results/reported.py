"""What is reported of indicators, for the person who asks: their values, and how these stand in groups."""

from __future__ import annotations

import datetime as dt

from portfolio.model.result_rows import IndicatorValueRow
from portfolio.model.value_rows import PartnerSumRow, ValueCountsRow
from portfolio.services.access import Person, require
from portfolio.storage.engine import Database
from portfolio.storage.queries.result_values import find_partner_sums, find_value_counts
from portfolio.storage.queries.results import find_indicator_values


def load_value_counts(database: Database, person: Person, *, as_of: dt.date) -> dict[str, ValueCountsRow]:
    """Each indicator that has values of half-years that had ended by `as_of`, with how they stand.

    Raises: NotAllowed if the person may not see the portfolio.
    """
    require(person, "see")
    return find_value_counts(database, as_of)


def load_partner_sums(database: Database, person: Person, *, as_of: dt.date) -> tuple[PartnerSumRow, ...]:
    """What the counting half-years of each indicator add up to in each partner, where it is told.

    Raises: NotAllowed if the person may not see the portfolio.
    """
    require(person, "see")
    return find_partner_sums(database, as_of)


def values_of_project(
    database: Database, person: Person, project_key: str
) -> tuple[IndicatorValueRow, ...]:
    """The values of one project's indicators, by key.

    Raises: NotAllowed if the person may not see the project.
    """
    require(person, "see", project_key)
    return find_indicator_values(database, project_key)
