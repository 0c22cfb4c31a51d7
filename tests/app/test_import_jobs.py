"""A check that takes long, is lost or fails: the screen says how far it is, and nothing is lost."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from portfolio.findings import Finding
from portfolio.progress_reports import desks
from portfolio.progress_reports.files.cells import RawBook
from portfolio.progress_reports.files.limits import Limits
from portfolio.progress_reports.jobs import JOBS
from portfolio.services.access import LOCAL_PERSON
from portfolio.storage.engine import Database
from portfolio.storage.queries.practice import find_drafts
from portfolio.ui import import_works
from tests.app import import_screens as screen
from tests.app.screens import problems, words
from tests.workbooks.report_files import fill, issue

KEY = screen.KEY
LONG = 30


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demonstration is made once."""
    return tmp_path_factory.mktemp("import") / "demo.sqlite3"


@pytest.fixture
def demo(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The demonstration that the screens show."""
    return screen.demo_database(made, tmp_path, monkeypatch)


def test_a_long_check_shows_its_stage_and_outlives_its_tab(
    demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = Event(), Event()
    read = desks.read_workbook

    def slowly(content: bytes, limits: Limits) -> RawBook | Finding:
        begun.set()
        assert go_on.wait(LONG)
        return read(content, limits)

    monkeypatch.setattr(desks, "read_workbook", slowly)
    monkeypatch.setattr(import_works, "PATIENCE", 0)
    content = fill(issue(demo, KEY), {screen.TRAVEL: 26000})
    app = screen.upload(screen.import_screen(), ("report.xlsx", content))
    assert begun.wait(LONG)
    app = app.run()
    (bar,) = app.get("progress")
    assert bar.proto.text == "File 1 of 1, report.xlsx: being read (stage 3 of 5)"
    assert 0 < bar.proto.value < 100
    assert "You may leave this screen or close the tab" in words(app)
    assert [len(draft.content["files"]) for draft in find_drafts(demo, LOCAL_PERSON.name)] == [1]

    other = screen.import_screen()
    go_on.set()
    monkeypatch.setattr(import_works, "PATIENCE", LONG)
    other = screen.press(other, "Continue")
    assert screen.preview(other) == [("Incurred cost: Travel", "Amount", "EUR 26,680", "EUR 26,000")]
    assert screen.preview(app.run()) == screen.preview(other)


def test_a_check_that_the_process_has_lost_begins_again(
    demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_works, "PATIENCE", 0)
    content = fill(issue(demo, KEY), {screen.TRAVEL: 26000})
    app = screen.upload(screen.import_screen(), ("report.xlsx", content))
    work = app.session_state["import"]
    JOBS.forget(work.job)
    monkeypatch.setattr(import_works, "PATIENCE", LONG)
    assert screen.preview(app.run()) == [("Incurred cost: Travel", "Amount", "EUR 26,680", "EUR 26,000")]


def test_a_check_that_fails_keeps_the_files_and_can_be_repeated(
    demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = desks.read_workbook

    def broken(content: bytes, limits: Limits) -> RawBook | Finding:
        raise RuntimeError("secret")

    monkeypatch.setattr(desks, "read_workbook", broken)
    content = fill(issue(demo, KEY), {screen.TRAVEL: 26000})
    app = screen.upload(screen.import_screen(), ("report.xlsx", content))
    (said,) = problems(app)
    assert "report it with the reference" in said and "secret" not in said
    monkeypatch.setattr(desks, "read_workbook", read)
    app = app.run()
    assert "report.xlsx could not be checked. The files are kept." in words(app)
    app = screen.press(app, "Check again")
    assert screen.preview(app) == [("Incurred cost: Travel", "Amount", "EUR 26,680", "EUR 26,000")]
