"""Records that contradict themselves: the rules of services/rules over the whole portfolio, in one load."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from portfolio.findings import Finding
from portfolio.model.changes import RecordId
from portfolio.model.entities import INPUTS, parent_columns
from portfolio.model.rows import RecordState
from portfolio.services.access import Person, require
from portfolio.services.rules import check_records
from portfolio.services.views import default_as_of
from portfolio.storage.engine import Database, reading
from portfolio.storage.queries.history import find_states
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.storage.queries.records import Records

# What no rule reads; a portfolio has many of them.
_UNREAD = frozenset({"evidence", "source", "narrative", "setting", "saved_view", "context_indicator"})
# What several projects may share: it is checked with each of them, and told once.
_SHARED = ("financing_decision", "financing_agreement")


@dataclass(frozen=True)
class Contradiction:
    """What a rule found in a record of a project, with its remedy; `state` is the record."""

    project_key: str
    finding: Finding
    state: RecordState

    @property
    def entity(self) -> str:
        """The kind of the record."""
        return self.finding.record[0] if self.finding.record else "project"


def contradictions(database: Database, person: Person, *, as_of: dt.date) -> tuple[Contradiction, ...]:
    """Everything that contradicts itself: project by project, errors first.

    On an earlier day than the present no record contradicts itself by a date that has come since.

    As many questions to the database for a thousand projects as for one.
    """
    require(person, "see")
    with reading(database):
        records = {
            record: state
            for entity in checked_entities()
            for record, state in find_states(database, entity).items()
        }
        present = default_as_of(get_portfolio(database))
    return contradictions_in(records, max(as_of, present))


@lru_cache
def checked_entities() -> tuple[str, ...]:
    """The kinds of record that the rules read."""
    return tuple(entity for entity in INPUTS if entity not in _UNREAD)


def contradictions_in(records: Records, as_of: dt.date) -> tuple[Contradiction, ...]:
    """The contradictions in these records, whatever project they belong to."""
    told: set[tuple[str, RecordId | None, str | None]] = set()
    found: list[Contradiction] = []
    for key, own in sorted(by_project(records).items()):
        for finding in sorted(check_records(own, as_of), key=lambda row: row.severity != "error"):
            name = (finding.code, finding.record, finding.field)
            if name not in told:
                told.add(name)
                state = own.get(finding.record, {}) if finding.record else {}
                found.append(Contradiction(key, finding, state))
    return tuple(found)


def by_project(records: Records) -> dict[str, Records]:
    """The records of each project that is not archived, with the decisions that its contracts name."""
    owners: dict[RecordId, str | None] = {}
    found: dict[str, Records] = {
        key: {} for (entity, key), state in records.items() if entity == "project" and _is_live(state)
    }
    for record, state in records.items():
        owner = _owner(record, records, owners)
        if owner in found:
            found[owner][record] = state
    shared = list(_shared(records))
    for own in found.values():
        decisions = {state.get("decision_key") for (name, _), state in own.items() if name == "contract"}
        own |= {record: state for decision, record, state in shared if decision in decisions}
    return found


def _is_live(state: Mapping[str, object]) -> bool:
    return state.get("archived_on") is None


def _shared(records: Records) -> Iterator[tuple[str, RecordId, RecordState]]:
    for record, state in records.items():
        if record[0] in _SHARED:
            yield str(state.get("decision_key") or record[1]), record, state


def _owner(record: RecordId, records: Records, owners: dict[RecordId, str | None]) -> str | None:
    """The project that a record belongs to: its own, or that of the record that it hangs on."""
    if record in owners:
        return owners[record]
    entity, state = record[0], records.get(record)
    found: str | None = None
    if entity == "project":
        found = record[1]
    elif state is not None:
        parents = _parents(entity, state)
        found = next((owner for parent in parents if (owner := _owner(parent, records, owners))), None)
    owners[record] = found
    return found


def _parents(entity: str, state: RecordState) -> Iterable[RecordId]:
    return [
        (parent, str(state[column]))
        for column, parent in parent_columns(entity)
        if state.get(column) is not None and parent not in ("organisation", *_SHARED)
    ]
