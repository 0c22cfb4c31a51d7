"""Every figure can be opened: its lines add up to it, and each ends at something that is on record."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from portfolio.indicators import indicators
from portfolio.model.changes import ChangeSetDraft, FieldChange, SourceFile
from portfolio.model.entities import table_of
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.figures.breakdowns import Breakdown
from portfolio.services.figures.openings import OpenedFigure, every_breakdown, figure_subject, follow
from portfolio.services.figures.registry import builders
from portfolio.services.figures.subjects import FigureSubject
from portfolio.services.funds.portfolios import portfolio_funds
from portfolio.services.money import OFF_BUDGET, is_off_budget, money_figures
from portfolio.services.selection import PortfolioFilter
from portfolio.storage.engine import Database, writing
from portfolio.storage.queries.history import find_states
from portfolio.storage.unit_of_work import apply_change_set
from tests.portfolios import copied_portfolio

# They count what is not known: a line of theirs may have nothing on record.
OF_WHAT_IS_MISSING: frozenset[str] = frozenset({"health-grey", "deadlines-unknown"})


def test_every_registered_figure_can_be_opened_and_nothing_else() -> None:
    assert sorted(builders()) == sorted(entry.id for entry in indicators())


@pytest.fixture(scope="module", params=["demo", "reference"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Database:
    return copied_portfolio(request.param, tmp_path_factory.mktemp("figures") / f"{request.param}.sqlite3")


@pytest.fixture(scope="module")
def subject(database: Database) -> FigureSubject:
    return figure_subject(database, LOCAL_PERSON)


@pytest.fixture(scope="module")
def of_projects(subject: FigureSubject) -> tuple[FigureSubject, ...]:
    """Each project as a subject of its own; all share the rows that were asked for."""
    return tuple(replace(subject, project_key=row.key) for row in subject.view.everything)


@pytest.fixture(scope="module")
def of_partners(subject: FigureSubject) -> tuple[FigureSubject, ...]:
    return tuple(replace(subject, partner=code) for code in ("MDA", "ALB"))


def opened_together(subjects: tuple[FigureSubject, ...], figure_id: str) -> OpenedFigure:
    """A figure of several subjects as the parts of one, so that their origins are asked for once."""
    parts = tuple(builders()[figure_id](subject) for subject in subjects)
    return follow(subjects[0], Breakdown(figure_id, "all subjects", None, "text", "", parts=parts))


def wrong_lines(opened: OpenedFigure) -> list[str]:
    """What is wrong with a figure: lines that do not add up, that rest on nothing, or say no reason."""
    found = []
    for part in every_breakdown([opened.breakdown]):
        name = f"{part.figure_id} of {part.subject}"
        if not part.adds_up:
            found.append(f"{name}: the lines are not {part.value}")
        for line in part.lines:
            may_rest_on_nothing = line.value is None or part.figure_id in OF_WHAT_IS_MISSING
            if opened.ground_of(line) is None and not may_rest_on_nothing:
                found.append(f"{name}: '{line.label}' rests on nothing")
            if line.fields and opened.ground_of(line) is None and line.value is not None:
                found.append(f"{name}: '{line.label}' names fields of which none is on record")
            if (line.value is None or may_rest_on_nothing) and not line.remark:
                found.append(f"{name}: '{line.label}' is not known, and no reason is given")
    return found


@pytest.mark.parametrize("figure_id", sorted(builders()))
def test_lines_add_up_and_end_at_what_is_on_record(
    figure_id: str, subject: FigureSubject, of_projects: tuple[FigureSubject, ...],
    of_partners: tuple[FigureSubject, ...],
) -> None:  # fmt: skip
    opened = opened_together((subject, *of_partners, *of_projects), figure_id)
    assert len(opened.breakdown.parts) == 3 + len(of_projects)
    assert wrong_lines(opened) == []


@pytest.mark.parametrize("figure_id", sorted(builders()))
def test_a_figure_says_of_how_many_records_it_is_known(figure_id: str, subject: FigureSubject) -> None:
    breakdown = builders()[figure_id](subject)
    assert breakdown.figure_id == figure_id
    assert 0 <= breakdown.known <= breakdown.of
    assert breakdown.value is None or breakdown.known > 0 or breakdown.unit == "count"


def by_project(breakdown: Breakdown) -> dict[str, object]:
    return {line.project_key: line.value for line in breakdown.lines if line.project_key is not None}


@pytest.mark.parametrize(
    "figure_id", ["contracted", "contracted-total", "paid", "pre-financing", "incurred", "total-budget"]
)
def test_a_projects_line_in_a_sum_is_the_projects_own_figure(
    figure_id: str, subject: FigureSubject, of_projects: tuple[FigureSubject, ...]
) -> None:
    listed = by_project(builders()[figure_id](subject))
    own = {one.project_key: builders()[figure_id](one).value for one in of_projects}
    assert listed == {key: own[key] for key in listed}
    assert len(listed) > 15


def written(database: Database, kind: str, key: tuple[str, str], new: int, cell: str | None = None) -> None:
    """Nothing; an amount of a record is another one, by an import or by a person."""
    old = find_states(database, key[0])[key]["amount_cents"]
    place = ("report.xlsx", "Money", cell) if cell else (None, None, None)
    change = FieldChange(*key, "amount_cents", old, new, "changed", *place)
    files = (SourceFile("report.xlsx", "a" * 64, b"bytes"),) if cell else ()
    apply_change_set(database, ChangeSetDraft(kind, "A tester", "A reason", (change,), files))  # type: ignore[arg-type]


def test_a_line_ends_at_a_cell_a_person_a_page_or_the_first_load(tmp_path: Path) -> None:
    database = copied_portfolio("demo", tmp_path / "demo.sqlite3")
    payment = ("payment", "hail-maple/contract-01/payment-01")
    cost = ("incurred_cost", "hail-maple/2026-S1/travel")
    written(database, "import", cost, 5_400_000, "D15")
    written(database, "edit", payment, 150_000_000)
    of_one = figure_subject(database, LOCAL_PERSON, project_key="hail-maple")
    grounds: dict[str, set[object]] = {}
    for figure_id in ("incurred", "paid", "total-budget", "revision"):
        opened = follow(of_one, builders()[figure_id](of_one))
        grounds[figure_id] = {opened.ground_of(line) for line in opened.breakdown.lines}
    assert grounds == {
        "incurred": {"cell", "load"}, "paid": {"person", "load"}, "total-budget": {"source"},
        "revision": {"person", "load"},
    }  # fmt: skip


def test_a_payment_counts_from_its_own_day_also_before_its_contract_is_signed(tmp_path: Path) -> None:
    database = copied_portfolio("demo", tmp_path / "demo.sqlite3")
    contract = table_of("contract")
    with writing(database) as connection:
        own = contract.c.key == "hail-maple/contract-01"
        connection.execute(contract.update().where(own).values(signed_on="2026-12-01"))
    one = figure_subject(database, LOCAL_PERSON, as_of=dt.date(2026, 11, 23))
    sums = portfolio_funds(database, LOCAL_PERSON, as_of=one.as_of).sums
    for figure_id in ("paid", "pre-financing", "recovered", "cleared"):
        found = builders()[figure_id](one)
        assert (found.value, found.known) == (sums[figure_id].cents, sums[figure_id].known), figure_id
    assert by_project(builders()["paid"](one))["hail-maple"] is not None
    assert by_project(builders()["contracted"](one))["hail-maple"] is None


@pytest.mark.parametrize(
    "chosen",
    [PortfolioFilter(), PortfolioFilter(regions=("western-balkans",)), PortfolioFilter(partners=("MDA",))],
    ids=["whole", "region", "partner"],
)
def test_what_opens_is_the_sum_that_the_screens_print_under_every_filter(
    database: Database, chosen: PortfolioFilter
) -> None:
    one = figure_subject(database, LOCAL_PERSON, chosen=chosen)
    printed = money_figures(one.view.projects, one.view.money, one.view.decisions)
    sums = {
        "total-budget": printed.total_budget, "eu-contribution": printed.eu_contribution,
        "committed": printed.committed, "contracted": printed.contracted, "paid": printed.paid,
        "incurred": printed.incurred,
    }  # fmt: skip
    for figure_id, total in sums.items():
        found = builders()[figure_id](one)
        assert (found.value, found.known, found.of) == (total.cents, total.known, total.of), figure_id


def test_a_clearing_of_a_reduced_date_is_said_on_its_line_and_on_the_sum(subject: FigureSubject) -> None:
    whole = builders()["open-pre-financing"](subject)
    line = next((line for line in whole.lines if line.project_key == "drizzle-alder"), None)
    if line is None:  # the real portfolio has no such clearing
        assert "reduced date" not in whole.arithmetic
        return
    assert line.value == 84_000_000 and line.remark.startswith("EUR 696,000 to EUR 840,000; EUR 144,000 acc")
    assert "EUR 5,279,000 to EUR 5,423,000; EUR 144,000 accepted on a reduced date" in whole.arithmetic
    assert whole.value == 542_300_000 and whole.adds_up


def test_off_budget_rates_are_labelled_and_counted_in_no_rate_of_several(
    subject: FigureSubject, of_projects: tuple[FigureSubject, ...]
) -> None:
    rate, committed = (builders()[name](subject) for name in ("contracting-rate", "committed"))
    assert (rate.known, rate.of) == (committed.known, committed.of)
    for one in of_projects:
        off_budget = any(map(is_off_budget, one.projects))
        own = builders()["contracting-rate"](one)
        assert all((OFF_BUDGET in line.remark) == off_budget for line in own.lines)
        assert (OFF_BUDGET in builders()["payment-rate"](one).arithmetic) == off_budget
        assert not off_budget or one.project_key not in by_project(builders()["payment-rate"](subject))
