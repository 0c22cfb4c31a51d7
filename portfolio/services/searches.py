"""One search over projects, organisations, partners, milestones and notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from portfolio.model.rows import MilestoneRow, ProjectRow
from portfolio.partners import partners, region_name
from portfolio.services.access import Person, visible
from portfolio.services.selection import folded
from portfolio.storage.engine import Database
from portfolio.storage.queries.milestones import find_milestones
from portfolio.storage.queries.projects import find_projects

Kind = Literal["project", "organisation", "partner", "milestone", "note"]
MOST_HITS = 200


@dataclass(frozen=True)
class Hit:
    """Something found: what kind, its name, where the words stand, and where it leads.

    `project_key` is the project that a hit leads to; a partner leads to `partner_code` instead, and an
    organisation to the projects that it implements.
    """

    kind: Kind
    name: str
    context: str
    project_key: str | None = None
    partner_code: str | None = None
    organisation_key: str | None = None


def find(database: Database, person: Person, words: str) -> tuple[Hit, ...]:
    """What holds every one of `words`, without regard to case and accents; at most 200 hits.

    Shape: names before texts, in the order project, organisation, partner, milestone, note.
    """
    wanted = folded(words).split()
    if not wanted:
        return ()
    projects = visible(person, find_projects(database))
    keys = {project.key for project in projects}
    milestones = [row for row in find_milestones(database) if row.project_key in keys]
    found = [hit for hit, text in _everything(projects, milestones) if _holds(text, wanted)]
    return tuple(found[:MOST_HITS])


def _holds(text: str, words: Iterable[str]) -> bool:
    searched = folded(text)
    return all(word in searched for word in words)


def _everything(
    projects: Iterable[ProjectRow], milestones: Iterable[MilestoneRow]
) -> Iterator[tuple[Hit, str]]:
    listed = list(projects)
    names = {project.key: project.acronym for project in listed}
    for project in listed:
        own = f"{project.key} {project.acronym} {project.title} {project.responsible_officer or ''}"
        yield Hit("project", project.acronym, project.title, project_key=project.key), own
    yield from _organisations(listed)
    for partner in partners().values():
        hit = Hit("partner", partner.name, region_name(partner.region), partner_code=partner.code)
        yield hit, f"{partner.name} {partner.code} {partner.alpha2}"
    for milestone in milestones:
        acronym = names[milestone.project_key]
        yield Hit("milestone", milestone.title, acronym, project_key=milestone.project_key), milestone.title
    for project in listed:
        for text in (project.summary, project.data_note):
            if text:
                yield Hit("note", project.acronym, text, project_key=project.key), text
    for milestone in milestones:
        if milestone.note:
            acronym = names[milestone.project_key]
            yield Hit("note", acronym, milestone.note, project_key=milestone.project_key), milestone.note


def _organisations(projects: Iterable[ProjectRow]) -> Iterator[tuple[Hit, str]]:
    roles: dict[str, list[tuple[ProjectRow, str, str]]] = {}
    for project in projects:
        for role in project.roles:
            roles.setdefault(role.organisation_key, []).append(
                (project, role.name, role.name_as_published or "")
            )
    for key, found in sorted(roles.items()):
        context = ", ".join(dict.fromkeys(project.acronym for project, _, _ in found))
        published = dict.fromkeys(name for _, known, name in found if name and name != known)
        if published:
            context += f" (published as {'; '.join(published)})"
        hit = Hit("organisation", found[0][1], context, organisation_key=key)
        yield hit, " ".join(f"{name} {published}" for _, name, published in found)
