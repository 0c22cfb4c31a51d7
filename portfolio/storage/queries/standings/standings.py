"""Every project's standing on a date, at one revision."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from portfolio.model.entities import table_of
from portfolio.model.money_rows import MoneyRow
from portfolio.model.standing_rows import MilestoneStanding, ProjectStanding, ReportStanding
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.money import find_money
from portfolio.storage.queries.standings.indicators import find_indicator_standings
from portfolio.storage.queries.standings.milestones import find_milestone_standings
from portfolio.storage.queries.standings.reports import find_report_standings
from portfolio.storage.queries.standings.risks import count_risks, find_open_risks


def find_standings(database: Database, as_of: dt.date) -> dict[str, ProjectStanding]:
    """Where every project stands on `as_of`, by key; a project of which nothing is known has a standing too.

    What had happened by then counts: payments made, amendments signed, half-years ended, milestones reached;
    of a reduced date only what is certain.
    """
    with reading(database) as connection:
        keys = connection.execute(select(table_of("project").c.key).order_by("key")).scalars().all()
        money = find_money(database, as_of)
        milestones = find_milestone_standings(connection, as_of)
        reports = find_report_standings(connection, as_of)
        indicators = find_indicator_standings(connection, as_of)
        open_risks, risks = find_open_risks(connection, as_of), count_risks(connection)
    return {
        key: ProjectStanding(
            project_key=key,
            money=money.get(key) or MoneyRow(key),
            milestones=milestones.get(key) or MilestoneStanding(key),
            reports=reports.get(key) or ReportStanding(key),
            indicators=indicators.get(key, ()),
            open_risks=open_risks.get(key, ()),
            risks=risks.get(key, 0),
        )
        for key in keys
    }
