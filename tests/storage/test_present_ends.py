"""The present end of a project that has several contracts: the latest of theirs, once one is amended."""

from __future__ import annotations

import datetime as dt

import pytest

from portfolio.storage.engine import Database
from portfolio.storage.queries.projects import find_projects
from tests.storage.standings import PROJECT, add, add_projects


@pytest.mark.parametrize(
    ("first", "second", "signed_end", "expected"),
    [
        # contract c's amended end, contract d's amended end, contract d's end as signed, present end
        ("2031-12-31", "2027-01-31", None, "2031-12-31"),
        ("2027-01-31", "2031-12-31", None, "2031-12-31"),
        ("2031-12-31", None, "2032-06-30", "2032-06-30"),
        ("2031-12-31", None, "2030-06-30", "2031-12-31"),
        ("2031-12-31", "2027-01-31", "2040", "2031-12-31"),
        ("2031", "2031-06", None, "2031"),
        ("2031-12-31", "2031", None, "2031-12-31"),
        ("2031-12-31", None, None, "2031-12-31"),
        (None, None, "2032-06-30", "2029"),
    ],
)
def test_present_end_is_the_latest_end_of_the_contracts_once_one_is_amended(
    empty: Database, first: str | None, second: str | None, signed_end: str | None, expected: str
) -> None:
    add(empty, "project", [{"key": PROJECT, "acronym": "P", "title": "P", "end_current": "2029"}])
    common = {"project_key": PROJECT, "signed_on": "2020"}
    ends = {"c": "2028", "d": signed_end}
    add(empty, "contract", [common | {"key": key, "number": key, "end": end} for key, end in ends.items()])
    add(empty, "amendment", [
        {"key": key, "contract_key": key, "number": number, "kind": "other", "signed_on": "2026",
         "new_end": end}
        for key, number, end in (("c", 77, first), ("d", 78, second))
    ])  # fmt: skip
    (project,) = find_projects(empty)
    assert (project.present_end, project.end_contradicts) == (expected, False)


def test_end_of_a_project_is_not_known_where_one_of_its_contracts_ends_contradicts(empty: Database) -> None:
    add_projects(empty, [PROJECT])
    common = {"project_key": PROJECT, "signed_on": "2020"}
    add(empty, "contract", [common | {"key": key, "number": key, "end": "2028"} for key in "cd"])
    add(empty, "amendment", [
        {"key": key, "contract_key": key, "number": 1, "kind": "other", "signed_on": on, "new_end": "2031"}
        for key, on in (("c", "2019"), ("d", "2026"))
    ])  # fmt: skip
    (project,) = find_projects(empty)
    assert (project.present_end, project.end_contradicts) == (None, True)


@pytest.mark.parametrize(
    ("on", "original", "signed_on", "new_end", "expected"),
    [
        # as of, the project's original end, signature of the amendment, its new end, present end
        ("2026-05-18", "2026-11-30", "2026-05-19", "2027-11-30", "2026-11-30"),
        ("2026-05-19", "2026-11-30", "2026-05-19", "2027-11-30", "2027-11-30"),
        ("2026-05-30", "2026-11-30", "2026-05", "2027-11-30", "2026-11-30"),
        ("2026-05-31", "2026-11-30", "2026-05", "2027-11-30", "2027-11-30"),
        ("2026-05-18", None, "2026-05-19", "2027-11-30", "2026-10-31"),
        ("2023-12-31", None, "2026-05-19", "2027-11-30", None),  # no contract had been signed yet
        ("2026-05-18", "2026-11-30", "2026-05-19", None, "2029"),  # it moves no end
        ("2026-05-18", "2026-11-30", None, "2027-11-30", "2029"),  # never signed: what is published stands
        ("1990-01-01", "2026-11-30", "2023-05-19", "2027-11-30", "2026-11-30"),  # before its contract
    ],
)
def test_before_the_first_signed_extension_a_project_ends_by_its_original_end(
    empty: Database, on: str, original: str | None, signed_on: str | None, new_end: str | None,
    expected: str | None,
) -> None:  # fmt: skip
    common = {"key": PROJECT, "acronym": "P", "title": "P", "end_current": "2029"}
    add(empty, "project", [common | {"end_original": original}])
    contract = {"key": "c", "number": "c", "project_key": PROJECT, "signed_on": "2024", "end": "2026-10-31"}
    add(empty, "contract", [contract])
    add(empty, "amendment", [
        {"key": "a", "contract_key": "c", "number": 1, "kind": "other", "signed_on": signed_on,
         "new_end": new_end}
    ])  # fmt: skip
    (project,) = find_projects(empty, as_of=dt.date.fromisoformat(on))
    assert (project.present_end, project.end_contradicts) == (expected, False)


def test_without_any_amendment_the_published_end_stands_on_every_day(empty: Database) -> None:
    ends = {"end_original": "2026-11-30", "end_current": "2029"}
    add(empty, "project", [{"key": PROJECT, "acronym": "P", "title": "P"} | ends])
    (project,) = find_projects(empty, as_of=dt.date(1990, 1, 1))
    assert project.present_end == "2029"
