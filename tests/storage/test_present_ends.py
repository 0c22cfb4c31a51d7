"""The present end of a project that has several contracts: the latest of theirs, once one is amended."""

from __future__ import annotations

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
