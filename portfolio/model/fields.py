"""Field types that validate input, and the constraints that repeat their rules in the database."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from sqlalchemy import CheckConstraint, MetaData
from sqlmodel import SQLModel

from portfolio.dates import HalfYear, PartialDate, check_date_text
from portfolio.numbers import MILLION as MILLION
from portfolio.partners import regions
from portfolio.vocabulary import codes

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING
METADATA: MetaData = SQLModel.metadata


class Record(SQLModel):
    """Input shape of every record: unknown fields are refused, texts are kept as typed."""

    model_config = {"extra": "forbid"}


def coded(vocabulary: str) -> AfterValidator:
    """The rule that a text is a code of the named list in data/vocabulary."""

    def check(code: str) -> str:
        if code not in codes(vocabulary):
            raise ValueError(f"'{code}' is not in the list '{vocabulary}' ({', '.join(codes(vocabulary))}).")
        return code

    return AfterValidator(check)


def _check_period(text: str) -> str:
    return str(HalfYear.parse(text))


def _check_partner(code: str) -> str:
    # Partners outside data/vocabulary are allowed: a global project may reach any country.
    if len(code) != 3 or not code.isascii() or not code.isupper():
        raise ValueError(f"'{code}' is not an ISO alpha-3 code such as ALB (Kosovo* is XKX).")
    return code


def _check_region(region: str) -> str:
    if region not in regions():
        raise ValueError(f"'{region}' is not a region ({', '.join(regions())}).")
    return region


def _check_text(text: str) -> str:
    # PostgreSQL cannot store U+0000; refusing it on both engines keeps them alike.
    if "\x00" in text:
        raise ValueError("The text holds a NUL character, which cannot be stored. Delete it.")
    return text


def _check_day(text: str) -> str:
    day = PartialDate.parse(text)
    if not day.is_day:
        raise ValueError(f"'{text}' is not a whole day. Write it as 2026-11-23.")
    return str(day)


Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9@+][^\s]*$", max_length=200)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=1000), AfterValidator(_check_text)]
LongText = Annotated[str, StringConstraints(max_length=32_767), AfterValidator(_check_text)]
DateText = Annotated[str, AfterValidator(check_date_text)]
DayText = Annotated[str, AfterValidator(_check_day)]
PeriodText = Annotated[str, AfterValidator(_check_period)]
RegionId = Annotated[str, AfterValidator(_check_region)]
PartnerCode = Annotated[str, AfterValidator(_check_partner)]


def date_check(column: str) -> CheckConstraint:
    """A reduced ISO date, or NULL: by its length, and digits before letters in every collation."""
    shapes = " OR ".join(f"\"{column}\" LIKE '{shape}'" for shape in ("____", "____-__", "____-__-__"))
    rule = f'"{column}" IS NULL OR ("{column}" <= \'9999-12-31\' AND ({shapes}))'
    return CheckConstraint(rule, name=f"{column}_date")


def date_checks(*columns: str) -> tuple[CheckConstraint, ...]:
    """One `date_check` per column."""
    return tuple(date_check(column) for column in columns)


def later_check(later: str, earlier: str) -> CheckConstraint:
    """Two whole days of which one comes after the other."""
    rule = f"{earlier} LIKE '____-__-__' AND {later} LIKE '____-__-__' AND {later} > {earlier}"
    return CheckConstraint(rule, name=f"{later}_later")


def non_negative(*columns: str) -> tuple[CheckConstraint, ...]:
    """Amounts and counts of 0 or more, or NULL."""
    return tuple(CheckConstraint(f"{column} >= 0", name=f"{column}_not_negative") for column in columns)


def share_check(column: str = "share_millionths") -> CheckConstraint:
    """A share between nothing and everything, or NULL."""
    return CheckConstraint(f"{column} BETWEEN 0 AND {MILLION}", name=f"{column}_range")


def between(first: int, last: int, *columns: str) -> tuple[CheckConstraint, ...]:
    """Numbers from `first` to `last`, or NULL."""
    return tuple(
        CheckConstraint(f"{column} BETWEEN {first} AND {last}", name=f"{column}_range") for column in columns
    )


def one_of(column: str, allowed: Iterable[str]) -> CheckConstraint:
    """One of the codes that the program itself depends on."""
    listed = ", ".join(f"'{code}'" for code in allowed)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_code")
