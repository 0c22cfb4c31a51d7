"""Results, risks, reports, evaluations and the rest entered on the edit screen: kept as typed, or refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.storage.queries.history import find_change_sets
from portfolio.storage.queries.records import find_project_records
from portfolio.ui.forms.fields import PART_OF, PARTS
from tests.app.edit_screens import (
    Rows,
    apply,
    database,
    edit_rows,
    edit_screen,
    errors,
    form_of,
    part,
    press,
    preview_rows,
    warnings,
)
from tests.app.screens import problems, use_portfolio

KEY = "cybersouth-plus"
AMOUNT = {"amount_cents": "1 000"}
OF = {"indicator_value": "indicator", "risk_review": "risk", "evaluation_score": "evaluation",
      "recommendation": "evaluation", "clearing": "contract", "contract_deadline": "contract"}  # fmt: skip
GOOD: dict[str, Rows] = {
    "contract": {"number": "C/1", "signed_on": "2024-01-10"},
    "contract_deadline": {"rule": "final-report", "due_on": "2027-06-30"},
    "clearing": AMOUNT,
    "cost_forecast": {"period": "2026-s1", "amount_cents": "3 890 000,50"},
    "receipt": {"received_on": "2024-03", **AMOUNT},
    "indicator": {"level": "outcome", "statement": "Requests answered", "unit": "%",
                  "baseline_millionths": "12,5", "baseline_year": "2024", "target_millionths": "80",
                  "library_code": "people-trained"},
    "indicator_value": {"period": "2026-S1", "sex": "women", "value_millionths": "75",
                        "numerator_millionths": "45", "denominator_millionths": "60"},
    "training": {"title": "Course", "kind": "training", "held_on": "2026-05", "women": "0",
                 "score_before_millionths": "47.25"},
    "risk": {"title": "Staff leave", "likelihood": "3", "impact": "5"},
    "risk_review": {"reviewed_on": "2026-01-15", "likelihood": "4", "impact": "5"},
    "report_due": {"kind": "interim", "period": "2026-S1", "due_on": "2026-08-29"},
    "narrative": {"period": "2026-S1", "section": "achievements", "text": "A law **passed**."},
    "assessment": {"period": "2026-S1", "dimension": "time", "colour": "amber"},
    "health_override": {"dimension": "overall", "colour": "green", "reason": "Agreed with the partner.",
                        "decided_on": "23 November 2026", "expires_on": "2027-02-28"},
    "evaluation": {"kind": "mid-term", "title": "Mid-term evaluation", "carried_out_on": "2026-03"},
    "evaluation_score": {"criterion": "impact", "score": "3"},
    "recommendation": {"number": "1", "text": "Train trainers.", "response": "accepted"},
    "project_marker": {"marker": "gender-equality", "score": "0"},
}  # fmt: skip
KEPT = {
    ("cost_forecast", "amount_cents"): 389_000_050,
    ("cost_forecast", "period"): "2026-S1",
    ("indicator", "baseline_millionths"): 12_500_000,
    ("indicator", "baseline_year"): 2024,
    ("indicator", "direction"): "up",
    ("indicator_value", "numerator_millionths"): 45_000_000,
    ("indicator_value", "status"): "submitted",
    ("training", "women"): 0,
    ("training", "men"): None,
    ("training", "score_before_millionths"): 47_250_000,
    ("training", "stage"): "delivered",
    ("risk", "impact"): 5,
    ("risk", "status"): "open",
    ("health_override", "decided_on"): "2026-11-23",
    ("evaluation_score", "score"): 3,
    ("project_marker", "score"): 0,
}
# What is said of a row, by the row.
UNREADABLE: dict[str, tuple[str, Rows]] = {
    "'Impact (1–5)' is empty, and a risk needs it.": ("risk", {"title": "R", "likelihood": "1"}),
    "'6' is not a whole number from 1 to 5.": ("risk", {"title": "R", "likelihood": "6", "impact": "1"}),
    "is above 100": ("training", {"title": "T", "held_on": "2026", "score_after_millionths": "101"}),
    "'1.250' can be read as 1,250 or as 1.250. Enter it without separators": (
        "indicator", {"statement": "I", "level": "output", "target_millionths": "1.250"},
    ),
    "'1850' is not a whole number from 1900 to 2999.": ("indicator", {"target_year": "1850"}),
}  # fmt: skip
REFUSED: dict[str, tuple[str, Rows]] = {
    "It must lapse after the day": (
        "health_override",
        {"dimension": "time", "colour": "red", "reason": "R", "decided_on": "2026-11-01",
         "expires_on": "2026-11-01"},
    ),
    "'2027' is not a whole day.": (
        "health_override",
        {"dimension": "risk", "colour": "red", "reason": "R", "decided_on": "2026-11-01",
         "expires_on": "2027"},
    ),
}  # fmt: skip
CONTRADICTING: dict[str, tuple[str, Rows]] = {
    "has numbers, but no unit": (
        "indicator", {"statement": "I", "level": "output", "target_millionths": "5"},
    ),
    "equals its baseline of 5": (
        "indicator",
        {"statement": "J", "level": "output", "unit": "laws", "baseline_millionths": "5",
         "target_millionths": "5"},
    ),
    "was received on 2027, which is after today": ("receipt", {"received_on": "2027", **AMOUNT}),
    "before the half-year has ended": (
        "report_due", {"kind": "progress", "period": "2026-S1", "due_on": "2026-05-01"},
    ),
    "is not the address of a page": ("evaluation", {"title": "E", "kind": "final", "report_url": "e.org"}),
    "This marker is entered twice.": ("project_marker", {"marker": "nutrition", "score": "1"}),
    "": ("project_marker", {"marker": "nutrition", "score": "2"}),
}  # fmt: skip


@pytest.fixture(autouse=True)
def reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The published portfolio."""
    use_portfolio("reference", tmp_path, monkeypatch)


