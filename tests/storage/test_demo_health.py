"""The demonstration's health: the colours that its stories tell, worked out by hand, and their history."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from portfolio.errors import DataProblem, NotAllowed
from portfolio.services.access import LOCAL_PERSON, Person
from portfolio.services.editing import EditPreview
from portfolio.services.health.assessments import load_assessments, load_differences
from portfolio.services.health.colours import DIMENSIONS
from portfolio.services.health.histories import load_history
from portfolio.services.health.overrides import apply_override, plan_override
from portfolio.services.health.portfolios import load_health, worst_first
from portfolio.services.health.ratings import health_counts, in_force
from portfolio.services.histories import undo_change_set
from portfolio.storage.engine import Database
from portfolio.storage.queries.projects import find_projects
from tests.storage.conftest import LoadedDatabase

AS_OF = dt.date(2026, 11, 23)
# Time, money, results, risk, reporting: each of the first four follows from one number, which stands
# beside it; of reporting, FogLarch is 267 days overdue, GaleJuniper 17, and five have no calendar.
COLOURS = {
    "aurora-beech": "green green amber amber grey",  # 28 days; -11.2; 8 of 11.8 papers; 12
    "breeze-olive": "grey green amber green grey",  # 15 to 45 days; -9.0 to -8.7; 2 of 2.9 more; 9
    "clear-cedar": "green green green green green",  # 0 days; -6.4; 170 of 173.8 people; 6
    "dew-poplar": "green green green green green",  # 0 days; -7.7; 240 of 284.4 days of advice; 8
    "drizzle-alder": "green green green red green",  # 0 days; -9.9; 82.0 %; 16
    "dusk-aspen": "green red red red green",  # 11 days; -44.5; 28 of 113.8 people; 20
    "fog-larch": "green red red red red",  # 0 days; -43.3; 85 of 758.4 devices; 511 days without a review
    "frost-hazel": "green red red red green",  # 0 days; -33.8; no town hall more; 16
    "gale-juniper": "amber green red amber amber",  # 41 days; -10.5; 1 of 2.5 exercises; 10
    "hail-maple": "red green red red green",  # contractual, 108 days; -8.9; 5 of 11.4 courts; 20
    "rain-willow": "green green red amber green",  # 14 days; -8.5; 1 of 2.3 teams; 12
    "sirocco-fig": "green grey red green grey",  # 0 days; -27.1 to +6.2; 41 of 94.7 schools; 9
    "snow-spruce": "green green green amber green",  # 0 days; -10.3; 111.6 %; 12
    "storm-oak": "green amber red red grey",  # 21 days; +15.1; 956 of 1,810.4 reports; 20
    "sun-carob": "green green green green green",  # 0 days; -12.4; 103.9 %; 9
    "thunder-elm": "green green red red grey",  # 0 days; -10.2; 11 of 19 cases; 15
}


@pytest.fixture
def demo(loaded: LoadedDatabase) -> Database:
    return loaded("demo")


def test_demo_colours_are_those_of_the_stories(demo: Database) -> None:
    found = load_health(demo, LOCAL_PERSON, as_of=AS_OF)
    told = {key: [row.colour for row in health.ratings] for key, health in found.items() if health.ratings}
    assert told == {key: colours.split() for key, colours in COLOURS.items()}
    others = {key: health.state for key, health in found.items() if not health.ratings}
    assert others == {
        "autumn-pine": "closed", "thaw-rowan": "closed", "dawn-linden": "planned", "cloud-yew": "unknown",
    }  # fmt: skip


def test_demo_counts_are_those_of_the_colours(demo: Database) -> None:
    order = ("red", "amber", "green", "grey")
    worst = [min(colours.split(), key=order.index) for colours in COLOURS.values()]
    counts = health_counts(load_health(demo, LOCAL_PERSON, as_of=AS_OF).values())
    assert counts == {**{colour: worst.count(colour) for colour in order}, "closed": 2}
    assert counts == {"green": 3, "amber": 3, "red": 10, "grey": 0, "closed": 2}


def test_demo_overall_is_the_worst_that_is_known_and_overrides_change_nothing(demo: Database) -> None:
    found = load_health(demo, LOCAL_PERSON, as_of=AS_OF)
    order = ("red", "amber", "green", "grey")
    for health in found.values():
        if health.ratings:
            assert health.state == min((row.colour for row in health.ratings), key=order.index)
            assert health.unknown == sum(row.colour == "grey" for row in health.ratings)
    (override,) = found["hail-maple"].overrides
    assert (override.dimension, override.colour, found["hail-maple"].colour("time")) == (
        "time",
        "amber",
        "red",
    )


def test_demo_list_begins_with_what_is_off_track_and_ends_with_what_is_closed(demo: Database) -> None:
    rows = worst_first(find_projects(demo), load_health(demo, LOCAL_PERSON, as_of=AS_OF))
    states = [health.state for _, health in rows]
    assert states == sorted(
        states, key=["red", "amber", "green", "grey", "unknown", "planned", "closed"].index
    )
    assert (states[0], states[-1], len(rows)) == ("red", "closed", 20)


def test_demo_differences_list_better_own_colours_first(demo: Database) -> None:
    rows = load_differences(demo, LOCAL_PERSON, as_of=AS_OF)
    better = [row.is_better for row in rows]
    assert better == sorted(better, reverse=True) and {True, False} == set(better)
    storm = {row.own.dimension: row for row in rows if row.project_key == "storm-oak"}
    assert storm["money"].own.comment == "All costs are covered; the equipment was dearer than planned."
    assert (storm["money"].own.colour, storm["money"].computed.colour, storm["money"].steps) == (
        "green", "amber", 1,
    )  # fmt: skip
    assert storm["results"].steps == 2
    for row in rows:
        assert row.own.colour != row.computed.colour != "grey"


def test_demo_own_assessments_are_those_of_the_last_half_year_that_has_any(demo: Database) -> None:
    own = load_assessments(demo, LOCAL_PERSON, as_of=AS_OF)
    periods = {key: {row.period for row in rows.values()} for key, rows in own.items()}
    assert (periods["fog-larch"], periods["storm-oak"]) == ({"2025-S1"}, {"2026-S1"})
    earlier = load_assessments(demo, LOCAL_PERSON, as_of=dt.date(2026, 6, 30))
    assert {row.period for row in earlier["storm-oak"].values()} == {"2025-S2"}
    assert set(own["storm-oak"]) == set(DIMENSIONS)


def test_demo_history_ends_with_the_project_and_holds_eight_half_years_at_most(demo: Database) -> None:
    closed = load_history(demo, LOCAL_PERSON, "thaw-rowan", as_of=AS_OF)
    assert [str(row.period) for row in closed] == ["2023-S1", "2023-S2", "2024-S1"]
    rain = load_history(demo, LOCAL_PERSON, "rain-willow", as_of=dt.date(2027, 6, 30))
    assert (len(rain), str(rain[0].period), str(rain[-1].period)) == (8, "2023-S1", "2026-S2")
    assert load_history(demo, LOCAL_PERSON, "cloud-yew", as_of=AS_OF) == ()


def test_demo_history_takes_each_risk_as_it_was_rated_then(demo: Database) -> None:
    by_period = {
        str(row.period): row.health.rating("risk")
        for row in load_history(demo, LOCAL_PERSON, "hail-maple", as_of=AS_OF)
    }
    colours = {period: rating.colour for period, rating in by_period.items() if rating is not None}
    # No rating of a present risk before June 2025; then 2 x 4, 3 x 4 in December, 4 x 4 in June 2026.
    assert colours == {
        "2024-S1": "grey", "2024-S2": "grey", "2025-S1": "grey", "2025-S2": "amber", "2026-S1": "red",
    }  # fmt: skip
    june = by_period["2026-S1"]
    assert june is not None and "scores 16 (likelihood 4 x impact 4), last reviewed on 15 June 2026" in (
        june.sentence
    )


def test_demo_history_says_nothing_of_a_closed_risk_whose_end_is_not_on_record(demo: Database) -> None:
    rows = load_history(demo, LOCAL_PERSON, "thaw-rowan", as_of=AS_OF)
    assert len(rows) == 3
    for row in rows:
        rating = row.health.rating("risk")
        assert rating is not None
        assert rating.colour == "grey" and rating.sentence.startswith(
            "Not known: whether a risk that is closed today was open is not on record on "
        )


def test_history_of_a_day_is_the_health_of_that_day_apart_from_risk(demo: Database) -> None:
    rows = load_history(demo, LOCAL_PERSON, "storm-oak", as_of=AS_OF)
    assert len(rows) > 2
    for row in rows:
        then = load_health(demo, LOCAL_PERSON, as_of=row.on)["storm-oak"]
        assert len(then.ratings) == 5
        assert row.health.ratings[:3] == then.ratings[:3]


# --- a colour set by hand --------------------------------------------------------------------------------
def _plan(demo: Database, **changed: Any) -> EditPreview:
    values: dict[str, Any] = {
        "dimension": "risk", "colour": "amber", "reason": "The money is found.", "decided_on": AS_OF,
        "expires_on": dt.date(2027, 1, 31),
    }  # fmt: skip
    return plan_override(demo, LOCAL_PERSON, "storm-oak", **(values | changed))


def test_override_is_one_change_set_that_changes_no_computed_colour_and_can_be_undone(demo: Database) -> None:
    before = load_health(demo, LOCAL_PERSON, as_of=AS_OF)["storm-oak"]
    plan = _plan(demo)
    assert {change.field: change.new for change in plan.changes} == {
        "project_key": "storm-oak", "dimension": "risk", "colour": "amber", "reason": "The money is found.",
        "decided_on": "2026-11-23", "expires_on": "2027-01-31",
    }  # fmt: skip
    number = apply_override(demo, LOCAL_PERSON.named("A tester"), plan)
    after = load_health(demo, LOCAL_PERSON, as_of=AS_OF)["storm-oak"]
    assert after.ratings == before.ratings
    assert [row.dimension for row in after.overrides] == ["money", "risk"]
    later = load_health(demo, LOCAL_PERSON, as_of=dt.date(2027, 1, 31))["storm-oak"]
    assert [(row.dimension, in_force(row, dt.date(2027, 1, 31))) for row in later.overrides] == [
        ("money", True), ("risk", False),
    ]  # fmt: skip
    undo_change_set(demo, LOCAL_PERSON, number)
    assert load_health(demo, LOCAL_PERSON, as_of=AS_OF)["storm-oak"] == before


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"reason": "  "}, "Say why"),
        ({"expires_on": None}, "lapses"),
        ({"expires_on": AS_OF}, "lapses"),
    ],
)
def test_override_without_reason_or_end_is_refused(
    demo: Database, changed: dict[str, Any], words: str
) -> None:
    with pytest.raises(DataProblem, match=words):
        _plan(demo, **changed)


def test_override_is_set_by_those_who_may_edit_the_project(demo: Database) -> None:
    evaluator = Person("E", "evaluator")
    with pytest.raises(NotAllowed):
        plan_override(
            demo, evaluator, "storm-oak", dimension="risk", colour="green", reason="x", decided_on=AS_OF,
            expires_on=dt.date(2027, 1, 31),
        )  # fmt: skip


def test_extension_signed_after_the_date_leaves_time_and_burn_gap_by_the_original_end(demo: Database) -> None:
    on = dt.date(2025, 6, 30)
    money = load_health(demo, LOCAL_PERSON, as_of=on)["gale-juniper"].rating("money")
    assert money is not None
    assert money.colour == "red"
    assert "49.9 % of the time from 1 July 2024 to 30 June 2026 has passed" in money.sentence
    assert "burn gap -36.9 points" in money.sentence
