"""Figures of the demonstration portfolio, each equal to the one that pandas computes from its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

import pytest

from portfolio.numbers import MILLION
from portfolio.partners import NOT_SPLIT, OUTSIDE
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.capacity.ledgers import ledger
from portfolio.services.figures.openings import figure_subject
from portfolio.services.figures.registry import builders
from portfolio.services.figures.subjects import FigureSubject
from portfolio.services.figures.values import headline
from portfolio.services.funds.dimensions import SEVERAL_THEMES
from portfolio.services.funds.portfolios import FundRows, PortfolioFunds, fund_rows, funds_of
from portfolio.services.geography import by_partner, by_region
from portfolio.services.health.colours import DIMENSIONS
from portfolio.services.health.portfolios import load_health
from portfolio.services.health.ratings import Health
from portfolio.services.milestones import HORIZONS_DAYS
from portfolio.services.overviews import ending_soon
from portfolio.services.selection import UNKNOWN
from portfolio.services.status_report import status_report
from portfolio.services.statuses import project_status
from portfolio.services.thresholds import threshold
from portfolio.services.views import load_scheduled_view
from portfolio.storage.queries.results import find_trainings
from portfolio.vocabulary import label
from tests.portfolios import copied_portfolio
from tests.recomputed.figures import FIGURES
from tests.recomputed.tables import AS_OF, vocabulary

# The two name the same buckets in their own words.
NAMES = {
    NOT_SPLIT: "regional, not split", SEVERAL_THEMES: "several themes, not split", UNKNOWN: "not stated",
}  # fmt: skip


@dataclass(frozen=True)
class Program:
    """What the program says of the demonstration, asked once."""

    subject: FigureSubject

    @cached_property
    def rows(self) -> FundRows:
        return fund_rows(self.subject.database, LOCAL_PERSON, as_of=AS_OF)

    @cached_property
    def funds(self) -> PortfolioFunds:
        return funds_of(self.subject.view, self.rows.costs, self.rows.years)

    @cached_property
    def health(self) -> Mapping[str, Health]:
        return load_health(self.subject.database, LOCAL_PERSON, as_of=AS_OF)

    @cached_property
    def report(self) -> dict[str, Any]:
        view = load_scheduled_view(self.subject.database, LOCAL_PERSON, as_of=AS_OF)
        return status_report(view, self.health)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    database = copied_portfolio("demo", tmp_path_factory.mktemp("recomputed") / "demo.sqlite3")
    return Program(figure_subject(database, LOCAL_PERSON, as_of=AS_OF))


def divided(dimension: str, amount: str, program: Program) -> dict[str, int]:
    """An amount by the members of a dimension; those of which nothing is known are left out."""
    groups = program.funds.divided_by(dimension).groups
    sums = {NAMES.get(group.code, group.code): group.sums[amount].cents for group in groups}
    return {code: cents for code, cents in sums.items() if cents}


def by_place(places: Callable[..., Any], program: Program) -> dict[str, int]:
    """The EU contribution by partner or region as the map has it."""
    found = places(program.subject.projects, AS_OF)
    named = {NAMES.get(place.code, place.code): place.eu_contribution_cents for place in found}
    return {code: cents for code, cents in named.items() if cents}


def by_half_year(program: Program) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for row in program.rows.costs:
        sums[row.period] += row.cents
    return dict(sums)


def by_decision(program: Program) -> dict[str, Fraction]:
    on_budget = (row for row in program.funds.decisions if not row.off_budget)
    rates = {row.decision.key: row.contracting_rate.exact for row in on_budget}
    return {key: rate for key, rate in rates.items() if rate is not None}


def forecasts(program: Program) -> dict[str, int]:
    """The linear forecasts of projects that run, to the cent."""
    running = [row for row in program.funds.projects if row.status == "ongoing"]
    return {row.project.key: row.forecast.cents for row in running if row.forecast.cents is not None}


def statuses(program: Program) -> dict[str, int]:
    found = Counter(project_status(row, AS_OF) for row in program.subject.projects)
    return {{"unknown": "not known"}.get(status, status): number for status, number in found.items()}


def milestones_due(program: Program) -> dict[str, int]:
    lines = builders()["milestones-due"](program.subject).lines
    return {
        str(span): sum(any(f"within {days} days" in line.remark for days in HORIZONS_DAYS if days <= span)
                       for line in lines)
        for span in HORIZONS_DAYS
    }  # fmt: skip


def red_by_dimension(program: Program) -> dict[str, int]:
    health = program.health.values()
    return {name: sum(row.is_running and row.colour(name) == "red" for row in health) for name in DIMENSIONS}


def mean_gain(program: Program) -> Fraction | None:
    found = ledger(program.subject.rows(find_trainings), program.subject.keys, AS_OF).mean_gain
    return None if found is None else found / MILLION


def people_trained(program: Program) -> Fraction:
    name = f"{label('indicator_library', 'people-trained')} (people)"
    parts = builders()["results-totals"](program.subject).parts
    (part,) = (part for part in parts if part.subject == name)
    return Fraction(int(part.value or 0), MILLION)


def active(program: Program) -> dict[str, int]:
    places = by_partner(program.subject.projects, AS_OF)
    return {place.code: len(place.projects) for place in places if place.projects and place.code != NOT_SPLIT}


# What is asked otherwise than by opening the figure of that id.
OTHERWISE: dict[str, Callable[[Program], object]] = {
    "committed/by-year": partial(divided, "year", "committed"),
    "contracted/by-year": partial(divided, "year", "contracted"),
    "contracted/by-region": partial(divided, "region", "contracted"),
    "paid/by-year": partial(divided, "year", "paid"),
    "incurred/by-half-year": by_half_year,
    "contracting-rate/by-decision": by_decision,
    "forecast/by-project": forecasts,
    "budget-split/by-partner": partial(divided, "partner", "total-budget"),
    "budget-split/by-region": partial(divided, "region", "total-budget"),
    "eu-split/by-partner": partial(by_place, by_partner),
    "eu-split/by-region": partial(by_place, by_region),
    "paid-split/by-partner": partial(divided, "partner", "paid"),
    "paid-split/by-region": partial(divided, "region", "paid"),
    "incurred-split/by-partner": partial(divided, "partner", "incurred"),
    "incurred-split/by-region": partial(divided, "region", "incurred"),
    "outside/eu-contribution": lambda program: program.report["regions"][OUTSIDE]["eu_contribution_cents"],
    "total-budget/by-pillar": partial(divided, "pillar", "total-budget"),
    "status": statuses,
    "ends-soon": lambda program: len(ending_soon(program.subject.projects, AS_OF, threshold("ends-soon"))),
    "milestones-due": milestones_due,
    "health-red/by-dimension": red_by_dimension,
    "score-gain": mean_gain,
    "results-totals/people-trained": people_trained,
    "projects-active": active,
}


def opened(figure_id: str, program: Program) -> object:
    return builders()[figure_id](program.subject).value


def comparable(figure_id: str, computed: Any) -> object:
    """What pandas computed, with partners of no region in one bucket and a forecast rounded to its cent."""
    if figure_id == "forecast/by-project":
        return {key: round(cents) for key, cents in computed.items()}
    if not figure_id.endswith("/by-partner") and figure_id != "projects-active":
        return computed
    regions = dict(zip(vocabulary("partners")["code"], vocabulary("partners")["region"], strict=True))
    sums: Counter[str] = Counter()
    for code, number in computed.items():
        sums[OUTSIDE if regions.get(code) == OUTSIDE else code] += number
    return dict(sums)


def test_every_recomputed_figure_is_compared() -> None:
    assert len(FIGURES) >= 70
    assert set(OTHERWISE) <= set(FIGURES)
    assert set(FIGURES) - set(OTHERWISE) <= set(builders())


@pytest.mark.parametrize("figure_id", FIGURES)
def test_figure_is_the_one_that_its_tables_give(figure_id: str, program: Program) -> None:
    ask = OTHERWISE.get(figure_id, partial(opened, figure_id))
    assert ask(program) == comparable(figure_id, FIGURES[figure_id]())


def test_each_figure_that_counts_is_counted_in_a_plural(program: Program) -> None:
    found = [build(program.subject) for build in builders().values()]
    units = {row.figure_id: row.figure.unit.split(" of ")[0] for row in found if row.unit == "count"}
    assert len(units) > 50
    assert {figure_id: unit for figure_id, unit in units.items() if not unit.endswith("s")} == {}


def test_milestones_due_say_each_span(program: Program) -> None:
    opened_figure = builders()["milestones-due"](program.subject)
    assert headline(opened_figure) == "3 milestones due within 30 days, 15 within 90, 25 within 180"
    assert opened_figure.arithmetic == "3 within 30 days; 15 within 90 days; 25 within 180 days"
    assert "due 12 January 2027, within 90 days" in {line.remark for line in opened_figure.lines}


def test_a_project_with_a_suspended_partner_counts_once(program: Program) -> None:
    found = builders()["suspended"](program.subject)
    assert headline(found) == "1 project"
    assert [(line.project_key, line.value) for line in found.lines] == [("thunder-elm", 1)]
    assert found.lines[0].remark == "Belarus, since 16 February 2026"


def test_status_report_says_the_same(program: Program) -> None:
    computed = {name: function() for name, function in FIGURES.items() if name in _REPORTED}
    found = {name: _reported(program.report, path) for name, path in _REPORTED.items()}
    assert found == computed


_REPORTED = {
    "total-budget": "money/total_budget_cents", "eu-contribution": "money/eu_contribution_cents",
    "committed": "money/committed_cents", "contracted": "money/contracted_cents", "paid": "money/paid_cents",
    "incurred": "money/incurred_cents", "milestones": "milestones/total",
    "milestones-late": "milestones/late", "health-red": "health/red", "health-amber": "health/amber",
}  # fmt: skip


def _reported(document: dict[str, Any], path: str) -> object:
    for name in path.split("/"):
        document = document[name]
    return document
