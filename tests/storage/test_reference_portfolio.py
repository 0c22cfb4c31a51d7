"""The real portfolio as it stands in the database: counts, bases, and nothing filled in."""

from __future__ import annotations

from typing import Any

from portfolio.model.entities import INPUTS
from portfolio.services.access import LOCAL_PERSON
from portfolio.services.health.portfolios import load_health
from portfolio.services.status_report import status_report
from portfolio.services.views import load_scheduled_view
from portfolio.settings import Settings
from portfolio.storage.engine import Database
from portfolio.storage.queries.evidence import find_evidence
from portfolio.storage.queries.history import find_change_sets
from portfolio.storage.queries.milestones import find_milestones
from portfolio.storage.queries.portfolios import count_records, get_portfolio
from portfolio.storage.queries.projects import find_projects
from portfolio.storage.setup import ensure_database


def reported(database: Database) -> dict[str, Any]:
    """What `status --json` says."""
    view = load_scheduled_view(database, LOCAL_PERSON)
    return status_report(view, load_health(database, LOCAL_PERSON, as_of=view.as_of))


def test_counts_are_those_of_the_collection(reference: Database) -> None:
    counts = count_records(reference)
    assert set(counts) == set(INPUTS)
    assert {name: counts[name] for name in ("project", "milestone", "published_figure", "source")} == {
        "project": 26, "milestone": 138, "published_figure": 51, "source": 200,
    }  # fmt: skip
    assert counts["context_indicator"] == 22 * 8


def test_nothing_is_contracted_paid_or_incurred_by_assumption(reference: Database) -> None:
    counts = count_records(reference)
    tables = (
        "financing_decision",
        "financing_agreement",
        "contract",
        "amendment",
        "payment",
        "incurred_cost",
    )
    assert {counts[name] for name in tables} == {0}
    money = reported(reference)["money"]
    for word in ("committed", "contracted", "paid", "incurred"):
        assert money[f"{word}_cents"] is None


def test_unknown_stays_unknown(reference: Database) -> None:
    projects = find_projects(reference)
    no_total = {project.key for project in projects if project.total_budget_cents is None}
    no_eu = {project.key for project in projects if project.eu_contribution_cents is None}
    assert no_total == {
        "cybersee", "wb-cyber-rapid-response-2", "cybereast-plus", "cybercrime-eap-iii", "act-lebanon",
        "jordan-cybercrime-twinning-2014",
    }  # fmt: skip
    assert no_total - no_eu == {"wb-cyber-rapid-response-2", "cybereast-plus"}
    assert len(no_eu) == 13
    assert [project.key for project in projects if not project.participations] == ["cybereast-plus"]


def test_dates_keep_their_precision(reference: Database) -> None:
    by_key = {project.key: project for project in find_projects(reference)}
    assert by_key["cybereast-plus"].start == "2024"
    assert by_key["cybersee"].start == "2024-01"
    assert by_key["cybersouth-plus"].present_end == "2026-12-31"


def test_published_milestones_are_done_without_baseline_or_forecast(reference: Database) -> None:
    milestones = find_milestones(reference)
    assert {(row.status, row.baseline, row.forecast) for row in milestones} == {("done", None, None)}
    assert sum(row.about == "project" for row in milestones) == 122


def test_every_amount_says_what_it_rests_on(reference: Database) -> None:
    known = {
        (project.key, field)
        for project in find_projects(reference)
        for field in ("total_budget_cents", "eu_contribution_cents")
        if getattr(project, field) is not None
    }
    evidence = find_evidence(reference, "project")
    preferred = {(row.record_key, row.field): row.basis for row in evidence if row.basis != "disputed"}
    assert known == {key for key in preferred if key[1].endswith("_cents")}
    assert preferred["iproceeds-2", "eu_contribution_cents"] == "computed"
    assert preferred["cyber-balkans", "eu_contribution_cents"] == "only-funder-named"
    assert preferred["cybersouth", "total_budget_cents"] == "stated"


def test_disagreements_stay_visible(reference: Database) -> None:
    rows = find_evidence(reference, "project")
    cybersouth = [row for row in rows if (row.record_key, row.field) == ("cybersouth", "total_budget_cents")]
    assert [row.basis for row in cybersouth] == ["stated", "disputed"]
    assert "3.35 million" in (cybersouth[1].value_as_stated or "")


def test_every_milestone_and_figure_leads_to_its_source(reference: Database) -> None:
    for entity, number in (("milestone", 138), ("published_figure", 51)):
        rows = find_evidence(reference, entity)
        assert len(rows) == number
        assert all(row.url and row.url.startswith("http") for row in rows)


def test_loading_is_change_set_one_and_happens_once(reference: Database) -> None:
    again = ensure_database(Settings("reference", reference.url, name_is_chosen=True))
    assert again.database_id == reference.database_id
    assert [(row.id, row.kind) for row in find_change_sets(reference)] == [(1, "load")]
    assert get_portfolio(reference).revision == 1


def test_status_report_adds_up_exactly(reference: Database) -> None:
    report = reported(reference)
    total = report["money"]["total_budget_cents"]
    assert report["projects"] == 26
    assert total == 6_413_337_100
    assert sum(place["total_budget_cents"] or 0 for place in report["regions"].values()) == total
    assert sum(place["total_budget_cents"] or 0 for place in report["partners"].values()) == total
    assert {code: place["projects"] for code, place in report["regions"].items()} == {
        "western-balkans": 10, "eastern-neighbourhood": 10, "southern-neighbourhood": 7, "outside": 4,
        "regional-not-split": 0,
    }  # fmt: skip
    assert len(report["partners"]) == 24
    assert report["milestones"] == {"total": 122, "done": 122, "late": 0, "due_90_days": 0}
    assert report["health"] == {"green": 0, "amber": 0, "red": 0, "grey": 5, "closed": 21}
