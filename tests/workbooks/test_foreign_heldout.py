"""Six more workbooks of people's own, made after the guess was: what it makes of them.

They show how far the guess reaches where nobody looked before; the six of test_foreign_six.py were looked at.
What counts most is that no column is taken for something that it is not. Values are not judged here: three
milestones with titles translated into French are taken for new ones, which only a person could tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict

from portfolio.progress_reports.files.cells import RawBook
from portfolio.progress_reports.files.limits import default_limits
from portfolio.progress_reports.files.reader import read_book
from portfolio.progress_reports.layouts.foreign_imports import project_names
from portfolio.progress_reports.layouts.layout_guesses import guess
from portfolio.storage.engine import Database
from tests.workbooks.foreign_columns import JudgedColumn, judged_columns
from tests.workbooks.heldout_truth import TRUTH
from tests.workbooks.heldout_workbooks import BUILDERS

MEANINGFUL = 54
LEAST_MAPPED = 34 / MEANINGFUL  # as measured; the others are left open and asked
Copied = Callable[[str], Database]


def is_right(column: JudgedColumn) -> bool:
    """Whether the guess is the truth; the truth names scores without their unit."""
    return column.verdict == "right" or column.taken_for == f"{column.means}_millionths"


def test_no_column_of_unseen_workbooks_is_taken_for_something_else(copied: Copied) -> None:
    names = project_names(copied("demo"))
    columns: list[JudgedColumn] = []
    for name, build in BUILDERS.items():
        book = RawBook.from_json(read_book(build(), asdict(default_limits())))
        columns += judged_columns(TRUTH[name], guess(book, names))
    meaningful = [column for column in columns if column.is_meaningful]
    assert len(meaningful) == MEANINGFUL
    assert [column for column in columns if column.verdict == "wrong" and not is_right(column)] == []
    reached = sum(is_right(column) for column in meaningful)
    assert reached / MEANINGFUL >= LEAST_MAPPED, Counter(column.verdict for column in meaningful)
