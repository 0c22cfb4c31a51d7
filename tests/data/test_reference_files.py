"""The published portfolio in data/reference, as plain files: counts, codes, and who stands behind them."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[2] / "data"


def read_csv(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def read_json(path: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((DATA / path).read_text(encoding="utf-8"))
    return rows


PROJECTS = read_json("reference/projects.json")
EVIDENCE = read_json("reference/evidence.json")
BY_ID = {project["id"]: project for project in PROJECTS}


def codes(name: str) -> set[str]:
    return {row["code"] for row in read_csv(f"vocabulary/{name}.csv")}


def code(word: str) -> str:
    """The code that a word of projects.json stands for: "lead implementer" is lead-implementer."""
    return word.replace(" ", "-")


def addresses(project: dict[str, Any]) -> list[str]:
    return [source["url"] for source in project["sources"]]


def inner(key: str) -> list[dict[str, Any]]:
    return [row for project in PROJECTS for row in project[key]]


def test_portfolio_has_the_published_counts() -> None:
    milestones = inner("milestones")
    assert len(PROJECTS) == len(BY_ID) == 26
    assert len(milestones) == 138
    assert Counter(row["about"] for row in milestones) == {"project": 122, "context": 16}
    assert len(inner("quantified_results")) == 51
    assert len(inner("sources")) == 200


def test_portfolio_leaves_unpublished_money_unknown() -> None:
    totals = {p["id"]: p["total_budget_eur"] for p in PROJECTS if p["total_budget_eur"] is not None}
    shares = {p["id"]: p["eu_contribution_eur"] for p in PROJECTS if p["eu_contribution_eur"] is not None}
    assert (len(totals), sum(totals.values())) == (20, 64_133_371)
    assert (len(shares), sum(shares.values())) == (13, 35_990_871)
    assert set(shares) - set(totals) == {"wb-cyber-rapid-response-2", "cybereast-plus"}
    assert [p["id"] for p in PROJECTS if not p["countries"]] == ["cybereast-plus"]


def test_portfolio_regions_are_those_of_its_partners() -> None:
    home = {row["code"]: row["region"] for row in read_csv("vocabulary/partners.csv")}
    for project in PROJECTS:
        if project["countries"]:
            regions = {home[partner] for partner in project["countries"]} - {"outside"}
            assert regions == set(project["regions"]), project["id"]
    assert Counter(region for p in PROJECTS for region in p["regions"]) == {
        "western-balkans": 10, "eastern-neighbourhood": 10, "southern-neighbourhood": 7,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("used", "vocabulary"),
    [
        ({p["focus"] for p in PROJECTS}, "focus"),
        ({code(p["relevance"]) for p in PROJECTS}, "relevance"),
        ({p["instrument"] for p in PROJECTS} - {None}, "instrument"),
        ({p["modality"] for p in PROJECTS} - {None}, "modality"),
        ({p["status_on_2026_11_23"] for p in PROJECTS}, "project_status"),
        ({row["type"] for row in inner("implementers")}, "organisation_type"),
        ({code(row["role"]) for row in inner("implementers")}, "organisation_role"),
        ({row["kind"] for row in inner("milestones")}, "milestone_kind"),
        ({row["about"] for row in inner("milestones")}, "milestone_about"),
        ({row["nature"] for row in inner("quantified_results")}, "figure_nature"),
        ({partner for p in PROJECTS for partner in p["countries"]}, "partners"),
        ({row["basis"] for row in EVIDENCE}, "basis"),
        ({row["pillar"] for row in read_csv("reference/pillars.csv")}, "pillar"),
        ({row["indicator"] for row in read_csv("reference/country-context.csv")}, "context_indicator"),
    ],
    ids=lambda item: item if isinstance(item, str) else "",
)
def test_every_code_in_use_is_in_its_list(used: set[str], vocabulary: str) -> None:
    assert used
    assert used - codes(vocabulary) == set()


@pytest.mark.parametrize("key", ["milestones", "quantified_results"])
def test_every_milestone_and_figure_leads_to_a_source_of_its_project(key: str) -> None:
    assert len(inner(key)) > 50
    for project in PROJECTS:
        assert {row["source"] for row in project[key]} <= set(addresses(project)), project["id"]


def test_no_project_lists_a_source_twice() -> None:
    assert [p["id"] for p in PROJECTS if len(set(addresses(p))) != len(addresses(p))] == []


def test_our_own_texts_carry_the_asterisk() -> None:
    bare = re.compile(r"(Kosovo|Palestine)(?!\*)")
    assert bare.search("Kosovo and Palestine*")
    ours = [row[key] or "" for row in EVIDENCE for key in ("value_as_stated", "note")]
    ours += [row["rationale"] for row in read_csv("reference/pillars.csv")]
    ours += [p[key] for p in PROJECTS for key in ("title", "summary", "notes")]
    ours += [row["title"] for row in inner("milestones")]
    ours += [row["text"] for row in inner("quantified_results")]
    assert [text for text in ours if bare.search(text)] == []


def test_every_project_is_classified_without_shares() -> None:
    rows = read_csv("reference/pillars.csv")
    assert list(rows[0]) == ["project", "pillar", "share", "rationale"]
    assert {row["project"] for row in rows} == set(BY_ID)
    assert Counter((row["project"], row["pillar"]) for row in rows).most_common(1)[0][1] == 1
    assert all(row["share"] == "" and row["rationale"].endswith(".") for row in rows)


def test_country_context_has_every_indicator_of_every_partner_once() -> None:
    rows = read_csv("reference/country-context.csv")
    regional = {row["code"] for row in read_csv("vocabulary/partners.csv") if row["region"] != "outside"}
    assert Counter((row["iso3"], row["indicator"]) for row in rows) == Counter(
        (partner, indicator) for partner in regional for indicator in codes("context_indicator")
    )
    assert len(rows) == 176
    assert sum(row["value"] != "" for row in rows) == 93


def test_country_context_has_an_address_for_every_value() -> None:
    rows = read_csv("reference/country-context.csv")
    assert [row for row in rows if row["value"] and not row["source_url"].startswith("http")] == []


def test_sources_page_prints_the_counts_of_the_files() -> None:
    page = " ".join((DATA / "SOURCES.md").read_text(encoding="utf-8").split())
    assert f"| {len(EVIDENCE)} |" in page
    assert f"| {len(read_csv('reference/pillars.csv'))} |" in page
    untitled = sum(row["title"] is None for row in inner("sources"))
    assert f"{untitled} sources have no title" in page
    others = sum(row["alternative"] for row in EVIDENCE)
    disputed = sum(row["disputed"] for row in EVIDENCE) - others
    assert f"There are {others} of these for {disputed} values" in page
