"""What is on record of one partner on a day: as the register, the ledger and the milestones have it."""

from __future__ import annotations

import datetime as dt

from portfolio.services.access import LOCAL_PERSON
from portfolio.services.capacity.ledgers import ledger
from portfolio.services.milestones import milestone_states
from portfolio.services.partner_profiles import partner_records
from portfolio.services.standings import load_standings
from portfolio.storage.queries.milestones import find_milestones
from portfolio.storage.queries.projects import find_projects
from portfolio.storage.queries.results import find_trainings
from tests.storage.conftest import LoadedDatabase

CODES = ("MDA", "GEO", "UKR", "ALB", "TUN")


def test_partner_records_stand_as_every_other_screen_has_them_on_an_earlier_day(
    loaded: LoadedDatabase,
) -> None:
    demo = loaded("demo")
    day = dt.date(2025, 6, 30)
    standings = load_standings(demo, LOCAL_PERSON, as_of=day)
    risks = {row for standing in standings.values() for row in standing.open_risks}
    held = set(ledger(find_trainings(demo), standings, day).trainings)
    states = [row for row in milestone_states(find_milestones(demo), day) if row.is_counted and row.is_open]
    trained = 0
    for code in CODES:
        keys = {row.key for row in find_projects(demo) if code in row.partner_codes}
        found = partner_records(demo, LOCAL_PERSON, code, as_of=day)
        assert set(found.risks) == {row for row in risks if row.project_key in keys}
        assert set(found.trainings) == {row for row in held if row.partner_code == code}
        assert set(found.milestones) == {row for row in states if row.milestone.project_key in keys}
        trained += len(found.trainings)
    assert 0 < trained < sum(row.partner_code in CODES for row in find_trainings(demo))
