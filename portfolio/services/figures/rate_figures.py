"""The figures of rates, of time and of what cost will come to, that can be opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from portfolio.dates import HalfYear, date_label
from portfolio.model.money_rows import CostForecastRow, DecisionRow, MoneyRow
from portfolio.model.rows import ProjectRow
from portfolio.money import format_eur
from portfolio.services.figures.breakdowns import Breakdown, FieldRef, Line, Unit, Value, total
from portfolio.services.figures.decision_figures import NOUN, decisions_of, off_budget_words
from portfolio.services.figures.funds_figures import EU_AMOUNT, EUR, load_money, on_budget
from portfolio.services.figures.ledgers import load_ledger
from portfolio.services.figures.money_figures import MONEY, contract_fields
from portfolio.services.figures.over_projects import listed, over_projects
from portfolio.services.figures.project_figures import end_fields
from portfolio.services.figures.subjects import Builder, FigureSubject
from portfolio.services.figures.values import value_words
from portfolio.services.funds.forecasts import forecast
from portfolio.services.funds.rates import (
    Spread,
    absorption,
    burn_gap,
    contracting_rate,
    payment_rate,
    time_elapsed,
)
from portfolio.services.money import OFF_BUDGET, is_off_budget
from portfolio.storage.queries.ledgers import find_cost_forecasts
from portfolio.storage.queries.money_years import find_period_costs

NO_OWN_FORECAST = "the implementer's own forecast is not reported"
_NOT_POOLED = "each project has its own; there is no sum"
Rate = Callable[[MoneyRow | None], Spread]


def spread_value(spread: Spread, unit: Unit) -> Value:
    """A rate as the value of a figure: a fraction where it is exact, its range in words, or None."""
    if spread.exact is not None or not spread.is_known:
        return spread.exact
    return f"{value_words(spread.low, unit)} to {value_words(spread.high, unit)}"


def _ratio(figure_id: str, part: str, whole: str, rate: Rate, of_eu: bool) -> Builder:
    """The builder of a rate: of several projects, over those of which both amounts are known."""

    def build(subject: FigureSubject) -> Breakdown:
        if subject.project_key is not None:
            own = _own_ratio(subject, figure_id, (part, whole), rate)
            return _labelled(subject, own) if of_eu else own
        projects = on_budget(subject) if of_eu else subject.projects
        money = subject.once(load_money)
        known = [row for row in projects if rate(money.get(row.key)).is_known]
        parts = tuple(_pooled(subject, name, known) for name in (part, whole))
        lines = tuple(_rate_line(subject, row, rate(money.get(row.key)), (part, whole)) for row in projects)
        value, said = _divided(parts)
        return Breakdown(
            figure_id, subject.label, value, "share", said, lines, parts, False, len(known), len(lines)
        )

    return build


def _own_ratio(subject: FigureSubject, figure_id: str, names: tuple[str, str], rate: Rate) -> Breakdown:
    parts = tuple(MONEY[name](subject) for name in names)
    found = rate(subject.once(load_money).get(subject.project_key or ""))
    said = _divided(parts)[1] if found.is_known else found.reason
    return Breakdown(
        figure_id, subject.label, found.exact, "share", said, (), parts, False, int(found.is_known), 1
    )


def _labelled(subject: FigureSubject, found: Breakdown) -> Breakdown:
    """The rate of one project, labelled where it is off-budget and in no rate of several."""
    if not any(map(is_off_budget, subject.projects)):
        return found
    return replace(found, arithmetic=f"{found.arithmetic}; {OFF_BUDGET}")


def _alone(subject: FigureSubject, project: ProjectRow) -> FigureSubject:
    return replace(subject, project_key=project.key, partner=None)


def _pooled(subject: FigureSubject, figure_id: str, projects: list[ProjectRow]) -> Breakdown:
    """One of the two amounts, summed over the projects of which both are known."""

    def line(project: ProjectRow) -> Line:
        found = MONEY[figure_id](_alone(subject, project))
        fields = tuple(dict.fromkeys(name for row in found.lines for name in row.fields))
        return Line(project.acronym, found.value, fields, project.key)

    return total(figure_id, subject.label, EUR, tuple(map(line, projects)))


def _divided(parts: tuple[Breakdown, ...]) -> tuple[Fraction | None, str]:
    part, whole = (found.value for found in parts)
    if not isinstance(part, int) or not isinstance(whole, int) or whole <= 0:
        return None, "both amounts are known of no project"
    share = Fraction(part, whole)
    return share, f"{format_eur(part)} / {format_eur(whole)} = {value_words(share, 'share')}"


def _rate_line(subject: FigureSubject, project: ProjectRow, rate: Spread, names: tuple[str, str]) -> Line:
    parts = [MONEY[name](_alone(subject, project)) for name in names]
    fields = tuple(dict.fromkeys(name for part in parts for row in part.lines for name in row.fields))
    return Line(project.acronym, rate.exact, fields, project.key, rate.reason)


def _contracting_rate(subject: FigureSubject) -> Breakdown:
    alone = subject.project_key is not None
    # Off-budget decisions are beside the EU's money: they are left out here as in what is committed.
    rows = [row for row in decisions_of(subject) if alone or not is_off_budget(row)]
    lines = tuple(_decision_line(subject, row) for row in rows)
    known = sum(line.value is not None for line in lines)
    value = lines[0].value if len(lines) == 1 else None
    said = "" if len(lines) == 1 else "each decision has its own; there is no sum"
    return Breakdown(
        "contracting-rate", subject.label, value, "share", said, lines, (), False, known, len(lines), NOUN
    )


def _decision_line(subject: FigureSubject, row: DecisionRow) -> Line:
    ledger, rate = subject.once(load_ledger), contracting_rate(row)
    contracts = [
        contract
        for key in row.project_keys
        for contract in ledger.contracts.get(key, [])
        if contract.decision_key == row.key
    ]
    fields = (
        ("financing_decision", row.key, "committed_cents"), *contract_fields(ledger, contracts, EU_AMOUNT),
    )  # fmt: skip
    said = [rate.reason or f"{format_eur(row.contracted_eu_cents)} / {format_eur(row.committed_cents)}"]
    remark = "; ".join(filter(None, [*said, off_budget_words(row)]))
    return Line(f"Decision {row.number}", rate.exact, fields, None, remark)


def _time_elapsed(subject: FigureSubject) -> Breakdown:
    return _not_pooled(listed(subject, "time-elapsed", "share", lambda row: _time_line(subject, row)))


def _time_line(subject: FigureSubject, row: ProjectRow) -> Line:
    rate = time_elapsed(row, subject.as_of)
    fields = (("project", row.key, "start"), *end_fields(subject, row))
    dates = f"{date_label(row.start)} to {date_label(row.present_end)}"
    return Line(row.acronym, spread_value(rate, "share"), fields, row.key, rate.reason or dates)


def _burn_gap(subject: FigureSubject) -> Breakdown:
    def line(row: ProjectRow) -> Line:
        gap = burn_gap(row, subject.once(load_money).get(row.key), subject.as_of)
        alone = _alone(subject, row)
        amounts = [MONEY[name](alone) for name in ("incurred", "contracted-total")]
        own = tuple(name for part in amounts for found in part.lines for name in found.fields)
        fields = tuple(dict.fromkeys((*own, *_time_line(subject, row).fields)))
        return Line(row.acronym, spread_value(gap, "points"), fields, row.key, gap.reason)

    found = _not_pooled(listed(subject, "burn-gap", "points", line))
    if subject.project_key is None:
        return found
    parts = (RATES["absorption"](subject), _time_elapsed(subject))
    said = " - ".join(value_words(part.value, "share") for part in parts)
    arithmetic = found.arithmetic or f"{said} = {value_words(found.value, 'points')}"
    return replace(found, parts=parts, arithmetic=arithmetic)


def _not_pooled(found: Breakdown) -> Breakdown:
    if len(found.lines) == 1 and found.value is not None:
        return replace(found, arithmetic=found.lines[0].remark)
    return replace(found, arithmetic=found.arithmetic or _NOT_POOLED)


def _period_costs(subject: FigureSubject) -> dict[str, dict[str, int]]:
    costs: dict[str, dict[str, int]] = {}
    for row in find_period_costs(subject.database, subject.as_of):
        costs.setdefault(row.project_key, {})[row.period] = row.cents
    return costs


def _forecast(subject: FigureSubject) -> Breakdown:
    ended = HalfYear.last_ended(subject.as_of)
    recent = (str(ended.previous), str(ended))

    def of_project(project: ProjectRow) -> Breakdown:
        money = subject.once(load_money).get(project.key)
        made = forecast(project, money, subject.once(_period_costs).get(project.key, {}), subject.as_of)
        if made.cents is None or money is None:
            return total("forecast", project.acronym, EUR, (), made.sentence)
        costs = subject.once(load_ledger).costs.get(project.key, [])
        spent = tuple(("incurred_cost", row.key, "amount_cents") for row in costs)
        pace = tuple(("incurred_cost", row.key, "amount_cents") for row in costs if row.period in recent)
        ahead = made.cents - (money.incurred_cents or 0)
        lines = (
            Line(f"Incurred up to {ended}", money.incurred_cents, spent, project.key),
            Line("From then to the present end", ahead, (*pace, *end_fields(subject, project)), project.key,
                 f"at the pace of {recent[0]} and {recent[1]}"),
        )  # fmt: skip
        return total("forecast", project.acronym, EUR, lines, made.sentence, "part")

    return over_projects(subject, "forecast", EUR, of_project)


def _own_forecast(subject: FigureSubject) -> Breakdown:
    latest: dict[str, CostForecastRow] = {}
    for row in subject.rows(find_cost_forecasts):
        if row.period <= str(HalfYear.last_ended(subject.as_of)):
            latest[row.project_key] = row

    def of_project(project: ProjectRow) -> Breakdown:
        row = latest.get(project.key)
        if row is None:
            return total("forecast-own", project.acronym, EUR, (), NO_OWN_FORECAST)
        fields: tuple[FieldRef, ...] = (("cost_forecast", row.key, "amount_cents"),)
        line = Line(f"Report for {row.period}", row.amount_cents, fields, project.key, row.note or "")
        return total("forecast-own", project.acronym, EUR, (line,), noun="forecast")

    return over_projects(subject, "forecast-own", EUR, of_project)


RATES: Mapping[str, Builder] = {
    "contracting-rate": _contracting_rate,
    "payment-rate": _ratio("payment-rate", "paid", "contracted", payment_rate, of_eu=True),
    "absorption": _ratio("absorption", "incurred", "contracted-total", absorption, of_eu=False),
    "time-elapsed": _time_elapsed,
    "burn-gap": _burn_gap,
    "forecast": _forecast,
    "forecast-own": _own_forecast,
}
