"""The code lists, designations, thresholds and limits of data/vocabulary, as plain files."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

VOCABULARY = Path(__file__).parents[2] / "data" / "vocabulary"

CODES = {
    "focus": "cybercrime cybersecurity both",
    "relevance": "core partly-cyber",
    "instrument": "IPA I|IPA II|IPA III|ENPI|ENI|NDICI-GE|IfS|IcSP|EPF|Ukraine Facility",
    "modality": "grant contribution-agreement twinning service taiex",
    "service": "NEAR ENEST MENA INTPA FPI",
    "pillar": "strategic-framework crisis-management criminal-justice education-and-culture cyber-diplomacy",
    "organisation_type": "multilateral eu-agency government non-profit academic private-sector beneficiary",
    "organisation_role": "lead-implementer implementer consortium-member beneficiary",
    "contract_type": "grant contribution-agreement twinning service",
    "payment_kind": "pre-financing interim final recovery",
    "amendment_kind": "no-cost-extension extension-with-budget budget other",
    "milestone_kind": (
        "agreement start launch steering-committee meeting conference workshop training exercise visit event "
        "study publication policy legislative decision delivery deliverable report extension closing end"
    ),
    "milestone_status": "planned in-progress done cancelled",
    "milestone_about": "project context",
    "budget_heading": (
        "human-resources travel equipment-and-supplies local-office other-costs-and-services other "
        "indirect-costs"
    ),
    "figure_nature": "result target input",
    "basis": "stated computed only-funder-named disputed",
    "project_status": "planned ongoing closed unknown",
    "indicator_level": "impact outcome output",
    "direction": "up down keep",
    "aggregation": "sum latest none",
    "value_status": "draft submitted approved returned",
    "sex": "women men not-stated",
    "training_kind": "training exercise workshop study-visit mentoring",
    "training_stage": "delivered learned applied institutionalised",
    "risk_category": "political security institutional legal financial operational technical",
    "risk_status": "open closed",
    "health_dimension": "time money results risk reporting",
    "health_scope": "overall time money results risk reporting",
    "rating": "green amber red",
    "report_kind": "inception progress interim final financial",
    "evaluation_kind": "rom-review mid-term final ex-post",
    "evaluation_criterion": "relevance coherence efficiency effectiveness impact sustainability",
    "evaluation_score": "4 3 2 1",
    "recommendation_response": "accepted partly-accepted rejected",
    "policy_marker": (
        "gender-equality environment good-governance trade-development biodiversity climate-mitigation "
        "climate-adaptation desertification maternal-health disaster-risk-reduction disability nutrition"
    ),
    "marker_score": "0 1 2",
    "narrative_section": "achievements difficulties next-steps visibility",
    "deadline_rule": (
        "financing-agreement contracting dormancy interim-report final-report final-report-abroad "
        "extension-request rom-first-year rom-last-months"
    ),
    "reference_kind": "eu-reference implementer-number cybil programme",
    "context_indicator": (
        "budapest_status budapest_entry_into_force second_protocol_signed second_protocol_ratified "
        "gci_2024_tier gci_2024_score ncsi_score ncsi_rank"
    ),
}
FURTHER_COLUMNS = {
    "instrument": ["off_budget"],
    "pillar": ["eu_theme", "gfce_theme"],
    "context_indicator": ["unit", "edition"],
    "policy_marker": ["iati_code"],
    "deadline_rule": [
        "contract_types", "counted_from", "amount", "unit", "side", "source_status", "near_days", "nature",
    ],
}  # fmt: skip
REGIONS = {
    "western-balkans": "ALB BIH XKX MNE MKD SRB",
    "eastern-neighbourhood": "ARM AZE BLR GEO MDA UKR",
    "southern-neighbourhood": "DZA EGY ISR JOR LBN LBY MAR PSE SYR TUN",
    "outside": "TUR HRV",
}
PALESTINE = (
    "This designation shall not be construed as recognition of a State of Palestine and is without "
    "prejudice to the individual positions of {} on this issue."
)
MAP = (
    "The boundaries and names shown and the designations used on this map do not imply official "
    "endorsement or acceptance by the {}."
)
DESIGNATIONS = {
    ("eu", "kosovo"): (
        "This designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 "
        "and the ICJ Opinion on the Kosovo declaration of independence."
    ),
    ("eu", "palestine"): PALESTINE.format("the Member States"),
    ("eu", "map"): MAP.format("European Union"),
    ("coe", "kosovo"): (
        "All reference to Kosovo, whether to the territory, institutions or population, shall be understood "
        "in full compliance with United Nations Security Council resolution 1244 and without prejudice to "
        "the status of Kosovo."
    ),
    ("coe", "palestine"): PALESTINE.format("Council of Europe and European Union member States"),
    ("coe", "map"): MAP.format("Council of Europe"),
}


def read(name: str) -> list[dict[str, str]]:
    with (VOCABULARY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def wanted(name: str) -> list[str]:
    return CODES[name].split("|" if "|" in CODES[name] else " ")


def test_vocabulary_folder_holds_every_list() -> None:
    names = {path.stem for path in VOCABULARY.glob("*.csv")}
    assert names >= {*CODES, "regions", "partners", "profiles", "designations", "thresholds", "limits"}


@pytest.mark.parametrize("name", CODES)
def test_code_list_holds_its_codes_once_and_in_order(name: str) -> None:
    rows = read(name)
    assert [row["code"] for row in rows] == wanted(name)
    assert [row["position"] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]


@pytest.mark.parametrize("name", CODES)
def test_code_list_has_its_columns_and_readable_labels(name: str) -> None:
    rows = read(name)
    columns = ["code", "label", "position", "description", "source", *FURTHER_COLUMNS.get(name, [])]
    assert list(rows[0]) == columns
    assert all(row["label"][:1].isupper() for row in rows)
    assert len({row["label"] for row in rows}) == len(rows)
    assert all(row["description"] == "" or row["description"].endswith(".") for row in rows)


def test_only_the_european_peace_facility_is_off_budget() -> None:
    assert {row["code"]: row["off_budget"] for row in read("instrument")} == {
        code: "yes" if code == "EPF" else "no" for code in wanted("instrument")
    }


def test_pillars_map_to_the_themes_of_both_classifications() -> None:
    themes = [(row["eu_theme"], row["gfce_theme"][0]) for row in read("pillar")]
    assert themes == [
        ("National strategic framework", "A"), ("Crisis prevention and management", "B"),
        ("Criminal justice in cyberspace", "C"), ("Education and culture", "D"), ("Cyber diplomacy", "A"),
    ]  # fmt: skip


def test_regions_are_the_three() -> None:
    assert [(row["id"], row["name"], row["position"]) for row in read("regions")] == [
        ("western-balkans", "Western Balkans", "1"),
        ("eastern-neighbourhood", "Eastern neighbourhood", "2"),
        ("southern-neighbourhood", "Southern neighbourhood", "3"),
    ]


def test_partners_stand_in_their_region() -> None:
    rows = read("partners")
    found = {region: " ".join(r["code"] for r in rows if r["region"] == region) for region in REGIONS}
    assert found == REGIONS
    assert len(rows) == 24
    assert [row["position"] for row in rows] == [str(n) for n in range(1, 25)]


@pytest.mark.parametrize(("column", "length"), [("code", 3), ("alpha2", 2)])
def test_partner_codes_are_unique_capitals_of_their_length(column: str, length: int) -> None:
    codes = [row[column] for row in read("partners")]
    assert all(len(code) == length and code.isalpha() and code.isupper() and code.isascii() for code in codes)
    assert Counter(codes).most_common(1)[0][1] == 1


def test_asterisk_stands_with_exactly_the_two_designated_names() -> None:
    rows = [row for row in read("partners") if row["designation"]]
    designated = {row["code"]: (row["alpha2"], row["name"], row["designation"]) for row in rows}
    assert designated == {"XKX": ("XK", "Kosovo*", "kosovo"), "PSE": ("PS", "Palestine*", "palestine")}
    starred = {row["code"] for row in read("partners") if "*" in row["name"]}
    assert starred == set(designated)


def test_designations_are_word_for_word() -> None:
    assert {(row["profile"], row["subject"]): row["text"] for row in read("designations")} == DESIGNATIONS
    assert len(read("designations")) == len(DESIGNATIONS)


def test_only_the_map_sentence_of_the_council_of_europe_is_to_be_confirmed() -> None:
    status = {(row["profile"], row["subject"]): row["status"] for row in read("designations")}
    open_ones = {key for key, value in status.items() if value == "to-be-confirmed"}
    assert open_ones == {("coe", "map")}
    assert set(status.values()) == {"confirmed", "to-be-confirmed"}


def test_profiles_are_those_of_the_designations() -> None:
    profiles = [(row["code"], row["label"], row["position"]) for row in read("profiles")]
    assert profiles == [("eu", "European Union", "1"), ("coe", "Council of Europe", "2")]


def test_thresholds_are_the_defaults_of_the_five_dimensions() -> None:
    assert {(r["dimension"], r["level"], r["code"]): int(r["value"]) for r in read("thresholds")} == {
        ("time", "amber", "time-amber"): 30,
        ("time", "red", "time-red"): 90,
        ("time", "red", "time-red-contractual"): 0,
        ("time", "listed", "ends-soon"): 90,
        ("money", "amber", "money-amber-low"): -15,
        ("money", "amber", "money-amber-high"): 15,
        ("money", "red", "money-red-low"): -30,
        ("money", "red", "money-red-high"): 30,
        ("results", "amber", "results-amber"): 80,
        ("results", "red", "results-red"): 60,
        ("risk", "amber", "risk-amber"): 10,
        ("risk", "red", "risk-red"): 15,
        ("risk", "red", "risk-red-unreviewed"): 90,
        ("reporting", "amber", "reporting-amber"): 0,
        ("reporting", "red", "reporting-red"): 30,
    }


def test_limits_are_the_defaults_of_the_upload() -> None:
    mebibyte = 1024 * 1024
    assert {row["code"]: (int(row["value"]), row["unit"]) for row in read("limits")} == {
        "file-size": (10 * mebibyte, "bytes"),
        "archive-entries": (2_000, "entries"),
        "part-size": (200 * mebibyte, "bytes"),
        "structure-size": (8 * mebibyte, "bytes"),
        "unpacked-size": (300 * mebibyte, "bytes"),
        "compression-ratio": (200, "times"),
        "compression-ratio-from": (5 * mebibyte, "bytes"),
        "cell-elements": (5_000_000, "cells"),
        "filled-cells": (500_000, "cells"),
        "text-characters": (50_000_000, "characters"),
        "last-row": (20_100, "rows"),
        "last-column": (200, "columns"),
        "sheets": (50, "sheets"),
        "reader-memory": (1024 * mebibyte, "bytes"),
        "reader-time": (30, "seconds"),
        "findings-listed": (1_000, "findings"),
    }
