"""What needs attention: rules over rows, each of which raises a signal on certain facts only.

What is not known raises nothing: a project without a contract, a report or a baseline is never "late" or
"idle", and of a reduced date only what holds for its whole interval counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from portfolio.dates import HalfYear, PartialDate
from portfolio.model.money_rows import DecisionRow, MoneyRow
from portfolio.model.rows import AmendmentRow, ContractRow, MilestoneRow, ProjectRow
from portfolio.money import format_eur, format_share, split_largest_remainder
from portfolio.partners import partner_name
from portfolio.services.amendments import is_before_contract
from portfolio.services.cases import Case, open_cases
from portfolio.services.contracting import contracting_deadline
from portfolio.services.deadlines.rules import DeadlineRule, contract_rule
from portfolio.services.milestones import MilestoneState
from portfolio.services.money import contracted_total
from portfolio.services.signals import Severity, Signal, by_urgency, count_label, day_label
from portfolio.services.statuses import ends_within
from portfolio.services.thresholds import threshold

# Defaults of this tracker; the thresholds of time stand in data/vocabulary/thresholds.csv.
IDLE_BELOW_PERCENT = 10
IDLE_AFTER_DAYS = 180
EXTENSIONS = 2
OVERSPENT_ABOVE_PERCENT = 100
SILENT_HALF_YEARS = 2
MONEY_LEFT_PERCENT = 25
UNDESCRIBED_PARTS = 3


def attention(
    projects: Iterable[ProjectRow],
    money: Mapping[str, MoneyRow],
    milestones: Iterable[MilestoneRow],
    decisions: Iterable[DecisionRow],
    contracts: Iterable[ContractRow],
    amendments: Iterable[AmendmentRow],
    as_of: dt.date,
    with_milestones: Container[str] = frozenset(),
) -> tuple[Signal, ...]:
    """What needs attention on `as_of` among these projects and decisions, the most urgent first.

    Milestones, contracts and amendments of other projects are ignored; closed projects raise nothing.
    `with_milestones` are keys of projects that have milestones, even if none is among `milestones`.
    """
    found = [
        signal
        for case in open_cases(projects, money, milestones, contracts, amendments, as_of, with_milestones)
        for rule in _RULES
        for signal in rule(case)
    ]
    found += [signal for decision in decisions for signal in contracting_deadline(decision, as_of)]
    return by_urgency(found)


def _pre_financed_idle(case: Case) -> Iterator[Signal]:
    money, paid_on = case.money, PartialDate.of(case.money.last_paid_on)
    # Cost that nobody reported is not known to be small: that is the silent implementer's rule.
    if not money.pre_financing_cents or money.incurred_cents is None or paid_on is None:
        return
    days = (case.as_of - paid_on.last).days
    is_small = 100 * money.incurred_cents < IDLE_BELOW_PERCENT * money.pre_financing_cents
    if is_small and days >= IDLE_AFTER_DAYS:
        yield case.signal(
            "pre-financed-idle",
            "amber",
            f"Incurred cost up to {money.last_incurred_period} is {format_eur(money.incurred_cents)}, "
            f"{format_share(money.incurred_cents, money.pre_financing_cents)} of the pre-financing of "
            f"{format_eur(money.pre_financing_cents)}; the last payment was {days} days ago "
            f"({paid_on.label}). "
            f"Amber below {IDLE_BELOW_PERCENT} % from {IDLE_AFTER_DAYS} days on.",
        )


def _extended(case: Case) -> Iterator[Signal]:
    for contract in case.contracts:
        ends = [PartialDate.of(contract.end)]
        signed: list[str] = []
        for amendment in sorted(case.amendments.get(contract.key, ()), key=lambda row: row.number):
            new_end, on = PartialDate.of(amendment.new_end), PartialDate.of(amendment.signed_on)
            if new_end is None or on is None or on.last > case.as_of:
                continue
            if is_before_contract(amendment, contract):
                continue
            if ends[-1] is not None and new_end.first > ends[-1].last:
                signed.append(on.label)
            ends.append(new_end)
        if len(signed) >= EXTENSIONS and ends[0] is not None and ends[-1] is not None:
            yield case.signal(
                "extended-twice",
                "amber",
                f"Contract {contract.number} was extended {len(signed)} times, from {ends[0].label} to "
                f"{ends[-1].label} (amendments signed {', '.join(signed)}); "
                f"amber from {EXTENSIONS} extensions.",
            )


def _overspent(case: Case) -> Iterator[Signal]:
    incurred, total = case.money.incurred_cents, contracted_total(case.money)
    if incurred is not None and total and 100 * incurred > OVERSPENT_ABOVE_PERCENT * total:
        yield case.signal(
            "overspent",
            "red",
            f"Incurred cost up to {case.money.last_incurred_period} is {format_eur(incurred)}, "
            f"{format_share(incurred, total)} of the contracted total cost of {format_eur(total)}; "
            f"red above {OVERSPENT_ABOVE_PERCENT} %.",
        )


def _silent_implementer(case: Case) -> Iterator[Signal]:
    rule = report_rule()
    if rule is None or not (case.is_ongoing and case.money.contracts):
        return
    missing = _missing_half_years(case, rule)
    if len(missing) < SILENT_HALF_YEARS:
        return
    last = case.money.last_incurred_period
    reported = f"No cost was reported after {last}" if last else "No cost was ever reported"
    due = rule.shifted(missing[0].last)
    yield case.signal(
        "silent-implementer",
        "amber",
        f"{reported}. Missing: {', '.join(map(str, missing))} (the first was due on {day_label(due)}, "
        f"{rule.amount} days after its end); amber from {SILENT_HALF_YEARS} half-years.",
        due,
    )


def _missing_half_years(case: Case, rule: DeadlineRule) -> list[HalfYear]:
    """The half-years after the last reported one, or since the start, whose report is due on the date."""
    last, start = case.money.last_incurred_period, PartialDate.of(case.project.start)
    if last is not None:
        following = HalfYear.parse(last).next
    elif start is not None:
        following = HalfYear(start.last.year, 1 if start.last.month <= 6 else 2)
    else:
        return []
    found = []
    while rule.shifted(following.last) < case.as_of:
        found.append(following)
        following = following.next
    return found


def report_rule() -> DeadlineRule | None:
    """When the report of a half-year is due: the rule of grants, which stands for every type here.

    None where the unit has switched it off: then nobody is silent by rule.
    """
    return contract_rule("interim-report", "grant")


def _late_milestones(case: Case) -> Iterator[Signal]:
    for state in case.milestones:
        late, milestone = state.late_days or 0, state.milestone
        limit = threshold("time-red-contractual" if milestone.contractual else "time-amber")
        if not state.is_late or late <= limit:
            continue
        red = limit if milestone.contractual else threshold("time-red")
        severity: Severity = "red" if late > red else "amber"
        yield case.signal(
            "contractual-milestone-late" if milestone.contractual else "milestone-late",
            severity,
            f"{'Contractual milestone' if milestone.contractual else 'Milestone'} '{milestone.title}' "
            f"{lateness(state, case.as_of)}; {severity} above {red if severity == 'red' else limit}.",
            _last(milestone.baseline),
        )


def lateness(state: MilestoneState, as_of: dt.date) -> str:
    """How late a milestone is, in words, with the date it was planned for."""
    planned, forecast = PartialDate.of(state.milestone.baseline), PartialDate.of(state.milestone.forecast)
    days, label = count_label(state.late_days or 0, "day"), planned.label if planned else "not stated"
    if planned is not None and not planned.is_day:
        days = f"at least {days}"
    if forecast is not None and forecast.first > as_of:
        return f"is forecast for {forecast.label}, {days} late (planned {label})"
    return f"is {days} late (planned {label})"


def _last(text: str | None) -> dt.date | None:
    date = PartialDate.of(text)
    return date.last if date else None


def _suspended_partners(case: Case) -> Iterator[Signal]:
    for position, participation in enumerate(case.project.participations):
        since = PartialDate.of(participation.suspended_since)
        if since is None or not participation.is_suspended or since.last > case.as_of:
            continue
        yield case.signal(
            "suspended-partner",
            "amber",
            f"Cooperation with {partner_name(participation.partner_code)} is suspended since {since.label}; "
            f"{_share_of(case.project, position)}. Amber while it lasts.",
        )


def _share_of(project: ProjectRow, position: int) -> str:
    """What stands behind a partner: its declared share, in euro where the total budget is known."""
    shares = project.declared_shares
    if shares is None:
        return "no share of the budget is declared"
    declared = f"its declared share is {format_share(shares[position], sum(shares))}"
    if project.total_budget_cents is None:
        return declared
    part = split_largest_remainder(project.total_budget_cents, shares)[position]
    return f"{declared}, {format_eur(part)} of {format_eur(project.total_budget_cents)}"


def _ends_soon(case: Case) -> Iterator[Signal]:
    end, within = PartialDate.of(case.project.present_end), threshold("ends-soon")
    if end is None or not ends_within(case.project, case.as_of, within):
        return
    days = count_label((end.last - case.as_of).days, "day")
    when = f"Ends on {end.label}, in {days}" if end.is_day else f"Ends in {end.label}, in at most {days}"
    incurred, total = case.money.incurred_cents, contracted_total(case.money)
    left = total - incurred if incurred is not None and total else 0
    if total and 100 * left >= MONEY_LEFT_PERCENT * total:
        yield case.signal(
            "ends-soon-with-money-left",
            "red",
            f"{when}; {format_eur(left)} of the contracted total cost of {format_eur(total)} "
            f"({format_share(left, total)}) is not incurred up to {case.money.last_incurred_period}. "
            f"Red from {MONEY_LEFT_PERCENT} % within {within} days.",
            end.last,
        )
    else:
        yield case.signal("ends-soon", "info", f"{when}; listed within {within} days.", end.last)


def _not_described(case: Case) -> Iterator[Signal]:
    project = case.project
    parts = {
        "summary": project.summary,
        "focus": project.focus,
        "start": project.start,
        "end": project.present_end,
        "partners or regions": project.participations or project.regions,
        "milestones": case.has_milestones,
    }
    missing = [name for name, value in parts.items() if not value]
    if len(missing) >= UNDESCRIBED_PARTS:
        yield case.signal(
            "not-described",
            "amber",
            f"Not stated: {', '.join(missing)} ({len(missing)} of {len(parts)} parts of a description); "
            f"amber from {UNDESCRIBED_PARTS}.",
        )


_RULES: tuple[Callable[[Case], Iterator[Signal]], ...] = (
    _pre_financed_idle,
    _extended,
    _overspent,
    _silent_implementer,
    _late_milestones,
    _suspended_partners,
    _ends_soon,
    _not_described,
)
