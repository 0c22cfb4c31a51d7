"""As of an earlier or a later day: nothing counts that had not happened, and every service has an answer."""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import portfolio.services
from portfolio.indicators import indicators
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.changes_since import last_month
from portfolio.services.completeness.contradictions import contradictions
from portfolio.services.figures.openings import figure_subject
from portfolio.services.figures.registry import builders
from portfolio.services.health.portfolios import load_health
from portfolio.services.profiles import project_profile
from portfolio.services.results.approvals import waiting_values
from portfolio.services.risks.registers import load_register
from portfolio.services.selection import PortfolioFilter
from portfolio.services.status_report import status_report
from portfolio.services.views import load_scheduled_view
from portfolio.storage.engine import Database
from portfolio.storage.queries.completeness import find_incomplete, find_last_reports, find_record_counts
from portfolio.storage.queries.money import find_decisions, find_money
from portfolio.storage.queries.projects import find_projects
from tests.portfolios import copied_portfolio

LONG_AGO, NOW, FAR_AHEAD = dt.date(1990, 1, 1), dt.date(2026, 11, 23), dt.date(2100, 1, 1)
PROJECTS = {"demo": "rain-willow", "reference": "cybersouth", "empty": None}
# What stands as it is recorded, whatever the day: nobody states since when. docs/methods.md, "As of a date".
AS_RECORDED = {
    "total-budget", "eu-contribution", "other-contributions", "themes-not-split", "projects", "partly-cyber",
    "budget-split", "eu-split", "regional-not-split", "outside", "milestones", "milestones-late",
    "milestones-undated", "milestones-context", "attention", "deadlines-unknown", "results-indicators",
    "results-unknown", "results-totals", "results-left-out", "risks-open", "risks-high", "markers", "missing",
    "sources", "revision", "changes", "contradictions",
}  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The demonstration, only read."""
    return copied_portfolio("demo", tmp_path_factory.mktemp("as-of") / "demo.sqlite3")


def services_of_a_date() -> Iterator[Callable[..., Any]]:
    """Every service that is asked of a database as of a date."""
    for found in pkgutil.walk_packages(portfolio.services.__path__, "portfolio.services."):
        module = importlib.import_module(found.name)
        for name, function in vars(module).items():
            own = inspect.isfunction(function) and function.__module__ == found.name
            if own and not name.startswith("_") and name not in ("begin_visit", "open_figure"):
                parameters = inspect.signature(function).parameters
                if {"database", "as_of"} <= set(parameters):
                    yield function


def arguments(function: Callable[..., Any], as_of: dt.date, project_key: str | None) -> dict[str, Any] | None:
    """What the service asks beside database, person and date; None if there is no project to ask about."""
    known: dict[str, Any] = {
        "chosen": PortfolioFilter(), "moment": last_month(as_of), "period": "2026-S1", "code": "ALB",
        "project_key": project_key, "key": project_key,
    }  # fmt: skip
    wanted = {
        name: known[name]
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.default is inspect.Parameter.empty and name not in ("database", "person", "as_of")
    }
    return None if None in wanted.values() else wanted


@pytest.mark.parametrize(
    ("name", "as_of"),
    [("demo", LONG_AGO), ("demo", FAR_AHEAD), ("reference", LONG_AGO), ("empty", LONG_AGO)],
)
def test_every_service_and_figure_answers_on_any_day(name: str, as_of: dt.date, tmp_path: Path) -> None:
    database = copied_portfolio(name, tmp_path / "portfolio.sqlite3")
    asked = 0
    for service in services_of_a_date():
        wanted = arguments(service, as_of, PROJECTS[name])
        if wanted is not None:
            service(database, LOCAL_PERSON, as_of=as_of, **wanted)
            asked += 1
    assert asked > 20
    subject = figure_subject(database, LOCAL_PERSON, as_of=as_of)
    found = {entry.id: builders()[entry.id](subject) for entry in indicators()}
    if as_of == LONG_AGO:
        counted = {figure for figure, each in found.items() if each.value not in (None, 0, "")}
        assert counted <= AS_RECORDED


def test_before_the_first_project_every_one_is_planned_and_no_money_has_moved(demo: Database) -> None:
    view = load_scheduled_view(demo, LOCAL_PERSON, as_of=LONG_AGO)
    document = status_report(view, load_health(demo, LOCAL_PERSON, as_of=LONG_AGO))
    money = document["money"]
    assert document["projects"] == len(view.projects) == 20
    names = ("contracted_cents", "paid_cents", "incurred_cents", "committed_cents")
    assert [money[name] for name in names] == [None] * 4
    assert document["milestones"]["done"] == 0
    assert sum(document["health"].values()) == 0


def test_status_counts_commitments_and_contracts_from_the_day_they_were_made(demo: Database) -> None:
    decisions = {row.key: row for row in find_decisions(demo)}

    def committed(day: dt.date) -> set[str]:
        return {row.key for row in find_decisions(demo, day)}

    assert "decision-2024-002" not in committed(dt.date(2024, 4, 8))
    assert "decision-2024-002" in committed(dt.date(2024, 4, 9))
    assert committed(NOW) == set(decisions)
    before, on = (
        find_money(demo, day).get("thaw-rowan") for day in (dt.date(2023, 1, 16), dt.date(2023, 1, 17))
    )
    assert before is None or before.contracts == 0
    assert on is not None and on.contracts == 1


def test_an_undated_clearing_waits_for_its_contract(demo: Database) -> None:
    def cleared(day: dt.date) -> int | None:
        money = find_money(demo, day).get("thaw-rowan")
        return None if money is None else money.cleared_cents

    assert cleared(dt.date(2023, 1, 16)) is None
    assert cleared(dt.date(2023, 1, 17)) == 50_000_000


def test_an_agreement_counts_from_its_signature(demo: Database) -> None:
    def signed(day: dt.date) -> str | None:
        return next(
            row.agreement_signed_on for row in find_decisions(demo, day) if row.key == "decision-2025-003"
        )

    assert signed(dt.date(2026, 5, 31)) is None
    assert signed(dt.date(2026, 6, 1)) == "2026-06-01"


def test_a_partner_is_suspended_from_the_day_until_the_end(demo: Database) -> None:
    def suspended(on: str) -> set[str]:
        day = dt.date.fromisoformat(on)
        rows = find_projects(demo, as_of=day)
        return {part.partner_code for row in rows for part in row.participations if part.is_suspended}

    assert suspended("2025-05-18") == set()
    assert suspended("2025-05-19") == suspended("2025-08-31") == {"LBY"}
    assert suspended("2025-09-01") == suspended("2026-02-15") == set()
    assert suspended("2026-02-16") == suspended("2026-11-23") == {"BLR"}


def test_a_risk_has_no_trend_from_ratings_of_later_days(demo: Database) -> None:
    def former(on: str) -> list[str]:
        found = load_register(demo, LOCAL_PERSON, as_of=dt.date.fromisoformat(on))
        risk = next(row for row in found if row.risk.key == "aurora-beech/risk-01")
        return [row.reviewed_on for row in risk.former]

    assert former("2025-11-09") == []  # rated for the first time on the next day
    assert former("2026-05-03") == []
    assert former("2026-05-04") == ["2025-11-10"]
    assert former("2026-11-02") == ["2025-11-10", "2026-05-04"]


def test_what_was_missing_is_told_as_it_was(demo: Database) -> None:
    early, late = dt.date(2025, 11, 9), dt.date(2025, 11, 10)

    def unreviewed(day: dt.date) -> set[str]:
        return {row.key for row in find_incomplete(demo, day) if row.kind == "risk-review"}

    assert "aurora-beech/risk-01" in unreviewed(early)
    assert "aurora-beech/risk-01" not in unreviewed(late)
    assert set(find_incomplete(demo, NOW)) == set(find_incomplete(demo))
    assert find_record_counts(demo, NOW) == find_record_counts(demo)
    assert find_record_counts(demo, dt.date(2023, 1, 16))["thaw-rowan"].contracts == 0
    assert all(row.period <= "2024-S1" for row in find_last_reports(demo, dt.date(2024, 7, 1)).values())
    values = {row.period for row in waiting_values(demo, LOCAL_PERSON, as_of=dt.date(2026, 1, 1))}
    assert max(values) <= "2026-S1" < max(row.period for row in waiting_values(demo, LOCAL_PERSON, as_of=NOW))


def test_no_record_contradicts_itself_on_an_earlier_day_by_what_came_since(demo: Database) -> None:
    earlier = contradictions(demo, LOCAL_PERSON, as_of=dt.date(2024, 6, 30))
    assert earlier == contradictions(demo, LOCAL_PERSON, as_of=NOW)


def test_a_project_lists_what_had_happened_and_says_how_much_came_later(demo: Database) -> None:
    then = project_profile(demo, LOCAL_PERSON, "thaw-rowan", as_of=dt.date(2023, 1, 16))
    assert (then.contracts, then.payments, then.incurred) == ((), (), ())
    assert then.later[0] == "1 contract"
    assert any(words.startswith("cost of ") for words in then.later)
    now = project_profile(demo, LOCAL_PERSON, "thaw-rowan", as_of=NOW)
    assert now.later == ()
    assert (now.money.paid_cents if now.money else None) == sum(
        -row.amount_cents if row.kind == "recovery" else row.amount_cents for row in now.payments
    )
