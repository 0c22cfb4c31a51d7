"""Money as integer cents: sums that say how much they know, splits that lose no cent, one way of writing.

SQLite keeps `Decimal` as a float, so amounts are integers everywhere; EUR only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from portfolio.numbers import counted


@dataclass(frozen=True)
class KnownSum:
    """A total that says how many of its parts are known.

    Units: integer EUR cents. `cents` is None when no part is known: an unknown total is not zero.
    """

    cents: int | None
    known: int
    of: int

    @classmethod
    def over(cls, amounts: Iterable[int | None]) -> KnownSum:
        """The sum of the known amounts among `amounts`."""
        listed = list(amounts)
        known = [amount for amount in listed if amount is not None]
        return cls(sum(known) if known else None, len(known), len(listed))


def split_largest_remainder(amount_cents: int, weights: Sequence[int]) -> list[int]:
    """`amount_cents` divided in proportion to `weights`, adding up to it exactly.

    Units:  integer EUR cents.
    Shape:  one part per weight, in their order; of equal remainders the earlier part gets the cent.
    Raises: ValueError if there is no weight above 0 or one is negative.
    Source: domain.md, "Many partners, one budget" (largest-remainder rounding to the cent).
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError("A split needs weights of 0 or more, of which one is above 0.")
    parts = [amount_cents * weight // total for weight in weights]
    remainders = [amount_cents * weight % total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda position: (-remainders[position], position))
    for position in by_remainder[: amount_cents - sum(parts)]:
        parts[position] += 1
    return parts


def cents_from_eur(text: str | int | float | Decimal) -> int:
    """Integer cents of an amount in euro.

    Raises: ValueError if the amount is not a number or has more than two decimals.
    """
    try:
        cents = Decimal(str(text)) * 100
    except InvalidOperation:
        raise ValueError(f"'{text}' is not an amount.") from None
    if cents != cents.to_integral_value():
        raise ValueError(f"'{text}' has more than two decimals.")
    return int(cents)


def format_eur(cents: int | None, unknown: str = "not stated") -> str:
    """An amount in full: "EUR 5,005,000", with cents only where there are any."""
    if cents is None:
        return unknown
    sign, amount = ("-", -cents) if cents < 0 else ("", cents)
    whole, rest = divmod(amount, 100)
    return f"{sign}EUR {whole:,}" + (f".{rest:02}" if rest else "")


def format_eur_short(cents: int | None, unknown: str = "not stated") -> str:
    """An amount for a headline: "EUR 64.1 million", "EUR 894,000"; halves are rounded away from zero."""
    if cents is None:
        return unknown
    sign, amount = ("-", -cents) if cents < 0 else ("", cents)
    euro = (amount + 50) // 100
    if euro < 1_000_000:
        return f"{sign if euro else ''}EUR {euro:,}"
    millions, tenths = divmod((amount + 5_000_000) // 10_000_000, 10)
    return f"{sign}EUR {millions:,}.{tenths} million"


def format_known(total: KnownSum, noun: str = "project", unknown: str = "not stated") -> str:
    """A total with what it knows: "EUR 64.1 million, known for 20 of 26 projects"."""
    if total.of == 0:
        return f"no {noun}s"
    if total.cents is None:
        return f"{unknown} for any of {counted(total.of, noun)}"
    return f"{format_eur_short(total.cents)}, {format_coverage(total, noun)}"


def format_coverage(total: KnownSum, noun: str = "project") -> str:
    """How much of a total is known: "known for 20 of 26 projects", "known for 1 of 1 project"."""
    return f"known for {total.known:,} of {counted(total.of, noun)}"


def format_share(part: int | None, whole: int | None, unknown: str = "not known") -> str:
    """A rate as a percentage with one decimal; nothing to divide by gives the word for unknown."""
    if part is None or not whole:
        return unknown
    return f"{100 * part / whole:.1f} %"
