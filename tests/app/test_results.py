"""The results and capacity screens: full, empty, for readers, and a decision from its preview on."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.services.access import Person
from portfolio.storage.queries.history import find_change_sets
from portfolio.storage.queries.results import find_indicator_values
from tests.app.edit_screens import database, press
from tests.app.screens import opened, problems, texts, tiles, use_portfolio, words

PERIOD = "2026-S1"


def leave_out(app: AppTest, keys: list[str]) -> None:
    """Nothing; the step is taken over all values but these."""
    (field,) = [each for each in app.multiselect if each.label == "Leave out"]
    field.set_value(keys).run()


def test_results_answer_first_and_show_the_tree_the_totals_and_what_was_left_out(demo: None) -> None:
    app = opened("results", id="rain-willow")
    assert problems(app) == []
    found = tiles(app)
    on_track, behind = int(found["Keeping pace"][0]), int(found["Behind what is expected"][0])
    unknown = int(found["Progress not known"][0])
    measured = f"{on_track} of the {on_track + behind} outcomes and outputs that can be measured keep pace"
    assert texts(app)[0].startswith(f"**{measured}")
    assert unknown > 0 and "Values reported for 18 of 20 projects" in words(app)
    assert "2 of 4 outcomes and outputs keep pace" in words(app)
    tables = {tuple(frame.value.columns): frame.value for frame in app.dataframe}
    tree = [frame for columns, frame in tables.items() if "baseline" in columns]
    assert tree
    (totals,) = [frame for columns, frame in tables.items() if "approved" in columns]
    people = totals[totals["name"] == "People trained"].iloc[0]
    assert (people["unit"], people["known"]) == ("people", "17 of 18")
    assert "never added" in words(app)
    assert "the two need not agree" in words(app) and "in no sum, 1 more in part." in words(app)
    by_partner = tables["partner", "value"].set_index("partner")["value"]
    assert "Albania" in by_partner.index and by_partner.index[-1] == "No partner stated"
    (left_out,) = [
        frame for columns, frame in tables.items() if columns[-1] == "reason" and "level" in columns
    ]
    assert {"A percentage: percentages are never added up.", "Not additive: the latest value stands."} < set(
        left_out["reason"]
    )
    assert "Kosovo" in words(app)


def test_decision_is_previewed_needs_a_reason_and_a_name_and_is_one_change_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_portfolio("demo", tmp_path, monkeypatch)
    app = opened("results")
    app.selectbox(key="decide").set_value(f"storm-oak {PERIOD}").run()
    before = len(find_change_sets(database()))
    press(app, "Preview")
    assert "**What would change**" in words(app)
    leave_out(app, ["storm-oak/indicator-01/2026-S1"])
    assert "**What would change**" not in words(app)
    assert "Preview again before applying it." in words(app)
    leave_out(app, [])
    assert "**What would change**" in words(app)
    press(app, "Apply")
    assert [error.value for error in app.error] != []
    assert len(find_change_sets(database())) == before
    app.text_input(key=f"result_field:storm-oak {PERIOD}:reason").set_value("Checked against the register")
    app.text_input(key="signature:results").set_value("Officer A")
    press(app, "Apply")
    assert problems(app) == []
    (latest, *_) = sorted(find_change_sets(database()), key=lambda row: -row.id)
    assert (latest.by, latest.reason) == ("Officer A", "Checked against the register")
    assert len(find_change_sets(database())) == before + 1
    rows = [row for row in find_indicator_values(database(), "storm-oak") if row.period == PERIOD]
    assert {row.status for row in rows} == {"approved"}
    assert f"as change set {latest.id}." in app.success[0].value


def test_who_may_not_edit_sees_what_waits_and_why_nothing_can_be_done(demo: None) -> None:
    app = opened("results", person=Person("Reader", "evaluator"))
    app.selectbox(key="decide").set_value(f"storm-oak {PERIOD}").run()
    assert problems(app) == []
    assert "you may look at everything you see, but not approve or return values" in words(app)
    assert "Preview" not in [button.label for button in app.button]


@pytest.mark.parametrize(
    ("page", "sentence"),
    [("results", "No project of this choice has an indicator yet."),
     ("capacity", "No project of this choice has a training or exercise on record.")],
)  # fmt: skip
def test_portfolio_without_results_says_so_and_what_to_do(reference: None, page: str, sentence: str) -> None:
    app = opened(page)
    assert problems(app) == []
    assert sentence in words(app) and "progress report" in words(app)


@pytest.mark.parametrize("page", ["results", "capacity"])
def test_empty_portfolio_leads_to_a_first_project(empty: None, page: str) -> None:
    app = opened(page)
    assert problems(app) == []
    assert "This portfolio has no projects yet." in words(app)


def test_capacity_says_how_far_it_has_come_with_coverage_and_what_is_due(demo: None) -> None:
    app = opened("capacity")
    assert problems(app) == []
    found = tiles(app)
    trainings = int(found["Trainings and exercises"][0])
    assert texts(app)[0].startswith(
        f"**Of {trainings} trainings and exercises, {found['Reached learned'][0]} reached"
    )
    assert found["Attendances"][1] == f"known for {trainings} of {trainings} trainings"
    assert found["Gain in scores"][0].startswith("+")
    assert "attendances, not persons" in words(app)
    tables = [frame.value for frame in app.dataframe]
    (matrix,) = [frame for frame in tables if "criminal-justice" in frame.columns]
    assert matrix["partner"].iloc[-1] == "Several, or not stated"
    (due,) = [frame for frame in tables if "standing" in frame.columns]
    assert due.iloc[0]["project"] == "FogLarch" and due.iloc[0]["standing"] == "overdue, 389 days"
    assert len(due) == int(found["Follow-ups overdue"][0]) + int(found["Follow-ups due in 90 days"][0])
    (ledger,) = [frame for frame in tables if "gain" in frame.columns]
    assert len(ledger) == trainings
