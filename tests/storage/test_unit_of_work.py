"""The one write path: all or nothing, refused when stale, kept for ever."""

from __future__ import annotations

import sqlite3
import threading

import pytest
import sqlalchemy as sa

from portfolio.errors import InvalidRecord, StaleChange
from portfolio.model.changes import ChangeSetDraft, FieldChange, added_record, removed_record
from portfolio.storage.engine import Database, reading, writing
from portfolio.storage.queries.history import find_change_sets, find_changes, find_states
from portfolio.storage.queries.money import find_money
from portfolio.storage.queries.portfolios import get_portfolio
from portfolio.storage.queries.projects import get_project
from portfolio.storage.unit_of_work import apply_change_set

PROJECT = ("project", "p1")


def draft(*changes: FieldChange) -> ChangeSetDraft:
    return ChangeSetDraft("edit", "tester", "test", tuple(changes))


def new_project(key: str = "p1", **values: str | int) -> tuple[FieldChange, ...]:
    return tuple(added_record("project", key, {"acronym": key.upper(), "title": f"Project {key}", **values}))


def change(field: str, old: object, new: object, key: str = "p1") -> FieldChange:
    return FieldChange("project", key, field, old, new, "changed")  # type: ignore[arg-type]


def test_apply_new_record_stores_it_and_bumps_the_revision(empty: Database) -> None:
    number = apply_change_set(empty, draft(*new_project(total_budget_cents=5_000_000_000)))
    assert get_project(empty, "p1").total_budget_cents == 5_000_000_000
    assert get_portfolio(empty).revision == 1
    assert [row.id for row in find_change_sets(empty)] == [number]


def test_apply_fifty_million_euro_is_stored_whole_on_both_engines(empty: Database) -> None:
    contract = {
        "project_key": "p1",
        "number": "C1",
        "eu_contribution_cents": 5_000_000_000,
        "total_cents": 5_000_000_001,
    }
    payments = [
        change
        for part in (1, 2)
        for change in added_record(
            "payment",
            f"p1/pay{part}",
            {"contract_key": "p1/c1", "kind": "interim", "amount_cents": 2_500_000_000},
        )
    ]
    apply_change_set(empty, draft(*new_project(), *added_record("contract", "p1/c1", contract), *payments))
    money = find_money(empty)["p1"]
    assert (money.contracted_eu_cents, money.contracted_total_cents, money.paid_cents) == (
        5_000_000_000,
        5_000_000_001,
        5_000_000_000,
    )
    assert isinstance(money.paid_cents, int)


def test_recovery_counts_against_what_was_paid(empty: Database) -> None:
    contract = added_record("contract", "p1/c1", {"project_key": "p1", "number": "C1"})
    amounts = {"pre-financing": 1000, "final": 500, "recovery": 300}
    payments = [
        change
        for kind, cents in amounts.items()
        for change in added_record(
            "payment", f"p1/{kind}", {"contract_key": "p1/c1", "kind": kind, "amount_cents": cents}
        )
    ]
    apply_change_set(empty, draft(*new_project(), *contract, *payments))
    money = find_money(empty)["p1"]
    assert (money.paid_cents, money.pre_financing_cents) == (1200, 1000)


def test_apply_stale_old_value_is_refused_and_nothing_is_written(empty: Database) -> None:
    apply_change_set(empty, draft(*new_project()))
    before = find_states(empty)
    with pytest.raises(StaleChange) as refused:
        apply_change_set(empty, draft(change("title", "Project p1", "New"), change("acronym", "WRONG", "X")))
    assert refused.value.fields == (("project", "p1", "acronym"),)
    assert find_states(empty) == before
    assert get_portfolio(empty).revision == 1


def test_two_people_changing_different_fields_both_succeed(empty: Database) -> None:
    apply_change_set(empty, draft(*new_project()))
    apply_change_set(empty, draft(change("title", "Project p1", "One")))
    apply_change_set(empty, draft(change("acronym", "P1", "TWO")))
    project = get_project(empty, "p1")
    assert (project.title, project.acronym) == ("One", "TWO")


def test_removing_a_record_that_somebody_completed_since_is_refused(empty: Database) -> None:
    apply_change_set(empty, draft(*new_project()))
    state = find_states(empty)[PROJECT]
    removal = draft(*removed_record(*PROJECT, {key: value for key, value in state.items() if key != "key"}))
    apply_change_set(empty, draft(change("summary", None, "Known now")))
    with pytest.raises(StaleChange) as refused:
        apply_change_set(empty, removal)
    assert refused.value.fields == ((*PROJECT, "summary"),)
    assert find_states(empty)[PROJECT]["summary"] == "Known now"
    apply_change_set(empty, draft(change("summary", "Known now", None)))
    apply_change_set(empty, removal)
    assert PROJECT not in find_states(empty)


def test_adding_a_record_that_exists_is_refused(empty: Database) -> None:
    apply_change_set(empty, draft(*new_project()))
    with pytest.raises(StaleChange):
        apply_change_set(empty, draft(*new_project()))


def test_changing_a_record_that_does_not_exist_is_refused(empty: Database) -> None:
    with pytest.raises(StaleChange):
        apply_change_set(empty, draft(change("title", None, "X", key="nobody")))


