"""Results: indicators of a logframe, their values, and the trainings of the capacity ledger.

Numbers are integer millionths, so that 12.5 is 12_500_000; a percentage is kept in points.
"""

from typing import Annotated

from sqlalchemy import BigInteger, Index, UniqueConstraint, and_
from sqlmodel import Field

from portfolio.model.fields import (
    METADATA,
    MILLION,
    DateText,
    Key,
    LongText,
    Name,
    PartnerCode,
    PeriodText,
    Record,
    between,
    coded,
    date_checks,
    non_negative,
    one_of,
)

LEVELS = ("impact", "outcome", "output")
DIRECTIONS = ("up", "down", "keep")
AGGREGATIONS = ("sum", "latest", "none")
VALUE_STATUSES = ("draft", "submitted", "approved", "returned")
# A draft or a returned value counts nowhere.
COUNTED_STATUSES = ("submitted", "approved")
# Impact lies beyond what one project can be held to: it is shown, not judged.
JUDGED_LEVELS = ("outcome", "output")
SEXES = ("women", "men", "not-stated")
STAGES = ("delivered", "learned", "applied", "institutionalised")
VALUE_ID = ("indicator_key", "period", "partner_code", "sex")
PERCENT_UNIT = "%"
FIRST_YEAR, LAST_YEAR = 1900, 2999
HIGHEST_SCORE = 100 * MILLION


class IndicatorInput(Record):
    """An indicator of a project's logframe; the unit "%" marks a percentage.

    A qualitative one has texts as baseline and target, and no number. `library_code` names the entry of a
    common list of indicators that it was taken from.
    """

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    level: Annotated[str, coded("indicator_level")]
    statement: Name
    unit: Name | None = None
    direction: Annotated[str, coded("direction")] = "up"
    aggregation: Annotated[str, coded("aggregation")] = "none"
    library_code: Name | None = None
    baseline_millionths: int | None = Field(default=None, sa_type=BigInteger)
    baseline_year: int | None = Field(default=None, ge=FIRST_YEAR, le=LAST_YEAR)
    target_millionths: int | None = Field(default=None, sa_type=BigInteger)
    target_year: int | None = Field(default=None, ge=FIRST_YEAR, le=LAST_YEAR)
    baseline_text: LongText | None = None
    target_text: LongText | None = None
    verification: LongText | None = None
    position: int | None = Field(default=None, ge=1)


class Indicator(IndicatorInput, table=True):
    """Table of indicators."""

    __table_args__ = (
        one_of("level", LEVELS),
        one_of("direction", DIRECTIONS),
        one_of("aggregation", AGGREGATIONS),
        *between(FIRST_YEAR, LAST_YEAR, "baseline_year", "target_year"),
    )


class IndicatorValueInput(Record):
    """What is reported of an indicator for one half-year: of all, or of one partner or sex.

    Without a partner it stands for all partners together, without a sex for everybody. A percentage keeps
    what it was divided from; a qualitative indicator has `text` alone.
    """

    key: Key = Field(primary_key=True)
    indicator_key: Key = Field(foreign_key="indicator.key", index=True)
    period: PeriodText
    partner_code: PartnerCode | None = Field(default=None, max_length=3)
    sex: Annotated[str, coded("sex")] | None = None
    value_millionths: int | None = Field(default=None, sa_type=BigInteger)
    numerator_millionths: int | None = Field(default=None, sa_type=BigInteger, ge=0)
    denominator_millionths: int | None = Field(default=None, sa_type=BigInteger, ge=0)
    text: LongText | None = None
    status: Annotated[str, coded("value_status")] = "submitted"
    note: LongText | None = None


class IndicatorValue(IndicatorValueInput, table=True):
    """Table of the values of indicators."""

    __tablename__ = "indicator_value"
    __table_args__ = (
        UniqueConstraint(*VALUE_ID),
        *non_negative("numerator_millionths", "denominator_millionths"),
        one_of("sex", SEXES),
        one_of("status", VALUE_STATUSES),
    )


def _once_without(name: str, *unknown: str) -> None:
    """Nothing; of the values that leave `unknown` open there is one for the rest of the unique columns."""
    table = METADATA.tables["indicator_value"]
    kept = [table.c[column] for column in VALUE_ID if column not in unknown]
    where = and_(*(table.c[column].is_(None) for column in unknown))
    Index(f"uq_indicator_value_{name}", *kept, unique=True, sqlite_where=where, postgresql_where=where)


# A unique constraint takes two unknowns for different: a total could be kept twice.
_once_without("total", "partner_code", "sex")
_once_without("of_partner", "sex")
_once_without("of_sex", "partner_code")


class TrainingInput(Record):
    """A training or exercise, and how far what was taught has come. No trainee is named anywhere.

    Scores are points out of 100; `theme` is one of the pillars.
    """

    key: Key = Field(primary_key=True)
    project_key: Key = Field(foreign_key="project.key", index=True)
    title: Name
    kind: Annotated[str, coded("training_kind")]
    held_on: DateText
    ended_on: DateText | None = None
    place: Name | None = None
    partner_code: PartnerCode | None = Field(default=None, max_length=3)
    theme: Annotated[str, coded("pillar")] | None = None
    institutions: LongText | None = None
    institutions_count: int | None = Field(default=None, ge=0, le=MILLION)
    women: int | None = Field(default=None, ge=0, le=MILLION)
    men: int | None = Field(default=None, ge=0, le=MILLION)
    not_stated: int | None = Field(default=None, ge=0, le=MILLION)
    score_before_millionths: int | None = Field(default=None, sa_type=BigInteger, ge=0, le=HIGHEST_SCORE)
    score_after_millionths: int | None = Field(default=None, sa_type=BigInteger, ge=0, le=HIGHEST_SCORE)
    follow_up_on: DateText | None = None
    stage: Annotated[str, coded("training_stage")] = "delivered"
    used_in_case: LongText | None = None
    note: LongText | None = None


class Training(TrainingInput, table=True):
    """Table of trainings."""

    __table_args__ = (
        *date_checks("held_on", "ended_on", "follow_up_on"),
        *between(0, MILLION, "institutions_count", "women", "men", "not_stated"),
        *between(0, HIGHEST_SCORE, "score_before_millionths", "score_after_millionths"),
        one_of("stage", STAGES),
    )
