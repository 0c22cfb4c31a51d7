"""What a record is called in a list of changes: by its title, or by what sets it apart from its like."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from portfolio.model.changes import FieldChange, RecordId, Value
from portfolio.model.rows import RecordState
from portfolio.services.access import Person, require
from portfolio.services.change_words import entity_label, field_label, value_text
from portfolio.services.choices import names_of
from portfolio.services.histories import Kept
from portfolio.storage.engine import Database
from portfolio.storage.queries.history import find_states

NamesOf = Callable[[str, str], Mapping[str, str]]
StatesOf = Callable[[str], Mapping[RecordId, RecordState]]
# The field that names a record, and for records without a name those that set it apart.
_TITLES = {
    "project": "acronym",
    "milestone": "title",
    "indicator": "statement",
    "training": "title",
    "risk": "title",
    "evaluation": "title",
}
_PARTS = {
    "incurred_cost": ("heading",),
    "indicator_value": ("indicator_key", "partner_code", "sex", "period"),
    "assessment": ("dimension", "period"),
    "narrative": ("section", "period"),
    "receipt": ("received_on", "amount_cents"),
    "clearing": ("cleared_on", "amount_cents"),
    "cost_forecast": ("period",),
    "contract_deadline": ("rule",),
    "report_due": ("kind", "period"),
    "risk_review": ("risk_key", "reviewed_on"),
    "evaluation_score": ("evaluation_key", "criterion"),
    "recommendation": ("evaluation_key", "number"),
    "project_marker": ("marker",),
    "health_override": ("dimension", "decided_on"),
}
# Records that are called after the one that they belong to.
_PARENTS = {"indicator_key": "indicator", "risk_key": "risk", "evaluation_key": "evaluation"}


def record_names(
    database: Database, person: Person, changes: Iterable[FieldChange], kept: Iterable[RecordId] = ()
) -> dict[RecordId, str]:
    """What each record is called: a milestone by its title, a cost by its heading, another by its key.

    `kept` are further records, of which nothing changes. Raises: NotAllowed if the person may not see.
    """
    return named_records(changes, kept, partial(names_of, database, person), partial(find_states, database))


def record_states(database: Database, person: Person, entity: str) -> dict[RecordId, RecordState]:
    """The records of one kind as they stand now. Raises: NotAllowed if the person may not see."""
    require(person, "see")
    return find_states(database, entity)


def named_records(
    changes: Iterable[FieldChange], kept: Iterable[RecordId], names: NamesOf, states: StatesOf
) -> dict[RecordId, str]:
    """`record_names` of a caller who has its own way to the columns and the states of an entity."""
    listed, others = list(changes), list(kept)
    titles = _titles(listed, others, names)
    known = _states(listed, others, states)
    return {record: f"{entity_label(record[0])}: {_name(record, titles, known)}" for record in known}


def _titles(changes: list[FieldChange], kept: list[RecordId], names: NamesOf) -> dict[RecordId, str]:
    touched = {change.entity for change in changes} | {entity for entity, _ in kept}
    parts = {name for entity in touched for name in _PARTS.get(entity, ())}
    touched |= {parent for name, parent in _PARENTS.items() if name in parts}
    titles = {
        (entity, key): name
        for entity in touched & _TITLES.keys()
        for key, name in names(entity, _TITLES[entity]).items()
    }
    for change in changes:
        title = change.new if change.new is not None else change.old
        is_title = change.field in ("title", _TITLES.get(change.entity))
        if is_title and change.record not in titles and isinstance(title, str):
            titles[change.record] = title
    return titles


def _states(
    changes: list[FieldChange], kept: list[RecordId], states: StatesOf
) -> dict[RecordId, RecordState]:
    """What is known of each record: what it holds now, completed by what the changes say."""
    wanted = {change.entity for change in changes if change.kind in ("changed", "erased")}
    wanted = (wanted | {entity for entity, _ in kept}) & _PARTS.keys()
    now = {record: state for entity in sorted(wanted) for record, state in states(entity).items()}
    known = {record: dict(now.get(record, {})) for record in kept}
    for change in changes:
        state = known.setdefault(change.record, dict(now.get(change.record, {})))
        state.setdefault(change.field, change.new if change.new is not None else change.old)
    return known


def _name(record: RecordId, titles: Mapping[RecordId, str], states: Mapping[RecordId, RecordState]) -> str:
    entity, key = record
    if record in titles:
        return titles[record]
    state = states[record]
    parts = [
        _part(entity, name, state[name], titles)
        for name in _PARTS.get(entity, ())
        if state.get(name) is not None
    ]
    return ", ".join(parts) or key


def _part(entity: str, name: str, value: Value, titles: Mapping[RecordId, str]) -> str:
    if name in _PARENTS:
        return titles.get((_PARENTS[name], str(value)), str(value))
    return f"no. {value}" if name == "number" else value_text(entity, name, value)


def kept_sentence(row: Kept, names: Mapping[RecordId, str]) -> str:
    """What an undo leaves as it is, and why."""
    field = f", {field_label(row.field)}" if row.field else ""
    return f"{names[row.entity, row.key]}{field}: {row.reason}"
