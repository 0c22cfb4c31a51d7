"""Indicators, trainings, risks and reports: what the database refuses, what is found, and the way back."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portfolio.model.changes import ChangeSetDraft, FieldChange, Value, added_record
from portfolio.model.entities import field_problems, table_of
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.editing import RecordEdit, preview_edits
from portfolio.services.histories import undo_change_set
from portfolio.services.verifications import verify
from portfolio.storage.engine import Database, writing
from portfolio.storage.queries.history import find_changes, find_states
from portfolio.storage.queries.portfolios import count_records
from portfolio.storage.queries.records import find_project_records
from portfolio.storage.queries.results import (
    find_indicator_values,
    find_indicators,
    find_risks,
    find_trainings,
)
from portfolio.storage.unit_of_work import apply_change_set

KEY = "cybersouth-plus"
INDICATOR = f"{KEY}/indicator-01"
GOOD: dict[str, dict[str, Value]] = {
    "indicator": {"project_key": KEY, "level": "output", "statement": "Staff trained", "unit": "people"},
    "indicator_value": {"indicator_key": INDICATOR, "period": "2026-S1", "value_millionths": 12_500_000},
    "training": {"project_key": KEY, "title": "Course", "kind": "training", "held_on": "2026-05"},
    "risk": {"project_key": KEY, "title": "Late", "likelihood": 5, "impact": 1},
    "receipt": {"project_key": KEY, "amount_cents": 5_000_000_000_00},
    "assessment": {"project_key": KEY, "period": "2026-S1", "dimension": "time", "colour": "red"},
    "narrative": {"project_key": KEY, "period": "2026-S1", "section": "next-steps", "text": "More."},
    "risk_review": {"risk_key": f"{KEY}/risk-01", "reviewed_on": "2026-01", "likelihood": 2, "impact": 3},
    "cost_forecast": {"project_key": KEY, "period": "2026-S1", "amount_cents": 5_000_000_000_00},
    "contract": {"project_key": KEY, "number": "C/1"},
    "clearing": {"contract_key": f"{KEY}/contract-01", "amount_cents": 5_000_000_000_00},
    "contract_deadline": {
        "contract_key": f"{KEY}/contract-01", "rule": "final-report", "due_on": "2027-06",
    },
    "report_due": {"project_key": KEY, "kind": "interim", "due_on": "2026-08-29"},
    "evaluation": {"project_key": KEY, "kind": "mid-term", "title": "Mid-term evaluation"},
    "evaluation_score": {"evaluation_key": f"{KEY}/evaluation-01", "criterion": "impact", "score": 4},
    "recommendation": {"evaluation_key": f"{KEY}/evaluation-01", "number": 1, "text": "Do more."},
    "project_marker": {"project_key": KEY, "marker": "gender-equality", "score": 0},
    "health_override": {
        "project_key": KEY, "dimension": "overall", "colour": "amber", "reason": "Seen on a visit.",
        "decided_on": "2026-11-01", "expires_on": "2026-11-02",
    },
}  # fmt: skip
BAD: list[tuple[str, str, Value]] = [
    ("indicator", "level", "goal"),
    ("indicator", "direction", "sideways"),
    ("indicator", "aggregation", "average"),
    ("indicator", "baseline_year", 26),
    ("indicator", "target_year", 3000),
    ("indicator_value", "sex", "female"),
    ("indicator_value", "status", "final"),
    ("indicator_value", "numerator_millionths", -1),
    ("indicator_value", "denominator_millionths", -1),
    ("training", "held_on", "May 2026"),
    ("training", "ended_on", "2026-5"),
    ("training", "follow_up_on", "soon"),
    ("training", "women", -1),
    ("training", "men", 1_000_001),
    ("training", "not_stated", -1),
    ("training", "institutions_count", -1),
    ("training", "score_before_millionths", -1),
    ("training", "score_after_millionths", 100_000_001),
    ("training", "stage", "certified"),
    ("risk", "likelihood", 0),
    ("risk", "impact", 6),
    ("risk", "status", "pending"),
    ("risk", "reviewed_on", "last week"),
    ("receipt", "amount_cents", -1),
    ("receipt", "received_on", "3 May"),
    ("assessment", "dimension", "overall"),
    ("assessment", "colour", "grey"),
    ("narrative", "section", "annex"),
    ("risk_review", "likelihood", 6),
    ("risk_review", "impact", 0),
    ("risk_review", "reviewed_on", "in May"),
    ("cost_forecast", "amount_cents", -1),
    ("clearing", "amount_cents", -1),
    ("clearing", "cleared_on", "in May"),
    ("contract_deadline", "due_on", "in May"),
    ("report_due", "kind", "annual"),
    ("report_due", "due_on", "soon"),
    ("report_due", "received_on", "soon"),
    ("report_due", "approved_on", "soon"),
    ("evaluation", "kind", "audit"),
    ("evaluation", "carried_out_on", "in May"),
    ("evaluation_score", "criterion", "beauty"),
    ("evaluation_score", "score", 5),
    ("recommendation", "response", "perhaps"),
    ("recommendation", "due_on", "soon"),
    ("recommendation", "done_on", "soon"),
    ("project_marker", "score", 3),
    ("health_override", "dimension", "beauty"),
    ("health_override", "colour", "grey"),
    ("health_override", "expires_on", "2026-11-01"),
    ("health_override", "expires_on", "2026-12"),
]


def add(database: Database, *entities: str) -> int:
    changes = tuple(
        change for entity in entities for change in added_record(entity, key_of(entity), GOOD[entity])
    )
    return apply_change_set(database, ChangeSetDraft("import", "A tester", "Report", changes))


def key_of(entity: str) -> str:
    return INDICATOR if entity == "indicator" else f"{KEY}/{entity}-01"


def test_everything_that_is_reported_can_be_kept_and_is_found(reference: Database) -> None:
    add(reference, *GOOD)
    states = find_states(reference)
    for entity, values in GOOD.items():
        assert values.items() <= states[entity, key_of(entity)].items()
    (indicator,) = find_indicators(reference, KEY)
    assert (indicator.direction, indicator.aggregation) == ("up", "none")
    (value,) = find_indicator_values(reference, KEY)
    assert (value.status, value.partner_code, value.sex) == ("submitted", None, None)
    assert (find_trainings(reference, KEY)[0].stage, find_risks(reference, KEY)[0].score) == ("delivered", 5)
    assert find_indicators(reference, "cybersee") == find_indicator_values(reference, "cybersee") == ()
    assert GOOD.keys() <= {entity for entity, _ in find_project_records(reference, KEY)}
    assert not any(check.faults for check in verify(reference))


def test_the_real_portfolio_holds_nothing_that_nobody_reported(reference: Database) -> None:
    counts = count_records(reference)
    assert [counts[entity] for entity in GOOD] == [0] * len(GOOD)


def test_what_the_model_refuses_the_database_refuses_as_well(reference: Database) -> None:
    add(reference, "indicator", "contract", "evaluation", "risk")
    for entity, field, value in BAD:
        bad = {**GOOD[entity], "key": "bad", field: value}
        assert [problem[0] for problem in field_problems(entity, bad)] == [field], (entity, field)
        defaults = {
            column.name: "up" if column.name == "direction" else "none"
            for column in table_of(entity).c
            if column.name in ("direction", "aggregation")
        }
        stated = {"status": "open" if entity == "risk" else "submitted", "stage": "delivered"}
        defaults |= {name: text for name, text in stated.items() if name in table_of(entity).c}
        with pytest.raises((sa.exc.IntegrityError, sa.exc.DataError)), writing(reference) as connection:
            connection.execute(sa.insert(table_of(entity)), {**defaults, **bad})


@pytest.mark.parametrize(("partner", "sex"), [(None, None), ("ALB", None), (None, "women"), ("ALB", "women")])
def test_one_value_for_each_half_year_partner_and_sex(
    reference: Database, partner: str | None, sex: str | None
) -> None:
    add(reference, "indicator")
    row = {**GOOD["indicator_value"], "partner_code": partner, "sex": sex, "status": "submitted"}
    table = table_of("indicator_value")
    with writing(reference) as connection:
        connection.execute(sa.insert(table), {**row, "key": "first"})
        connection.execute(sa.insert(table), {**row, "key": "other", "period": "2026-S2"})
        connection.execute(sa.insert(table), {**row, "key": "third", "partner_code": "SRB"})
    with pytest.raises(sa.exc.IntegrityError), writing(reference) as connection:
        connection.execute(sa.insert(table), {**row, "key": "second"})


def test_an_indicator_with_values_cannot_be_taken_out(reference: Database) -> None:
    add(reference, "indicator", "indicator_value")
    opened = find_project_records(reference, KEY)
    edit = RecordEdit("indicator", INDICATOR, None)
    preview = preview_edits(reference, LOCAL_PERSON, KEY, [edit], opened=opened)
    assert [finding.code for finding in preview.errors] == ["RULE_RELIED_UPON"]


def test_undo_takes_out_what_a_report_brought_and_keeps_what_was_edited_since(reference: Database) -> None:
    before = find_states(reference)
    number = add(reference, *GOOD)
    edited = FieldChange("risk", key_of("risk"), "likelihood", 5, 2, "changed")
    apply_change_set(reference, ChangeSetDraft("edit", "A tester", "Less likely", (edited,)))
    plan = undo_change_set(reference, LOCAL_PERSON, number).plan
    assert [(kept.entity, kept.reason) for kept in plan.kept] == [
        ("risk", "kept: likelihood was edited since")
    ]
    after = find_states(reference)
    assert {record for record in after if record not in before} == {("risk", key_of("risk"))}
    assert not any(check.faults for check in verify(reference))


def test_a_project_with_more_records_than_one_question_may_name_is_read_whole(empty: Database) -> None:
    number = 40_000  # SQLite takes 32,766 values at once
    training = {**GOOD["training"], "stage": "delivered"}
    project = {"key": KEY, "acronym": "C", "title": "T"}
    with writing(empty) as connection:
        connection.execute(sa.insert(table_of("project")), project)
        rows = [{**training, "key": f"{KEY}/t-{position}"} for position in range(number)]
        connection.execute(sa.insert(table_of("training")), rows)
    records = find_project_records(empty, KEY)
    assert len(records) == number + 1
    assert find_changes(empty, records=records) == ()
