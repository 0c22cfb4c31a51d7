"""Rows for unit tests: only what a test names differs from a project of which nothing is known."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from portfolio.model.rows import MilestoneRow, ParticipationRow, ProjectRow, RoleRow

_KNOWN_OF_ALL = {
    "key", "acronym", "title", "regions", "participations", "roles", "pillars", "amended_end",
    "end_contradicts",
}  # fmt: skip
_UNKNOWN = tuple(field.name for field in fields(ProjectRow) if field.name not in _KNOWN_OF_ALL)


def project(key: str = "p1", **values: Any) -> ProjectRow:
    """A project with these values and nothing else known; `partners` are codes or participations."""
    codes = values.pop("partners", ())
    participations = tuple(participation(code) if isinstance(code, str) else code for code in codes)
    known = {"acronym": key.upper(), "title": f"Project {key}", **dict.fromkeys(_UNKNOWN), **values}
    return ProjectRow(key=key, participations=participations, **known)


def participation(code: str, share_millionths: int | None = None, **values: str) -> ParticipationRow:
    """A partner's part in a project."""
    dates = dict.fromkeys(("since", "until", "suspended_since", "suspended_until")) | values
    return ParticipationRow(code, share_millionths, **dates)


def role(key: str, kind: str = "implementer", name: str | None = None) -> RoleRow:
    """An organisation's role."""
    return RoleRow(key, name or key.title(), None, kind, None, None)


def milestone(key: str = "m1", **values: Any) -> MilestoneRow:
    """A milestone of project p1."""
    known: dict[str, Any] = {
        "title": f"Milestone {key}", "kind": None, "about": "project", "baseline": None, "forecast": None,
        "actual": None, "contractual": False, "status": "planned", "note": None,
    }  # fmt: skip
    return MilestoneRow(key=key, project_key="p1", **(known | values))
