"""No role can do more than a role above it, and every right is asked in one place."""

from __future__ import annotations

import itertools

import pytest

from portfolio.errors import NotAllowed
from portfolio.services.access import LOCAL_PERSON, ROLES, Person, actions_of, may, require

ACTIONS = sorted(actions_of(ROLES[-1]))


def test_no_role_can_do_more_than_a_role_above_it() -> None:
    for lower, higher in itertools.pairwise(ROLES):
        assert actions_of(lower) < actions_of(higher)
        for action in ACTIONS:
            for key in (None, "p1", "p2"):
                own = frozenset({"p1"})
                allowed = may(Person("low", lower, own), action, key)
                assert not allowed or may(Person("high", higher, own), action, key)


def test_the_local_person_may_do_everything() -> None:
    assert all(may(LOCAL_PERSON, action, "p1") for action in ACTIONS)


def test_an_officer_imports_on_assigned_projects_alone() -> None:
    officer = Person("somebody", "officer", frozenset({"p1"}))
    assert may(officer, "import", "p1") and not may(officer, "import", "p2")
    assert may(officer, "see", "p2") and not may(officer, "undo", "p1")


def test_require_says_who_may_not_do_what_and_what_next() -> None:
    with pytest.raises(NotAllowed, match=r"somebody \(evaluator\) may not import on project p1\. Ask"):
        require(Person("somebody", "evaluator"), "import", "p1")
