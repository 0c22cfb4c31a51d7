"""What the screens keep is kept once, and never outlives its revision or its settings."""

from __future__ import annotations

import contextvars
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from portfolio.dates import today
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.practice import set_value
from portfolio.storage.engine import Database
from portfolio.storage.queries.deadlines import find_reported_periods
from portfolio.storage.queries.practice import ReceivedReportRow, record_received
from portfolio.summaries.made_documents import last_made
from portfolio.ui import cached
from portfolio.ui.cached import ask, ask_aloud, ask_present, open_portfolio, present_portfolio, view
from portfolio.ui.made_panels import is_outdated_list
from portfolio.vocabulary import label
from tests.app.screens import use_portfolio

KEY = "label/milestone_status/planned"


@pytest.fixture(autouse=True)
def own_portfolio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A portfolio that may be written to."""
    use_portfolio("demo", tmp_path, monkeypatch)


def word_for_planned(_: Database) -> str:
    """An answer that depends on a setting."""
    return label("milestone_status", "planned")


def set_by_somebody_else(value: str) -> None:
    """A setting of another tab: what holds in this one is not touched by it."""
    database = open_portfolio()
    contextvars.copy_context().run(
        set_value, database, LOCAL_PERSON, KEY, value, source="own practice", reason="our word"
    )


def test_answer_is_kept_and_not_copied() -> None:
    assert view() is view()
    assert len(view().projects) == 20


def test_answer_follows_a_setting_that_somebody_else_has_made() -> None:
    default = ask(word_for_planned)
    set_by_somebody_else("Foreseen")
    assert label("milestone_status", "planned") == default
    assert ask(word_for_planned) == "Foreseen"
    assert label("milestone_status", "planned") == "Foreseen"


def test_lists_of_documents_leave_the_settings_of_what_was_known_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    default = ask(word_for_planned)
    monkeypatch.setenv("PORTFOLIO_TODAY", "2026-12-01")
    set_by_somebody_else("Foreseen")
    monkeypatch.setenv("PORTFOLIO_TODAY", "2026-12-10")
    day = dt.date(2026, 11, 30)
    monkeypatch.setattr(cached, "current_as_of", lambda: day)
    monkeypatch.setattr(cached, "is_known_then", lambda: True)
    assert ask(word_for_planned) == default
    assert not is_outdated_list(last_made(present_portfolio(), LOCAL_PERSON, 1))
    assert label("milestone_status", "planned") == default
    # What was known on a day is judged by it.
    assert ask(judged_on) == ask_aloud(judged_aloud, nobody_listens) == day
    assert ask_present(judged_on) == dt.date(2026, 12, 10)


def judged_on(_: Database) -> dt.date:
    """The day that an answer is judged by."""
    return today()


def judged_aloud(_: Database, *, progress: Callable[[float, str], None]) -> dt.date:
    """The same, which takes long."""
    progress(1.0, "Done")
    return today()


def nobody_listens(done: float, step: str) -> None:
    """Nothing."""


def test_answer_of_an_earlier_revision_is_not_given_again() -> None:
    before = view()
    set_by_somebody_else("Foreseen")
    assert view().portfolio.revision == before.portfolio.revision + 1


def test_answer_follows_a_report_that_changes_nothing_and_raises_no_revision() -> None:
    day = dt.date(2026, 11, 23)
    before = ask(find_reported_periods, day)
    revision = view().portfolio.revision
    report = ReceivedReportRow("cloud-yew", "2026-S1", "2026-09-01T10:00:00+00:00", "x", "r.xlsx", "0", None)
    record_received(open_portfolio(), report)
    assert ask(find_reported_periods, day)["cloud-yew"] == {"2026-S1"} and "cloud-yew" not in before
    assert view().portfolio.revision == revision
