"""A process that is killed in the middle of an import leaves the portfolio as it was, or as it was to be."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from portfolio.progress_reports.imports import apply_checked, check_files
from portfolio.progress_reports.results import CheckResult
from portfolio.storage.engine import Database, make_engine
from tests.workbooks.report_files import AS_OF, everybody, fill, issue, new_key
from tests.workbooks.tables_dumped import Dump, dump

pytestmark = [
    pytest.mark.usefixtures("read_here"),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork and no SIGKILL"),
]
KILLS = 48
# How many steps of the database's own machine lie between two moments at which the process may die.
STEPS = 40


def report(database: Database) -> bytes:
    """A report that changes, adds, erases and reports money."""
    content = issue(database, "rain-willow")
    key = new_key(content)
    return fill(
        content,
        {
            ("Milestones", "rain-willow/milestone-08", "note"): "Moved by the ministry",
            ("Milestones", "rain-willow/milestone-01", "forecast"): "CLEAR",
            ("Milestones", key, "title"): "Laboratory accredited",
            ("Milestones", key, "status"): "Planned",
            ("Money", "travel", "amount_cents"): 1234.5,
            ("Money", "other", "amount_cents"): 99,
        },
    )


def apply_until(path: Path, database: Database, checked: CheckResult, tick: Callable[[], None]) -> None:
    """Nothing; the report is applied to the database of `path`, and `tick` hears of every small step."""
    engine = make_engine(f"sqlite:///{path}")

    def watch(connection: sqlite3.Connection, _: object) -> None:
        connection.set_progress_handler(tick, STEPS)

    def step(*_: object) -> None:
        tick()

    event.listen(engine, "connect", watch)
    for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(engine, moment, step)
    apply_checked(Database(f"sqlite:///{path}", database.database_id, engine), checked, by="Officer One")
    tick()
    engine.dispose()


def in_a_process(action: Callable[[], None]) -> int:
    """How a process of its own ends that does this: 0, or the negative number of the signal."""
    child = os.fork()
    if child == 0:
        try:
            action()
        except BaseException:  # noqa: BLE001 - nothing of the tests may go on in the child
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def killed_at(moment: int) -> Callable[[], None]:
    """A tick that ends the process when it has been heard that often."""
    heard = [0]

    def tick() -> None:
        heard[0] += 1
        if heard[0] == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    return tick


def without_times(tables: Dump) -> Any:
    """The tables without the moments at which things were written, which differ from run to run."""
    return {
        name: sorted(
            tuple(sorted((column, repr(value)) for column, value in row.items() if column not in TIMES))
            for row in rows
        )
        for name, rows in tables.items()
    }


TIMES = ("at", "received_at")


def test_a_killed_import_leaves_the_old_state_or_the_new_one(demo: Database, tmp_path: Path) -> None:
    files = [("report.xlsx", report(demo))]
    checked = check_files(demo, files, as_of=AS_OF, allowed=everybody)
    demo.engine.dispose()
    original = Path(str(demo.engine.url.database))
    counted = [0]

    def count() -> None:
        counted[0] += 1

    whole = tmp_path / "whole.sqlite3"
    shutil.copyfile(original, whole)
    apply_until(whole, demo, checked, count)
    states = [without_times(dump(original)), without_times(dump(whole))]
    assert states[0] != states[1] and counted[0] > KILLS
    seen = set()
    for number in range(KILLS + 1):
        moment = 1 + number * (counted[0] - 1) // KILLS
        path = tmp_path / f"killed-{number}.sqlite3"
        shutil.copyfile(original, path)
        tick = killed_at(moment)
        ended = in_a_process(lambda path=path, tick=tick: apply_until(path, demo, checked, tick))  # type: ignore[misc]
        assert ended == -signal.SIGKILL, moment
        seen.add(states.index(without_times(dump(path))))
    assert seen == {0, 1}
