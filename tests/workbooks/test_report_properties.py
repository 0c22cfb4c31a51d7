"""Whatever is typed: the preview is what happens, a second import changes nothing, an undo gives all back."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.model.entities import INPUTS
from portfolio.progress_reports.results import FileResult
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.histories import undo_change_set
from portfolio.storage.engine import Database, shared_engine
from tests.workbooks.report_files import (
    addresses,
    change,
    check,
    fill,
    import_all,
    in_other_bytes,
    issue,
    mark_row,
)
from tests.workbooks.tables_dumped import Dump, dump

pytestmark = pytest.mark.usefixtures("read_here")
PROJECT = "rain-willow"
WRITTEN: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(
        [
            "CLEAR", "REMOVE", "Done", "Planned", "Delyed", "2026-06", "18/06/2026", "05/06/2026",
            "31/02/2026", "1.234", "1.234,50", "12 500,5 €", "(500)", "tbd", "Georgia", "women", "Open", "5",
            "=1+1", "ქართული", "50%", "green",
        ]
    ),
    st.integers(min_value=-5, max_value=3_000),
    st.floats(min_value=0, max_value=1e7, allow_nan=False).map(lambda number: round(number, 3)),
    st.booleans(),
    st.dates().filter(lambda day: day.year > 1900),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12),
)  # fmt: skip
SOME = settings(
    max_examples=12, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


@pytest.fixture(scope="module")
def workbook(loaded: Callable[[str], tuple[Path, str]], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A database with an issued workbook, the workbook, and where to write: all cells of its data."""
    path, database_id = loaded("demo")
    folder = tmp_path_factory.mktemp("properties")
    target = folder / "issued.sqlite3"
    shutil.copyfile(path, target)
    database = Database(f"sqlite:///{target}", database_id, shared_engine(f"sqlite:///{target}"))
    content = issue(database, PROJECT)
    database.engine.dispose()
    return target, database_id, content, sorted(addresses(content))


@contextmanager
def fresh(workbook: Any) -> Iterator[Database]:
    """A database of one's own that has issued the workbook."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copy.sqlite3"
        shutil.copyfile(workbook[0], path)
        database = Database(f"sqlite:///{path}", workbook[1], shared_engine(f"sqlite:///{path}"))
        yield database
        database.engine.dispose()


def records_of(database: Database) -> dict[str, list[tuple[tuple[str, Any], ...]]]:
    """The records of the portfolio, without the history."""
    tables: Dump = dump(Path(str(database.engine.url.database)))
    return {entity: sorted(tuple(row.items()) for row in tables[entity]) for entity in INPUTS}


def written(workbook: Any, data: st.DataObject) -> bytes:
    """The workbook with a few cells filled with anything."""
    places = data.draw(st.lists(st.sampled_from(workbook[3]), min_size=1, max_size=6, unique=True))
    return fill(workbook[2], {place: data.draw(WRITTEN) for place in places})


def only_clean(content: bytes, result: FileResult) -> bytes:
    """The report with the cells emptied that stand against it, so that what is left can go in."""
    faulty = {
        (item.sheet, item.cell)
        for item in result.findings
        if item.severity in ("error", "blocker") and item.cell
    }

    def empty(book: Any) -> None:
        for sheet, cell in faulty:
            book[sheet][cell].value = None

    return change(content, empty)


@SOME
@given(st.data())
def test_preview_import_again_and_undo(workbook: Any, data: st.DataObject) -> None:
    content = written(workbook, data)
    with fresh(workbook) as database:
        first = check(database, content)
        counts = first.cells
        assert counts.total == counts.used + counts.empty + counts.ignored + counts.problem
        content = content if first.is_acceptable else only_clean(content, first)
        preview = check(database, content)
        before = records_of(database)
        result = import_all(database, ("report.xlsx", content))
        after = records_of(database)
        if result.change_set is None:
            assert after == before
            return
        assert result.files[0].changes == preview.changes != ()
        assert after != before
        assert check(database, in_other_bytes(content)).changes == ()
        undo_change_set(database, LOCAL_PERSON, result.change_set)
        assert records_of(database) == before


@SOME
@given(st.data())
def test_the_order_of_rows_says_nothing(workbook: Any, data: st.DataObject) -> None:
    content = written(workbook, data)

    def reverse(book: Any) -> None:
        for name in ("Milestones", "Trainings", "Risks"):
            sheet = book[name]
            first = mark_row(sheet, f"#{name.lower()}") + 2
            rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]
            for number, values in enumerate(reversed(rows), first):
                for column, value in enumerate(values, 1):
                    sheet.cell(number, column).value = value

    with fresh(workbook) as database:
        as_written, reversed_rows = check(database, content), check(database, change(content, reverse))
        assert effects(as_written) == effects(reversed_rows)


def effects(result: FileResult) -> set[tuple[str, str, str, Any]]:
    """What a report changes, wherever it stands."""
    return {(each.entity, each.key, each.field, each.new) for each in result.changes}
