"""Who runs where on what, and where trainings of two projects meet: both sides of every rule."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from portfolio.model.result_rows import TrainingRow
from portfolio.model.rows import ProjectRow
from portfolio.partners import NOT_SPLIT, OUTSIDE
from portfolio.services.gaps.coverage import NOW, Cell, coverage, moments
from portfolio.services.gaps.overlaps import institutions, overlaps, quarters
from portfolio.services.selection import UNKNOWN
from tests.unit.rows import participation, project

DAY = dt.date(2026, 11, 23)
CRIME = (("criminal-justice", None),)


def running(key: str = "p1", **values: Any) -> ProjectRow:
    known = {"start": "2024-01-01", "end_original": "2027-12-31", "pillars": CRIME, "partners": ("MDA",)}
    return project(key, **(known | values))


def cell(*projects: ProjectRow, place: str = "MDA", moment: str = NOW) -> Cell:
    return coverage(projects, moment, DAY).cell(place, "criminal-justice")


def test_a_running_project_stands_with_its_partner_and_pillar_alone() -> None:
    found = coverage([running()], NOW, DAY)
    assert found.cell("MDA", "criminal-justice").running == ("p1",)
    assert found.cell("MDA", "education-and-culture").gap == "none"
    assert found.cell("UKR", "criminal-justice").gap == "none"
    assert len(found.gaps()) == 22 * 5 - 1


@pytest.mark.parametrize(
    ("values", "runs"),
    [
        ({"end_original": "2026-11-23"}, True),
        ({"end_original": "2026-11-22"}, False),
        ({"start": "2026-11-23"}, True),
        ({"start": "2026-11-24"}, False),
    ],
)
def test_a_project_stands_there_from_its_start_to_its_present_end(values: dict[str, str], runs: bool) -> None:
    assert bool(cell(running(**values)).running) is runs


@pytest.mark.parametrize(
    ("dates", "takes_part"),
    [
        ({"since": "2026-11-23"}, True),
        ({"since": "2026-11-24"}, False),
        ({"since": "2026-11"}, True),
        ({"since": "2027"}, False),
        ({"until": "2026-11-23"}, True),
        ({"until": "2026-11-22"}, False),
    ],
)
def test_a_partner_counts_while_it_takes_part(dates: dict[str, str], takes_part: bool) -> None:
    found = cell(running(partners=(participation("MDA", **dates),)))
    assert bool(found.running) is takes_part


@pytest.mark.parametrize(
    ("dates", "suspended"),
    [
        ({"suspended_since": "2026-11-23"}, True),
        ({"suspended_since": "2026-11-24"}, False),
        ({"suspended_since": "2026-11"}, False),
        ({"suspended_since": "2026-01", "suspended_until": "2026-11-22"}, False),
        ({"suspended_since": "2026-01", "suspended_until": "2026-11-23"}, True),
    ],
)
def test_a_suspended_partner_is_labelled_and_is_a_gap(dates: dict[str, str], suspended: bool) -> None:
    found = cell(running(partners=(participation("MDA", **dates),)))
    assert (found.suspended, found.gap) == ((("p1",), "suspended") if suspended else ((), None))
    assert found.projects == ("p1",)


def test_a_project_without_partners_stands_in_its_bucket_and_makes_its_region_not_known() -> None:
    found = coverage([running(partners=(), regions=("eastern-neighbourhood",))], NOW, DAY)
    assert found.cell(NOT_SPLIT, "criminal-justice").running == ("p1",)
    assert found.cell("MDA", "criminal-justice").gap == "not-known"
    assert found.cell("MDA", "cyber-diplomacy").gap == "none"
    assert found.cell("ALB", "criminal-justice").gap == "none"
    assert found.without_partner == ("p1",)


def test_a_project_without_pillar_stands_in_its_bucket_and_makes_its_partner_not_known() -> None:
    found = coverage([running(pillars=())], NOW, DAY)
    assert found.cell("MDA", UNKNOWN).running == ("p1",)
    assert found.cell("MDA", "criminal-justice").gap == "not-known"
    assert found.without_pillar == ("p1",)


def test_partners_outside_the_three_regions_share_one_bucket_in_which_a_project_counts_once() -> None:
    assert cell(running(partners=("TUR", "HRV")), place=OUTSIDE).running == ("p1",)


def test_a_project_whose_dates_do_not_tell_is_named_and_counted_nowhere() -> None:
    found = coverage([running(start=None, end_original=None)], NOW, DAY)
    assert (found.uncertain, found.projects) == (("p1",), ())
    assert found.cell("MDA", "criminal-justice").gap == "not-known"


@pytest.mark.parametrize(
    ("start", "end", "ran"),
    [
        ("2025-12-31", "2026", True),
        ("2026-01-01", "2026", False),
        ("2024", "2025-01-01", True),
        ("2024", "2024-12-31", False),
        ("2025", "2025", True),
        (None, "2027", None),
        (None, "2024", False),
    ],
)
def test_a_year_counts_projects_that_certainly_ran_at_some_time_of_it(
    start: str | None, end: str, ran: bool | None
) -> None:
    found = coverage([running(start=start, end_original=end)], "2025", DAY)
    assert found.projects == (("p1",) if ran else ())
    assert found.uncertain == (("p1",) if ran is None else ())


def test_every_year_from_the_first_start_to_the_last_end_can_be_asked_about() -> None:
    assert moments([running(start="2024-05", end_original="2026")]) == (NOW, "2026", "2025", "2024")
    assert moments([running(start=None, end_original=None)]) == (NOW,)


# --- overlaps ---------------------------------------------------------------------------------------------
def training(key: str, project_key: str, **values: Any) -> TrainingRow:
    known: dict[str, Any] = {
        "title": key, "kind": "training", "held_on": "2026-02-10", "ended_on": None, "place": None,
        "partner_code": "MDA", "theme": None, "institutions": "National Police", "institutions_count": None,
        "women": None, "men": None, "not_stated": None, "score_before_millionths": None,
        "score_after_millionths": None, "follow_up_on": None, "stage": "delivered", "used_in_case": None,
        "note": None,
    }  # fmt: skip
    return TrainingRow(key=key, project_key=project_key, **(known | values))


def found_kinds(*trainings: TrainingRow) -> list[tuple[str, str]]:
    return [(row.kind, row.quarter) for row in overlaps(trainings, DAY).found]


FIRST = training("t1", "p1")


@pytest.mark.parametrize(
    ("other", "kinds"),
    [
        ({}, [("institution", "2026-Q1")]),
        ({"institutions": "NATIONAL  políce"}, [("institution", "2026-Q1")]),
        ({"institutions": "Court; National Police"}, [("institution", "2026-Q1")]),
        ({"institutions": "National Police Academy"}, []),
        ({"institutions": None}, []),
        ({"held_on": "2026-03-31"}, [("institution", "2026-Q1")]),
        ({"held_on": "2026-04-01"}, []),
        ({"held_on": "2026-03"}, [("institution", "2026-Q1")]),
        ({"held_on": "2026"}, []),
        ({"held_on": "2025-12-15", "ended_on": "2026-01-02"}, [("institution", "2026-Q1")]),
        ({"partner_code": "UKR"}, [("name", "2026-Q1")]),
        ({"partner_code": None}, [("name", "2026-Q1")]),
    ],
)
def test_two_projects_meet_in_an_institution_of_one_partner_and_quarter(
    other: dict[str, Any], kinds: list[tuple[str, str]]
) -> None:
    assert found_kinds(FIRST, training("t2", "p2", **other)) == kinds


def test_two_trainings_of_one_project_are_no_overlap() -> None:
    assert found_kinds(FIRST, training("t2", "p1")) == []


def test_the_same_theme_in_one_partner_and_quarter_is_a_weaker_hint() -> None:
    one = training("t1", "p1", theme="criminal-justice", institutions="Court")
    other = training("t2", "p2", theme="criminal-justice")
    assert found_kinds(one, other) == [("theme", "2026-Q1")]
    assert found_kinds(one, training("t2", "p2", theme="cyber-diplomacy")) == []
    assert found_kinds(one, training("t2", "p2", theme="criminal-justice", partner_code="UKR")) == []


def test_a_theme_is_not_told_again_of_trainings_that_meet_in_an_institution() -> None:
    one, other = (training(f"t{n}", f"p{n}", theme="criminal-justice") for n in (1, 2))
    assert found_kinds(one, other) == [("institution", "2026-Q1")]


def test_a_training_after_the_date_does_not_count() -> None:
    first = training("t1", "p1", held_on="2026-11-23")
    assert found_kinds(first, training("t2", "p2", held_on="2026-11-23")) != []
    for dates in ({"held_on": "2026-11-24"}, {"held_on": "2026-11"}, {"ended_on": "2026-11-24"}):
        assert found_kinds(first, training("t2", "p2", **({"held_on": "2026-11-23"} | dates))) == []


def test_an_overlap_is_kept_where_one_of_its_projects_is_chosen() -> None:
    both = (FIRST, training("t2", "p2"))
    assert len(overlaps(both, DAY, frozenset({"p2"})).found) == 1
    assert overlaps(both, DAY, frozenset({"p3"})).found == ()


def test_what_cannot_be_compared_is_counted() -> None:
    found = overlaps([FIRST, training("t2", "p2", institutions=" ", held_on="2025")], DAY)
    assert (found.trainings, found.without_institution, found.without_quarter) == (2, 1, 1)


def test_quarters_and_institutions_as_they_are_written() -> None:
    assert quarters(training("t", "p", held_on="2025-11-30", ended_on="2026-05")) == (
        "2025-Q4", "2026-Q1", "2026-Q2",
    )  # fmt: skip
    assert institutions(training("t", "p", institutions="A, B;\n C ; ")) == ("A, B", "C")
