"""What happened since a moment, what was written down since, when somebody was here, and what is due next."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from portfolio.model.changes import ChangeSetDraft, FieldChange
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.changes_since import (
    changes_since,
    happening_words,
    last_meetings,
    last_month,
    of_meeting,
    of_visit,
)
from portfolio.services.deadlines.calendars import load_deadlines
from portfolio.services.dues import first_milestones, late_lines, late_milestones
from portfolio.services.milestones import milestone_states
from portfolio.services.visits import begin_visit
from portfolio.storage.engine import Database
from portfolio.storage.queries.milestones import find_milestones
from portfolio.storage.queries.projects import get_project
from portfolio.storage.queries.visits import VisitRow
from portfolio.storage.unit_of_work import apply_change_set
from tests.storage.conftest import LoadedDatabase
from tests.storage.standings import DAY, PROJECT, add, add_projects

MONTH = last_month(DAY)


def test_last_month_keeps_the_day_or_takes_the_last_one() -> None:
    days = {last_month(dt.date(*day)).day for day in ((2026, 11, 23), (2026, 3, 31), (2026, 1, 1))}
    assert days == {dt.date(2026, 10, 23), dt.date(2026, 2, 28), dt.date(2025, 12, 1)}


def test_only_what_certainly_happened_in_between_is_told(empty: Database) -> None:
    add_projects(empty, [PROJECT])
    reached = ("2026-10-23", "2026-10-24", "2026-11-23", "2026-11-24", "2026-10", "2026-11", "2026")
    add(empty, "milestone", [
        {"key": on, "project_key": PROJECT, "title": on, "status": "done", "actual": on, "about": "project"}
        for on in reached
    ])  # fmt: skip
    add(empty, "contract", [{"key": "c", "project_key": PROJECT, "number": "C"}])
    add(empty, "payment", [
        {"key": str(n), "contract_key": "c", "kind": kind, "amount_cents": n * 100, "paid_on": "2026-11-01"}
        for n, kind in ((700, "interim"), (200, "recovery"))
    ])  # fmt: skip
    add(empty, "amendment", [
        {"key": "a", "contract_key": "c", "number": 2, "kind": "no-cost-extension",
         "signed_on": "2026-11-02", "new_end": "2028"}
    ])  # fmt: skip
    add(empty, "report_due", [
        {"key": "r", "project_key": PROJECT, "kind": "interim", "due_on": "2026-10",
         "received_on": "2026-11-03"}
    ])  # fmt: skip
    found = changes_since(empty, LOCAL_PERSON, MONTH, as_of=DAY)
    assert [happening_words(row) for row in found.happenings] == [
        "Milestone '2026-11-23' reached",
        "Interim report received",
        "Amendment 2 signed: no-cost extension, new end 2028",
        "EUR 500 paid (2 transfers)",
        "Milestone '2026-10-24' reached",
    ]
    assert found.of({PROJECT}, with_others=False).happenings == found.happenings
    assert found.of({"other"}, with_others=False).is_empty


def test_what_people_reviewed_decided_and_did_not_carry_out_is_told(empty: Database) -> None:
    add_projects(empty, [PROJECT])
    add(empty, "health_override", [
        {"key": on, "project_key": PROJECT, "dimension": "time", "colour": "amber", "reason": "Why",
         "decided_on": on, "expires_on": "2027-01-01"} for on in ("2026-10-23", "2026-11-10")
    ])  # fmt: skip
    add(empty, "risk", [
        {"key": key, "project_key": PROJECT, "title": key, "likelihood": 3, "impact": 3, "status": "open",
         "reviewed_on": on} for key, on in (("r1", "2026-11-05"), ("r2", "2026-10-23"))
    ])  # fmt: skip
    add(empty, "risk_review", [
        {"key": "v", "risk_key": "r1", "reviewed_on": "2026-10-30", "likelihood": 4, "impact": 3}
    ])
    add(empty, "evaluation", [{"key": "e", "project_key": PROJECT, "kind": "rom-review", "title": "ROM"}])
    dates = ((None, "2026-11-01"), ("2026-10", None), ("2026-10-23", None), ("2026-11", None))
    add(empty, "recommendation", [
        {"key": f"e/{n}", "evaluation_key": "e", "number": n, "text": f"Text {n}", "response": "accepted",
         "due_on": due, "done_on": done} for n, (due, done) in enumerate(dates, 1)
    ])  # fmt: skip
    found = changes_since(empty, LOCAL_PERSON, MONTH, as_of=DAY)
    assert [happening_words(row) for row in found.happenings] == [
        "Colour set by hand, time: amber",
        "1 risk reviewed",
        "Recommendation 1 carried out: Text 1",
        "Recommendation 2 fell due and is not carried out: Text 2",
    ]
    assert found.counts == (
        "1 recommendation carried out", "1 recommendation overdue", "1 risk reviewed", "1 colour set by hand",
    )  # fmt: skip


def test_what_was_written_since_a_visit_is_told_with_its_records(reference: Database) -> None:
    assert begin_visit(reference, LOCAL_PERSON, as_of=DAY) is None
    key = "cybersouth-plus"
    before = VisitRow(LOCAL_PERSON.name, "2000-01-01T00:00:00+00:00", 1, DAY.isoformat())
    moment = of_visit(before)
    assert moment is not None
    old = get_project(reference, key).data_note
    note = FieldChange("project", key, "data_note", old, "Seen by a test.", "changed")
    apply_change_set(reference, ChangeSetDraft("edit", LOCAL_PERSON.name, "Note", (note,)))
    found = changes_since(reference, LOCAL_PERSON, moment, as_of=DAY)
    assert [row.kind for row in found.loads] == ["load"]
    (written,) = found.written
    assert (written.project_keys, written.words) == ((key,), "Project (1)")
    assert found.of({key}, with_others=False).written == (written,)
    assert found.of({"cyberseas"}, with_others=True).written == ()


def test_a_second_look_within_half_an_hour_is_the_same_visit(
    empty: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    for minutes in (0, 10, 45, 50, 120):
        now = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)
        monkeypatch.setattr("portfolio.services.visits.now_utc", lambda now=now: now)
        visit = begin_visit(empty, LOCAL_PERSON, as_of=DAY)
        seen.append(visit.seen_at[11:16] if visit else None)
    assert seen == [None, None, "08:00", "08:00", "08:45"]


def test_the_last_steering_committee_was_certainly_held(empty: Database) -> None:
    add_projects(empty, ["a", "b"])
    add(empty, "milestone", [
        {"key": f"{project}{on}", "project_key": project, "title": "SC", "kind": "steering-committee",
         "status": "done", "actual": on, "about": "project"}
        for project, on in (("a", "2026-05-05"), ("a", "2026-11-24"), ("b", "2026-06"), ("b", "2026-11"))
    ])  # fmt: skip
    held = last_meetings(empty, LOCAL_PERSON, as_of=DAY)
    assert held == {"a": "2026-05-05", "b": "2026-06"}
    moment = of_meeting(held, {"a", "b"}, {"a": "A", "b": "B"})
    assert moment is not None
    assert (moment.day, moment.words) == (
        dt.date(2026, 6, 30),
        "since the steering committee of B (June 2026)",
    )
    assert of_meeting(held, {"c"}, {}) is None


def test_the_first_milestones_are_those_that_the_rule_calls_due(loaded: LoadedDatabase) -> None:
    demo = loaded("demo")
    due = [state for state in milestone_states(find_milestones(demo), DAY) if state.is_due_within(DAY, 90)]
    keys = sorted(state.milestone.key for state in due)
    found = first_milestones(demo, LOCAL_PERSON, as_of=DAY)
    assert sorted(state.milestone.key for state in found) == keys
    one = found[0].milestone.project_key
    own = first_milestones(demo, LOCAL_PERSON, as_of=DAY, project_keys=frozenset([one]))
    assert own == tuple(state for state in found if state.milestone.project_key == one)
    every = [state for state in milestone_states(find_milestones(demo), DAY) if state.is_late]
    late = late_milestones(demo, LOCAL_PERSON, as_of=DAY)
    assert sorted(row.milestone.key for row in late.first) == sorted(row.milestone.key for row in every)
    assert late.due_too == sum(row.is_due_within(DAY, 90) for row in every) > 0
    on_time = first_milestones(demo, LOCAL_PERSON, as_of=DAY, with_late=False)
    assert on_time == tuple(row for row in found if not row.is_late)
    lines = late_lines(late.first, load_deadlines(demo, LOCAL_PERSON, as_of=DAY).passed, DAY)
    days = [int(found) for line in lines for found in re.findall(r", (\d+) days? late", line.what)]
    assert len(days) == len(lines) == 10 and days == sorted(days, reverse=True)
