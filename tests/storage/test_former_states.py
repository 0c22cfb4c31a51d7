"""The portfolio taken back to an earlier revision: row for row what the history leads to up to there."""

from __future__ import annotations

import datetime as dt
import gc
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from portfolio.errors import DataProblem, NotAllowed, NotFound, UsageProblem
from portfolio.model.changes import FieldChange, SourceFile, added_record
from portfolio.overrides import overridden
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.changes_since import changes_since, last_month
from portfolio.services.health.histories import load_history
from portfolio.services.histories import undo_change_set
from portfolio.services.known_dates import known_at, known_now, known_on, under
from portfolio.services.practice import set_value, use_settings
from portfolio.services.verifications import replayed, verify
from portfolio.storage import former_states
from portfolio.storage.engine import Database
from portfolio.storage.former_states import END_OF_DAY, former_database
from portfolio.storage.process_folders import process_folder
from portfolio.storage.queries.completeness import find_reported
from portfolio.storage.queries.history import find_change_sets, find_changes, find_states
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.storage.queries.practice import ReceivedReportRow, find_received, save_draft
from portfolio.storage.queries.projects import get_project
from portfolio.storage.received_reports import receive_reports
from portfolio.storage.unit_of_work import apply_change_set
from tests.storage.random_writes import draft, project, write_at_random

NOW = f"9999-12-31{END_OF_DAY}"
Today = pytest.MonkeyPatch


@pytest.fixture(autouse=True)
def _defaults_again(empty: Database) -> Iterator[None]:
    yield
    use_settings(empty)


def title(key: str, old: str, new: str) -> FieldChange:
    return FieldChange("project", key, "title", old, new, "changed")


