"""An empty portfolio filled on the screen: a project with all that belongs to it, in one change set."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.model.rows import RecordState
from portfolio.storage.queries.history import find_change_sets, find_states
from portfolio.storage.queries.practice import find_drafts
from portfolio.storage.queries.records import find_project_records
from tests.app.edit_screens import (
    apply,
    choose,
    database,
    edit_rows,
    edit_screen,
    errors,
    fill,
    form_of,
    labels_of_buttons,
    part,
    press,
    preview_rows,
    warnings,
)
from tests.app.screens import opened, problems, use_portfolio, words


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A portfolio without projects."""
    use_portfolio("empty", tmp_path, monkeypatch)


def records(key: str, entity: str) -> list[RecordState]:
    """The records of a kind that belong to a project."""
    return [state for (name, _), state in find_project_records(database(), key).items() if name == entity]


def test_a_project_with_everything_is_one_change_set() -> None:
    app = edit_screen()
    assert [title.value for title in app.title] == ["New project"]
    fill(app, "Acronym", "CyberTést+")
    fill(app, "Title", "Test of a project")
    fill(app, "Start", "1 March 2024")
    fill(app, "Original end", "2027-02")
    fill(app, "Total budget (EUR)", "1.250.000,50")
    choose(app, "Focus", "cybercrime")
    part(app, "partners")
    app.multiselect[-1].set_value(["western-balkans"])
    app.run()
    shares = [{"partner_code": "ALB", "share_millionths": "66,6667"}, {"partner_code": "XKX"}]
    edit_rows(app, "participation", added=shares)
    shares[1]["share_millionths"] = "33.3333 %"
    edit_rows(app, "participation", added=shares)
    part(app, "organisations")
    edit_rows(app, "organisation", added=[{"name": "First Institute", "type": "academic"}])
    organisation = str(form_of(app).rows["organisation"][0]["key"])
    edit_rows(app, "project_organisation", added=[{"organisation_key": organisation, "role": "implementer"}])
    part(app, "funding")
    edit_rows(app, "financing_decision", added=[{"number": "D/1", "committed_cents": "2 000 000"}])
    decision = str(form_of(app).rows["financing_decision"][0]["key"])
    contract = {"number": "C/1", "decision_key": decision, "signed_on": "2024-02-01", "type": "grant"}
    edit_rows(app, "contract", added=[contract | {"eu_contribution_cents": "1 000 000"}])
    contract_key = str(form_of(app).rows["contract"][0]["key"])
    edit_rows(
        app, "payment", added=[{"contract_key": contract_key, "kind": "interim", "amount_cents": "500 000"}]
    )
    part(app, "milestones")
    edit_rows(app, "milestone", added=[{"title": "Launch", "status": "planned", "forecast": "2026-12"}])
    apply(app, "First project")
    assert problems(app) == []
    assert "Change set 1 was applied." in next(box.value for box in app.success)

    (change_set,) = find_change_sets(database())
    assert (change_set.kind, change_set.reason, change_set.revision) == ("edit", "First project", 1)
    (project,) = records("cybertest", "project")
    assert {name: project[name] for name in ("acronym", "start", "end_original", "focus")} == {
        "acronym": "CyberTést+", "start": "2024-03-01", "end_original": "2027-02", "focus": "cybercrime",
    }  # fmt: skip
    assert (project["total_budget_cents"], project["eu_contribution_cents"]) == (125_000_050, None)
    partners = records("cybertest", "participation")
    assert [(row["partner_code"], row["share_millionths"]) for row in partners] in (
        [("ALB", 666_667), ("XKX", 333_333)],
        [("XKX", 333_333), ("ALB", 666_667)],
    )
    assert [row["region"] for row in records("cybertest", "project_region")] == ["western-balkans"]
    (role,) = records("cybertest", "project_organisation")
    assert find_states(database(), "organisation")["organisation", str(role["organisation_key"])]["name"] == (
        "First Institute"
    )
    (kept,) = records("cybertest", "contract")
    assert (kept["eu_contribution_cents"], kept["total_cents"]) == (100_000_000, None)
    decided = find_states(database(), "financing_decision")["financing_decision", str(kept["decision_key"])]
    assert (decided["number"], decided["committed_cents"]) == ("D/1", 200_000_000)
    assert [row["amount_cents"] for row in records("cybertest", "payment")] == [50_000_000]
    assert [row["status"] for row in records("cybertest", "milestone")] == ["planned"]
    assert all(
        str(key).startswith("cybertest/") or key == "cybertest"
        for _, key in find_project_records(database(), "cybertest")
    )
    assert find_drafts(database(), "local user") == ()


