"""The health of the projects of a document, each colour with its sentence, and the money rates behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portfolio.model.money_rows import MoneyRow
from portfolio.services.figures.breakdowns import Unit
from portfolio.services.figures.values import value_words
from portfolio.services.funds.amounts import left_to_pay, open_pre_financing
from portfolio.services.funds.portfolios import ProjectFunds
from portfolio.services.funds.rates import Spread
from portfolio.services.health.colours import DIMENSIONS, Dimension
from portfolio.services.health.portfolios import worst_first
from portfolio.services.health.ratings import OVERALL, STATE_WORDS, Health, in_force
from portfolio.services.money import OFF_BUDGET
from portfolio.summaries.content import Cell, Column, Missing, Row, Section, Table, known
from portfolio.summaries.project_tables import EMPTY
from portfolio.summaries.scopes import Subject
from portfolio.vocabulary import label

_HEALTH = (
    Column("project", "Project", widest=20),
    Column("dimension", "Dimension", widest=12),
    Column("colour", "Computed colour", "colour", widest=12),
    Column("sentence", "Why", widest=84),
    Column("own", "Implementer's own colour", "colour", widest=14),
    Column("own_period", "Reported for", widest=10),
)
_OVERALL_REMARK = (
    "Overall is the worst of the five dimensions that is known. Not known is no good sign: nobody has "
    "reported what the dimension needs. A closed or planned project has no health."
)
_OWN_REMARK = (
    "The implementer's own colour is what its latest report says; it changes nothing in the computed one."
)


def health_section(subject: Subject) -> Section:
    """Each project's overall colour and its five dimensions, the worst projects first."""
    rows: list[Row] = []
    for project, health in worst_first(subject.projects, subject.monitoring.health):
        rows += [Row((project.acronym, *cells)) for cells in _health(subject, health)]
    table = Table("health", _HEALTH, tuple(rows), if_empty=EMPTY)
    overrides = tuple(_overrides(subject))
    remarks = (_OVERALL_REMARK, _OWN_REMARK, *overrides)
    return Section("health", "Health", (table, _matrix(subject)), remarks=remarks)


def _matrix(subject: Subject) -> Table:
    """The colours of each project in one row, the worst first."""
    columns = (
        Column("project", "Project", widest=20),
        Column("overall", "Overall", "colour", widest=12),
        *(Column(name, label("health_dimension", name), "colour", widest=12) for name in DIMENSIONS),
    )
    rows = tuple(
        Row((project.acronym, STATE_WORDS[health.state], *(_colour(health, name) for name in DIMENSIONS)))
        for project, health in worst_first(subject.projects, subject.monitoring.health)
    )
    return Table("health-by-project", columns, rows, "Colours by project", EMPTY)


def _colour(health: Health, dimension: Dimension) -> Cell:
    rating = health.rating(dimension)
    return Missing.NOT_APPLICABLE if rating is None else STATE_WORDS[rating.colour]


def _health(subject: Subject, health: Health) -> Iterator[tuple[Cell, ...]]:
    nothing = (Missing.NOT_APPLICABLE, Missing.NOT_APPLICABLE)
    yield ("Overall", STATE_WORDS[health.state], health.sentence, *nothing)
    own = subject.monitoring.own.get(health.project_key, {})
    for rating in health.ratings:
        said = own.get(rating.dimension)
        beside: tuple[Cell, Cell] = (known(None), known(None))
        if said is not None:
            beside = (STATE_WORDS[said.colour], said.period)
        colour = STATE_WORDS[rating.colour]
        yield (label("health_dimension", rating.dimension), colour, rating.sentence, *beside)


def _overrides(subject: Subject) -> Iterator[str]:
    """What people have set beside a computed colour, with its reason and the day on which it lapses."""
    for project in subject.projects:
        for row in subject.monitoring.health[project.key].overrides:
            if in_force(row, subject.view.as_of):
                of = "overall" if row.dimension == OVERALL else label("health_dimension", row.dimension)
                yield (
                    f"{project.acronym}, {of.lower()}: set to {STATE_WORDS[row.colour].lower()} on "
                    f"{row.decided_on} until {row.expires_on}, because: {row.reason}"
                )


