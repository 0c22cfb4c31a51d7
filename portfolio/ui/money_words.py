"""The money screen in words: where the money stands, its key figures, what is beside the sums."""

from __future__ import annotations

from portfolio.dates import date_label
from portfolio.indicators import indicator
from portfolio.money import KnownSum, format_coverage, format_eur, format_eur_short, format_known
from portfolio.services.figures.values import value_words
from portfolio.services.funds.balances import closed_balances, unknown_balances
from portfolio.services.funds.groups import Division
from portfolio.services.funds.portfolios import PooledRate, PortfolioFunds, ProjectFunds
from portfolio.services.funds.possible_amounts import not_counted
from portfolio.services.funds.rates import Spread
from portfolio.services.money import contracted_eu, contracted_total
from portfolio.ui.figure_links import Tile
from portfolio.ui.texts import counted, listed, mid_sentence

NOT_KNOWN = "not known"
NOTHING_ON_RECORD = "nothing on record"
LADDER = ("committed", "contracted", "paid", "contracted-total", "incurred")
TILES = (
    "committed", "contracted", "paid", "incurred", "left-to-contract", "left-to-pay", "open-pre-financing",
    "recovered",
)  # fmt: skip
OF_DECISIONS = ("committed", "decommitted", "left-to-contract")
BY_YEAR = (
    "A decision stands in the year in which it was taken, a contract with its present amounts in the year of "
    "its signature, a payment in the year in which it was made, a cost in the year of its half-year."
)
WHOLE_DECISIONS = (
    "A commitment belongs to its decision, never to a single project: decisions are shown whole, also for "
    "what they finance beyond this choice."
)
NO_MORE_PAID = "nothing more will be paid of it, and it stays until it is decommitted."


def is_known(funds: PortfolioFunds) -> bool:
    """Whether any step from decision to cost is on record."""
    return any(funds.sums[name].cents is not None for name in LADDER)


def headline(funds: PortfolioFunds) -> str:
    """Where the money stands, and over which projects its rates are taken: not over those of each sum."""
    sums = funds.sums
    if not is_known(funds):
        return (
            f"No commitment, contract, payment or cost is on record for any of "
            f"{counted(len(funds.projects), 'project')}: where the money stands is not known. "
            f"Total budget as published: {format_known(sums['total-budget'])}."
        )
    spent = f"{_short(sums['incurred'])} incurred, all funders together"
    uncontracted, unpaid = _short(sums["left-to-contract"]), _short(sums["left-to-pay"])
    return (
        f"{_short(sums['contracted'])} of EU money is contracted and {_short(sums['paid'])} is paid; "
        f"implementers report {spent}. {uncontracted} is left to contract, {unpaid} left to pay."
        f"{_pooled_sentence(funds)}"
    )


def _short(total: KnownSum) -> str:
    return format_eur_short(total.cents, f"(an amount {NOT_KNOWN})")


def _pooled_sentence(funds: PortfolioFunds) -> str:
    """The pooled rates with the projects that they are taken over; "" where none is known."""
    rates = (
        (funds.payment_rate, "the contracted EU contribution is paid"),
        (funds.absorption, "the contracted total cost is incurred"),
    )
    said = [f"{spread_text(row.rate)} of {whole} ({_over(row)})" for row, whole in rates if row.rate.is_known]
    return f" Over the projects of which both amounts are known, {' and '.join(said)}." if said else ""


def _over(pooled: PooledRate) -> str:
    return f"{pooled.known:,} of {counted(pooled.of, 'project')}"


def spread_text(rate: Spread, unit: str = "share") -> str:
    """A rate, or its range: "52.5 %", "29.8 % to 63.0 %", "-12.4 points"; the word for unknown."""
    low, high = (
        value_words(value, "points" if unit == "points" else "share") for value in (rate.low, rate.high)
    )
    return low if low == high else f"{low} to {high}"


def money_tiles(funds: PortfolioFunds) -> list[Tile]:
    """The key figures, each with how much of it is known."""
    return [Tile(name, _tile_value(funds.sums[name]), _tile_note(name, funds)) for name in TILES]


def _tile_value(total: KnownSum) -> str:
    return format_eur_short(total.cents, NOT_KNOWN).removeprefix("EUR ")


def _tile_note(name: str, funds: PortfolioFunds) -> str:
    total = funds.sums[name]
    noun = "decision" if name in OF_DECISIONS else "project"
    return f"no {noun}s" if total.of == 0 else format_coverage(total, noun)


def beside_sentences(funds: PortfolioFunds) -> list[str]:
    """What stands beside the sums of EU money: released, from other funders, off-budget."""
    sums, found = funds.sums, []
    if sums["committed"].of:
        found.append(WHOLE_DECISIONS)
    if sums["decommitted"].cents:
        found.append(f"Decommitted again: {format_eur(sums['decommitted'].cents)}.")
    if sums["contracted-other"].cents is not None:
        other, whole = sums["contracted-other"], sums["contracted-total"]
        found.append(
            f"Other funders contribute {format_known(other)}; total cost by contract: {format_known(whole)}."
        )
    found += [_off_budget_sentence(row) for row in funds.off_budget]
    return found


