"""What a partner brief says first: what runs, whose money it is, what needs attention and what comes next."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from portfolio.dates import date_label
from portfolio.indicators import ESTIMATED
from portfolio.model.rows import ProjectRow
from portfolio.money import KnownSum, format_coverage, format_eur
from portfolio.numbers import counted
from portfolio.partners import region_name, region_of
from portfolio.services.geography import by_region
from portfolio.services.partner_profiles import PartnerMoney, PartnerShare, partner_money
from portfolio.services.signals import Signal
from portfolio.services.statuses import project_status
from portfolio.summaries.page_agendas import AHEAD_DAYS, Item, next_item, when_words
from portfolio.summaries.page_budgets import shortened
from portfolio.summaries.scopes import Subject

_MOST_NAMES, _NAME = 6, 60
_SAID_BY_SENTENCE = ("contractual-milestone-late", "milestone-late")
# The basis of a split as a sentence runs on: "estimated by equal split".
_BY_EQUAL_SPLIT = ESTIMATED.replace(": ", " by ")


def named(projects: Sequence[str], most: int = _MOST_NAMES) -> str:
    """Names in a sentence: "A, B and C", "A, B and 3 more"."""
    names = [shortened(name, _NAME) for name in projects]
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def whole_euro(cents: int) -> str:
    """An amount in whole euro, rounded as tables round it: a split makes cents that nobody has stated."""
    euro = (abs(cents) + 50) // 100
    return format_eur(-euro * 100 if cents < 0 else euro * 100)


def findings(subject: Subject, shares: Sequence[PartnerShare], items: Sequence[Item]) -> str:
    """The findings in one paragraph: what runs, the partner's part, what needs attention, what comes next."""
    if not shares:
        # A filter may hide the projects that are on record.
        hidden = any(subject.scope.id in project.partner_codes for project in subject.view.everything)
        which = "of this choice" if hidden else "on record"
        return f"No project {which} is known to be active in {subject.name}. {_neighbours(subject)}"
    said = (_running(subject, shares), _money(shares), _attention(subject), _next(items, subject.view.as_of))
    return " ".join(filter(None, said))


def _neighbours(subject: Subject) -> str:
    """What runs in the partner's region, of which the partner is no part."""
    region = region_of(subject.scope.id)
    places = {place.code: place for place in by_region(subject.view.everything, subject.view.as_of)}
    keys = places[region].projects if region in places else ()
    inside = [project for project in subject.view.everything if project.key in keys]
    named_ones = [row.acronym for row in inside if project_status(row, subject.view.as_of) == "ongoing"]
    if not named_ones:
        return f"No project of the portfolio is known to run in its region ({region_name(region)})."
    verb = "runs" if len(named_ones) == 1 else "run"
    number = counted(len(named_ones), "project")
    return f"Elsewhere in its region ({region_name(region)}) {number} {verb}: {named(named_ones)}."


def _running(subject: Subject, shares: Sequence[PartnerShare]) -> str:
    statuses = Counter[str](share.row.status for share in shares)
    words = (("ongoing", "ongoing"), ("planned", "planned"), ("closed", "closed"))
    parts = [f"{statuses[status]} {word}" for status, word in words if statuses[status]]
    parts += [f"{statuses['unknown']} of unknown status"] if statuses["unknown"] else []
    number = len(shares)
    verb = "names" if number == 1 else "name"
    return f"{counted(number, 'project')} {verb} {subject.name} as a partner: {', '.join(parts)}."


def _money(shares: Sequence[PartnerShare]) -> str:
    money = partner_money(shares)
    budget, eu = money["budget-split"], money["eu-split"]
    if budget.total.cents is None:
        return f"Its part of {_budgets(shares)} is not known."
    said = f"Its part of {_budgets(shares)} is {_amount(budget)}{_basis(shares, budget)}"
    if eu.total.cents is None:
        return f"{said}."
    return f"{said}; of the EU {_contributions(shares)}, {_amount(eu)}."


def _budgets(shares: Sequence[PartnerShare]) -> str:
    return "its total budget" if len(shares) == 1 else "their total budgets"


