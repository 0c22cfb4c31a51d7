"""Numbers as people read them: counted things, and what is kept as integer millionths."""

from __future__ import annotations

MILLION = 1_000_000


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: "1 project", "26 projects"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def of_one(plural: str) -> str:
    """The unit of 1, of a unit that the tracker itself words as a plural.

    >>> of_one("attendances"), of_one("entries"), of_one("points of 100")
    ('attendance', 'entry', 'point of 100')
    """
    head, of, rest = plural.partition(" of ")
    one = f"{head.removesuffix('ies')}y" if head.endswith("ies") else head.removesuffix("s")
    return f"{one}{of}{rest}"


def format_number(millionths: int | None, unit: str | None = None, unknown: str = "not stated") -> str:
    """A number with its unit; the word for unknown where there is none.

    A unit is a word in the plural as somebody typed it, so that beside 1 it stands in brackets.

    >>> format_number(1_234_500_000), format_number(12_500_000, "%"), format_number(-250_000)
    ('1,234.5', '12.5 %', '-0.25')
    >>> format_number(2_000_000, "teams"), format_number(1_000_000, "teams"), format_number(1_000_000, "%")
    ('2 teams', '1 (teams)', '1 %')
    """
    if millionths is None:
        return unknown
    whole, rest = divmod(abs(millionths), MILLION)
    decimals = f".{rest:06d}".rstrip("0") if rest else ""
    number = f"{'-' if millionths < 0 else ''}{whole:,}{decimals}"
    if not unit:
        return number
    return f"{number} ({unit})" if abs(millionths) == MILLION and _is_plural(unit) else f"{number} {unit}"


def _is_plural(unit: str) -> bool:
    # "people" is one as well; "%" and "EUR million" are right for 1.
    return unit.islower() or unit.endswith("s")
