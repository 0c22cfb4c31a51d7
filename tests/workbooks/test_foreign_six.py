"""Six workbooks laid out by somebody who has not read the importer, against what a careful reader takes.

First the layout as it is guessed unaided, column by column; then, after a careful person has answered what
the mapping step asks and nothing else, every value that would go into the tracker.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter

from portfolio.dates import HalfYear
from portfolio.progress_reports import desks
from portfolio.progress_reports.comparisons.records import present_state
from portfolio.progress_reports.corrections import Corrections
from portfolio.progress_reports.files.cells import RawBook
from portfolio.progress_reports.files.limits import Limits, default_limits
from portfolio.progress_reports.files.reader import read_book
from portfolio.progress_reports.imports import check_files
from portfolio.progress_reports.layouts.foreign_imports import project_names
from portfolio.progress_reports.layouts.layout_guesses import guess
from portfolio.progress_reports.layouts.layout_views import examine
from portfolio.progress_reports.layouts.layouts import Layout
from portfolio.progress_reports.results import FileResult
from portfolio.storage.engine import Database, shared_engine
from portfolio.storage.queries.projects import find_projects
from tests.workbooks.foreign_answers import CarefulPerson
from tests.workbooks.foreign_columns import JudgedColumn, judged_columns
from tests.workbooks.foreign_reading import Truth
from tests.workbooks.foreign_truth import TRUTH
from tests.workbooks.foreign_verdicts import Judge, JudgedValue, counted
from tests.workbooks.foreign_workbooks import BUILDERS
from tests.workbooks.report_files import AS_OF, everybody

LEAST_MAPPED = 0.8
LEAST_ARRIVED = 0.9  # as measured; the rest is asked, or said to be left out


@dataclass(frozen=True)
class Judged:
    """One workbook: the layout that was guessed, what was answered, and how both compare with the truth."""

    name: str
    guessed: Layout
    columns: tuple[JudgedColumn, ...]
    answered: tuple[tuple[str, str], ...]
    still_asked: tuple[str, ...]
    result: FileResult
    values: tuple[JudgedValue, ...]

    def columns_that_are(self, *verdicts: str) -> list[JudgedColumn]:
        """The columns with one of these verdicts."""
        return [column for column in self.columns if column.verdict in verdicts]

    def values_that_are(self, *verdicts: str) -> list[JudgedValue]:
        """The values with one of these verdicts."""
        return [value for value in self.values if value.verdict in verdicts]


def judged(database: Database, name: str, truth: Truth | None = None) -> Judged:
    """One of the six workbooks, checked against the fictional portfolio after what was asked is answered."""
    content, truth = BUILDERS[name](), truth or TRUTH[name]
    book = _read_book(content, default_limits())
    names = project_names(database)
    guessed = guess(book, names)
    person = CarefulPerson(book, names, truth)
    layout = person.completed(guessed)
    corrections = {hashlib.sha256(content).hexdigest(): Corrections(layout=layout.as_json())}
    files = [(f"{name}.xlsx", content)]
    checked = check_files(database, files, as_of=AS_OF, allowed=everybody, corrections=corrections)
    result = checked.files[0]
    questions = examine(book, names, layout).questions
    projects = {project.key: project for project in find_projects(database)}
    units = {*truth.records, *(unit.key for unit in result.units)}
    judge = Judge(
        truth=truth,
        result=result,
        layout=layout,
        questions=questions,
        states={
            unit: present_state(database, projects[unit[0]], HalfYear.parse(unit[1])) for unit in units
        },
        texts={
            (sheet.name, f"{get_column_letter(column)}{row}"): cell.text.strip()
            for sheet in book.sheets
            for (row, column), cell in sheet.cells.items()
        },
    )
    return Judged(
        name=name,
        guessed=guessed,
        columns=tuple(judged_columns(truth, guessed)),
        answered=tuple(person.answered),
        still_asked=tuple(question.sentence for question in questions),
        result=result,
        values=tuple(judge.values()),
    )


def _read_book(content: bytes, limits: Limits) -> RawBook:
    return RawBook.from_json(read_book(content, asdict(limits)))


def _empty(path: Path) -> None:
    """Nothing; what the six workbooks could only repeat is gone from the file of a database.

    Otherwise a value that the tracker held already would count as arrived though its cell was never read.
    Names and baselines stay: they tell the records apart, and a report cannot change them.
    """
    with closing(sqlite3.connect(path)) as connection, connection:
        for project in sorted({unit[0] for truth in TRUTH.values() for unit in truth.records}):
            for table in ("incurred_cost", "receipt", "training", "risk"):
                connection.execute(f"DELETE FROM {table} WHERE project_key = ?", (project,))
            connection.execute(
                "UPDATE milestone SET forecast = NULL, actual = NULL, note = NULL, status = 'cancelled' "
                "WHERE project_key = ?",
                (project,),
            )


@pytest.fixture(scope="module", params=["as it stands", "emptied"])
def six(
    request: pytest.FixtureRequest,
    loaded: Callable[[str], tuple[Path, str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[list[Judged]]:
    """All six workbooks, judged against the fictional portfolio; nothing is imported."""
    path, database_id = loaded("demo")
    target = tmp_path_factory.mktemp("foreign") / path.name
    shutil.copyfile(path, target)
    if request.param == "emptied":
        _empty(target)
    url = f"sqlite:///{target}"
    database = Database(url, database_id, shared_engine(url))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desks, "read_workbook", _read_book)
        yield [judged(database, name) for name in BUILDERS]
    database.engine.dispose()


def test_four_fifths_of_the_columns_are_mapped_unaided(six: list[Judged]) -> None:
    meaningful = [column for book in six for column in book.columns if column.is_meaningful]
    right = [column for column in meaningful if column.verdict == "right"]
    for book in six:
        own = [column for column in book.columns if column.is_meaningful]
        print(f"{book.name}: {len([c for c in own if c.verdict == 'right'])} of {len(own)} columns mapped")
    print(f"All six: {len(right)} of {len(meaningful)} columns mapped, {len(right) / len(meaningful):.1%}")
    assert len(right) / len(meaningful) >= LEAST_MAPPED


def test_no_column_is_mapped_wrongly(six: list[Judged]) -> None:
    wrong = {book.name: book.columns_that_are("wrong") for book in six}
    assert not {name: columns for name, columns in wrong.items() if columns}


def test_no_value_is_silently_wrong(six: list[Judged]) -> None:
    wrong = {book.name: book.values_that_are("silently wrong") for book in six}
    assert not {name: values for name, values in wrong.items() if values}


def test_what_the_workbook_leaves_open_is_asked(six: list[Judged]) -> None:
    left_open = [value for book in six for value in book.values if value.truth == "ASK"]
    assert len(left_open) == 4
    assert [value for value in left_open if value.verdict != "asked"] == []


def test_the_measure_notices_a_truth_that_the_workbook_does_not_tell(
    copied: Callable[[str], Database], read_here: None
) -> None:
    truth = TRUTH["thousands_by_period"]
    [unit] = [unit for unit in truth.records if unit[1] == "2025-S2"]
    [first, *others] = truth.records[unit]["money"]
    amount = first.values["amount"]
    assert isinstance(amount.value, int)
    other = replace(first, values={**first.values, "amount": replace(amount, value=amount.value + 1)})
    records = {**truth.records, unit: {"money": [other, *others]}}
    demo = copied("demo")
    _empty(Path(str(demo.engine.url.database)))
    wrong = judged(demo, "thousands_by_period", replace(truth, records=records))
    assert [value.cell for value in wrong.values_that_are("silently wrong")] == [amount.cell]


def test_most_values_arrive_and_none_is_lost_without_a_word(six: list[Judged]) -> None:
    stated = [value for book in six for value in book.values if value.truth not in ("ASK", None)]
    for book in six:
        print(f"{book.name}: {dict(counted(list(book.values)))}")
    arrived = [value for value in stated if value.verdict == "right"]
    print(f"All six: {len(arrived)} of {len(stated)} values arrive, {len(arrived) / len(stated):.1%}")
    assert [value for value in stated if value.verdict == "unsaid"] == []
    assert len(arrived) / len(stated) >= LEAST_ARRIVED
