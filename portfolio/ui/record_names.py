"""What a record is called in a list of changes: by its title, or by what sets it apart from its like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from portfolio.model.changes import FieldChange, RecordId, Value
from portfolio.model.rows import RecordState
from portfolio.services.choices import names_of
from portfolio.services.views import PortfolioView
from portfolio.storage.queries.history import find_states
from portfolio.ui.cached import ask
from portfolio.ui.changes import entity_label, value_text
from portfolio.ui.session import current_person

# The field that names a record, and for records without a name those that set it apart.
_TITLES = {"indicator": "statement", "training": "title", "risk": "title"}
_PARTS = {
    "incurred_cost": ("heading",),
    "indicator_value": ("indicator_key", "partner_code", "sex", "period"),
    "assessment": ("dimension", "period"),
    "narrative": ("section", "period"),
    "receipt": ("received_on", "amount_cents"),
}


def record_names(changes: Iterable[FieldChange], shown: PortfolioView) -> dict[RecordId, str]:
    """What each record is called: a milestone by its title, a cost by its heading, another by its key."""
    listed = list(changes)
    titles = _titles(listed, shown)
    states = _states(listed)
    return {record: f"{entity_label(record[0])}: {_name(record, titles, states)}" for record in states}


def _titles(changes: list[FieldChange], shown: PortfolioView) -> dict[RecordId, str]:
    titles = {("milestone", state.milestone.key): state.milestone.title for state in shown.milestones}
    touched = {change.entity for change in changes}
    if "indicator_value" in touched:
        touched.add("indicator")
    for entity in touched & _TITLES.keys():
        named = ask(names_of, current_person(), entity, _TITLES[entity])
        titles |= {(entity, key): name for key, name in named.items()}
    for change in changes:
        title = change.new if change.new is not None else change.old
        is_title = change.field in ("title", _TITLES.get(change.entity))
        if is_title and change.record not in titles and isinstance(title, str):
            titles[change.record] = title
    return titles


def _states(changes: list[FieldChange]) -> dict[RecordId, RecordState]:
    """What is known of each record: what it holds now, completed by what the changes say."""
    wanted = {change.entity for change in changes if change.kind in ("changed", "erased")} & _PARTS.keys()
    now = {record: state for entity in sorted(wanted) for record, state in ask(find_states, entity).items()}
    states: dict[RecordId, RecordState] = {}
    for change in changes:
        state = states.setdefault(change.record, dict(now.get(change.record, {})))
        state.setdefault(change.field, change.new if change.new is not None else change.old)
    return states


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
    if name == "indicator_key":
        return titles.get(("indicator", str(value)), str(value))
    return value_text(entity, name, value)