@pytest.mark.parametrize(
    ("entity", "values"),
    [
        ("project", {"acronym": "A", "title": "T", "start": "2024-13"}),
        ("project", {"acronym": "A", "title": "T", "total_budget_cents": -1}),
        ("project", {"acronym": "A", "title": "T", "focus": "weather"}),
        ("project", {"acronym": "A", "title": "T", "nonsense": 1}),
        ("project", {"acronym": "A"}),
        ("project", {"acronym": "A\x00", "title": "T"}),
        ("participation", {"project_key": "p1", "partner_code": "Kosovo"}),
        ("participation", {"project_key": "p1", "partner_code": "ALB", "share_millionths": 1_000_001}),
        ("incurred_cost", {"project_key": "p1", "period": "2026", "heading": "travel", "amount_cents": 1}),
    ],
)
def test_apply_invalid_record_is_refused_in_one_sentence(
    empty: Database, entity: str, values: dict[str, str | int]
) -> None:
    apply_change_set(empty, draft(*new_project()))
    with pytest.raises(InvalidRecord) as refused:
        apply_change_set(empty, draft(*added_record(entity, "p1/bad", values)))
    assert "p1/bad" in refused.value.sentence and "\n" not in refused.value.sentence
    assert get_portfolio(empty).revision == 1


def test_constraints_stand_in_the_database_too(empty: Database) -> None:
    apply_change_set(empty, draft(*new_project()))
    broken = [
        "UPDATE project SET total_budget_cents = -1",
        "UPDATE project SET start = 'soon'",
        "INSERT INTO participation (key, project_key, partner_code) VALUES ('x', 'nobody', 'ALB')",
        "INSERT INTO milestone VALUES ('m', 'p1', 'M', NULL, 'other', NULL, NULL, NULL, false, 'done', NULL)",
    ]
    for statement in broken:
        with pytest.raises(sa.exc.IntegrityError), writing(empty) as connection:
            connection.execute(sa.text(statement))


def test_a_failure_in_the_middle_leaves_no_trace(empty: Database) -> None:
    apply_change_set(empty, draft(*new_project()))
    orphan = added_record("milestone", "p1/m", {"project_key": "nobody", "title": "M"})
    with pytest.raises(InvalidRecord):
        apply_change_set(empty, draft(change("title", "Project p1", "New"), *orphan))
    assert get_project(empty, "p1").title == "Project p1"
    assert len(find_change_sets(empty)) == 1


def test_removed_record_leaves_the_tables_and_stays_in_the_history(empty: Database) -> None:
    values = {"acronym": "P1", "title": "Project p1"}
    apply_change_set(empty, draft(*new_project()))
    number = apply_change_set(empty, draft(*removed_record("project", "p1", values)))
    assert find_states(empty, "project") == {}
    kept = {item.field: item.old for _, item in find_changes(empty, number)}
    assert kept == values


def test_values_come_back_from_the_history_as_they_were(empty: Database) -> None:
    title = 'Ünïcode "quoted" ქართული\nline'
    apply_change_set(empty, draft(*new_project(title=title, total_budget_cents=7)))
    stored = {item.field: item.new for _, item in find_changes(empty)}
    assert stored == {"acronym": "P1", "title": title, "total_budget_cents": 7}


def test_two_writers_at_once_one_wins_and_one_is_told(empty: Database) -> None:
    apply_change_set(empty, draft(*new_project()))
    outcomes: list[str] = []
    barrier = threading.Barrier(2)

    def write(title: str) -> None:
        barrier.wait()
        try:
            apply_change_set(empty, draft(change("title", "Project p1", title)))
            outcomes.append("applied")
        except StaleChange:
            outcomes.append("stale")

    threads = [threading.Thread(target=write, args=(title,)) for title in ("A", "B")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["applied", "stale"]
    assert get_portfolio(empty).revision == 2


def test_readers_see_one_state_while_somebody_writes(reference: Database) -> None:
    with reading(reference) as connection:
        count = sa.text("SELECT count(*) FROM project")
        before = connection.execute(count).scalar_one()
        apply_change_set(reference, draft(*new_project()))
        assert connection.execute(count).scalar_one() == before
    with reading(reference) as connection:
        assert connection.execute(count).scalar_one() == before + 1


def test_foreign_keys_are_on_in_sqlite(empty: Database) -> None:
    if empty.engine.dialect.name != "sqlite":
        return
    with reading(empty) as connection:
        assert connection.execute(sa.text("PRAGMA foreign_keys")).scalar_one() == 1
        assert connection.execute(sa.text("PRAGMA journal_mode")).scalar_one() == "wal"
    assert sqlite3.sqlite_version_info >= (3, 35)


def test_contracted_is_what_the_latest_signed_amendment_says(empty: Database) -> None:
    contract = {"project_key": "p1", "number": "C1", "eu_contribution_cents": 100, "total_cents": 110}
    amendments = {
        1: {"signed_on": "2025", "new_eu_contribution_cents": 150, "new_total_cents": 160},
        2: {"signed_on": "2026", "new_end": "2027"},
        3: {"new_eu_contribution_cents": 999},
    }
    changes = [
        change
        for number, values in amendments.items()
        for change in added_record(
            "amendment",
            f"p1/a{number}",
            {"contract_key": "p1/c1", "number": number, "kind": "other", **values},
        )
    ]
    apply_change_set(empty, draft(*new_project(), *added_record("contract", "p1/c1", contract), *changes))
    money = find_money(empty)["p1"]
    assert (money.contracted_eu_cents, money.contracted_total_cents, money.amendments) == (150, 160, 3)


def test_questions_inside_one_reading_see_one_revision(empty: Database) -> None:
    apply_change_set(empty, draft(*new_project()))
    with reading(empty):
        before = get_portfolio(empty).revision
        writer = threading.Thread(
            target=apply_change_set, args=(empty, draft(change("title", "Project p1", "New")))
        )
        writer.start()
        writer.join()
        assert (get_portfolio(empty).revision, get_project(empty, "p1").title) == (before, "Project p1")
    assert (get_portfolio(empty).revision, get_project(empty, "p1").title) == (before + 1, "New")
