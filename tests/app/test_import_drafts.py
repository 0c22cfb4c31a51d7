"""What was checked and not applied: kept, offered again, and gone once it is discarded or gives way."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from portfolio.dates import now_utc
from portfolio.progress_reports.imports import check_files
from portfolio.services.access import LOCAL_PERSON
from portfolio.storage.engine import Database
from portfolio.storage.queries import practice
from portfolio.storage.queries.practice import find_drafts, save_draft
from portfolio.storage.received_reports import find_kept_files
from portfolio.ui import import_works
from tests.app import import_screens as screen
from tests.app.screens import words
from tests.workbooks.report_files import AS_OF, everybody, fill, issue

KEY = screen.KEY


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demonstration is made once."""
    return tmp_path_factory.mktemp("import") / "demo.sqlite3"


@pytest.fixture
def demo(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The demonstration that the screens show."""
    return screen.demo_database(made, tmp_path, monkeypatch)


def test_a_reload_offers_what_was_checked_and_not_applied(demo: Database) -> None:
    content = fill(issue(demo, KEY), {screen.TRAVEL: 26000})
    screen.upload(screen.import_screen(), ("report.xlsx", content))
    app = screen.import_screen()
    assert "**report.xlsx** waits for you since " in words(app)
    app = screen.press(app, "Continue")
    assert screen.preview(app) == [("Incurred cost: Travel", "Amount", "EUR 26,680", "EUR 26,000")]
    assert "waits for you" not in words(app)
    screen.applied(app)
    assert "waits for you" not in words(screen.import_screen())
    assert find_drafts(demo, LOCAL_PERSON.name) == ()


def test_what_is_discarded_is_gone(demo: Database) -> None:
    content = fill(issue(demo, KEY), {screen.TRAVEL: 26000})
    app = screen.upload(screen.import_screen(), ("report.xlsx", content))
    (file,) = check_files(demo, [("report.xlsx", content)], as_of=AS_OF, allowed=everybody).files
    assert find_kept_files(demo, [file.sha256]) == {file.sha256: content}
    screen.press(app, "Discard")
    assert (find_kept_files(demo, [file.sha256]), find_drafts(demo, LOCAL_PERSON.name)) == ({}, ())
    screen.upload(screen.import_screen(), ("report.xlsx", content))
    app = screen.press(screen.import_screen(), "Discard")
    assert find_kept_files(demo, [file.sha256]) == {}
    assert "waits for you" not in words(app)


def test_an_import_that_went_in_just_before_the_tab_was_lost_is_not_offered_again(demo: Database) -> None:
    content = fill(issue(demo, KEY), {screen.TRAVEL: 26000})
    screen.upload(screen.import_screen(), ("report.xlsx", content))
    checked = check_files(demo, [("report.xlsx", content)], as_of=AS_OF, allowed=everybody)
    import_works.apply_checked(demo, checked, by="Officer One")
    app = screen.import_screen()
    assert "waits for you" not in words(app) and find_drafts(demo, LOCAL_PERSON.name) == ()
    assert "Progress report 2026-S1 of RainWillow." in words(app)


def test_what_is_kept_after_an_import_of_the_same_file_is_offered_again(
    demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = fill(issue(demo, KEY), {screen.TRAVEL: 26000})
    screen.upload(screen.import_screen(), ("report.xlsx", content))
    (draft,) = find_drafts(demo, LOCAL_PERSON.name)
    later = now_utc() + dt.timedelta(minutes=1)
    checked = check_files(demo, [("report.xlsx", content)], as_of=AS_OF, allowed=everybody)
    import_works.apply_checked(demo, checked, by="Officer One")
    monkeypatch.setattr(practice, "now_utc", lambda: later)
    save_draft(demo, LOCAL_PERSON.name, draft.subject, draft.content)
    assert "waits for you" in words(screen.import_screen())
    assert len(find_drafts(demo, LOCAL_PERSON.name)) == 1


def test_a_file_that_is_left_out_or_gives_way_is_not_kept(demo: Database) -> None:
    one, two = (fill(issue(demo, KEY), {screen.TRAVEL: amount}) for amount in (26000, 27000))
    other = fill(issue(demo, "sun-carob"), {screen.TRAVEL: 28000})
    hashes = {hashlib.sha256(content).hexdigest(): content for content in (one, two, other)}
    app = screen.upload(screen.import_screen(), ("one.xlsx", one), ("other.xlsx", other))
    app = screen.upload(app, ("two.xlsx", two))
    assert set(find_kept_files(demo, hashes).values()) == {two, other}
    app = screen.press(app, "Leave other.xlsx out")
    assert set(find_kept_files(demo, hashes).values()) == {two}
