"""Who may import, for which projects, and what an empty portfolio says."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.services.access import Person
from portfolio.storage.engine import Database
from portfolio.storage.queries.practice import find_received
from portfolio.ui import session
from tests.app import import_screens as screen
from tests.app.screens import opened, problems, use_portfolio, words
from tests.workbooks.report_files import fill, issue

KEY = screen.KEY


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demonstration is made once."""
    return tmp_path_factory.mktemp("import") / "demo.sqlite3"


@pytest.fixture
def demo(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The demonstration that the screens show."""
    return screen.demo_database(made, tmp_path, monkeypatch)


def roles() -> dict[str, Person]:
    return {
        "evaluator": Person("Somebody", "evaluator"),
        "officer": Person("Somebody", "officer", frozenset({KEY})),
    }


def as_role(monkeypatch: pytest.MonkeyPatch, role: str) -> None:
    monkeypatch.setattr(session, "LOCAL_PERSON", roles()[role])


def test_an_evaluator_is_told_why_nothing_can_be_imported(
    demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_role(monkeypatch, "evaluator")
    app = screen.import_screen()
    assert "You are here as evaluator" in words(app) and "not import reports" in words(app)
    assert len(app.file_uploader) == 0


def test_an_officer_imports_for_assigned_projects_and_may_not_undo(
    demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, other = (fill(issue(demo, key), {screen.TRAVEL: 26000}) for key in (KEY, "sun-carob"))
    as_role(monkeypatch, "officer")
    app = screen.upload(screen.import_screen(), ("own.xlsx", own), ("other.xlsx", other))
    (point,) = screen.points(app)
    assert "NO_PERMISSION" in point
    assert [row[0] for row in screen.preview(app)] == ["Incurred cost: Travel"]
    app = screen.applied(app)
    assert [row.project_key for row in find_received(demo)] == [KEY]
    assert [each.label for each in app.button if each.label.startswith("Undo")] == []
    assert "Undoing is for managers and administrators." in words(app)


def test_an_empty_portfolio_says_what_to_do_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_portfolio("empty", tmp_path, monkeypatch)
    app: AppTest = opened("imports")
    assert "no projects yet" in words(app)
    assert len(app.file_uploader) == 0 and problems(app) == []
