"""The evidence of data/reference: on which source and on what basis every published value stands."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
COLUMN = {
    "total_budget": "total_budget_eur",
    "eu_contribution": "eu_contribution_eur",
    "partners": "countries",
}
MONEY = ("total_budget", "eu_contribution", "other_contributions")
FIELDS = (
    *MONEY, "start", "end_original", "end_current", "instrument", "partners", "title", "focus", "modality",
)  # fmt: skip
SHARE_OF = re.compile(r"^(?P<share>\d+) % of EUR (?P<whole>[\d,]+) is EUR (?P<part>[\d,]+)[,;]")
MONTHS_FROM = re.compile(r"^(\d+) months from (?:\d+ )?(\w+) (\d{4}) end in (\w+) (\d{4})[.;]")
MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
]  # fmt: skip


def read(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((REFERENCE / name).read_text(encoding="utf-8"))
    return rows


EVIDENCE = read("evidence.json")
PREFERRED = [row for row in EVIDENCE if not row["alternative"]]
ALTERNATIVES = [row for row in EVIDENCE if row["alternative"]]
BY_ID = {project["id"]: project for project in read("projects.json")}


def field_of(project: dict[str, Any], field: str) -> Any:
    return project[COLUMN.get(field, field)]


def value(row: dict[str, Any]) -> Any:
    return field_of(BY_ID[row["project"]], row["field"])


def addresses(project_id: str) -> set[str]:
    return {source["url"] for source in BY_ID[project_id]["sources"]}


def euros(text: str) -> int:
    return int(text.replace(",", ""))


def test_every_published_value_has_one_preferred_evidence() -> None:
    pairs = [(project, field) for project in BY_ID.values() for field in FIELDS]
    published = Counter((p["id"], field) for p, field in pairs if field_of(p, field) not in (None, []))
    assert Counter((row["project"], row["field"]) for row in PREFERRED) == published
    assert len(published) == 201


def test_evidence_has_its_keys_and_points_to_a_source_of_its_project() -> None:
    keys = ["project", "field", "basis", "disputed", "value_as_stated", "source_url", "note", "alternative"]
    assert len(EVIDENCE) == 228
    for row in EVIDENCE:
        assert list(row) == keys
        assert row["value_as_stated"]
        assert row["source_url"] is None or row["source_url"] in addresses(row["project"]), row


def test_evidence_without_an_address_says_why() -> None:
    silent = {(row["project"], row["field"]) for row in EVIDENCE if row["source_url"] is None}
    assert silent == {
        ("iproceeds-2", "title"),  # an alternative wording
        ("iproceeds", "other_contributions"),
        ("serbia-twinning-high-tech-crime", "modality"),
        ("cybersouth-plus", "title"),
        ("jordan-cybercrime-twinning-2014", "modality"),
        ("jordan-psd-twinning-2025", "title"),
    }
    assert all(row["note"] for row in EVIDENCE if row["source_url"] is None)


def test_evidence_is_stated_unless_its_note_holds_the_steps() -> None:
    assert {row["basis"] for row in PREFERRED} == {"stated", "computed", "only-funder-named"}
    assert all(row["note"] for row in EVIDENCE if row["basis"] != "stated")
    assert {row["field"] for row in PREFERRED if row["basis"] == "only-funder-named"} == {"eu_contribution"}


def test_money_stands_on_the_basis_that_the_methods_page_counts() -> None:
    basis = {field: Counter(r["basis"] for r in PREFERRED if r["field"] == field) for field in MONEY}
    assert basis == {
        "total_budget": {"stated": 20},
        "eu_contribution": {"stated": 1, "computed": 3, "only-funder-named": 9},
        "other_contributions": {"stated": 2, "computed": 4},
    }


def test_eu_contribution_of_the_only_funder_is_the_total() -> None:
    rows = [row for row in PREFERRED if row["basis"] == "only-funder-named"]
    assert all(value(row) == BY_ID[row["project"]]["total_budget_eur"] for row in rows)
    assert all("set equal" in row["note"] for row in rows)


def test_computed_shares_follow_from_the_published_percentages() -> None:
    shares = [(row, match) for row in PREFERRED if (match := SHARE_OF.match(row["note"] or ""))]
    assert len(shares) == 4
    for row, match in shares:
        whole, part = euros(match["whole"]), euros(match["part"])
        stored = row_amount(row)
        assert whole == BY_ID[row["project"]]["total_budget_eur"]
        assert part == stored == round(whole * int(match["share"]) / 100)


def row_amount(row: dict[str, Any]) -> int:
    """The amount behind a share: the EU contribution, or the one other contribution of the project."""
    if row["field"] == "eu_contribution":
        return int(value(row))
    (only,) = value(row)
    return int(only["amount_eur"])


@pytest.mark.parametrize("project_id", ["iproceeds-2", "cybereast"])
def test_computed_shares_add_up_to_the_total(project_id: str) -> None:
    project = BY_ID[project_id]
    others = sum(row["amount_eur"] for row in project["other_contributions"])
    assert project["eu_contribution_eur"] + others == project["total_budget_eur"]


def test_amounts_of_others_are_known_only_where_they_are_computed() -> None:
    known = {
        key
        for key, p in BY_ID.items()
        if any(row["amount_eur"] is not None for row in p["other_contributions"])
    }
    named = {key for key, p in BY_ID.items() if p["other_contributions"]}
    assert known == {"iproceeds-2", "cybereast"}
    assert named - known == {"cybersee", "iproceeds", "cybercrime-eap-iii", "cybersouth"}


def test_months_in_a_note_lead_to_the_computed_end() -> None:
    found = [(row, m.groups()) for row in PREFERRED if (m := MONTHS_FROM.match(row["note"] or ""))]
    assert len(found) == 8
    for row, (months, month, year, end_month, end_year) in found:
        last = int(year) * 12 + MONTHS.index(month) + int(months)
        end = int(end_year) * 12 + MONTHS.index(end_month)
        # A run from the first of a month ends with the month before, one from a later day within its month.
        assert end in (last - 1, last), row
        assert value(row) == f"{end_year}-{MONTHS.index(end_month) + 1:02d}"


def test_disputed_values_are_exactly_those_with_an_alternative() -> None:
    disputed = {(row["project"], row["field"]) for row in PREFERRED if row["disputed"]}
    assert disputed == {(row["project"], row["field"]) for row in ALTERNATIVES}
    assert (len(disputed), len(ALTERNATIVES)) == (24, 27)
    assert all(row["basis"] == "disputed" and row["disputed"] for row in ALTERNATIVES)


def test_alternative_never_repeats_the_preferred_value() -> None:
    preferred = {(row["project"], row["field"]): row["value_as_stated"] for row in PREFERRED}
    assert all(preferred[row["project"], row["field"]] != row["value_as_stated"] for row in ALTERNATIVES)


def test_budget_of_cybersouth_shows_both_figures() -> None:
    rows = [row for row in EVIDENCE if (row["project"], row["field"]) == ("cybersouth", "total_budget")]
    assert [(row["value_as_stated"], row["alternative"]) for row in rows] == [
        ("EUR 5,005,000", False),
        ("EUR 3.35 million", True),
    ]
    assert rows[1]["note"].startswith("At launch")
