"""What a figure is asked of: the chosen projects, or one project, with rows that are loaded once.

Every breakdown of one screen or test shares a subject, so that a query is asked once however many figures
are opened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from portfolio.model.rows import ProjectRow
from portfolio.services.access import Person
from portfolio.services.figures.breakdowns import Breakdown
from portfolio.services.views import PortfolioView
from portfolio.storage.engine import Database

T = TypeVar("T")


@dataclass(frozen=True)
class FigureSubject:
    """The chosen projects on a date; `project_key` where one project is asked about, `partner` where one is.

    `view` holds everything that is chosen; `projects` the projects that the figure is about.
    """

    database: Database
    person: Person
    view: PortfolioView
    project_key: str | None = None
    partner: str | None = None
    _rows: dict[str, object] = field(default_factory=dict, compare=False)

    @property
    def as_of(self) -> dt.date:
        """The date that the figures are of."""
        return self.view.as_of

    @cached_property
    def projects(self) -> tuple[ProjectRow, ...]:
        """The projects that the figure is about."""
        found: Iterable[ProjectRow] = self.view.projects
        if self.project_key is not None:
            found = (row for row in self.view.everything if row.key == self.project_key)
        if self.partner is not None:
            found = (row for row in found if self.partner in row.partner_codes)
        return tuple(found)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of those projects."""
        return frozenset(row.key for row in self.projects)

    @property
    def label(self) -> str:
        """The subject in words."""
        if self.project_key is not None:
            return self.view.names.get(self.project_key, self.project_key)
        return self.view.chosen.sentence()

    def rows(self, query: Callable[[Database], T]) -> T:
        """What a query of all projects answers, asked once for this subject."""
        name = f"{query.__module__}.{query.__qualname__}"
        if name not in self._rows:
            self._rows[name] = query(self.database)
        return self._rows[name]  # type: ignore[return-value]

    def once(self, make: Callable[[FigureSubject], T]) -> T:
        """What a function makes of this subject, made once however many figures ask for it."""
        # Rows are shared with the subject of a part, but what is made of them is its own.
        name = f"{make.__module__}.{make.__qualname__} of {self.project_key} in {self.partner}"
        if name not in self._rows:
            self._rows[name] = make(self)
        return self._rows[name]  # type: ignore[return-value]


Builder = Callable[[FigureSubject], Breakdown]
