"""What the number format of a cell says about the number in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_EURO = re.compile(r"€|\beuros?\b|\beur\b", re.IGNORECASE)
_CURRENCY = re.compile(
    r"[$£¥₺₴₪₾֏₼₽₹]|\b(?:usd|gbp|chf|bam|rsd|mkd|try|uah|gel|amd|azn|mdl|byn|dzd|egp|ils|jod|lbp|lyd|mad|syp"
    r"|tnd|lek|km|kr|sek|nok|dkk|pln|zł|kč|czk|ft|huf|lei|ron|лв|bgn|дин|ден|грн)\b",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"\b(?:k|tsd\.?|thousands?|milliers?)(?=\b|\W|$|€|eur)", re.IGNORECASE)
_MILLIONS = re.compile(r"\b(?:m|mn|mln|mio\.?|millions?)(?=\b|\W|$|€|eur)", re.IGNORECASE)
_SYMBOL = re.compile(r"\[\$([^\-\]]*)[^\]]*\]")
_WORDS = re.compile(r'"([^"]*)"|\\(.)')
_NOT_DIGITS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.([#0?]*))?(,*)")

_OPEN = re.compile(r"[E/dmyhs]", re.IGNORECASE)  # powers of ten, fractions, dates


@dataclass(frozen=True)
class NumberFormat:
    """A number format taken apart.

    `currency` is one other than the euro, "" for none. `shown_in` is what the shown number counts: 1000
    where the format drops three digits. `unit` is what its words count: 1000 for "k€". `decimals` are shown
    at most, None where the format leaves that open.
    """

    is_percent: bool = False
    currency: str = ""
    shown_in: int = 1
    unit: int = 1
    decimals: int | None = None


PLAIN_FORMAT = NumberFormat()


@lru_cache(maxsize=2048)
def number_format(code: str) -> NumberFormat:
    """What the code of a format says, such as '#,##0.00 "€"'.

    >>> number_format('#,##0, "k€"').shown_in, number_format('0.0%').is_percent
    (1000, True)
    """
    if code in ("General", "@", ""):
        return PLAIN_FORMAT
    first = code.split(";")[0]
    words = " ".join(
        [match[1] for match in _SYMBOL.finditer(first)]
        + ["".join(match[1] or match[2] or "" for match in _WORDS.finditer(first))]
    )
    digits = _NOT_DIGITS.sub("", first)
    shape = _DIGITS.search(digits)
    whole = digits[: shape.end()] if shape else ""
    trailing = len(whole) - len(whole.rstrip(","))
    return NumberFormat(
        is_percent="%" in digits,
        currency=_currency(f"{words} {digits}"),
        shown_in=1_000**trailing,
        unit=1_000 if _THOUSANDS.search(words) else 1_000_000 if _MILLIONS.search(words) else 1,
        decimals=len(shape[1] or "") if shape and not _OPEN.search(digits) else None,
    )


@lru_cache(maxsize=256)
def shown_part_of_date(code: str) -> int:
    """How many characters of 2027-05-03 the format of a date shows: 7 where it leaves out the day.

    >>> shown_part_of_date("mmm yyyy"), shown_part_of_date("yyyy"), shown_part_of_date("dd/mm/yyyy")
    (7, 4, 10)
    """
    signs = _NOT_DIGITS.sub("", code.split(";")[0]).casefold()
    if "y" not in signs or "d" in signs:
        return 10
    return 7 if "m" in signs else 4


def _currency(words: str) -> str:
    other = _CURRENCY.search(_EURO.sub("", words))
    return other[0] if other else ""
