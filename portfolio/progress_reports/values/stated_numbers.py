"""Numbers as fields keep them: in parts of their unit, within their limits, rounded with notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from portfolio.model.fields import MILLION
from portfolio.money import format_eur
from portfolio.progress_reports.fields.columns import ERASING_WORDS, FieldSpec
from portfolio.progress_reports.values.parsed import Issue, Parsed, bad, good, replacements

LARGEST_CENTS = 100_000_000_000_000
LARGEST_MILLIONTHS = 1_000_000_000_000_000
WHAT = {"amount": "an amount", "number": "a number", "percent": "a percentage", "count": "a whole number"}

_HOW = {
    "amount": "Write the amount in EUR with digits only",
    "number": "Write it with digits only",
    "percent": "Write it with the sign",
    "count": "Write a whole number with digits only",
}
_EXAMPLES = {"amount": "12500.50", "number": "1250.5", "percent": "12.5 %", "count": "12"}
# Of fields with a scale, such as a score of 100 or a likelihood of 5.
_SMALL_EXAMPLES = _EXAMPLES | {"number": "62.5", "count": "3"}
_EXAMPLE_FROM = {"number": 1_251 * MILLION, "count": 12}


@dataclass(frozen=True)
class Unit:
    """How a kind of number is kept: in how many parts of one, at most how much, and how it is quoted."""

    parts: int
    largest: int
    why: str
    quoted: Callable[[int], str]
    decimals: str


def format_millionths(value: int) -> str:
    """A measured value as a sentence quotes it: 1,250.5."""
    return f"{(Decimal(value) / MILLION).normalize():,f}"


def format_points(value: int) -> str:
    """A percentage as a sentence quotes it: 12.5 %."""
    return f"{format_millionths(value)} %"


AMOUNT = Unit(100, LARGEST_CENTS, "larger than any budget", format_eur, "two decimals")
NUMBER = Unit(MILLION, LARGEST_MILLIONTHS, "too large to be kept", format_millionths, "six decimals")
PERCENT = Unit(MILLION, LARGEST_MILLIONTHS, "too large to be kept", format_points, "six decimals")
COUNT = Unit(1, LARGEST_MILLIONTHS // MILLION, "too large to be kept", "{:,}".format, "digits")


@dataclass(frozen=True)
class StatedNumber:
    """A number as a cell states it, in the unit of its field, and what was noticed while it was read."""

    amount: Decimal
    is_text: bool
    notes: tuple[Issue, ...] = ()


def kept(spec: FieldSpec, stated: StatedNumber, unit: Unit) -> Parsed:
    """The number in the form in which it is stored, if the field can have it."""
    amount = stated.amount
    if abs(amount) * unit.parts > unit.largest:
        return bad("NUM_OUT_OF_RANGE", _range(spec, unit), why=unit.why)
    whole = int((amount * unit.parts).to_integral_value(ROUND_HALF_UP))
    if spec.minimum is not None and whole < spec.minimum:
        return bad("NUM_OUT_OF_RANGE", _range(spec, unit), why=f"below {_limit(unit, spec.minimum)}")
    if spec.maximum is not None and whole > spec.maximum:
        return bad("NUM_OUT_OF_RANGE", _range(spec, unit), why=f"above {_limit(unit, spec.maximum)}")
    is_rounded = amount * unit.parts != whole
    if not (is_rounded or stated.is_text or stated.notes):
        return good(whole)
    read = {"read": unit.quoted(whole)}
    notes = (replace(note, facts={**note.facts, **read}) for note in stated.notes)
    if stated.is_text and not is_rounded:
        return good(whole, "NUM_CLEANED", **read).noting(*notes)
    # Where the format shows fewer decimals as well, that it does so says everything.
    is_shown = any(note.code.startswith("FORMAT") for note in stated.notes)
    if is_rounded and not is_shown:
        return good(whole, "NUM_SCALE", decimals=unit.decimals, **read).noting(*notes)
    return good(whole).noting(*notes)


def none_or_zero(spec: FieldSpec) -> Parsed:
    """The question whether a word such as "nil" is the number 0 or says that nothing is known."""
    can_be_zero = (spec.minimum or 0) <= 0
    offers = replacements(("0",) if can_be_zero else ())
    if spec.may_be_cleared:
        offers += replacements((ERASING_WORDS[0].upper(),), "Write {}: the value is not known")
    return bad("NUM_WORD_FOR_NONE", None, offers)


def _limit(unit: Unit, value: int) -> str:
    return unit.quoted(value) if value else "0"


def _range(spec: FieldSpec, unit: Unit) -> str:
    if spec.kind == "amount":
        erased = " An amount that was reported by mistake is erased with CLEAR."
        return f"Write an amount in EUR of at least 0.{erased if spec.may_be_cleared else ''}"
    least = "" if spec.minimum is None else f" of at least {_limit(unit, spec.minimum)}"
    most = (
        "" if spec.maximum is None else f"{' and' if least else ' of'} at most {_limit(unit, spec.maximum)}"
    )
    return f"Write {WHAT[spec.kind]}{least}{most}."


def how_to_write(spec: FieldSpec) -> str:
    """How a number is written for a field, with an example that it can have."""
    is_small = spec.maximum is not None and spec.maximum < _EXAMPLE_FROM.get(spec.kind, 0)
    example = (_SMALL_EXAMPLES if is_small else _EXAMPLES)[spec.kind]
    unknown = "" if spec.required else ", or leave it empty if it is not known"
    return f"{_HOW[spec.kind]}, such as {example}{unknown}."
