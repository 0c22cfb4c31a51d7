"""Workbooks of one's own at the desk: the projects they may name, and the layouts that are remembered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property

from portfolio.errors import UsageProblem
from portfolio.model.rows import ProjectRow
from portfolio.progress_reports.comparisons.records import present_state
from portfolio.progress_reports.corrections import Corrections
from portfolio.progress_reports.files.cells import RawBook
from portfolio.progress_reports.layouts.foreign_reports import ForeignReport, foreign_report
from portfolio.progress_reports.layouts.layout_guesses import guess
from portfolio.progress_reports.layouts.layout_memories import fingerprint_of, placed, sound, without_occasion
from portfolio.progress_reports.layouts.layouts import Layout, ProjectName
from portfolio.storage.engine import Database
from portfolio.storage.queries.layouts import WorkbookLayoutRow, find_layouts, keep_layout
from portfolio.storage.queries.money import find_contracts
from portfolio.storage.queries.projects import find_projects, find_references_by_project

LONGEST_NAME = 80


def project_names(database: Database) -> tuple[ProjectName, ...]:
    """Every project with the names by which a workbook may call it."""
    others = {key: list(values) for key, values in find_references_by_project(database).items()}
    for contract in find_contracts(database):
        others.setdefault(contract.project_key, []).append(contract.number)
    return tuple(
        ProjectName(project.key, project.acronym, project.title, tuple(others.get(project.key, ())))
        for project in find_projects(database)
    )


def remember(database: Database, book: RawBook, layout: Layout, *, name: str, by: str) -> Layout:
    """The layout under its name, kept so that the next workbook with the same headers is read at once.

    The project and the period are not kept: each workbook has to name its own.

    Raises: UsageProblem if there is no name or no table.
    """
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST_NAME:
        raise UsageProblem(f"Give the layout a name of up to {LONGEST_NAME} letters.")
    if not layout.tables:
        raise UsageProblem("Nothing of the workbook is mapped yet. Choose what its sheets hold first.")
    kept = without_occasion(layout, tidy)
    keep_layout(database, tidy, fingerprint_of(book, layout), kept.as_json(), by)
    return Layout(layout.tables, tidy)


class LayoutShelf:
    """What is known about the layout of one workbook."""

    def __init__(self, database: Database, book: RawBook) -> None:
        self._database, self._book = database, book

    @cached_property
    def names(self) -> tuple[ProjectName, ...]:
        """The projects of the portfolio."""
        return project_names(self._database)

    @cached_property
    def _kept(self) -> tuple[WorkbookLayoutRow, ...]:
        return find_layouts(self._database)

    def layout_of(self, decided: Corrections) -> Layout | None:
        """The layout that a person chose for this file, else the remembered one that fits its headers."""
        if decided.layout is not None:
            chosen = sound(Layout.from_json(decided.layout))
            return chosen if chosen.tables else None
        for row in self._kept:
            found = placed(self._book, self.names, sound(Layout.from_json(row.content)), row.fingerprint)
            if found is not None:
                return Layout(found.tables, row.name)
        return None

    def guess(self) -> Layout:
        """What can be told unaided, with what the headers were taken for before."""
        remembered = tuple(sound(Layout.from_json(row.content)) for row in self._kept)
        return guess(self._book, self.names, remembered)

    def report(self, layout: Layout, projects: Mapping[str, ProjectRow], as_of: dt.date) -> ForeignReport:
        """The workbook as parts to be compared."""
        return foreign_report(
            self._book,
            layout,
            self.names,
            lambda key, period: present_state(self._database, projects[key], period),
            as_of,
        )
