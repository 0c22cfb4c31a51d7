"""No role can do more than a role above it, and every right is asked in one place."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable

import pytest

from portfolio.errors import NotAllowed
from portfolio.services import access
from portfolio.services.access import LOCAL_PERSON, ROLES, Person, actions_of, may, require
from portfolio.services.capacity.ledgers import load_trainings
from portfolio.services.evaluations.markers import load_markers
from portfolio.services.funds.portfolios import fund_rows
from portfolio.services.record_names import record_states
from portfolio.services.results.reported import load_partner_sums, load_value_counts, values_of_project
from portfolio.storage.engine import Database

AS_OF = dt.date(2026, 11, 23)
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


@pytest.mark.parametrize(
    "question",
    [
        lambda database, person: load_trainings(database, person),
        lambda database, person: load_markers(database, person),
        lambda database, person: fund_rows(database, person, as_of=AS_OF),
        lambda database, person: record_states(database, person, "project"),
        lambda database, person: load_value_counts(database, person, as_of=AS_OF),
        lambda database, person: load_partner_sums(database, person, as_of=AS_OF),
        lambda database, person: values_of_project(database, person, "p1"),
    ],
    ids=["trainings", "markers", "funds", "states", "counts", "partner-sums", "values"],
)
def test_what_a_screen_lists_is_asked_for_a_person_who_may_see_it(
    question: Callable[[Database, Person], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = Database("", "", None)  # type: ignore[arg-type]
    monkeypatch.setitem(access._ADDED, "evaluator", frozenset())
    with pytest.raises(NotAllowed, match="may not see"):
        question(nothing, Person("somebody", "evaluator"))
