"""What a person has entered and not applied yet: their own alone, kept only for who may edit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portfolio.services.access import Person, require
from portfolio.storage.engine import Database
from portfolio.storage.queries import practice
from portfolio.storage.queries.practice import DraftRow as DraftRow


def own_draft(database: Database, person: Person, subject: str) -> DraftRow | None:
    """The person's draft about `subject`, if there is one.

    Raises: NotAllowed if the person may not edit.
    """
    require(person, "edit")
    return practice.find_draft(database, person.name, subject)


def keep_draft(database: Database, person: Person, subject: str, content: Mapping[str, Any]) -> None:
    """Nothing; what the person has entered about `subject` is kept until it is applied or thrown away.

    Raises: NotAllowed if the person may not edit.
    """
    require(person, "edit")
    practice.save_draft(database, person.name, subject, content)


def drop_draft(database: Database, person: Person, subject: str) -> None:
    """Nothing; the person's draft about `subject` is gone, if there was one.

    Raises: NotAllowed if the person may not edit.
    """
    require(person, "edit")
    practice.discard_draft(database, person.name, subject)