def _contributions(shares: Sequence[PartnerShare]) -> str:
    return "contribution" if len(shares) == 1 else "contributions"


def _amount(money: PartnerMoney) -> str:
    total: KnownSum = money.total
    return "not known" if total.cents is None else f"{whole_euro(total.cents)} ({format_coverage(total)})"


def _basis(shares: Sequence[PartnerShare], money: PartnerMoney) -> str:
    if not money.estimated_cents:
        return ""
    if money.estimated_cents == money.total.cents:
        return f", all of it {_BY_EQUAL_SPLIT}"
    return f", of which {whole_euro(money.estimated_cents)} is {_BY_EQUAL_SPLIT}"


def _attention(subject: Subject) -> str:
    """What is red or amber by health, and the most urgent signal."""
    health, names = subject.monitoring.health, subject.view.names
    running = [row for row in health.values() if row.is_running]
    by_colour = {
        colour: [names[row.project_key] for row in running if row.state == colour]
        for colour in ("red", "amber", "grey")
    }
    if not running:
        one = len(health) == 1
        return f"{'It does not run' if one else 'None of them runs'} by what is known, so health is not told."
    if len(by_colour["grey"]) == len(running):
        one = len(running) == 1
        return f"The health of {'the ongoing one is not' if one else 'none of the ongoing ones is'} known."
    return _coloured(by_colour["red"], by_colour["amber"])


def _coloured(red: Sequence[str], amber: Sequence[str]) -> str:
    """Which projects are red and amber: "A is red, B and C amber"."""
    said: list[str] = []
    for colour, names in (("red", red), ("amber", amber)):
        if names:
            verb = "" if said else (" is" if len(names) == 1 else " are")
            said.append(f"{named(names)}{verb} {colour}")
    return f"Needs attention now: {', '.join(said)}." if said else "No ongoing project is red or amber."


def _next(items: Sequence[Item], as_of: dt.date) -> str:
    late = sum(item.is_late for item in items)
    one, more = "item is late or forecast to be late", "items are late or forecast to be late"
    said = counted(late, one, more) if late else "Nothing is known to be late"
    first = next_item(items, as_of)
    if first is None:
        return f"{said}, and nothing is recorded to fall due within {AHEAD_DAYS} days."
    project = f" of {shortened(first.project, _NAME)}" if first.project else ""
    return f"{said}; next comes {shortened(first.what, 90)}{project} ({when_words(first.when)})."


def suspensions(subject: Subject, shares: Sequence[PartnerShare]) -> Iterator[str]:
    """Which projects have suspended the partner, and since when."""
    found = [share for share in shares if share.row.is_suspended]
    if found:
        each = ", ".join(
            f"{shortened(share.project.acronym, _NAME)} since {date_label(share.row.suspended_since)}"
            for share in found
        )
        yield (
            f"Cooperation with {subject.name} is suspended in {each}. Its part of the amounts is counted all "
            "the same."
        )


def unlisted(subject: Subject) -> Iterator[str]:
    """Which projects may be active in the partner and publish no list of their partners, in a sentence."""
    found = unlisted_projects(subject)
    if found:
        names = named([row.acronym for row in found], 12)
        yield (
            f"May be active in {subject.name} as well, and counted nowhere here, because they publish no "
            f"list of their partners in the region: {names}."
        )


def unlisted_projects(subject: Subject) -> list[ProjectRow]:
    """The projects of the partner's region that publish no list of their partners."""
    region = region_of(subject.scope.id)
    return [row for row in subject.view.everything if not row.participations and region in row.regions]


def signals_sentence(signals: Sequence[Signal]) -> str:
    """The most urgent signal in its own words; "" where nothing is raised."""
    urgent = [signal for signal in signals if signal.severity != "info"]
    # Suspended cooperation has a sentence of its own.
    told = next((signal for signal in urgent if signal.code != "suspended-partner"), None)
    if told is None:
        return ""
    more = f" {counted(len(urgent) - 1, 'more signal')}: sheet Attention." if len(urgent) > 1 else ""
    # Of a milestone the sentence itself begins with what the title says.
    title = "" if told.code in _SAID_BY_SENTENCE else f"{told.title}: "
    return f"{title}{told.sentence}{more}"
