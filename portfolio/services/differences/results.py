"""Values of indicators that moved: the last one that counts on either date."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from portfolio.model.changes import RecordId
from portfolio.model.result_rows import IndicatorRow
from portfolio.model.results import PERCENT_UNIT
from portfolio.model.standing_rows import IndicatorStanding
from portfolio.numbers import format_number
from portfolio.services.differences.standpoints import Frame
from portfolio.services.results.progress import reached_millionths


@dataclass(frozen=True)
class ValueChange:
    """An indicator whose last counting value is another one.

    Units: integer millionths of `unit`, None where there is no number; the texts are values in words. Of an
    additive indicator a value is what has been reached, the baseline included.
    """

    project_key: str
    key: str
    statement: str
    unit: str | None
    old_millionths: int | None
    new_millionths: int | None
    old_text: str | None
    new_text: str | None
    old_period: str | None
    new_period: str | None

    @property
    def difference_millionths(self) -> int | None:
        """New less old; None unless both are numbers."""
        if self.old_millionths is None or self.new_millionths is None:
            return None
        return self.new_millionths - self.old_millionths

    @property
    def old_words(self) -> str | None:
        """The old value as people read it; None where none was known."""
        return _words(self.old_millionths, self.old_text, self.unit)

    @property
    def new_words(self) -> str | None:
        """The new value as people read it; None where none is known."""
        return _words(self.new_millionths, self.new_text, self.unit)

    @property
    def difference_words(self) -> str | None:
        """The difference with its sign and unit: "+5 people"; None unless both are numbers."""
        moved = self.difference_millionths
        if moved is None:
            return None
        unit = "points" if self.unit == PERCENT_UNIT else self.unit
        return f"{'+' if moved > 0 else ''}{format_number(moved, unit)}"

    @property
    def record(self) -> RecordId:
        """The indicator."""
        return ("indicator", self.key)


def _words(millionths: int | None, text: str | None, unit: str | None) -> str | None:
    return text if millionths is None else format_number(millionths, unit)


def value_changes(before: Frame, after: Frame, keys: Collection[str]) -> tuple[ValueChange, ...]:
    """The indicators of these projects with another value, project by project in their declared order.

    The same number for a later half-year is no change.
    """
    old, new = _standings(before, keys), _standings(after, keys)
    rows = [_change(row.indicator, old.get(key), new.get(key)) for key, row in (old | new).items()]
    return tuple(
        row
        for row in rows
        if (row.old_millionths, row.old_text) != (row.new_millionths, row.new_text)
    )  # fmt: skip


def _standings(frame: Frame, keys: Collection[str]) -> dict[str, IndicatorStanding]:
    return {
        standing.indicator.key: standing
        for key, row in frame.standings.items()
        if key in keys
        for standing in row.indicators
    }


def _change(row: IndicatorRow, old: IndicatorStanding | None, new: IndicatorStanding | None) -> ValueChange:
    return ValueChange(
        project_key=row.project_key,
        key=row.key,
        statement=row.statement,
        unit=row.unit,
        old_millionths=None if old is None else reached_millionths(old),
        new_millionths=None if new is None else reached_millionths(new),
        old_text=None if old is None else old.text,
        new_text=None if new is None else new.text,
        old_period=None if old is None else old.period,
        new_period=None if new is None else new.period,
    )