def balance_sentences(funds: PortfolioFunds) -> list[str]:
    """What left to pay holds of closed projects, and of which projects it is not known, with the reason."""
    found = []
    for finally_paid, word, end in ((True, "with", f": {NO_MORE_PAID}"), (False, "without", ".")):
        closed = closed_balances(funds.projects, finally_paid=finally_paid)
        if closed.cents:
            found.append(
                f"{format_eur(closed.cents)} of what is left to pay belongs to "
                f"{counted(len(closed.projects), 'closed project')} {word} a final payment "
                f"({listed([*closed.projects])}){end}"
            )
    unknown = unknown_balances(funds.projects)
    said = [f"{listed(names)} ({reason})" for reason, names in unknown.items()]
    found += [f"Left to pay is not known for {listed(said)}."] if said else []
    return [*found, *_possible(funds)]


def _possible(funds: PortfolioFunds) -> list[str]:
    """The range of open pre-financing, where a clearing or payment may have happened by the day."""
    rows = [row.money for row in funds.projects if not row.off_budget]
    said = not_counted("open-pre-financing", rows, funds.sums["open-pre-financing"].cents)
    return [f"{indicator('open-pre-financing').label}: {said}."] if said else []


def _off_budget_sentence(row: ProjectFunds) -> str:
    """An off-budget project's money, which no sum of EU money holds."""
    money = row.money
    amounts = (
        ("contracted", contracted_eu(money)), ("paid", money.paid_cents),
        ("incurred", money.incurred_cents),
    )  # fmt: skip
    said = ", ".join(f"{name} {format_eur(cents, NOT_KNOWN)}" for name, cents in amounts)
    return (
        f"Off-budget, in no EU sum: {row.project.acronym} ({said}); its total cost and incurred cost are in "
        f"the sums of all funders."
    )


def off_budget_rows(funds: PortfolioFunds) -> str:
    """What the rows of off-budget projects are counted in; "" where there are none."""
    names = [row.project.acronym for row in funds.off_budget]
    if not names:
        return ""
    return (
        f"Off-budget, in no EU sum: {listed(names)}. Amounts and payment rate stand in the row alone, "
        f"and not in the sums of EU money or in the payment rate of several projects."
    )


def off_budget_decisions(funds: PortfolioFunds) -> str:
    """Which decisions are in no sum of decisions; "" where all are."""
    names = [row.decision.number for row in funds.decisions if row.off_budget]
    if not names:
        return ""
    return f"Off-budget, in no EU sum: {listed(names)}. Amounts and contracting rate stand in the row alone."


def division_sentence(division: Division, amount_id: str) -> str:
    """How the parts add up to the portfolio, every amount in full."""
    whole, added = division.totals[amount_id], division.added(amount_id)
    name, noun = indicator(amount_id).label, "decision" if amount_id in OF_DECISIONS else "project"
    by = mid_sentence(division.dimension.label)
    if whole.cents is None:
        return f"{name} by {by}: {NOT_KNOWN} for any of {counted(whole.of, noun)}."
    known = [group for group in division.groups if group.sums[amount_id].cents is not None]
    if not division.agrees(amount_id):
        return (
            f"{name} by {by}: the parts add up to {format_eur(added)} and not to {format_eur(whole.cents)}. "
            f"Run `python -m portfolio verify` and report it."
        )
    return (
        f"{name} by {by}: {counted(len(known), 'part')} add up to {format_eur(whole.cents)}, "
        f"{format_coverage(whole, noun)}."
    )


def reconciliation_sentence(funds: PortfolioFunds) -> str:
    """How receipts compare with transfers over the projects, and of how many nothing can be said."""
    rows = [row for row in funds.projects if not row.off_budget]
    agree = [row for row in rows if row.reconciliation.agreement == "agrees"]
    differ = [row for row in rows if row.reconciliation.agreement in ("less", "more")]
    unknown = len(rows) - len(agree) - len(differ)
    said = f"Receipts agree with transfers for {len(agree)} of {counted(len(rows), 'project')}"
    if differ:
        said += f", differ for {len(differ)} ({listed([row.project.acronym for row in differ])})"
    said += f", not known for {unknown}." if unknown else "."
    if unknown == len(rows):
        said = f"Receipts and transfers are not both known of any of {counted(len(rows), 'project')}."
    return f"{said} A receipt never changes what is paid; transfers are counted before recoveries."


def forecast_sentence(funds: PortfolioFunds) -> str:
    """Of how many running projects cost can be forecast, and which would go above their contract."""
    running = [row for row in funds.projects if row.status == "ongoing"]
    made = [row for row in running if row.forecast.is_known]
    above = [
        row.project.acronym
        for row in made
        if (total := contracted_total(row.money)) is not None and (row.forecast.low_cents or 0) > total
    ]
    said = f"A forecast can be made for {len(made)} of {counted(len(running), 'running project')}"
    if not made:
        return f"No forecast can be made for any of {counted(len(running), 'running project')}."
    if not above:
        return f"{said}; none is certain to go above its contracted total cost at that pace."
    verb = "goes" if len(above) == 1 else "go"
    pace = "at the pace of the last twelve months"
    return f"{said}; {pace} {listed(above)} {verb} above the contracted total cost."


def stamp(funds: PortfolioFunds) -> str:
    """The day and the revision that every figure of the screen is of."""
    return f"As at {date_label(funds.view.as_of.isoformat())}, revision {funds.view.portfolio.revision}."
