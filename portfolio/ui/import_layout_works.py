"""The mapping step at work: the workbook under its layout, each choice held at once. It draws nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from portfolio.errors import PortfolioError
from portfolio.progress_reports.files.cells import RawBook
from portfolio.progress_reports.layouts.foreign_imports import project_names, remember
from portfolio.progress_reports.layouts.layout_choices import with_choice
from portfolio.progress_reports.layouts.layout_contexts import ProjectNames
from portfolio.progress_reports.layouts.layout_views import examine, project_options, table_options
from portfolio.progress_reports.layouts.layouts import (
    Choice,
    ChoiceKind,
    Layout,
    LayoutView,
    Option,
    ProjectName,
    SheetView,
    TableLayout,
)
from portfolio.progress_reports.results import FileResult
from portfolio.services.access import require
from portfolio.storage.queries.layouts import find_layouts
from portfolio.storage.queries.layouts import forget_layout as forget
from portfolio.ui.cached import ask, open_portfolio
from portfolio.ui.import_books import book_of
from portfolio.ui.import_decisions import hold
from portfolio.ui.import_works import ImportWork
from portfolio.ui.session import current_person
from portfolio.ui.signatures import signed_name

# What the mapping step itself asks about, so that it need not be said twice.
ASKED_THERE = frozenset(
    {"TPL_UNKNOWN", "PROJECT_NOT_NAMED", "PERIOD_UNKNOWN", "HDR_NEEDED", "AMOUNT_UNIT_OPEN"}
)
# Kind of choice, its label, its present value and its options.
TableList = tuple[ChoiceKind, str, str, tuple[Option, ...]]


@dataclass(frozen=True)
class LayoutWork:
    """A workbook of one's own with the layout that holds for it now.

    `is_taken`: it is read so; else the layout is a guess that waits for a person.
    """

    work: ImportWork
    sha256: str
    book: RawBook = field(repr=False)
    names: tuple[ProjectName, ...]
    view: LayoutView
    is_taken: bool

    @property
    def tables(self) -> tuple[Option, ...]:
        """What a sheet may hold."""
        return table_options()

    def table_lists(self, table: TableLayout, sheet: SheetView) -> Iterator[TableList]:
        """What can be chosen for a table as a whole."""
        rows = tuple(Option(str(number), f"Row {number}") for number, _ in sheet.rows)
        yield "table", "Holds", table.table, table_options()
        yield "header", "Headings in", str(table.header_rows[-1]), rows
        yield "project", "Project", table.project, project_options(ProjectNames(self.names))


def layout_work(work: ImportWork, file: FileResult) -> LayoutWork | None:
    """The mapping step of a file; None where it has none, because the tracker issued it or cannot read it."""
    if file.layout_guess is None:
        return None
    book = book_of(file)
    if book is None:
        return None
    names = ask(project_names)
    view = examine(book, names, Layout.from_json(file.layout_guess))
    return LayoutWork(work, file.sha256, book, names, view, file.readable)


def choose(step: LayoutWork, *choices: Choice) -> None:
    """Nothing; the choices hold with everything that follows from them, and the file is checked again."""
    layout = step.view.layout
    for choice in choices:
        layout = with_choice(step.book, step.names, layout, choice)
    _take(step, layout)


def read_so(step: LayoutWork) -> None:
    """Nothing; the workbook is read as the step shows it."""
    _take(step, step.view.layout)


def _take(step: LayoutWork, layout: Layout) -> None:
    made = step.work.decided(step.sha256)
    hold(step.work, step.sha256, replace(made, layout=layout.as_json()))


def remember_layout(step: LayoutWork, name: str) -> None:
    """Nothing; the layout is kept for all who import, or the step says why not."""
    work = step.work
    try:
        require(current_person(), "import")
        by = signed_name() or current_person().name
        layout = remember(open_portfolio(), step.book, step.view.layout, name=name, by=by)
    except PortfolioError as problem:
        work.noted = problem.sentence
        return
    _take(step, layout)
    work.noted = f"Kept as ‘{layout.name}’: the next workbook with these headings is read at once."


def forget_layout(step: LayoutWork, name: str) -> None:
    """Nothing; the layout is no longer kept, and this workbook is read as before."""
    require(current_person(), "import")
    forget(open_portfolio(), name)
    _take(step, replace(step.view.layout, name=""))
    step.work.noted = f"‘{name}’ is no longer kept."


def is_kept(name: str) -> bool:
    """Whether a layout of that name is kept."""
    return any(row.name == name for row in find_layouts(open_portfolio()))