_RATES = (
    Column("project", "Project", widest=20),
    Column("payment_rate", "Payment rate", "share"),
    Column("absorption", "Absorption", "share"),
    Column("time_elapsed", "Time elapsed", "share"),
    Column("burn_gap", "Burn gap (percentage points)", "points"),
    Column("left_to_pay", "Left to pay (EUR)", "money"),
    Column("open_pre_financing", "Open pre-financing (EUR)", "money"),
    Column("forecast", "Forecast cost at the end (EUR)", "money"),
    Column("own_forecast", "Implementer's own forecast (EUR)", "money"),
    Column("received_difference", "Received less transferred (EUR)", "money"),
    Column("said", "What has to be said", widest=64),
)
_RATE_REMARK = (
    "Payment rate is EU paid / EU contribution contracted; absorption is incurred total cost / contracted "
    "total cost; burn gap is absorption less time elapsed, in percentage points. Payment runs ahead of "
    "absorption because of pre-financing: paid is never called spent. Transferred is paid before recoveries."
)
_RANGE_REMARK = (
    "Where a date is published as a month or a year, a rate is a range: it stands in the last column, and "
    "[x] in its own."
)


def rates_section(subject: Subject) -> Section:
    """The rates, balances and forecasts of each project that has a contract or a report of cost."""
    rows = tuple(Row(_rates(row)) for row in subject.monitoring.funds.projects if _has_money(row))
    table = Table("rates", _RATES, rows, if_empty="No contract and no cost is on record for these projects.")
    remarks = (_RATE_REMARK, _RANGE_REMARK, *_off_budget(subject.monitoring.funds.projects))
    return Section("rates", "Rates and forecasts", (table,), remarks=remarks)


def has_rates(subject: Subject) -> bool:
    """Whether anything is on record from which a rate could be made."""
    return any(map(_has_money, subject.monitoring.funds.projects))


def _has_money(row: ProjectFunds) -> bool:
    return row.money != MoneyRow(row.project.key)


def _rates(row: ProjectFunds) -> tuple[Cell, ...]:
    spreads = (row.payment_rate, row.absorption, row.time_elapsed)
    gap = row.burn_gap.exact
    return (
        row.project.acronym,
        *(known(None if spread.exact is None else float(spread.exact)) for spread in spreads),
        known(None if gap is None else float(100 * gap)),
        _of_eu(row, left_to_pay(row.money).cents),
        _of_eu(row, open_pre_financing(row.money).cents),
        known(row.forecast.cents),
        known(row.forecast.own_cents),
        _of_eu(row, row.reconciliation.difference_cents),
        " ".join(_said(row)),
    )


def _of_eu(row: ProjectFunds, cents: int | None) -> Cell:
    return Missing.NOT_APPLICABLE if row.off_budget else known(cents)


def _off_budget(rows: Iterable[ProjectFunds]) -> Iterator[str]:
    """Whose rates stand in their row alone, and why their balances do not."""
    names = ", ".join(row.project.acronym for row in rows if row.off_budget and _has_money(row))
    if names:
        yield (
            f"Off-budget, in no EU sum: {names}. A payment rate in such a row is that of the project's own "
            f"contracts and counts in no rate of several projects; {Missing.NOT_APPLICABLE.value} stands "
            f"where a balance would be added up."
        )


def _said(row: ProjectFunds) -> Iterator[str]:
    rates: tuple[tuple[str, Spread, Unit], ...] = (
        ("Payment rate", row.payment_rate, "share"), ("Absorption", row.absorption, "share"),
        ("Time elapsed", row.time_elapsed, "share"), ("Burn gap", row.burn_gap, "points"),
    )  # fmt: skip
    if row.off_budget:
        yield f"{OFF_BUDGET[0].upper()}{OFF_BUDGET[1:]}."
    for name, spread, unit in rates:
        if not spread.is_known:
            yield f"{name} not known: {spread.reason}."
        elif spread.exact is None:
            yield f"{name} between {value_words(spread.low, unit)} and {value_words(spread.high, unit)}."
    yield row.forecast.sentence