@pytest.mark.parametrize("seed", [1, 2])
def test_every_revision_is_what_the_history_leads_to(empty: Database, seed: int) -> None:
    chance = random.Random(seed)
    write_at_random(empty, chance, 16)
    last = get_portfolio(empty).revision
    history = find_changes(empty)
    numbers = {row.revision: row.id for row in find_change_sets(empty)}
    for revision in range(last + 1):
        former = former_database(empty, revision, NOW)
        assert find_states(former) == replayed(empty, revision)
        assert find_changes(former) == tuple(row for row in history if row[0] <= numbers.get(revision, 0))
        assert get_portfolio(former).revision == revision
        assert former.database_id == f"{empty.database_id}@{revision}"
    assert all(not check.faults for check in verify(former_database(empty, last // 2, NOW)))


def test_a_value_corrected_today_still_shows_its_old_figure_as_known_yesterday(
    empty: Database, monkeypatch: Today
) -> None:
    monkeypatch.setenv("PORTFOLIO_TODAY", "2026-06-29")
    apply_change_set(empty, draft(*project("p1", total_budget_cents=100)))
    monkeypatch.setenv("PORTFOLIO_TODAY", "2026-06-30")
    apply_change_set(empty, draft(FieldChange("project", "p1", "total_budget_cents", 100, 250, "changed")))
    set_value(empty, LOCAL_PERSON, "threshold/time-amber", "41", source="test", reason="test")
    yesterday, today = dt.date(2026, 6, 29), dt.date(2026, 6, 30)
    then = known_on(empty, yesterday)
    assert (then.revision, then.words) == (1, "as known on 29 June 2026 (revision 1)")
    assert (then.database.known, then.is_present) == (then.words, False)
    with under(then) as former:
        assert get_project(former, "p1").total_budget_cents == 100
        assert overridden("threshold/time-amber", "default") == "default"
    assert overridden("threshold/time-amber", "default") == "41"
    assert get_project(empty, "p1").total_budget_cents == 250
    present = known_on(empty, today)
    assert present.database is empty and present.is_present
    assert present.words == "as known on 30 June 2026 (revision 3), which is what is known now"
    assert known_on(empty, dt.date(2100, 1, 1)).database is empty
    assert known_now(empty).words == "as known now (revision 3)"
    with under(known_now(empty)):
        assert overridden("threshold/time-amber", "default") == "41"


def test_a_day_before_the_first_record_is_refused_in_a_sentence(empty: Database, monkeypatch: Today) -> None:
    with pytest.raises(DataProblem, match="the portfolio has no record yet"):
        known_on(empty, dt.date(2026, 6, 30))
    monkeypatch.setenv("PORTFOLIO_TODAY", "2026-11-23")
    apply_change_set(empty, draft(*project("p1")))
    with pytest.raises(DataProblem) as refused:
        known_on(empty, dt.date(2026, 5, 1))
    assert refused.value.sentence == (
        "Nothing was recorded by 1 May 2026: the first record is of 23 November 2026."
    )
    with pytest.raises(NotFound, match="There is no revision 2: the portfolio stands at revision 1"):
        known_at(empty, 2, NOW)


def test_reports_received_later_or_with_a_later_change_set_are_not_known(
    empty: Database, monkeypatch: Today
) -> None:
    def receive(day: str, period: str, change: FieldChange | None) -> None:
        monkeypatch.setenv("PORTFOLIO_TODAY", day)
        file = SourceFile(f"{period}.xlsx", period, period.encode())
        row = ReceivedReportRow("p1", period, f"{day}T10:00:00+00:00", "unit", file.name, file.sha256, None)
        if change is None:
            receive_reports(empty, None, (), (row,))
        else:
            receive_reports(empty, draft(change, files=(file,)), (row,))

    monkeypatch.setenv("PORTFOLIO_TODAY", "2026-01-01")
    apply_change_set(empty, draft(*project("p1")))
    receive("2026-02-01", "2025-S1", title("p1", "Project p1", "Two"))
    receive("2026-03-01", "2025-S2", None)
    receive("2026-08-01", "2026-S1", title("p1", "Two", "Three"))
    monkeypatch.setenv("PORTFOLIO_TODAY", "2026-09-01")
    undo_change_set(empty, LOCAL_PERSON, find_change_sets(empty)[0].id)
    save_draft(empty, "unit", "something", {})

    def known(day: str) -> list[str]:
        return [row.period for row in find_received(known_on(empty, dt.date.fromisoformat(day)).database)]

    assert known("2026-01-31") == []
    assert known("2026-02-28") == ["2025-S1"]
    assert known("2026-03-01") == ["2025-S1", "2025-S2"]
    # The import that was undone in September still stands before.
    assert known("2026-08-31") == ["2025-S1", "2025-S2", "2026-S1"]
    # The undone import is gone, and what came in later counts on no earlier day.
    assert known("2026-09-01") == ["2025-S1", "2025-S2"]
    assert [row.period for row in find_received(empty, dt.date(2026, 2, 28))] == ["2025-S1"]
    assert find_reported(empty, "2025-S2", dt.date(2026, 2, 28)) == frozenset()
    assert find_reported(empty, "2025-S2", dt.date(2026, 3, 1)) == {"p1"}


def test_the_health_of_a_half_year_is_the_one_that_was_known_then(
    empty: Database, monkeypatch: Today
) -> None:
    planned = {"project_key": "p1", "title": "Law", "baseline": "2025-01-31"}
    monkeypatch.setenv("PORTFOLIO_TODAY", "2025-06-01")
    records = (*project("p1", start="2024-01-01", end_current="2027-12-31"),)
    apply_change_set(empty, draft(*records, *added_record("milestone", "p1/m1", planned)))
    monkeypatch.setenv("PORTFOLIO_TODAY", "2025-09-01")
    moved = FieldChange("milestone", "p1/m1", "baseline", "2025-01-31", "2026-12-31", "changed")
    apply_change_set(empty, draft(moved))
    found = load_history(empty, LOCAL_PERSON, "p1", as_of=dt.date(2025, 12, 1))
    assert [(str(row.period), row.is_known_then, row.health.colour("time")) for row in found] == [
        ("2024-S1", False, "green"), ("2024-S2", False, "green"), ("2025-S1", True, "red"),
    ]  # fmt: skip
    assert {row.records for row in found} == {"known then", "today's records"}


def test_changes_since_a_day_end_with_the_day_that_is_looked_from(
    empty: Database, monkeypatch: Today
) -> None:
    for day, key in (("2026-05-20", "p1"), ("2026-06-10", "p2"), ("2026-07-10", "p3")):
        monkeypatch.setenv("PORTFOLIO_TODAY", day)
        apply_change_set(empty, draft(*project(key)))

    def written(as_of: dt.date) -> list[int]:
        found = changes_since(empty, LOCAL_PERSON, last_month(as_of), as_of=as_of)
        return [change.row.revision for change in found.written]

    assert written(dt.date(2026, 6, 15)) == [2, 1]
    assert written(dt.date(2026, 7, 9)) == [2]
    assert written(dt.date(2026, 7, 10)) == [3]
    assert written(dt.date(2026, 8, 1)) == [3]


def test_nothing_can_be_written_to_a_former_state(empty: Database) -> None:
    apply_change_set(empty, draft(*project("p1")))
    apply_change_set(empty, draft(title("p1", "Project p1", "New")))
    former = former_database(empty, 1, f"2026-06-30{END_OF_DAY}")
    with pytest.raises(NotAllowed) as refused:
        apply_change_set(former, draft(title("p1", "Project p1", "Other")))
    assert refused.value.sentence == (
        "This is the portfolio as known on 30 June 2026 (revision 1), and what was known then is only read. "
        "Go back to what is known now to change something."
    )
    with former.engine.connect() as connection, pytest.raises(Exception, match="readonly"):
        connection.exec_driver_sql("UPDATE portfolio SET revision = 7")
    assert former_database(empty, 1, "2026-06-30T14:05:00+00:00").known == (
        "as known on 30 June 2026 at 14:05 UTC (revision 1)"
    )


def test_former_states_are_shared_bounded_and_leave_no_file(empty: Database, monkeypatch: Today) -> None:
    for number in range(4):
        apply_change_set(empty, draft(*project(f"p{number}")))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: former_database(empty, 1, NOW), range(8)))
    assert len({id(database) for database in found}) == 1
    assert not former_states._BUILDING
    file = Path(str(found[0].engine.url.database).removeprefix("file://"))
    assert file.is_file() and not file.is_relative_to(Path(__file__).parents[2])
    # A state of a state: what stands beside it is its own.
    assert len(find_states(former_database(found[0], 0, NOW))) == 0
    monkeypatch.setattr(former_states, "MOST_KEPT", 2)
    others = [former_database(empty, revision, NOW) for revision in (2, 3)]
    # Whoever holds one that is no longer kept can still ask it.
    assert len(find_states(found[0])) == 1
    found.clear()
    gc.collect()
    assert not file.exists()
    assert len(find_states(others[0])) == 2


def test_a_build_that_fails_leaves_nothing(empty: Database, monkeypatch: Today) -> None:
    apply_change_set(empty, draft(*project("p1")))
    folder = process_folder()
    before = set(folder.iterdir())

    def fail(*_: object) -> None:
        raise UsageProblem("no room")

    monkeypatch.setattr(former_states, "_forget", fail)
    with pytest.raises(UsageProblem):
        former_database(empty, 0, "2026-01-01T00:00:00+00:00")
    assert set(folder.iterdir()) == before


def test_another_state_is_not_waited_for(empty: Database, monkeypatch: Today) -> None:
    apply_change_set(empty, draft(*project("p1")))
    begun, finished, take_back = Event(), Event(), former_states._take_back

    def take_back_slowly(file: Path, revision: int, at: str) -> None:
        if at == "2026-01-01T00:00:00+00:00":
            begun.set()
            assert finished.wait(20)
        take_back(file, revision, at)

    monkeypatch.setattr(former_states, "_take_back", take_back_slowly)
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(former_database, empty, 0, "2026-01-01T00:00:00+00:00")
        assert begun.wait(20)
        other = pool.submit(former_database, empty, 0, "2026-01-02T00:00:00+00:00")
        try:
            assert other.result(20).at == "2026-01-02T00:00:00+00:00"
            assert not slow.done()
        finally:
            finished.set()
    assert slow.result().known == "as known on 1 January 2026 at 00:00 UTC (revision 0)"


def test_whoever_reads_a_state_under_another_name_keeps_its_file(empty: Database) -> None:
    apply_change_set(empty, draft(*project("p1")))
    apply_change_set(empty, draft(*project("p2")))
    silent = replace(former_database(empty, 1, NOW), known="")
    former_states._KEPT.clear()
    gc.collect()
    assert len(find_states(silent)) == 1
    with pytest.raises(NotAllowed, match="This is the portfolio as it was known earlier"):
        apply_change_set(silent, draft(title("p1", "Project p1", "Other")))


def test_a_former_state_says_of_itself_what_was_known_and_is_not_copied(
    empty: Database, monkeypatch: Today
) -> None:
    for day, key in (("2026-06-01", "p1"), ("2026-06-10", "p2")):
        monkeypatch.setenv("PORTFOLIO_TODAY", day)
        apply_change_set(empty, draft(*project(key)))
    monkeypatch.setenv("PORTFOLIO_TODAY", "2026-07-01")
    former = known_at(empty, 2, f"2026-06-20{END_OF_DAY}")
    for day in (20, 25):
        same = known_on(former.database, dt.date(2026, 6, day))
        assert same.database is former.database
        assert same.words == "as known on 20 June 2026 (revision 2)"
    between = known_on(former.database, dt.date(2026, 6, 15))
    assert between.database.engine is former.database.engine and not between.is_present
    assert between.words == between.database.known == "as known on 15 June 2026 (revision 2)"
    earlier = known_on(former.database, dt.date(2026, 6, 5))
    assert (earlier.words, len(find_states(earlier.database))) == ("as known on 5 June 2026 (revision 1)", 1)
    # What was known on a day is judged by it, whether or not anything was written since.
    days = [known_on(empty, dt.date(2026, 6, day)).day for day in (5, 20)]
    assert days == [dt.date(2026, 6, 5), dt.date(2026, 6, 20)]
    assert known_on(empty, dt.date(2026, 7, 1)).day is None
