"""Read shapes of completeness: what a project has on record, and which of its records say too little."""

from __future__ import annotations

from dataclasses import dataclass, field

from portfolio.model.changes import RecordId


@dataclass(frozen=True)
class RecordCounts:
    """How many records of each kind a project has; milestones are its own, cancelled ones left out.

    `report_dues` are the entries of its reporting calendar.
    """

    project_key: str
    contracts: int = 0
    milestones: int = 0
    indicators: int = 0
    risks: int = 0
    report_dues: int = 0


@dataclass(frozen=True)
class IncompleteRow:
    """A record that says too little; `kind` is a code of data/vocabulary/missing_kind.csv.

    `due_on` and `period` are those of a report of the calendar.
    """

    kind: str
    project_key: str
    entity: str
    key: str
    name: str
    due_on: str | None = None
    period: str | None = None

    @property
    def record(self) -> RecordId:
        """Which record it is."""
        return (self.entity, self.key)


@dataclass(frozen=True)
class EntryDays:
    """Since when records are on record, and since when fields are empty that held something before.

    Days are ISO texts: `entered` by record, `erased` by record and field. `loaded` are the records that came
    with a load of the portfolio: the day on which that ran says nothing of how long something was missing.
    """

    entered: dict[RecordId, str]
    erased: dict[tuple[str, str, str], str]
    loaded: frozenset[RecordId] = field(default_factory=frozenset)


@dataclass(frozen=True)
class LastReportRow:
    """The half-year of which a project reported last, by a received report or by costs on record."""

    project_key: str
    period: str
    is_received: bool
