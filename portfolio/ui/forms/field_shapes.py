"""The shape of what a form asks for: a field, a table of them, and the ways to make the common ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "text", "long", "date", "choice", "amount", "share", "count", "number", "flag",
    "partner", "region", "period", "contract", "decision", "organisation", "source", "target",
    "indicator", "risk", "evaluation", "grade", "library",
]  # fmt: skip
# What is chosen from a list rather than typed.
CHOSEN: frozenset[Kind] = frozenset(
    (
        "choice", "partner", "region", "contract", "decision", "organisation", "source", "target",
        "indicator", "risk", "evaluation", "grade", "library",
    )
)  # fmt: skip
DATE_TIP = "As exact as it is known: 2024, 2024-06 or 2024-06-18."
_AMOUNT = "In EUR, such as 1 250 000 or 1.250.000,00. Empty if it is not known."
PERIOD_TIP = "Such as 2026-S1."
_MOST_COUNTED = 1_000_000
SHARE_TIP = "In per cent, such as 33.3333. All rows together 100, or all empty."


@dataclass(frozen=True)
class FormField:
    """One field of a form; `name` is the column that it fills, `tip` says what to enter, with an example.

    `default` is what a new row holds before anybody has chosen; `least` and `most` bound a count or a number.
    A grade is a code of a list that is kept as a whole number.
    """

    name: str
    label: str
    kind: Kind = "text"
    vocabulary: str = ""
    tip: str = ""
    required: bool = False
    width: int = 130
    longest: int = 1000
    default: str | None = None
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class RecordTable:
    """A table editor: one record a row, under its heading; `noun` names one of them in a sentence.

    `rows` says whether rows may be added and taken out ("dynamic"), only added ("add": other projects may
    rely on them) or neither; `parent` is the column that holds the project's key, if it has one.
    """

    entity: str
    heading: str
    noun: str
    guidance: str
    fields: tuple[FormField, ...]
    rows: Literal["dynamic", "add", "fixed"] = "dynamic"
    parent: str | None = "project_key"

    def field(self, name: str) -> FormField | None:
        """One of its fields, None if it does not show the column."""
        return next((field for field in self.fields if field.name == name), None)


def date_field(name: str, label: str, *, required: bool = False, width: int = 105) -> FormField:
    """A date of any precision."""
    return FormField(name, label, "date", tip=DATE_TIP, width=width, required=required)


def amount_field(name: str, label: str, *, required: bool = False, width: int = 125) -> FormField:
    """An amount in EUR."""
    return FormField(name, f"{label} (EUR)", "amount", tip=_AMOUNT, width=width, required=required)


def choice_field(
    name: str,
    label: str,
    vocabulary: str,
    *,
    required: bool = False,
    width: int = 150,
    default: str | None = None,
) -> FormField:
    """An entry of a code list."""
    return FormField(name, label, "choice", vocabulary, required=required, width=width, default=default)


def long_field(
    name: str, label: str, tip: str = "", width: int = 260, *, required: bool = False
) -> FormField:
    """A text of several sentences."""
    return FormField(name, label, "long", tip=tip, width=width, longest=32_767, required=required)


def whole_field(
    name: str,
    label: str,
    least: int,
    most: int = _MOST_COUNTED,
    *,
    tip: str = "",
    required: bool = False,
    width: int = 75,
) -> FormField:
    """A whole number within bounds."""
    return FormField(name, label, "count", tip=tip, required=required, width=width, least=least, most=most)


def year_field(name: str, label: str) -> FormField:
    """A year."""
    return whole_field(name, label, 1900, 2999, tip="Such as 2027.", width=125)


def number_field(
    name: str, label: str, tip: str, *, least: int | None = None, most: int | None = None, width: int = 95
) -> FormField:
    """A number with up to six decimals, kept in millionths; bounds are in units."""
    return FormField(name, label, "number", tip=tip, width=width, least=least, most=most)


def grade_field(name: str, label: str, vocabulary: str, *, width: int = 150) -> FormField:
    """An entry of a code list whose codes are whole numbers."""
    return FormField(name, label, "grade", vocabulary, required=True, width=width)
