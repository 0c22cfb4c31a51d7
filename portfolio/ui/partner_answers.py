"""What the partner screen answers first: headline, key figures, suspensions and estimates."""

from __future__ import annotations

from collections.abc import Iterable

from portfolio.dates import date_label
from portfolio.indicators import ESTIMATED
from portfolio.model.rows import ProjectRow
from portfolio.money import format_coverage, format_eur
from portfolio.partners import partner_name
from portfolio.services.partner_profiles import PartnerMoney, PartnerProfile, PartnerShare
from portfolio.ui.figure_links import Tile
from portfolio.ui.partner_words import suspended_words
from portfolio.ui.texts import counted, listed

MONEY = ("budget-split", "eu-split", "paid-split", "incurred-split")


def headline(found: PartnerProfile) -> str:
    """How many projects are active or suspended, and what the partner's part of their money is."""
    name, money = partner_name(found.code), found.money["budget-split"]
    if not found.shares:
        return f"No project of this choice is known to be active in {name}."
    text = _projects(found, name)
    if money.total.cents is None:
        return f"{text} Its part of their total budgets is not known."
    part = f"{whole_euros(money.total.cents)}, {format_coverage(money.total)}"
    return f"{text} Its part of their total budgets is {part}{_counts_suspended(found)}."


def whole_euros(cents: int) -> str:
    """An amount in whole euros: a split makes cents that nobody has stated."""
    return format_eur((abs(cents) + 50) // 100 * (100 if cents >= 0 else -100))


def suspended_shares(found: PartnerProfile) -> list[PartnerShare]:
    """The projects that have suspended the partner."""
    return [share for share in found.shares if share.row.is_suspended]


def _projects(found: PartnerProfile, name: str) -> str:
    suspended, number = suspended_shares(found), counted(len(found.shares), "project")
    since = {suspended_words(share) for share in suspended}
    if suspended and len(suspended) == len(found.shares) and len(since) == 1:
        return f"{number} in {name}, {since.pop()}."
    text = f"{number} active in {name}, {len(found.running)} running"
    if suspended:
        each = listed([f"{share.project.acronym} {suspended_words(share)}" for share in suspended])
        return f"{text}; the partner is suspended in {len(suspended)} of them: {each}."
    return f"{text}."


def _counts_suspended(found: PartnerProfile) -> str:
    return "; suspended projects are counted in it" if suspended_shares(found) else ""


def estimate_sentence(found: PartnerProfile) -> str | None:
    """How much of the partner's part is an estimate; None where nothing is."""
    estimated = [share.project.acronym for share in found.shares if share.basis == "equal"]
    if not estimated:
        return None
    cents = found.money["budget-split"].estimated_cents
    return (
        f"{whole_euros(cents)} of the total budget is {ESTIMATED}, because {listed(estimated)} "
        f"{'declares' if len(estimated) == 1 else 'declare'} no shares."
    )


def tiles(found: PartnerProfile) -> list[Tile]:
    """The counts and the partner's part of the four amounts."""
    number = len(suspended_shares(found))
    suspended = f"{number} suspended" if number else "none suspended"
    running = suspended if number else f"on {date_label(found.as_of.isoformat())}"
    return [
        Tile("projects-active", f"{len(found.shares)}", suspended),
        Tile("projects-running", f"{len(found.running)}", running),
        *(_money_tile(figure, found.money[figure], number) for figure in MONEY),
    ]


def _money_tile(figure_id: str, money: PartnerMoney, suspended: int) -> Tile:
    known = f"{money.total.known} of {money.total.of} known" if money.total.of else "no project"
    said = [known, *(["estimated"] if money.estimated_cents else [])]
    said += [f"{suspended} suspended"] if suspended and money.total.of else []
    cents = money.total.cents
    amount = "not known" if cents is None else whole_euros(cents).removeprefix("EUR ")
    return Tile(figure_id, amount, ", ".join(said))


def choice_label(name: str, code: str, projects: Iterable[ProjectRow]) -> str:
    """A partner with how many projects name it, and how many of those have suspended it."""
    own = [row for project in projects for row in project.participations if row.partner_code == code]
    suspended = sum(row.is_suspended for row in own)
    if not suspended:
        return f"{name} ({len(own)})"
    return f"{name} ({len(own)}, {'' if suspended == len(own) else f'{suspended} '}suspended)"