def test_the_key_comes_from_the_acronym_until_somebody_chooses_it() -> None:
    app = edit_screen()
    fill(app, "Acronym", "Alpha One")
    assert form_of(app).chosen_key == "alpha-one"
    fill(app, "Acronym", "Alpha Two")
    assert [field.value for field in app.text_input if field.label == "Key *"] == ["alpha-two"]
    fill(app, "Key", "own-key")
    fill(app, "Acronym", "Alpha Three")
    assert form_of(app).chosen_key == "own-key"
    fill(app, "Key", "Not a key!")
    press(app, "Preview")
    assert [line for line in errors(app) if "cannot be a key" in line] != []


def test_a_second_project_of_the_same_acronym_gets_a_key_of_its_own() -> None:
    for number, key in ((1, "twin"), (2, "twin-2")):
        app = edit_screen()
        fill(app, "Acronym", "Twin")
        fill(app, "Title", f"Twin number {number}")
        apply(app)
        assert problems(app) == []
        assert [state["title"] for state in records(key, "project")] == [f"Twin number {number}"]


def test_after_creation_the_form_goes_on_with_the_project() -> None:
    app = edit_screen()
    fill(app, "Acronym", "Beta")
    fill(app, "Title", "Beta")
    apply(app)
    assert app.query_params["id"] == "beta"
    assert [title.value for title in app.title] == ["Edit Beta"]
    fill(app, "Title", "Beta, corrected")
    apply(app, "Corrected")
    assert [row.reason for row in find_change_sets(database())] == ["Corrected", "Entered for a test"]
    assert records("beta", "project")[0]["title"] == "Beta, corrected"


def test_nothing_is_written_before_apply() -> None:
    app = edit_screen()
    fill(app, "Acronym", "Gamma")
    fill(app, "Title", "Gamma")
    press(app, "Preview")
    assert preview_rows(app) == [
        ("Project: Gamma", "Acronym", "–", "Gamma", "Added"),
        ("Project: Gamma", "Title", "–", "Gamma", "Added"),
    ]
    assert find_change_sets(database()) == ()
    assert find_states(database(), "project") == {}


def test_an_organisation_that_no_role_names_is_a_warning_to_accept() -> None:
    app = edit_screen()
    fill(app, "Acronym", "Delta")
    fill(app, "Title", "Delta")
    part(app, "organisations")
    edit_rows(app, "organisation", added=[{"name": "Nobody's Institute"}])
    press(app, "Preview")
    (warning,) = warnings(app)
    assert warning.startswith("Organisation: Nobody's Institute")
    assert "No role names this organisation" in warning
    fill(app, "Your name", "Test Person")
    fill(app, "Reason", "x")
    press(app, "Apply")
    assert "Accept the warnings first" in words_of_errors(app)
    assert find_change_sets(database()) == ()


def words_of_errors(app: object) -> str:
    """The error messages as one text."""
    return "\n".join(errors(app))  # type: ignore[arg-type]


def test_the_empty_portfolio_leads_to_the_form() -> None:
    app = edit_screen()
    assert "Preview" in labels_of_buttons(app)
    assert "New project" in [link.label for link in opened("overview").get("page_link")]
    assert "Nothing differs from what is on record." in words(app)
