"""Who may see and do what: the one place that every service asks.

Sign-in comes later. Until then everybody is `LOCAL_PERSON`, the person at this machine, with all rights.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeVar

from portfolio.errors import NotAllowed
from portfolio.model.rows import ProjectRow

Role = Literal["evaluator", "officer", "manager", "administrator"]
Action = Literal["see", "export", "issue", "import", "edit", "undo", "administer"]

# Lowest first: each role may do what the one before it may, and what is added here.
ROLES: tuple[Role, ...] = ("evaluator", "officer", "manager", "administrator")
_ADDED: dict[Role, frozenset[Action]] = {
    "evaluator": frozenset({"see", "export"}),
    "officer": frozenset({"issue", "import", "edit"}),
    "manager": frozenset({"undo"}),
    "administrator": frozenset({"administer"}),
}
# What a person without an overview role does only on the projects assigned to them.
_ON_ASSIGNED: frozenset[Action] = frozenset({"issue", "import", "edit"})
Visible = TypeVar("Visible", bound=ProjectRow)


@dataclass(frozen=True)
class Person:
    """The person who asks; `projects` are the keys of the projects assigned to an officer."""

    name: str
    role: Role
    projects: frozenset[str] = frozenset()

    def named(self, name: str) -> Person:
        """The same rights under another name: the command line's `--by`."""
        return Person(name, self.role, self.projects)


LOCAL_PERSON = Person("local user", "administrator")


def actions_of(role: Role) -> frozenset[Action]:
    """Everything that a role may do somewhere."""
    below = ROLES[: ROLES.index(role) + 1]
    return frozenset().union(*(_ADDED[lower] for lower in below))


def may(person: Person, action: Action, project_key: str | None = None) -> bool:
    """Whether `person` may do `action`, on one project where one is named."""
    if action not in actions_of(person.role):
        return False
    if person.role == "officer" and action in _ON_ASSIGNED and project_key is not None:
        return project_key in person.projects
    return True


def require(person: Person, action: Action, project_key: str | None = None) -> None:
    """Nothing, if `person` may do `action`.

    Raises: NotAllowed otherwise.
    """
    if not may(person, action, project_key):
        where = f" on project {project_key}" if project_key else ""
        raise NotAllowed(
            f"{person.name} ({person.role}) may not {action}{where}. Ask an administrator for the right."
        )


def visible(person: Person, projects: Iterable[Visible]) -> tuple[Visible, ...]:
    """The projects that `person` may see, in their order."""
    return tuple(project for project in projects if may(person, "see", project.key))
