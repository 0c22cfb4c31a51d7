"""The one filter of every screen and document."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields

from portfolio.model.rows import ProjectRow
from portfolio.partners import partner_name, region_name
from portfolio.services.statuses import project_status
from portfolio.vocabulary import label

UNKNOWN = "not-stated"


@dataclass(frozen=True)
class PortfolioFilter:
    """What is chosen; an empty choice chooses everything. Codes, not labels.

    Within one field any choice may hold, all fields must. "not-stated" among `focus`, `instruments`,
    `partners` or `officers` chooses the projects where no source states it. Officers are chosen by name.
    """

    regions: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    implementers: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    officers: tuple[str, ...] = ()
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether everything is chosen."""
        return not any(getattr(self, field.name) for field in fields(self))

    def sentence(self, implementers: dict[str, str] | None = None) -> str:
        """The filter in words, for the top of a screen and the cover of a document."""
        names = implementers or {}
        parts = [
            ("region", [region_name(code) for code in self.regions]),
            ("partner", [_partner(code) for code in self.partners]),
            ("focus", [label("focus", _code(code)) for code in self.focus]),
            ("instrument", [label("instrument", _code(code)) for code in self.instruments]),
            ("implementer", [names.get(code, code) for code in self.implementers]),
            ("status", [label("project_status", code) for code in self.statuses]),
            ("responsible officer", ["not stated" if name == UNKNOWN else name for name in self.officers]),
            ("text", [f'"{self.text}"'] if self.text else []),
        ]
        chosen = [f"{name}: {', '.join(values)}" for name, values in parts if values]
        return "; ".join(chosen) if chosen else "Whole portfolio"

    def as_text(self) -> str:
        """The filter as JSON, for keeping; only what is chosen is in it."""
        chosen = {name: value for name, value in asdict(self).items() if value}
        return json.dumps(chosen, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> PortfolioFilter:
        """The filter that `as_text` wrote; fields that there are no longer are left out."""
        kept: dict[str, list[str] | str] = json.loads(text or "{}")
        names = {field.name for field in fields(cls)}
        chosen = {name: value if name == "text" else tuple(value) for name, value in kept.items()}
        return cls(**{name: value for name, value in chosen.items() if name in names})  # type: ignore[arg-type]


def _code(code: str) -> str | None:
    return None if code == UNKNOWN else code


def _partner(code: str) -> str:
    return "not stated" if code == UNKNOWN else partner_name(code)


def selected(
    projects: Iterable[ProjectRow], chosen: PortfolioFilter, as_of: dt.date
) -> tuple[ProjectRow, ...]:
    """The projects that meet the filter, in their order."""
    return tuple(project for project in projects if _meets(project, chosen, as_of))


def _meets(project: ProjectRow, chosen: PortfolioFilter, as_of: dt.date) -> bool:
    organisations = {role.organisation_key for role in project.roles if role.role != "beneficiary"}
    return (
        _any(chosen.regions, project.regions)
        and _any(chosen.partners, project.partner_codes or (UNKNOWN,))
        and _any(chosen.focus, (project.focus or UNKNOWN,))
        and _any(chosen.instruments, (project.instrument or UNKNOWN,))
        and _any(chosen.implementers, organisations)
        and (not chosen.statuses or project_status(project, as_of) in chosen.statuses)
        and _any(chosen.officers, (project.responsible_officer or UNKNOWN,))
        and _has_text(project, chosen.text)
    )


def _any(chosen: Iterable[str], present: Iterable[str]) -> bool:
    wanted = set(chosen)
    return not wanted or bool(wanted & set(present))


def folded(text: str) -> str:
    """`text` for comparison: without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _has_text(project: ProjectRow, text: str) -> bool:
    words = folded(text).split()
    if not words:
        return True
    names = [name for role in project.roles for name in (role.name, role.name_as_published or "")]
    places = [partner_name(code) for code in project.partner_codes]
    own = [
        project.key,
        project.acronym,
        project.title,
        project.summary or "",
        project.responsible_officer or "",
    ]
    everything = folded(" ".join([*own, *names, *places]))
    return all(word in everything for word in words)