def enter(app: AppTest, entity: str, rows: list[Rows]) -> None:
    """Nothing; the rows are in their table, which stands in the part that is open or is opened for it."""
    if app.session_state["part"] != PART_OF[entity]:
        part(app, PART_OF[entity])
    edit_rows(app, entity, added=rows)


def with_parent(app: AppTest, entity: str) -> Rows:
    """A row that names the record that it belongs to, entered before it."""
    parent = OF.get(entity)
    keys = {} if parent is None else {f"{parent}_key": form_of(app).rows[parent][0]["key"]}
    return keys | GOOD[entity]


def in_order_of_parts() -> Iterator[str]:
    """The kinds of record of one part after another, parents first."""
    return iter(sorted(GOOD, key=lambda entity: (list(PARTS).index(PART_OF[entity]), entity in OF)))


def test_every_kind_of_record_is_entered_previewed_and_kept_in_one_change_set() -> None:
    app = edit_screen(KEY, part="trainings")
    assert app.session_state["part"] == "trainings"
    for entity in in_order_of_parts():
        enter(app, entity, [with_parent(app, entity)])
    press(app, "Preview")
    assert (errors(app), problems(app)) == ([], [])
    (warning,) = warnings(app)
    assert warning.startswith("Contract: C/1") and "against pre-financing of EUR 0" in warning
    told = {row[0]: row for row in preview_rows(app)}
    assert told["Recommendation: Mid-term evaluation, no. 1"][4] == "Added"
    assert {row[3] for row in preview_rows(app) if row[0].startswith("Policy marker")} == {
        "0: Not targeted", "Gender equality", KEY,
    }  # fmt: skip
    apply(app, "Entered by hand")
    assert problems(app) == []
    found = find_project_records(database(), KEY)
    kept = {entity: state for (entity, _), state in found.items() if entity in GOOD}
    assert set(kept) == set(GOOD)
    assert {(entity, field): kept[entity][field] for entity, field in KEPT} == KEPT
    for entity, parent in OF.items():
        assert kept[entity][f"{parent}_key"] == kept[parent]["key"], entity
    assert [row.kind for row in find_change_sets(database())] == ["edit", "load"]


@pytest.mark.parametrize("rows", [UNREADABLE, REFUSED, CONTRADICTING], ids=["read", "refused", "contradicts"])
def test_what_cannot_be_kept_is_said_with_its_record_and_nothing_is_written(
    rows: dict[str, tuple[str, Rows]],
) -> None:
    """In three steps: what cannot be read, what the model refuses, and then the rules across records."""
    app = edit_screen(KEY)
    entered: dict[str, list[Rows]] = {}
    for entity, row in rows.values():
        entered.setdefault(entity, []).append(row)
    for entity in sorted(entered, key=lambda entity: list(PARTS).index(PART_OF[entity])):
        enter(app, entity, entered[entity])
    press(app, "Preview")
    said = "\n".join((*errors(app), *warnings(app)))
    assert [sentence for sentence in rows if sentence not in said] == []
    assert len(find_change_sets(database())) == 1
