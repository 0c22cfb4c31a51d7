"""Views that a unit keeps: a screen with its filter under a name, written by change sets."""

from __future__ import annotations

import secrets

from portfolio.errors import DataProblem, NotFound
from portfolio.model.changes import ChangeSetDraft, Value, added_record, removed_record
from portfolio.services.access import Person, require
from portfolio.services.selection import folded
from portfolio.storage.engine import Database
from portfolio.storage.queries.practice import SavedViewRow as SavedViewRow
from portfolio.storage.queries.practice import find_saved_views
from portfolio.storage.unit_of_work import apply_change_set

LONGEST_NAME = 80


def saved_views(database: Database, person: Person) -> tuple[SavedViewRow, ...]:
    """Every saved view, by name."""
    require(person, "see")
    return tuple(sorted(find_saved_views(database), key=lambda row: (folded(row.name), row.key)))


def save_view(database: Database, person: Person, name: str, *, page: str, query: str) -> int:
    """The number of the change set by which `page` with `query` is kept under `name`.

    Raises: NotAllowed; DataProblem without a name, with one that is too long or already given.
    """
    require(person, "edit")
    wanted = " ".join(name.replace("\x00", "").split())
    _check_name(wanted, saved_views(database, person))
    values: dict[str, Value] = {"name": wanted, "page": page, "query": query}
    changes = tuple(added_record("saved_view", f"view-{secrets.token_hex(4)}", values))
    reason = f"Saved the view '{wanted}'"
    return apply_change_set(database, ChangeSetDraft("edit", person.name, reason, changes))


def _check_name(name: str, present: tuple[SavedViewRow, ...]) -> None:
    if not name:
        raise DataProblem("The view has no name. Type one under which you will find it again.")
    if len(name) > LONGEST_NAME:
        raise DataProblem(f"The name has {len(name):,} characters. Shorten it to {LONGEST_NAME}.")
    if any(folded(row.name) == folded(name) for row in present):
        raise DataProblem(
            f"There is already a view '{name}'. Choose another name, or remove that view first."
        )


def remove_view(database: Database, person: Person, key: str) -> int:
    """The number of the change set that takes a saved view out; undoing it brings the view back.

    Raises: NotAllowed; NotFound if there is no such view (any more).
    """
    require(person, "edit")
    row = next((row for row in find_saved_views(database) if row.key == key), None)
    if row is None:
        raise NotFound("This view is not there any more; somebody else has removed it.")
    before: dict[str, Value] = {"name": row.name, "page": row.page, "query": row.query}
    changes = tuple(removed_record("saved_view", key, before))
    reason = f"Removed the view '{row.name}'"
    return apply_change_set(database, ChangeSetDraft("edit", person.name, reason, changes))
