"""The ten stories of the demonstration portfolio: figures and signal of each, and no other signal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from portfolio.services.attention import attention
from portfolio.services.signals import TITLES, Signal
from portfolio.settings import DATA_DIR
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_states
from portfolio.storage.queries.milestones import find_milestones
from portfolio.storage.queries.money import find_amendments, find_contracts, find_decisions, find_money
from portfolio.storage.queries.projects import find_projects, get_project
from tests.portfolios import copied_portfolio

AS_OF = dt.date(2026, 11, 23)
IN_ORDER = "clear-cedar"
SIGNALS = {
    ("hail-maple", "contractual-milestone-late", "red"),
    ("dusk-aspen", "ends-soon-with-money-left", "red"),
    ("drizzle-alder", "contracting-deadline", "red"),
    ("storm-oak", "overspent", "red"),
    ("fog-larch", "silent-implementer", "amber"),
    ("rain-willow", "extended-twice", "amber"),
    ("cloud-yew", "not-described", "amber"),
    ("frost-hazel", "pre-financed-idle", "amber"),
    ("thunder-elm", "suspended-partner", "amber"),
    # Two of the other projects: one milestone late, one end that is near and in order.
    ("gale-juniper", "milestone-late", "amber"),
    ("dew-poplar", "ends-soon", "info"),
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The demonstration portfolio, loaded once for all tests that only read."""
    yield from _loaded("demo", tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The real portfolio."""
    yield from _loaded("reference", tmp_path_factory.mktemp("real"))


def _loaded(name: str, folder: Path) -> Iterator[Database]:
    database = copied_portfolio(name, folder / f"{name}.sqlite3")
    yield database
    database.engine.dispose()


def signals_of(database: Database) -> tuple[Signal, ...]:
    projects = find_projects(database)
    contracts = [contract for project in projects for contract in find_contracts(database, project.key)]
    return attention(
        projects, find_money(database), find_milestones(database), find_decisions(database), contracts,
        find_amendments(database), AS_OF,
    )  # fmt: skip


def signal_of(database: Database, project_key: str) -> Signal:
    (signal,) = [signal for signal in signals_of(database) if signal.project_key == project_key]
    return signal


# --- the stories -----------------------------------------------------------------------------------------
def test_demo_signals_are_those_of_the_stories_and_no_others(demo: Database) -> None:
    found = [(signal.project_key, signal.code, signal.severity) for signal in signals_of(demo)]
    assert sorted(map(str, found)) == sorted(map(str, SIGNALS))
    assert {code for _, code, _ in SIGNALS} == set(TITLES)


def test_demo_readme_tells_every_project(demo: Database) -> None:
    readme = (DATA_DIR / "demo" / "README.md").read_text(encoding="utf-8")
    rows = [line.split("`")[1] for line in readme.splitlines() if line.startswith("| `")]
    assert sorted(rows) == sorted(project.key for project in find_projects(demo))


def test_story_pre_financed_but_idle(demo: Database) -> None:
    money = find_money(demo)["frost-hazel"]
    assert (money.pre_financing_cents, money.paid_cents) == (720_000_00, 720_000_00)
    assert money.incurred_cents == 31_500_00
    assert signal_of(demo, "frost-hazel").sentence == (
        "Incurred cost up to 2026-S1 is EUR 31,500, 4.4 % of the pre-financing of EUR 720,000; the last "
        "payment was 348 days ago (10 December 2025). Amber below 10 % from 180 days on."
    )


def test_story_extended_twice(demo: Database) -> None:
    project = get_project(demo, "rain-willow")
    assert (project.end_original, project.present_end) == ("2025-01-15", "2027-06-30")
    assert signal_of(demo, "rain-willow").sentence == (
        "Contract DEMO/C/2022/031 was extended 2 times, from 15 January 2025 to 30 June 2027 (amendments "
        "signed 28 November 2024, 14 November 2025); amber from 2 extensions."
    )


def test_story_overspent(demo: Database) -> None:
    assert signal_of(demo, "storm-oak").sentence == (
        "Incurred cost up to 2026-S1 is EUR 1,264,000, 105.3 % of the contracted total cost of EUR 1,200,000"
        "; red above 100 %."
    )


def test_story_silent_implementer(demo: Database) -> None:
    assert find_money(demo)["fog-larch"].last_incurred_period == "2025-S1"
    assert signal_of(demo, "fog-larch").sentence == (
        "No cost was reported after 2025-S1. Missing: 2025-S2, 2026-S1 (the first was due on 1 March 2026, "
        "60 days after its end); amber from 2 half-years."
    )


def test_story_contractual_milestone_slipping(demo: Database) -> None:
    assert signal_of(demo, "hail-maple").sentence == (
        "Contractual milestone 'Regional evidence laboratory accepted' is forecast for 29 January 2027, "
        "108 days late (planned 13 October 2026); red above 0."
    )


def test_story_everything_in_order(demo: Database) -> None:
    assert [signal for signal in signals_of(demo) if signal.project_key == IN_ORDER] == []
    project = get_project(demo, IN_ORDER)
    money = find_money(demo)[IN_ORDER]
    assert project.declared_shares == (300_000, 250_000, 250_000, 200_000)
    assert (money.incurred_cents, money.contracted_total_cents) == (3_300_000_00, 5_000_000_00)
    elapsed = (AS_OF - dt.date(2024, 1, 1)).days / (dt.date(2027, 12, 31) - dt.date(2024, 1, 1)).days
    assert round(100 * elapsed, 1) == 72.4
    milestones = find_milestones(demo, IN_ORDER)
    open_ones = [milestone for milestone in milestones if milestone.status in ("planned", "in-progress")]
    assert len(open_ones) == 3
    assert all((milestone.forecast or milestone.baseline) == milestone.baseline for milestone in open_ones)
    assert all((milestone.baseline or "") > AS_OF.isoformat() for milestone in open_ones)


def test_story_suspended_partner(demo: Database) -> None:
    assert signal_of(demo, "thunder-elm").sentence == (
        "Cooperation with Belarus is suspended since 16 February 2026; its declared share is 15.0 %, "
        "EUR 360,000 of EUR 2,400,000. Amber while it lasts."
    )


def test_story_ends_in_forty_days_with_half_the_money_left(demo: Database) -> None:
    signal = signal_of(demo, "dusk-aspen")
    assert signal.due is not None and (signal.due - AS_OF).days == 40
    assert signal.sentence == (
        "Ends on 2 January 2027, in 40 days; EUR 1,000,000 of the contracted total cost of EUR 2,000,000 "
        "(50.0 %) is not incurred up to 2026-S1. Red from 25 % within 90 days."
    )


def test_story_decision_about_to_lose_its_contracting_deadline(demo: Database) -> None:
    signal = signal_of(demo, "drizzle-alder")
    assert signal.decision_key == "decision-2023-004"
    assert signal.sentence == (
        "Decision DEMO/2023/004: EUR 1,800,000 is left to contract by 15 January 2027, in 53 days "
        "(indicative: financing agreement signed 15 January 2024, plus 3 years); red from 60 days."
    )


def test_story_project_nobody_has_described(demo: Database) -> None:
    states = find_states(demo)
    stated = {field for field, value in states["project", "cloud-yew"].items() if value is not None}
    assert stated == {"key", "acronym", "title"}
    owned = [entity for (entity, _), state in states.items() if state.get("project_key") == "cloud-yew"]
    assert owned == ["contract"]
    assert signal_of(demo, "cloud-yew").sentence == (
        "Not stated: summary, focus, start, end, partners or regions, milestones (6 of 6 parts of a "
        "description); amber from 3."
    )


# --- the real portfolio ----------------------------------------------------------------------------------
def test_real_portfolio_needs_no_attention_but_lists_what_ends_soon(real: Database) -> None:
    assert [(signal.project_key, signal.code, signal.severity) for signal in signals_of(real)] == [
        ("cybersouth-plus", "ends-soon", "info")
    ]
