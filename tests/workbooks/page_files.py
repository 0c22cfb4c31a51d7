"""Short documents for tests: the tree of every partner and project, read once, and rows by their table."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from pypdf import PdfReader

from portfolio.model.rows import ProjectRow
from portfolio.services.access import LOCAL_PERSON
from portfolio.storage.engine import Database
from portfolio.summaries.content import Cell, KeyFigures, Section, Summary, Table
from portfolio.summaries.outlines import summary_content
from portfolio.summaries.pdf import render_pdf
from portfolio.summaries.scopes import ScopeKind, Subject, SummaryScope, load_subject
from tests.portfolios import copied_portfolio
from tests.workbooks.summary_files import AS_OF, MAKING


def subject_of(database: Database, kind: ScopeKind, scope_id: str) -> Subject:
    """What a document of the scope is written from."""
    return load_subject(database, LOCAL_PERSON, SummaryScope(kind, scope_id), as_of=AS_OF)


def tree_of(subject: Subject) -> Summary:
    """Its content, not rendered."""
    return summary_content(subject, MAKING)


def pages_of_pdf(summary: Summary) -> int:
    """How many pages the PDF of a tree has."""
    return len(PdfReader(io.BytesIO(render_pdf(summary, MAKING))).pages)


def both_portfolios(folder: Path) -> Iterator[dict[str, Database]]:
    """The demonstration and the real portfolio, as they are loaded; closed in the end."""
    found = {name: copied_portfolio(name, folder / f"{name}.sqlite3") for name in ("demo", "reference")}
    yield found
    for database in found.values():
        database.engine.dispose()


def page_table(summary: Summary, key: str) -> Table | None:
    """A table on the pages."""
    return _tables(summary.pages).get(key)


def sheet_table(summary: Summary, key: str) -> Table:
    """A table of the sheets; KeyError if there is none."""
    return _tables(summary.sections)[key]


def _tables(sections: tuple[Section, ...]) -> dict[str, Table]:
    return {table.key: table for section in sections for table in section.tables}


def figures_of(sections: tuple[Section, ...]) -> dict[str, Cell]:
    """The value of every key figure by its key."""
    return {
        figure.key: figure.value
        for section in sections
        for block in section.blocks
        if isinstance(block, KeyFigures)
        for _, figures in block.groups
        for figure in figures
    }


def by_column(table: Table) -> Iterator[dict[str, Cell]]:
    """The rows of a table, each by the key of its columns."""
    keys = [column.key for column in table.columns]
    return (dict(zip(keys, row.cells, strict=True)) for row in table.rows)


def is_cut_of(short: Cell, whole: Cell) -> bool:
    """Whether a cell of a page is a cell of a sheet, or a text of it that was cut or named fewer."""
    if not isinstance(short, str) or not isinstance(whole, str) or short == whole:
        return short == whole and type(short) is type(whole)
    words = " ".join(whole.split())
    parts = short.partition(" and ")[0] if short.endswith(" more") else short
    return all(words.find(part.removesuffix("…")) >= 0 for part in parts.split("; "))


def page_text(summary: Summary) -> str:
    """Every text of the pages."""
    return "\n".join(text for section in summary.pages for text in section.texts())


def with_projects(subject: Subject, change: Callable[[ProjectRow], ProjectRow]) -> Subject:
    """The subject with each project changed."""
    view = subject.view
    changed = {project.key: change(project) for project in view.everything}
    return replace(
        subject,
        view=replace(
            view,
            everything=tuple(changed.values()),
            projects=tuple(changed[project.key] for project in view.projects),
        ),
    )
