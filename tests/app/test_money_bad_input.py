"""Money that contradicts itself: what depends on it is "not known" with the reason, and no screen breaks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from portfolio.model.entities import table_of
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.funds.portfolios import PortfolioFunds, ProjectFunds, portfolio_funds
from portfolio.settings import load_settings
from portfolio.storage.engine import Database, writing
from portfolio.storage.setup import ensure_database
from tests.app.screens import opened, problems, texts, use_portfolio


def damage(database: Database) -> None:
    """Values that no form and no import would let in, written past both."""
    payment, contract = table_of("payment"), table_of("contract")
    clearing, participation = table_of("clearing"), table_of("participation")
    project = table_of("project")
    with writing(database) as connection:
        for statement in (
            update(payment).where(payment.c.key == "storm-oak/contract-01/payment-01")
            .values(amount_cents=200_000_000),
            update(contract).where(contract.c.key == "fog-larch/contract-01").values(total_cents=0),
            update(contract).where(contract.c.key == "hail-maple/contract-01").values(total_cents=None),
            update(contract).where(contract.c.key == "aurora-beech/contract-02")
            .values(eu_contribution_cents=None),
            update(clearing).where(clearing.c.key == "clear-cedar/contract-01/clearing-01")
            .values(amount_cents=500_000_000),
            update(participation).where(participation.c.project_key == "thunder-elm")
            .values(share_millionths=300_000),
            update(project).where(project.c.key == "gale-juniper").values(start="2030-01-01"),
        ):  # fmt: skip
            connection.execute(statement)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damaged")


@pytest.fixture(autouse=True)
def damaged(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    is_new = not (folder / "demo.sqlite3").exists()
    use_portfolio("demo", folder, monkeypatch)
    database = ensure_database(load_settings())
    if is_new:
        damage(database)
    return database


def of(funds: PortfolioFunds, key: str) -> ProjectFunds:
    return next(row for row in funds.projects if row.project.key == key)


def test_what_depends_on_a_contradiction_is_not_known_and_says_why(damaged: Database) -> None:
    funds = portfolio_funds(damaged, LOCAL_PERSON)
    oak, larch, maple = (of(funds, key) for key in ("storm-oak", "fog-larch", "hail-maple"))
    assert oak.payment_rate.reason == "more is paid than the contracts' EU contribution"
    assert larch.absorption.reason == larch.burn_gap.reason == "the contracted total cost is 0"
    assert maple.absorption.reason == "a contract does not state its total cost"
    assert of(funds, "aurora-beech").payment_rate.reason == "a contract does not state its EU contribution"
    assert of(funds, "gale-juniper").time_elapsed.reason == "the end does not lie after the start"
    # Of 19 projects on the budget two never had a payment; one has paid too much, one states no amount.
    assert (funds.sums["left-to-pay"].known, funds.sums["left-to-pay"].of) == (15, 19)
    assert funds.payment_rate.known == 15
    assert funds.sums["open-pre-financing"].known == 14
    assert funds.sums["paid"].known == 17


def test_shares_that_do_not_add_up_leave_the_money_undivided_and_lose_none(damaged: Database) -> None:
    funds = portfolio_funds(damaged, LOCAL_PERSON)
    by_partner = funds.divided_by("partner")
    bucket = next(group for group in by_partner.groups if group.code == "regional-not-split")
    assert "thunder-elm" in bucket.projects
    for dimension in funds.dimensions:
        division = funds.divided_by(dimension.id)
        known = [name for name in division.totals if name in division.groups[0].sums]
        assert all(division.agrees(name) for name in known)


@pytest.mark.parametrize(
    ("page", "address", "sentence"),
    [
        ("money", {"money_by": "Partner"}, "Contracted by partner: "),
        (
            "project",
            {"id": "storm-oak"},
            "**not known**  \nMore is paid than the contracts' EU contribution.",
        ),
        ("project", {"id": "thunder-elm"}, "**EUR 240,000**  \nBy contract."),
        ("map", {"measure": "Total budget (split)"}, "Partners of the three regions EUR "),
        ("figure", {"figure": "burn-gap", "id": "fog-larch"}, "the contracted total cost is 0"),
    ],
)
def test_no_screen_breaks(page: str, address: dict[str, Any], sentence: str) -> None:
    app = opened(page, **address)
    assert problems(app) == []
    assert any(sentence.casefold() in text.casefold() for text in texts(app))
